import type { Looked, ObservedWorkflow, WorkflowVersion } from '../../src/gate/health/observed';
import type { AskedAs, ControlState, GroupFound, HeldGroup, ProjectFound } from '../../src/ports/control-state';

/** The `ControlState` port over what a test says the site has; `down` makes every look fail as when Jira refuses. */
export class FakeControlState implements ControlState {
  readonly calls: string[] = [];
  down: string | null = null;
  projects: Readonly<Record<string, ProjectFound>> = {};
  current: ObservedWorkflow | null = null;
  history: readonly WorkflowVersion[] = [];
  draft = false;
  fields: unknown = [];
  shown: readonly string[] = [];
  groups: readonly (GroupFound & { readonly groupId: string })[] = [];
  missing: readonly string[] = [];
  counts = { user: 0, app: 0 };

  private look<T>(what: string, seen: () => T): Promise<Looked<T>> {
    this.calls.push(what);
    return Promise.resolve(this.down === null ? { seen: seen() } : { unseen: this.down });
  }

  project = (keyOrId: string, as: AskedAs) =>
    this.look('project', () =>
      this.blocked && as === 'app'
        ? null
        : (Object.entries(this.projects).find(([key, { id }]) => key === keyOrId || id === keyOrId)?.[1] ?? null),
    );
  workflowInUse = () =>
    this.look('workflowInUse', () => ({
      id: this.workflowNow().id,
      version: this.workflowNow().version,
      draft: { seen: this.draft },
    }));
  workflow = () => this.look('workflow', () => this.workflowNow());
  versions = (workflowId: string, limit: number) => {
    this.calls.push('versions');
    const readable = this.down === null && workflowId === this.current?.id;
    const versions = readable ? this.history.slice(0, limit) : [];
    return Promise.resolve({ versions, complete: readable && this.history.length <= limit });
  };
  fieldList = () => this.look('fieldList', () => this.fields);
  shownFields = () => this.look('shownFields', () => this.shown);
  group = ({ name, groupId }: HeldGroup) =>
    this.look('group', () => {
      const found = this.groups.find((one) => (groupId === null ? one.name === name : one.groupId === groupId));
      return found === undefined ? null : { name: found.name, members: found.members };
    });
  blocked = false;
  blockedByRule = () => this.look('blockedByRule', () => this.blocked);
  missingPermissions = () => this.look('missingPermissions', () => (this.blocked ? ['BROWSE_PROJECTS'] : this.missing));
  countChanges = (_: string, __: readonly string[], as: 'app' | 'user') =>
    this.look('countChanges', () => (this.blocked && as === 'app' ? 0 : this.counts[as]));

  private workflowNow(): ObservedWorkflow {
    if (this.current === null) throw new Error('the test gave the site no workflow');
    return this.current;
  }
}
