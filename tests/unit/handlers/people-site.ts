import { onChangeJob } from '../../../src/handlers/change-job';
import type { Decider } from '../../../src/policy/policy';
import { Unavailable, type Jira, type NewChange, type Ports } from '../../../src/ports/ports';
import type { ResolverCall } from '../../../src/handlers/resolver-call';
import { snapshotOf, TestSite } from '../intake/site';
import type { ChangeSnapshot } from '../../../src/change/snapshot';

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  rita: ['security-reviewers'],
  cora: ['change-authority'],
  adam: ['jira-administrators'],
  olga: [],
  bot: ['change-authority'],
};

interface Made extends NewChange {
  readonly by: string;
  readonly id: string;
  readonly key: string;
}

/** A site with people, whose Jira creates issues, finds them by their mark, and lists them by age. */
export class PeopleSite extends TestSite {
  /** Who is asking: what Jira answers "as the user" depends on it. */
  asking = 'rita';
  readonly made: Made[] = [];
  /** Jira's refusal to create, for as long as it is set. */
  refusing: { status: number; messages: readonly string[] } | null = null;
  /** 'lost': the issue is there and the answer is not. 'never': nothing was done. */
  creating: 'well' | 'lost' | 'never' = 'well';
  /** Whether Jira's search shows what was just created. */
  searchLags = false;
  licence: 'active' | 'lapsed' = 'active';
  /** Overrides by issue key or id. */
  readonly snapshots = new Map<string, Partial<ChangeSnapshot>>();

  readonly app: Ports = {
    ...this.ports,
    licence: { lapsed: () => this.licence === 'lapsed' },
    jira: {
      ...this.ports.jira,
      mayBrowse: () => Promise.resolve(true),
      mayEdit: () => Promise.resolve(true),
      readChange: (keyOrId) => Promise.resolve(this.change(keyOrId)),
      mayAdminister: () => Promise.resolve(this.asking === 'adam'),
      readDecider: (accountId) => Promise.resolve(this.person(accountId)),
      searchAccounts: () => Promise.resolve([]),
      readGroup: () => Promise.resolve([]),
      writeGateFields: () => Promise.resolve(),
      createChange: (change) => this.create(change),
      findMarked: (project, creator, mark) => {
        const found = this.made.find((one) => one.project === project && one.by === creator && one.mark === mark);
        return Promise.resolve(
          found === undefined || this.searchLags ? undefined : { issueId: found.id, key: found.key },
        );
      },
      listOldest: (_, __, token) => this.oldest(Number(token ?? '0')),
    } satisfies Jira,
  };

  call(who: string, payload: unknown, issueKey?: string): ResolverCall {
    this.asking = who;
    return { payload, accountId: who, issueKey, projectKey: undefined, site: 'example.atlassian.net' };
  }

  /** Does the queued work, as the consumer does. */
  async work(): Promise<void> {
    for (let job = this.queue.shift(); job !== undefined; job = this.queue.shift()) await onChangeJob(this.app, job);
  }

  private person(accountId: string): Decider | undefined {
    const groups = GROUPS[accountId];
    return groups === undefined
      ? undefined
      : {
          accountId,
          displayName: accountId.charAt(0).toUpperCase() + accountId.slice(1),
          accountType: accountId === 'bot' ? 'app' : 'atlassian',
          active: true,
          groups,
        };
  }

  private change(keyOrId: string): ChangeSnapshot | undefined {
    const issue = [...this.changes.values()].find(({ id, key }) => id === keyOrId || key === keyOrId);
    if (issue === undefined) return undefined;
    const snapshot = snapshotOf(issue);
    const made = this.made.find(({ id }) => id === issue.id);
    return {
      ...snapshot,
      historyComplete: true,
      createdAt: made === undefined ? snapshot.createdAt : this.clock.at.toISOString(),
      content: { ...snapshot.content, changeType: made?.changeType ?? snapshot.content.changeType },
      ...this.snapshots.get(issue.key),
    };
  }

  private create(change: NewChange): ReturnType<Jira['createChange']> {
    if (this.refusing !== null) return Promise.resolve({ created: false, ...this.refusing });
    if (this.creating === 'never') return Promise.reject(new Unavailable('jira', 'no Jira now'));
    const n = 900 + this.made.length;
    const issue = { id: `10${n}`, key: `${change.project}-${n}`, project: change.project, issueType: change.issueType };
    this.made.push({ ...change, by: this.asking, id: issue.id, key: issue.key });
    this.changes.set(issue.key, issue);
    return this.creating === 'lost'
      ? Promise.reject(new Unavailable('jira', 'the answer was lost'))
      : Promise.resolve({ created: true, issueId: issue.id, key: issue.key });
  }

  private oldest(from: number) {
    const ids = [...this.changes.values()].filter(({ project }) => project === 'CHG').map(({ id }) => id);
    const next = from + 2;
    const issueIds = ids.slice(from, next);
    return Promise.resolve(next < ids.length ? { issueIds, next: String(next) } : { issueIds });
  }
}
