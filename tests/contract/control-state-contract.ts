import { fieldIdsFromList } from '../../src/change/field-ids';
import type { ObservedWorkflow } from '../../src/gate/health/observed';
import type { ControlState } from '../../src/ports/control-state';

/** A site with the project CHG, whose Change requests go through a workflow with the rules of change control. */
export interface ControlledSite {
  readonly control: ControlState;
  /** Somebody adds a transition without rules, of this name, from Proposed to Approved. */
  addTransition(name: string): Promise<void>;
  groupId(name: string): Promise<string>;
  renameGroup(before: string, now: string): Promise<void>;
  emptyGroup(name: string): Promise<void>;
  /** An app access rule keeps CHG from the app. */
  block(): Promise<void>;
  /** From then on Jira refuses whatever is asked. */
  refuse(): Promise<void>;
}

/** What the check of the controls may expect of a site: what is there, what is not, and what nobody could look at. */
export function describeControlState(name: string, open: () => ControlledSite | Promise<ControlledSite>): void {
  describe(`the contract of the state of the controls: ${name}`, () => {
    let site: ControlledSite;
    let control: ControlState;
    beforeEach(async () => {
      site = await open();
      control = site.control;
    });

    const seen = async <T>(looked: Promise<{ readonly seen: T } | { readonly unseen: string }>): Promise<T> => {
      const answer = await looked;
      if ('unseen' in answer) throw new Error(answer.unseen);
      return answer.seen;
    };
    const place = async () => {
      const project = await seen(control.project('CHG', 'app'));
      const type = project?.issueTypes.find((one) => one.name === 'Change request');
      if (project === null || type === undefined) throw new Error('no project CHG with change requests');
      return { project, type };
    };
    const workflow = async (): Promise<ObservedWorkflow> => {
      const { project, type } = await place();
      return seen(control.workflow(project.id, type.id, 'app'));
    };

    it('finds a project by key and by id, and says null of one that is not there', async () => {
      const { project } = await place();
      expect(await seen(control.project(project.id, 'app'))).toEqual(project);
      expect(await seen(control.project('NOSUCH', 'app'))).toBeNull();
    });

    it('names the workflow in use without reading it, and reads the same one', async () => {
      const { project, type } = await place();
      const { id, version, draft } = await seen(control.workflowInUse(project.id, type.id, 'app'));
      expect(draft).toEqual({ seen: false });
      expect(await workflow()).toMatchObject({ id, version });
    });

    it('tells our rules from all others, and statuses by reference, name and Jira’s id', async () => {
      const { statuses, transitions } = await workflow();
      const approve = transitions.find((one) => one.name === 'Approve');
      expect(approve?.validators.map(({ module }) => module)).toContain('change-validator');
      expect(approve?.actions.map(({ module }) => module)).toContain('record-transition');
      const nameOf = (id: string) => statuses.find((one) => one.id === id)?.name;
      expect([approve?.from.map(nameOf), nameOf(approve?.to ?? '')]).toEqual([['Proposed'], 'Approved']);
      expect(statuses.filter(({ statusId }) => statusId === null)).toEqual([]);
    });

    it('has the versions of a workflow newest first, at most as many as asked for', async () => {
      const before = await workflow();
      await site.addTransition('Fast lane');
      const now = await workflow();
      expect(now.version).toBeGreaterThan(before.version);
      expect(now.transitions.map((one) => one.name)).toContain('Fast lane');
      const all = await control.versions(now.id, 10, 'app');
      expect(all.complete).toBe(true);
      expect(all.versions[0]?.workflow).toEqual(now);
      expect(all.versions.map((one) => one.workflow.version)).toEqual(
        all.versions.map((one) => one.workflow.version).sort((a, b) => b - a),
      );
      for (const { by, at } of all.versions.slice(0, 1)) {
        expect(by).toEqual(expect.any(String));
        expect(new Date(at).toISOString()).toBe(at);
      }
      const cut = await control.versions(now.id, 1, 'app');
      expect([cut.versions.length, cut.complete]).toEqual([1, false]);
      expect(await control.versions('00000000-0000-4000-8000-000000000000', 10, 'app')).toEqual({
        versions: [],
        complete: false,
      });
    });

    it('lists fields that a change’s are found in, and those that are shown', async () => {
      const ids = fieldIdsFromList(await seen(control.fieldList('app')));
      const { project, type } = await place();
      const shown = await seen(control.shownFields(project.id, type.id, 'app'));
      expect(shown).toEqual(expect.arrayContaining([ids.scope, ids.backoutPlan]));
    });

    it('finds a group by name, or by id under whatever name, with its members', async () => {
      const byName = { name: 'change-authority', groupId: null };
      const before = await seen(control.group(byName, 'app'));
      expect(before?.name).toBe('change-authority');
      expect(before?.members.length).toBeGreaterThan(0);
      expect(await seen(control.group({ name: 'x', groupId: 'no-such-id' }, 'app'))).toBeNull();
    });

    it('tells a renamed group from one that is empty and one that is gone', async () => {
      const groupId = await groupIdOf('change-authority');
      await site.renameGroup('change-authority', 'cab');
      expect(await seen(control.group({ name: 'change-authority', groupId: null }, 'app'))).toBeNull();
      const found = await seen(control.group({ name: 'change-authority', groupId }, 'app'));
      expect([found?.name, (found?.members.length ?? 0) > 0]).toEqual(['cab', true]);
      await site.emptyGroup('cab');
      expect(await seen(control.group({ name: 'change-authority', groupId }, 'app'))).toEqual({
        name: 'cab',
        members: [],
      });
    });

    it('holds what it needs, and counts the changes by name and by id', async () => {
      const { project, type } = await place();
      expect(await seen(control.missingPermissions(project.id))).toEqual([]);
      const counts = await Promise.all([
        control.countChanges('CHG', ['Change request'], 'app'),
        control.countChanges('CHG', ['Change request'], 'user'),
        control.countChanges(project.id, [type.id], 'app'),
      ]);
      expect(counts).toEqual([{ seen: 2 }, { seen: 2 }, { seen: 2 }]);
    });

    it('knows of an app access rule, which hides the project from the app and from nobody else', async () => {
      const { project } = await place();
      expect(await seen(control.blockedByRule(project.id))).toBe(false);
      await site.block();
      expect(await seen(control.blockedByRule(project.id))).toBe(true);
      expect(await seen(control.project('CHG', 'app'))).toBeNull();
      expect(await seen(control.project('CHG', 'user'))).toEqual(project);
      expect(await seen(control.missingPermissions(project.id))).toEqual(['BROWSE_PROJECTS']);
      expect(await seen(control.countChanges('CHG', ['Change request'], 'app'))).toBe(0);
      expect(await seen(control.countChanges('CHG', ['Change request'], 'user'))).toBe(2);
    });

    it('says of everything that nobody could look while Jira refuses, and throws nothing', async () => {
      const { project, type } = await place();
      const { id } = await workflow();
      await site.refuse();
      const looked = await Promise.all([
        control.project('CHG', 'app'),
        control.workflowInUse(project.id, type.id, 'app'),
        control.workflow(project.id, type.id, 'app'),
        control.fieldList('app'),
        control.shownFields(project.id, type.id, 'app'),
        control.group({ name: 'change-authority', groupId: null }, 'app'),
        control.group({ name: 'change-authority', groupId: 'any' }, 'app'),
        control.missingPermissions(project.id),
        control.blockedByRule(project.id),
        control.countChanges('CHG', ['Change request'], 'user'),
      ]);
      for (const one of looked) expect(one).toEqual({ unseen: expect.stringMatching(/[.]$/) as string });
      expect(await control.versions(id, 10, 'app')).toEqual({ versions: [], complete: false });
    });

    const groupIdOf = async (group: string): Promise<string> => {
      const id = await site.groupId(group);
      expect(await seen(control.group({ name: 'anything', groupId: id }, 'app'))).toMatchObject({ name: group });
      return id;
    };
  });
}
