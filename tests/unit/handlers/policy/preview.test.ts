import { previewPolicy } from '../../../../src/handlers/policy/preview';
import type { PolicyPreview } from '../../../../src/contract/policy';
import type { Policy } from '../../../../src/policy/policy';
import { DEFAULT_POLICY } from '../../../../src/policy/policy';
import { FREEZE } from '../../policy/a-policy';
import { snapshotOf } from '../../intake/site';
import { PolicySite, refusalOf } from './site';

const NOW: Partial<Policy> = {
  freezes: [{ ...FREEZE, start: '2026-03-01T00:00:00.000Z', end: '2026-03-03T00:00:00.000Z' }],
};

/** CHG-70 and CHG-7 are changes; OPS-1 is a task of a project that is not governed. */
class PreviewSite extends PolicySite {
  readonly asked: string[] = [];
  hidden = new Set<string>();
  cut = false;

  async preview(edit: object): Promise<PolicyPreview> {
    const ports = {
      ...this.app,
      jira: {
        ...this.app.jira,
        readChange: (key: string) => {
          const issue = this.changes.get(key);
          return Promise.resolve(
            issue === undefined || this.hidden.has(key) ? undefined : { ...snapshotOf(issue), historyComplete: true },
          );
        },
        listChanges: (project: string) => {
          this.asked.push(project);
          const keys = project === 'CHG' ? ['CHG-70', 'CHG-7'] : ['OPS-1'];
          return Promise.resolve({ keys, complete: !this.cut });
        },
      },
    };
    return previewPolicy(ports, {
      payload: { policy: { ...DEFAULT_POLICY, ...edit } },
      accountId: 'adam',
      issueKey: undefined,
      projectKey: undefined,
      site: 'example.atlassian.net',
    });
  }
}

let site: PreviewSite;
beforeEach(() => void (site = new PreviewSite()));

describe('what a policy would change', () => {
  it('a freeze period holds up every change, and nothing is stored', async () => {
    const preview = await site.preview(NOW);
    expect(preview).toMatchObject({ problems: [], judged: 2, complete: true });
    expect(preview.differences).toHaveLength(1);
    expect(preview.affected.map(({ key }) => key)).toEqual(['CHG-70', 'CHG-7']);
    expect(preview.affected[0]?.before).not.toContain('Year end');
    expect(preview.affected[0]?.after).toContain('Held up now by the freeze period "Year end".');
    expect(site.store.dump()).toEqual([]);
  });

  it('another row of deciders is told in both words', async () => {
    const preview = await site.preview({ normal: { ...DEFAULT_POLICY.normal, cui: [['change-authority']] } });
    expect(preview.affected[0]?.before).toContain('one security reviewer and one change authority');
    expect(preview.affected[0]?.after).toContain('one change authority');
  });

  it('a project that comes under change control, and one that leaves it', async () => {
    const preview = await site.preview({ projects: ['OPS'], issueTypes: ['Task'] });
    expect(site.asked).toEqual(['CHG', 'OPS']);
    expect(preview.affected.map(({ key, before, after }) => [key, before.slice(0, 10), after.slice(0, 10)])).toEqual([
      ['CHG-70', 'Judged as ', 'Not under '],
      ['CHG-7', 'Judged as ', 'Not under '],
      ['OPS-1', 'Not under ', 'Judged as '],
    ]);
  });

  it('what changes no verdict affects no change', async () => {
    expect(await site.preview({ retentionYears: 7 })).toMatchObject({ affected: [], judged: 2, complete: true });
  });

  it('says that it is not complete when the list was cut or a change could not be read', async () => {
    site.hidden.add('CHG-7');
    expect(await site.preview(NOW)).toMatchObject({ judged: 1, complete: false });
    site.hidden.clear();
    site.cut = true;
    expect(await site.preview(NOW)).toMatchObject({ judged: 2, complete: false });
  });

  it('nonsense is told and judged by nobody', async () => {
    const preview = await site.preview({ projects: [] });
    expect(preview).toMatchObject({ affected: [], judged: 0, complete: false });
    expect(preview.problems).toHaveLength(1);
    expect(site.asked).toEqual([]);
  });

  it('the policy in force is no difference', async () => {
    expect(await site.preview({ version: 'policy-3' })).toMatchObject({ differences: [], judged: 0, complete: true });
  });

  it('another shape is 400, and somebody who administers nothing 403', async () => {
    expect(await refusalOf(site.preview({ retentionYears: 'long' }))).toMatchObject({ status: 400 });
    site.admin = false;
    expect(await refusalOf(site.preview(NOW))).toMatchObject({ status: 403 });
  });
});
