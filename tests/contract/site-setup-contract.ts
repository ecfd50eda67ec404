import { SetupRefused, type SiteSetup } from '../../src/ports/site-setup';
import { schemeNames } from '../../src/setup/wanted';

/** A site with the company-managed project NEW, the issue type Task, no issue, and the app installed. */
export interface SiteUnderTest {
  readonly site: SiteSetup;
  readonly projectId: string;
}

const TEXTAREA = 'com.atlassian.jira.plugin.system.customfieldtypes:textarea';
const SELECT = 'com.atlassian.jira.plugin.system.customfieldtypes:select';
const TYPE = { textarea: TEXTAREA, select: SELECT };
const SEARCHER = 'com.atlassian.jira.plugin.system.customfieldtypes:textsearcher';
const MULTI = 'com.atlassian.jira.plugin.system.customfieldtypes:multiselectsearcher';

/** What set-up may expect of a site: what is made is found by its name, and a name that is taken is refused. */
export function describeSiteSetup(name: string, open: () => SiteUnderTest | Promise<SiteUnderTest>): void {
  describe(`the site set-up contract: ${name}`, () => {
    let site: SiteSetup;
    let projectId: string;
    beforeEach(async () => ({ site, projectId } = await open()));

    const refused = async (work: Promise<void>): Promise<void> => {
      await expect(work).rejects.toBeInstanceOf(SetupRefused);
    };

    it('finds a field by its name, with its type; a second one of the name is made without a word', async () => {
      const act = {
        act: 'create-field',
        name: 'Contract',
        description: 'd',
        type: TYPE.textarea,
        searcher: SEARCHER,
      } as const;
      await site.perform(act);
      await site.perform(act);
      const found = (await site.fields()).filter((field) => field.name === 'Contract');
      expect(found.map(({ type }) => type)).toEqual([TYPE.textarea, TYPE.textarea]);
    });

    it('gives a new field a context for every project, and keeps its options in order', async () => {
      await site.perform({ act: 'create-field', name: 'Choice', description: 'd', type: TYPE.select, searcher: MULTI });
      const id = (await site.fields()).find((field) => field.name === 'Choice')?.id ?? '';
      const { contextId, options } = await site.options(id);
      expect(options).toEqual([]);
      await site.perform({ act: 'add-options', fieldId: id, contextId: contextId ?? '', values: ['B', 'A'] });
      expect((await site.options(id)).options.map(({ value }) => value)).toEqual(['B', 'A']);
      await refused(site.perform({ act: 'add-options', fieldId: id, contextId: contextId ?? '', values: ['A'] }));
    });

    it('finds statuses, issue types and groups, and refuses a second of the name', async () => {
      const acts = [
        { act: 'create-status', name: 'Contracted', description: 'd', category: 'DONE' },
        { act: 'create-issue-type', name: 'Contract', description: 'd' },
        { act: 'create-group', name: 'contractors' },
      ] as const;
      for (const act of acts) await site.perform(act);
      expect((await site.statuses()).find((one) => one.name === 'Contracted')?.category).toBe('DONE');
      expect((await site.issueTypes()).find((one) => one.name === 'Contract')?.subtask).toBe(false);
      expect(await site.group({ name: 'contractors' })).toMatchObject({ name: 'contractors', members: [] });
      expect(await site.group({ name: 'nobody-is-called-this' })).toBeUndefined();
      for (const act of acts) await refused(site.perform(act));
    });

    it('finds a screen with its fields on it', async () => {
      await site.perform({ act: 'create-screen', name: 'Contract screen', description: 'Made for it.' });
      const screen = await site.screen('Contract screen');
      expect(screen).toMatchObject({ description: 'Made for it.', fields: [] });
      const { id = '', tabId = '' } = screen ?? {};
      const act = { act: 'add-to-screen', screen: 'view', screenId: id, tabId } as const;
      await site.perform({ ...act, fields: ['summary', 'labels'] });
      expect((await site.screen('Contract screen'))?.fields).toEqual(['summary', 'labels']);
      await refused(site.perform({ ...act, fields: ['labels'] }));
      await site.perform({
        act: 'create-screen-scheme',
        name: 'Contract screens',
        description: 'd',
        screens: { default: id, create: id, edit: id, view: id },
      });
      expect((await site.screenScheme('Contract screens'))?.screens).toEqual({
        default: id,
        create: id,
        edit: id,
        view: id,
      });
      expect(await site.screen('Contract')).toBeUndefined();
    });

    it('tells a project with its schemes, and those that set-up would make', async () => {
      const before = await site.project(projectId, undefined);
      expect(before).toMatchObject({ key: 'NEW', companyManaged: true, hasIssues: false, changes: [] });
      expect(before?.made).toEqual({ issueTypes: null, issueTypeScreens: null, workflows: null });
      const types = before?.issueTypes.issueTypeIds ?? [];
      const { issueTypes: name } = schemeNames('NEW');
      await site.perform({
        act: 'create-issue-type-scheme',
        name,
        description: 'd',
        issueTypeIds: types,
        defaultIssueTypeId: null,
      });
      const schemeId = (await site.project(projectId, undefined))?.made.issueTypes?.id ?? '';
      await site.perform({ act: 'use-issue-type-scheme', schemeId, projectId });
      expect((await site.project(projectId, undefined))?.issueTypes).toMatchObject({
        id: schemeId,
        name,
        issueTypeIds: types,
      });
      expect(await site.project('999999', undefined)).toBeUndefined();
    });

    it('offers the rules of this app and of Jira', async () => {
      const { forge, system } = await site.rules();
      expect(forge.map(({ id }) => id.split('/').at(-1)).sort()).toEqual([
        'change-validator',
        'record-transition',
        'required-fields-validator',
        'security-reviewer-condition',
      ]);
      expect(system).toEqual(
        expect.arrayContaining(['system:separation-of-duties', 'system:restrict-issue-transition']),
      );
    });
  });
}
