import { createHmac } from 'node:crypto';
import { deliveryContent } from '../../../src/handlers/intake/delivery';
import { readLedger } from '../../../src/ledger/append';
import type { StoredEntry } from '../../../src/ledger/entry';
import { takeInEvidence, type IntakeAnswer } from '../../../src/handlers/take-in-evidence';
import { recordDelivery } from '../../../src/handlers/record-delivery';
import { readChunks } from '../../../src/handlers/intake/chunks';
import { deliveryChunkKey } from '../../../src/ledger/keys';
import type { AttachedFile } from '../../../src/ports/publishing';
import { Unavailable, type Job, type Ports } from '../../../src/ports/ports';
import type { IntakeRequest } from '../../../src/providers/request';
import type { ChangeSnapshot } from '../../../src/change/snapshot';
import { FakeControlState } from '../../fakes/control-state';
import { FakeStore } from '../../fakes/store';

export const SECRET = 'a secret of the tests';
export const OLD_SECRET = 'the secret before it';

/** A site with a few changes, deterministic clock, salts and queue. */
export class TestSite {
  readonly clock = { at: new Date('2026-03-02T09:00:00.000Z'), now: () => new Date(this.clock.at) };
  readonly store = new FakeStore(this.clock);
  readonly control = new FakeControlState();
  readonly queue: Job[] = [];
  readonly logged: string[] = [];
  /** Keys that Jira resolves, old ones of moved issues included, with the issue they lead to. */
  readonly changes = new Map<string, { id: string; key: string; project: string; issueType: string }>([
    ['CHG-7', { id: '10007', key: 'CHG-7', project: 'CHG', issueType: 'Change request' }],
    ['CHG-70', { id: '10070', key: 'CHG-70', project: 'CHG', issueType: 'Change request' }],
    ['OPS-1', { id: '20001', key: 'OPS-1', project: 'OPS', issueType: 'Task' }],
  ]);
  jiraDown = false;
  queueDown = false;
  secretsDown = false;
  /** What stands in the field "Change ledger", by issue. */
  readonly heads = new Map<string, string>();
  readonly attached: (AttachedFile & { readonly issueId: string })[] = [];
  /** Jira's refusal to take an attachment, for as long as it is set. */
  attachRefusal: readonly string[] | null = null;
  /** Senders that nobody gave a secret. */
  readonly unconfigured = new Set<string>();
  private salts = 0;

  readonly ports: Ports = {
    store: this.store,
    control: this.control,
    clock: this.clock,
    random: {
      salt: () => (++this.salts).toString(16).padStart(64, '0'),
      id: () => `id-${++this.salts}`,
    },
    secrets: {
      replace: () => Promise.reject(new Error('the intake writes no secrets')),
      live: (source) =>
        this.secretsDown
          ? Promise.reject(new Unavailable('storage', 'no secrets now'))
          : Promise.resolve(
              this.unconfigured.has(source)
                ? []
                : [
                    { label: 'newest', value: SECRET },
                    { label: 'old', value: OLD_SECRET },
                  ],
            ),
    },
    jobs: {
      push: (job) => {
        if (this.queueDown) return Promise.reject(new Unavailable('queue', 'no queue now'));
        this.queue.push(job);
        return Promise.resolve();
      },
    },
    log: {
      info: (event, detail) => void this.logged.push(`${event} ${JSON.stringify(detail)}`),
      error: (event, cause) => void this.logged.push(`${event}: ${String(cause)}`),
    },
    publishing: {
      writeLedgerHead: (issueId, text) => Promise.resolve(void this.heads.set(issueId, text)),
      attach: (issueId, file) => {
        if (this.jiraDown) return Promise.reject(new Unavailable('jira', 'no Jira now'));
        if (this.attachRefusal !== null) return Promise.resolve({ attached: false, messages: this.attachRefusal });
        if (!this.attached.some(({ name }) => name === file.name)) this.attached.push({ issueId, ...file });
        return Promise.resolve({ attached: true });
      },
    },
    notices: { send: () => Promise.reject(new Error('the intake tells nobody anything')) },
    jira: {
      readChange: (key) =>
        this.jiraDown ? Promise.reject(new Unavailable('jira', 'no Jira now')) : Promise.resolve(this.snapshot(key)),
      mayBrowse: notAsked,
      mayEdit: notAsked,
      transitionAsUser: notAsked,
      mayAdminister: notAsked,
      readDecider: notAsked,
      readGroup: notAsked,
      findPerson: notAsked,
      searchAccounts: notAsked,
      listOldest: notAsked,
      createChange: notAsked,
      findMarked: notAsked,
      fieldIds: notAsked,
      fieldList: notAsked,
      readChangeOnScreen: notAsked,
      groupNames: notAsked,
      customFields: notAsked,
      statuses: notAsked,
      findGroups: notAsked,
      statusName: notAsked,
      writeGateFields: notAsked,
      listChanges: notAsked,
    },
  };

  deliver(request: IntakeRequest): Promise<IntakeAnswer> {
    return takeInEvidence(this.ports, request);
  }

  /** Does the queued work. */
  async drain(): Promise<void> {
    for (let job = this.queue.shift(); job !== undefined; job = this.queue.shift()) {
      if (job.job === 'record-delivery') await recordDelivery(this.ports, job.delivery);
    }
  }

  entries(issueId: string): Promise<StoredEntry[]> {
    return readLedger(this.store, issueId);
  }

  /** What is recorded as evidence of an issue, as `kind:id`, in order. */
  async recorded(issueId: string): Promise<string[]> {
    return (await this.entries(issueId)).flatMap(({ entry }) =>
      entry.kind === 'evidence' ? [`${entry.body.evidence}:${entry.body.id}`] : [],
    );
  }

  keys(prefix: string): string[] {
    return this.store.dump().flatMap(([key]) => (key.startsWith(prefix) ? [key] : []));
  }

  /** The kept body of the only delivery. */
  async keptBody(): Promise<string> {
    const name = this.keys('delivery:')[0]?.slice('delivery:'.length) ?? '';
    const count = this.keys(`delivery-chunk:${name}`).length;
    const text = await readChunks(this.store, count, (i) => deliveryChunkKey(name, i));
    return deliveryContent.parse(JSON.parse(text ?? '')).body;
  }

  private snapshot(key: string): ChangeSnapshot | undefined {
    const issue = this.changes.get(key);
    return issue === undefined ? undefined : snapshotOf(issue);
  }
}

const notAsked = (): Promise<never> => Promise.reject(new Error('the intake does not ask this of Jira'));

export function snapshotOf(issue: { id: string; key: string; project: string; issueType: string }): ChangeSnapshot {
  return {
    issueId: issue.id,
    key: issue.key,
    project: issue.project,
    issueType: issue.issueType,
    status: 'Proposed',
    createdAt: '2026-03-01T09:00:00.000Z',
    content: {
      summary: 'A change',
      description: '',
      changeType: 'Normal',
      owner: null,
      implementer: null,
      scope: '',
      impactedSystems: [],
      justification: '',
      securityImpactAnalysis: '',
      testPlan: '',
      backoutPlan: '',
      windowStart: null,
      windowEnd: null,
    },
    creator: null,
    reporter: null,
    assignee: null,
    history: [],
    historyComplete: false,
    names: {},
  };
}

export const sign = (body: string, secret = SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body, 'utf8').digest('hex')}`;

/** A delivery as GitHub makes it; `headers` replace or, with an empty list, remove. */
export function githubRequest(
  event: string,
  body: string,
  headers: Readonly<Record<string, readonly string[]>> = {},
  source: readonly string[] = ['github'],
) {
  return {
    method: 'POST',
    query: { source },
    body,
    headers: {
      'Content-Type': ['application/json'],
      'User-Agent': ['GitHub-Hookshot/044aadd'],
      'X-GitHub-Event': [event],
      'X-GitHub-Delivery': ['72d3162e-cc78-11e3-81ab-4c9367dc0958'],
      'X-Hub-Signature-256': [sign(body)],
      ...headers,
    },
  };
}
