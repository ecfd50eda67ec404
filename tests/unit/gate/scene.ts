import { contentDigest } from '../../../src/change/digest';
import type { ChangeContent, ChangeSnapshot, HistoryEntry, HistoryItem } from '../../../src/change/snapshot';
import { newestHistoryId } from '../../../src/change/history';
import { hashEntry } from '../../../src/ledger/chain';
import { commit } from '../../../src/ledger/commitment';
import { GENESIS, LEDGER_FORMAT } from '../../../src/ledger/entry';
import type {
  Disclosure,
  EntryBodies,
  EntryKind,
  LedgerEntry,
  Person,
  Provenance,
  StoredEntry,
} from '../../../src/ledger/entry';
import type { FileRead } from '../../../src/ledger/file-read';
import { isStoredEntry } from '../../../src/ledger/stored';
import type { GateFacts } from '../../../src/gate/recorded';
import type { Identity } from '../../../src/policy/identity';
import { EMPTY_PEOPLE, type PeopleMap } from '../../../src/policy/people';
import { DEFAULT_POLICY, type Decider } from '../../../src/policy/policy';
import { rolesOf } from '../../../src/policy/organisation';

/** The people of the stories, by the names that the tables use. */
export const PEOPLE: Readonly<Record<string, Decider>> = Object.fromEntries(
  (
    [
      ['requester', [], 'atlassian'],
      ['owner', [], 'atlassian'],
      ['implementer', [], 'atlassian'],
      ['reviewer', ['security-reviewers'], 'atlassian'],
      ['reviewer2', ['security-reviewers'], 'atlassian'],
      ['authority', ['change-authority'], 'atlassian'],
      ['authority2', ['change-authority'], 'atlassian'],
      ['both', ['security-reviewers', 'change-authority'], 'atlassian'],
      ['emergency', ['emergency-authority'], 'atlassian'],
      ['msp', ['msp-acme', 'security-reviewers'], 'atlassian'],
      ['outsider', [], 'atlassian'],
      ['bot', ['change-authority'], 'app'],
    ] as const
  ).map(([name, groups, accountType]) => [
    name,
    {
      accountId: `557058:${name}`,
      displayName: name.charAt(0).toUpperCase() + name.slice(1),
      accountType,
      active: true,
      groups,
    },
  ]),
);

export const person = (name: string): Decider => {
  const found = PEOPLE[name];
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found;
};
export const id = (name: string): string => person(name).accountId;

export const GOOD_CONTENT: ChangeContent = {
  summary: 'Block outbound SMB at the enclave firewall',
  description: 'Ports 139 and 445.',
  changeType: 'Normal',
  owner: id('owner'),
  implementer: id('implementer'),
  scope: 'One rule on the enclave firewall pair.',
  impactedSystems: ['CUI enclave firewall'],
  justification: 'Closes a finding of the last assessment.',
  securityImpactAnalysis: 'Reduces the attack surface; no control is weakened.',
  testPlan: 'Probe both ports from a workstation.',
  backoutPlan: 'Restore the previous rule set.',
  windowStart: '2026-03-03T18:00:00.000Z',
  windowEnd: '2026-03-03T20:00:00.000Z',
};

const START = Date.parse('2026-03-02T09:00:00.000Z');
export const minute = (n: number): string => new Date(START + n * 60_000).toISOString();
/** Two days later, inside the window. */
export const NOW = new Date('2026-03-03T19:00:00.000Z');

let salts = 0;
const nextSalt = (): string => (salts++).toString(16).padStart(64, '0');

/** Tells one change's story: every step is a changelog entry of Jira or an entry of the ledger, a minute apart. */
export class Scene {
  content: ChangeContent = GOOD_CONTENT;
  status = 'Proposed';
  assignee: string | null = null;
  reporter: string | null = id('requester');
  project = 'CHG';
  complete = true;
  readonly history: HistoryEntry[] = [];
  readonly entries: StoredEntry[] = [];
  people: PeopleMap = EMPTY_PEOPLE;
  private clock = 0;

  private tick(): string {
    return minute(++this.clock);
  }

  /** Jumps to an instant. */
  at(instant: string): this {
    this.clock = (Date.parse(instant) - START) / 60_000 - 1;
    return this;
  }

  /** A minute in which nothing happens. */
  wait(): this {
    this.tick();
    return this;
  }

  with(changes: Partial<ChangeContent>): this {
    this.content = { ...this.content, ...changes };
    return this;
  }

  private log(by: string, items: readonly HistoryItem[]): string {
    const at = this.tick();
    const entry = { id: String(10_000 + this.history.length), author: id(by), at, items };
    this.history.push(entry);
    return entry.id;
  }

  edit(by: string, changes: Partial<ChangeContent>): this {
    this.with(changes);
    this.log(
      by,
      Object.keys(changes).map((key) => item(key as HistoryItem['field'], 'before', 'after')),
    );
    return this;
  }

  assign(by: string, to: string | null): this {
    this.log(by, [item('assignee', this.assignee, to === null ? null : id(to))]);
    this.assignee = to === null ? null : id(to);
    return this;
  }

  /** A move in Jira's changelog alone, as a forced status leaves it. */
  move(by: string, to: string, also: readonly HistoryItem[] = []): this {
    this.log(by, [{ ...item('status', '1', '2'), fromText: this.status, toText: to }, ...also]);
    this.status = to;
    return this;
  }

  /** A move that our post function reported. */
  reported(by: string, to: string): this {
    this.move(by, to);
    const last = this.history.at(-1);
    return this.record('moved', {
      historyId: last?.id ?? '',
      at: last?.at ?? '',
      from: 'Proposed',
      to,
      by: null,
      reported: true,
      executionId: `x${this.history.length}`,
    });
  }

  decide(
    by: string,
    decision: EntryBodies['decision']['decision'],
    also: Partial<EntryBodies['decision']> = {},
    disclosures: Readonly<Record<string, Disclosure>> = {},
  ): this {
    const held: Record<string, Disclosure> = { ...disclosures };
    const keep = (value: unknown) => {
      const { committed, disclosure } = commit(value, nextSalt());
      held[committed.commitment] = disclosure;
      return committed;
    };
    const body: EntryBodies['decision'] = {
      decision,
      roles: rolesOf(DEFAULT_POLICY, person(by).groups, NOW),
      by: keep({ accountId: id(by), displayName: person(by).displayName }),
      basis: 'Looked at the rule set.',
      requiredActions:
        decision === 'disapproved' ? [{ what: 'Add a test', owner: keep({ accountId: id('owner') }) }] : [],
      contentDigest: contentDigest(this.content),
      content: keep(this.content),
      historyHead: newestHistoryId(this.history),
      policyVersion: 'default-1',
      decidedAt: this.tick(),
      ...also,
    };
    return this.record('decision', body, held);
  }

  /** A person's commitment, and what opens it. */
  private committed(...names: readonly string[]) {
    const held: Record<string, Disclosure> = {};
    const people = names.map((name) => {
      const value = { accountId: id(name), displayName: person(name).displayName };
      const { committed, disclosure } = commit(value, nextSalt());
      held[committed.commitment] = disclosure;
      return committed;
    });
    return { people, held };
  }

  delegate(from: string, to: string, role: string, until: string | null = null): this {
    const { people, held } = this.committed(from, to);
    const [giver, taker] = people;
    if (giver === undefined || taker === undefined) return this;
    const at = this.tick();
    const body = { from: giver, to: taker, role, until, basis: 'Away.', policyVersion: 'default-1', at };
    return this.record('delegated', body, held);
  }

  takeBack(by: string, delegation: number): this {
    const { people, held } = this.committed(by);
    const [who] = people;
    if (who === undefined) return this;
    return this.record('delegation-revoked', { delegation, by: who, reason: 'Back.', at: this.tick() }, held);
  }

  /** A decision for somebody else, whether or not a delegation stands: the judgement has to hold either way. */
  decideFor(from: string, by: string, role: string, decision: EntryBodies['decision']['decision']): this {
    const { people, held } = this.committed(from);
    const [who] = people;
    if (who === undefined) return this;
    return this.decide(by, decision, { roles: [role], onBehalfOf: { person: who, delegation: 0 } }, held);
  }

  settleCondition(by: string, decision: number, outcome: 'met' | 'waived', roles: readonly string[]): this {
    const { people, held } = this.committed(by);
    const [who] = people;
    if (who === undefined) return this;
    return this.record('condition-settled', { decision, outcome, by: who, roles, note: '', at: this.tick() }, held);
  }

  /** Says that the change as it is now goes together with another. */
  agree(by: string, other: string): this {
    const { people, held } = this.committed(by);
    const [who] = people;
    if (who === undefined) return this;
    const contentDigestNow = contentDigest(this.content);
    const body = { other, by: who, roles: [], basis: 'One after the other.', contentDigest: contentDigestNow };
    return this.record('overlap-accepted', { ...body, at: this.tick() }, held);
  }

  deploy(deployment: string, environment: string, commits: readonly string[] = []): this {
    return this.evidence('deployment', deployment, { commits, attributes: { environment } });
  }

  /** A fact of a sender, received when it was claimed. */
  evidence(
    kind: string,
    id: string,
    also: {
      readonly commits?: readonly string[];
      readonly attributes?: Readonly<Record<string, string>>;
      readonly people?: readonly (readonly [role: string, person: Person])[];
      readonly source?: string;
      readonly state?: string;
      readonly url?: string;
      /** When the sender says that it happened; by default when it was received. */
      readonly claimedAt?: string;
      readonly authenticatedBy?: Provenance['authenticatedBy'];
    } = {},
  ): this {
    const at = this.tick();
    const { committed, disclosure } = commit(`${kind} ${id}`, nextSalt());
    const people = (also.people ?? []).map(([role, one]) => ({ role, ...commit(one, nextSalt()) }));
    return this.record(
      'evidence',
      {
        evidence: kind,
        id,
        repository: 'acme/enclave',
        state: also.state ?? 'success',
        title: committed,
        url: also.url ?? null,
        commits: also.commits ?? [],
        attributes: also.attributes ?? {},
        people: people.map(({ role, committed: person }) => ({ role, person })),
        claimedAt: also.claimedAt ?? at,
        receivedAt: at,
        namedBy: ['payload'],
        provenance: {
          source: also.source ?? 'github',
          event: kind,
          deliveryId: null,
          authenticatedBy: also.authenticatedBy ?? 'hmac-sha256',
          secret: 'a',
          bodyDigest: GENESIS,
        },
      },
      {
        [committed.commitment]: disclosure,
        ...Object.fromEntries(people.map((one) => [one.committed.commitment, one.disclosure] as const)),
      },
    );
  }

  /** A file that a pipeline handed in was read. */
  file(said: Partial<FileRead> = {}): this {
    const at = this.tick();
    const { committed, disclosure } = commit('trail.json', nextSalt());
    return this.record(
      'file-read',
      {
        delivery: `pipeline.${GENESIS}`,
        index: 0,
        digest: 'a'.repeat(64),
        size: 1,
        mediaType: null,
        name: committed,
        claimedKind: 'execution-log',
        about: null,
        outcome: 'read',
        format: 'auditd',
        evidence: 'execution-log',
        title: null,
        refusal: null,
        statements: 1,
        statementsDigest: null,
        complete: true,
        findings: [],
        claimed: null,
        effects: { read: 0, write: 1, unknown: 0 },
        signatures: { verified: 0, signerUnknown: 0, invalid: 0, unsigned: 0 },
        trustVersion: 'none',
        readerVersion: 'r',
        by: null,
        receivedAt: at,
        provenance: {
          source: 'pipeline',
          event: 'execution-log',
          deliveryId: null,
          authenticatedBy: 'hmac-sha256',
          secret: 'a',
          bodyDigest: GENESIS,
        },
        ...said,
      },
      { [committed.commitment]: disclosure },
    );
  }

  /** A pipeline asked the deploy gate and was told. */
  asked(verdict: string, environment: string, named: readonly string[]): this {
    const at = this.tick();
    const { committed, disclosure } = commit({ displayName: 'Dana' }, nextSalt());
    const isArtifact = (one: string): boolean => one.startsWith('sha256:');
    return this.record(
      'gate-answered',
      {
        environment,
        commits: named.filter((one) => !isArtifact(one)),
        artifacts: named.filter(isArtifact),
        actor: committed,
        verdict,
        sentence: `It is ${verdict}.`,
        askedAt: at,
        question: GENESIS,
        secret: 'a',
        policyVersion: 'default-1',
      },
      { [committed.commitment]: disclosure },
    );
  }

  /** Jira showed an account with the address of the author at a place of an evidence entry. */
  matched(evidence: number, by: string, address: 'same' | 'without-tag' = 'same', index = 0): this {
    this.tick();
    const { committed, disclosure } = commit({ accountId: id(by), displayName: person(by).displayName }, nextSalt());
    const body = { evidence, index, account: committed, address };
    return this.record('author-matched', body, { [committed.commitment]: disclosure });
  }

  /** Somebody says who an author is; null for nobody who may decide here. */
  resolved(evidence: number, by: string, account: string | null, index = 0): this {
    this.tick();
    const who = commit({ accountId: id(by), displayName: person(by).displayName }, nextSalt());
    const chosen = account === null ? null : commit({ accountId: id(account) }, nextSalt());
    const held = [who, ...(chosen === null ? [] : [chosen])];
    return this.record(
      'author-resolved',
      { evidence, index, account: chosen?.committed ?? null, by: who.committed, basis: 'I asked them.' },
      Object.fromEntries(held.map(({ committed, disclosure }) => [committed.commitment, disclosure])),
    );
  }

  /** The entry by which evidence voids a decision. */
  barred(decision: number, evidence: number, by: string, role = 'author'): this {
    this.tick();
    const { committed, disclosure } = commit({ accountId: id(by) }, nextSalt());
    const body = { person: committed, decision, evidence, role, matchedBy: 'e-mail' } as const;
    return this.record('decision-barred', body, { [committed.commitment]: disclosure });
  }

  /** A person's entry of a kind that needs nothing but who and what. */
  personal<
    K extends 'review' | 'freeze-exception' | 'emergency-override' | 'template-applied' | 'adopted' | 'break-glass',
  >(kind: K, by: string, body: Omit<EntryBodies[K], 'by'>): this {
    this.tick();
    const { committed, disclosure } = commit({ accountId: id(by), displayName: person(by).displayName }, nextSalt());
    return this.record(kind, { ...body, by: committed } as unknown as EntryBodies[K], {
      [committed.commitment]: disclosure,
    });
  }

  /** A record of what was done, made now; `body` replaces what it says. */
  implement(
    by: string,
    body: { readonly [K in keyof EntryBodies['implementation']]?: EntryBodies['implementation'][K] | undefined } = {},
  ): this {
    this.tick();
    const { committed, disclosure } = commit({ accountId: id(by), displayName: person(by).displayName }, nextSalt());
    const said = {
      startedAt: '2026-03-03T18:10:00.000Z',
      endedAt: '2026-03-03T18:40:00.000Z',
      outcome: 'as-planned',
      backoutUsed: false,
      verification: 'Both ports were probed from a workstation.',
      controlsSatisfied: true,
      verifiedAt: '2026-03-03T18:50:00.000Z',
      baselineUpdated: 'updated',
      planUpdated: 'not-needed',
      notes: '',
      by: committed,
      inventoryUpdated: 'not-needed',
      verifiedBy: committed,
      historyHead: newestHistoryId(this.history),
      ...body,
    };
    const known = Object.entries(said).filter(([, value]) => value !== undefined);
    return this.record('implementation', Object.fromEntries(known) as unknown as EntryBodies['implementation'], {
      [committed.commitment]: disclosure,
    });
  }

  /** The first required action of the newest disapproval is settled. */
  settle(by: string, outcome: 'done' | 'withdrawn'): this {
    const decision = this.entries.findLast(({ entry }) => entry.kind === 'decision')?.entry.seq ?? -1;
    const { committed, disclosure } = commit({ accountId: id(by), displayName: person(by).displayName }, nextSalt());
    const at = this.tick();
    return this.record(
      'action-settled',
      { decision, action: 0, outcome, by: committed, note: '', at },
      { [committed.commitment]: disclosure },
    );
  }

  private record<K extends EntryKind>(
    kind: K,
    body: EntryBodies[K],
    disclosures: Record<string, Disclosure> = {},
  ): this {
    this.entries.push(sealed({ kind, body, fact: `${kind}:${this.entries.length}` }, this.entries, disclosures));
    return this;
  }

  /** Accounts that are one person, and who they are at senders. */
  known(...people: readonly (readonly [accounts: readonly string[], ...identities: Identity[]])[]): this {
    this.people = {
      version: 'people-1',
      people: people.map(([accounts, ...identities], i) => ({
        id: `p${i}`,
        name: accounts[0] ?? 'nobody',
        accounts: accounts.map(id),
        identities,
        organisation: null,
      })),
    };
    return this;
  }

  facts(): GateFacts {
    const snapshot: ChangeSnapshot = {
      issueId: '10007',
      key: `${this.project}-7`,
      project: this.project,
      issueType: 'Change request',
      status: this.status,
      createdAt: minute(0),
      content: this.content,
      creator: id('requester'),
      reporter: this.reporter,
      assignee: this.assignee,
      history: [...this.history],
      historyComplete: this.complete,
      names: Object.fromEntries(Object.values(PEOPLE).map(({ accountId, displayName }) => [accountId, displayName])),
    };
    return { snapshot, entries: [...this.entries], people: this.people };
  }
}

const item = (field: HistoryItem['field'], from: string | null, to: string | null): HistoryItem => ({
  field,
  fieldId: field,
  from,
  fromText: from,
  to,
  toText: to,
});

function sealed(
  draft: Pick<LedgerEntry, 'kind' | 'body' | 'fact'>,
  before: readonly StoredEntry[],
  disclosures: Record<string, Disclosure>,
): StoredEntry {
  const entry: unknown = {
    format: LEDGER_FORMAT,
    chain: '10007',
    seq: before.length,
    prev: before.at(-1)?.hash ?? GENESIS,
    at: minute(before.length),
    ...draft,
  };
  const stored: unknown = { entry, hash: hashEntry(entry as LedgerEntry), disclosures };
  if (!isStoredEntry(stored)) throw new Error(`not an entry: ${JSON.stringify(entry)}`);
  return stored;
}

/** The same decisions in another order of the ledger, chained anew. */
export const rechained = (entries: readonly StoredEntry[]): StoredEntry[] =>
  entries.reduce<StoredEntry[]>((chain, { entry, disclosures }) => {
    const { kind, body, fact } = entry;
    return [...chain, sealed({ kind, body, fact }, chain, { ...disclosures })];
  }, []);
