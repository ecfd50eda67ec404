import { contentDigest } from '../../src/change/digest';
import type { ChangeContent, ChangeSnapshot, HistoryEntry } from '../../src/change/snapshot';
import { judge } from '../../src/gate/judge';
import { appendEntries, readLedger } from '../../src/ledger/append';
import type { Draft } from '../../src/ledger/append';
import { commit } from '../../src/ledger/commitment';
import type { Committed, Disclosure, EntryBodies, EntryKind, Provenance, StoredEntry } from '../../src/ledger/entry';
import { sha256Hex } from '../../src/ledger/hash';
import type { JiraPartRead, JiraRecord } from '../../src/ledger/jira-entries';
import type { FromJiraPart } from '../../src/pack/from-jira';
import { healthSegment } from '../../src/pack/health';
import type { MeetingPart } from '../../src/pack/meetings';
import type { PackInput, RawDelivery } from '../../src/pack/assemble';
import type { PeopleMap } from '../../src/policy/people';
import { DEFAULT_POLICY } from '../../src/policy/policy';
import { FakeStore } from '../fakes/store';
import { LOG_DELIVERY, LOG_STATEMENTS, logEvidence, logRead } from './handed-in';

/**
 * The change of the golden pack: a firewall rule at a small subcontractor, edited once after a first decision, decided
 * by two people, deployed, with one delivery redacted, one held back, and one person erased from the ledger.
 */
const CHAIN = '10042';
const REPOSITORY = 'northwind-composites/enclave-firewall';
const MEETING = 'meeting000001';
const COMMIT = '6dcb09b5b57875f334f61aebed695e2e4193db5e';

const PEOPLE = {
  requester: { accountId: '5b10a2844c20165700ede201', displayName: 'Rosa Quintero' },
  owner: { accountId: '5b10a2844c20165700ede202', displayName: 'Owen Patel' },
  implementer: { accountId: '5b10a2844c20165700ede203', displayName: 'Imani Njoroge' },
  reviewer: { accountId: '5b10a2844c20165700ede204', displayName: 'Renée Lefèvre' },
  authority: { accountId: '5b10a2844c20165700ede205', displayName: 'Aiko Tanaka' },
} as const;

const before: ChangeContent = {
  summary: 'Close inbound RDP to the file server from the shop-floor network',
  description: 'Scan finding 2026-014: TCP 3389 is reachable from VLAN 40.',
  changeType: 'Normal',
  owner: PEOPLE.owner.accountId,
  implementer: PEOPLE.implementer.accountId,
  scope: 'Rule set of the enclave firewall, one rule removed, one added.',
  impactedSystems: ['CUI enclave firewall', 'File server FS-01'],
  justification:
    'Remote desktop from the shop floor is not used since March and widens the attack surface <of FS-01> & more.',
  securityImpactAnalysis: 'Reduces exposure. No new flow. Monitoring rule 7 keeps logging dropped packets to the SIEM.',
  testPlan: 'Apply to the standby unit, run the connection matrix from VLAN 40 and VLAN 10.',
  backoutPlan: 'Re-apply configuration backup fw-2026-02-27 (10 minutes), confirmed on the standby unit.',
  windowStart: '2026-03-04T20:00:00.000Z',
  windowEnd: '2026-03-04T22:00:00.000Z',
};
const after: ChangeContent = {
  ...before,
  testPlan: `${before.testPlan}\nThen a second pass from the jump host.`,
};

export const GENERATED_AT = '2026-03-05T08:30:00.000Z';
const at = (day: number, time: string): string => `2026-03-0${day}T${time}:00.000Z`;

const body = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const PUSH = body({ ref: 'refs/heads/CHG-42-close-rdp', commits: [{ id: COMMIT, message: 'CHG-42 close RDP' }] });
const PULL = body({
  action: 'closed',
  pull_request: { number: 17, title: 'CHG-42 close RDP from VLAN 40', merged: true },
});
const RUN_RECEIVED = body({ action: 'completed', workflow_run: { id: 90211, logs: 'token=ghp_00000' } });
const RUN_REDACTED = body({ action: 'completed', workflow_run: { id: 90211, logs: '[redacted]' } });
const DEPLOY = body({ deployment: { id: 5501, environment: 'production', sha: COMMIT } });

/** Bodies with their commitments; salts come from a counter so that the pack has the same bytes every time. */
class Writer {
  readonly drafts: Draft[] = [];
  private disclosures: Record<string, Disclosure> = {};
  private salts = 0;

  value = (value: unknown): Committed => {
    this.salts += 1;
    const { committed, disclosure } = commit(value, sha256Hex(`golden salt ${this.salts}`));
    this.disclosures[committed.commitment] = disclosure;
    return committed;
  };

  add<K extends EntryKind>(kind: K, fact: string, content: EntryBodies[K]): void {
    const draft = { chain: CHAIN, kind, fact, body: content, disclosures: this.disclosures };
    this.disclosures = {};
    this.drafts.push(draft as Draft);
  }
}

const provenance = (event: string, bytes: Uint8Array, more: Partial<Provenance> = {}): Provenance => ({
  source: 'github',
  event,
  deliveryId: `d-${sha256Hex(bytes).slice(0, 8)}`,
  authenticatedBy: 'hmac-sha256',
  secret: 'github 2026-01',
  bodyDigest: sha256Hex(bytes),
  ...more,
});

function evidence(
  writer: Writer,
  kind: string,
  id: string,
  more: Partial<EntryBodies['evidence']> & { title: Committed; provenance: Provenance },
): void {
  writer.add('evidence', `evidence:github:${kind}:${id}`, {
    evidence: kind,
    id,
    repository: REPOSITORY,
    state: null,
    url: `https://github.com/${REPOSITORY}/${kind}/${id}`,
    commits: [COMMIT],
    attributes: {},
    people: [],
    claimedAt: at(3, '10:00'),
    receivedAt: at(3, '10:01'),
    namedBy: ['commit-message'],
    ...more,
  });
}

const history = (
  id: string,
  when: string,
  author: string,
  field: HistoryEntry['items'][number]['field'],
  from: string,
  to: string,
): HistoryEntry => ({
  id,
  author,
  at: when,
  items: [{ field, fieldId: field, from, fromText: from, to, toText: to }],
});

function writeLedger(): Draft[] {
  const writer = new Writer();
  const { value } = writer;
  writer.add('change-opened', 'opened', {
    key: 'CHG-42',
    project: 'CHG',
    status: 'Proposed',
    contentDigest: contentDigest(before),
    content: value(before),
    creator: value(PEOPLE.requester),
    createdAt: at(2, '08:10'),
  });
  writer.add(
    'decision',
    'decision:panel:1',
    decision(
      writer,
      'reviewer',
      ['security-reviewer'],
      before,
      '0',
      at(2, '14:00'),
      'Exposure goes down; the log rule stays in place.',
    ),
  );
  writer.add('decision', 'decision:panel:deferred', {
    ...decision(writer, 'authority', ['change-authority'], before, '0', at(2, '15:00'), 'The connection matrix is not done.'),
    decision: 'deferred',
    until: at(3, '10:00'),
    awaits: 'The connection matrix of the standby unit',
  });
  writer.add('content-changed', 'history:10301', {
    historyId: '10301',
    at: at(3, '08:00'),
    by: value(PEOPLE.owner),
    fields: ['testPlan'],
    contentDigest: contentDigest(after),
    content: value(after),
  });
  addEvidence(writer);
  writer.add('decision', 'decision:panel:2', {
    ...decision(
      writer,
      'reviewer',
      ['security-reviewer'],
      after,
      '10301',
      at(3, '11:00'),
      'Second pass from the jump host covers what I asked for.',
    ),
    meeting: MEETING,
    conditions: 'The shop floor is told before the window.',
  });
  writer.add('condition-settled', 'condition:met', {
    decision: writer.drafts.length - 1,
    outcome: 'met',
    by: value(PEOPLE.authority),
    roles: ['change-authority'],
    note: 'Told at the shift briefing.',
    at: at(3, '11:30'),
  });
  writer.add('decision', 'decision:transition:e-1', {
    ...decision(
      writer,
      'authority',
      ['change-authority'],
      after,
      '10301',
      at(3, '12:00'),
      'Approved for the Wednesday window.',
    ),
    transition: { name: 'Approve', executionId: 'e-1', historyId: '10302' },
  });
  writer.add('moved', 'history:10302', {
    historyId: '10302',
    at: at(3, '12:00'),
    from: 'Proposed',
    to: 'Approved',
    by: value(PEOPLE.authority),
    reported: true,
    executionId: 'e-1',
  });
  writer.add('marking-found', 'marking:f1', {
    finding: 'f1',
    rule: 'secret.github-token',
    severity: 'high',
    place: 'delivery',
    digest: sha256Hex('salted place'),
  });
  writer.add('marking-cleared', 'marking:f1:cleared', {
    finding: 'f1',
    by: value(PEOPLE.reviewer),
    reason: 'The token was revoked; the copy is redacted.',
  });
  writer.add('moved', 'history:10303', {
    historyId: '10303',
    at: at(4, '22:20'),
    from: 'Approved',
    to: 'Executed',
    by: value(PEOPLE.implementer),
    reported: true,
    executionId: 'e-2',
  });
  addDeployment(writer);
  writer.add('evidence', 'evidence:pipeline:execution-log', logEvidence(value));
  writer.add('file-read', 'file-read:golden', logRead(value));
  return writer.drafts;
}

function decision(
  writer: Writer,
  who: keyof typeof PEOPLE,
  roles: string[],
  content: ChangeContent,
  historyHead: string,
  decidedAt: string,
  basis: string,
): EntryBodies['decision'] {
  return {
    decision: 'approved',
    roles,
    by: writer.value(PEOPLE[who]),
    basis,
    requiredActions: [{ what: 'Send the scan after the change', owner: writer.value(PEOPLE.implementer) }],
    contentDigest: contentDigest(content),
    content: writer.value(content),
    historyHead,
    policyVersion: DEFAULT_POLICY.version,
    decidedAt,
  };
}

function addEvidence(writer: Writer): void {
  const { value } = writer;
  evidence(writer, 'commit', COMMIT, {
    title: value('CHG-42 close RDP'),
    people: [{ role: 'author', person: value({ login: 'imani-nj', email: 'imani@northwind.example' }) }],
    provenance: provenance('push', PUSH),
  });
  evidence(writer, 'pull-request', '17', {
    title: value('CHG-42 close RDP from VLAN 40'),
    state: 'merged',
    people: [{ role: 'author', person: value({ login: 'imani-nj' }) }],
    provenance: provenance('pull_request', PULL),
  });
  evidence(writer, 'review', '80', {
    title: value('Looks right <script>alert(1)</script> \u202egnp.exe'),
    state: 'approved',
    attributes: { 'pull-request': '17' },
    people: [
      { role: 'reviewer', person: value({ login: 'renee-l' }) },
      { role: 'author', person: value({ login: 'imani-nj' }) },
    ],
    provenance: provenance('pull_request_review', PULL),
  });
  evidence(writer, 'run', '90211', {
    title: value('connection matrix'),
    state: 'success',
    provenance: provenance('workflow_run', RUN_RECEIVED, { redactedDigest: sha256Hex(RUN_REDACTED) }),
  });
  evidence(writer, 'check', '90212', {
    title: value('lint'),
    state: 'success',
    url: 'javascript:alert(1)',
    provenance: provenance('check_run', Buffer.from('held back')),
  });
}

function addDeployment(writer: Writer): void {
  const { value } = writer;
  evidence(writer, 'deployment', '5501', {
    title: value('production'),
    attributes: { environment: 'production' },
    claimedAt: at(4, '22:25'),
    receivedAt: at(4, '22:25'),
    people: [{ role: 'creator', person: value({ login: 'erased-on-request' }) }],
    provenance: provenance('deployment', DEPLOY),
  });
}

const SNAPSHOT: ChangeSnapshot = {
  issueId: CHAIN,
  key: 'CHG-42',
  project: 'CHG',
  issueType: 'Change request',
  status: 'Executed',
  createdAt: at(2, '08:10'),
  content: after,
  creator: PEOPLE.requester.accountId,
  reporter: PEOPLE.requester.accountId,
  assignee: PEOPLE.implementer.accountId,
  history: [
    history('10301', at(3, '08:00'), PEOPLE.owner.accountId, 'testPlan', before.testPlan, after.testPlan),
    history('10302', at(3, '12:00'), PEOPLE.authority.accountId, 'status', 'Proposed', 'Approved'),
    history('10303', at(4, '22:20'), PEOPLE.implementer.accountId, 'status', 'Approved', 'Executed'),
  ],
  historyComplete: true,
  names: Object.fromEntries(Object.values(PEOPLE).map(({ accountId, displayName }) => [accountId, displayName])),
};

const DELIVERIES: readonly RawDelivery[] = [
  { state: 'kept', bodyDigest: sha256Hex(PULL), bytes: PULL },
  { state: 'kept', bodyDigest: sha256Hex(PUSH), bytes: PUSH },
  { state: 'redacted', bodyDigest: sha256Hex(RUN_RECEIVED), bytes: RUN_REDACTED },
  { state: 'quarantined', bodyDigest: sha256Hex('held back') },
  { state: 'kept', bodyDigest: sha256Hex(DEPLOY), bytes: DEPLOY },
  LOG_DELIVERY,
];

/** The app records a fact shortly after it happened. */
function happenedAt({ body: content }: Draft): number {
  const members = new Map<string, unknown>(Object.entries(content));
  const times = ['createdAt', 'decidedAt', 'receivedAt', 'at'].map((name) => members.get(name));
  return Math.max(0, ...times.map((time) => (typeof time === 'string' ? Date.parse(time) : 0)));
}

/** The person who asked to be forgotten: the commitment stays, what opens it is gone. */
const erase = (stored: StoredEntry): StoredEntry => ({
  ...stored,
  disclosures: Object.fromEntries(
    Object.entries(stored.disclosures).filter(([, { value }]) => !JSON.stringify(value).includes('erased-on-request')),
  ),
});

/** Whose account the author of the commit is, as an admin of the site said. */
const KNOWN: PeopleMap = {
  version: 'people-1',
  people: [
    {
      id: 'imani',
      name: PEOPLE.implementer.displayName,
      accounts: [PEOPLE.implementer.accountId],
      identities: [
        { kind: 'login', source: 'github', login: 'imani-nj' },
        { kind: 'login', source: 'cloudtrail', login: 'imani-nj' },
      ],
      organisation: null,
    },
  ],
};

/** The checks of the controls in those days: a way round that somebody opened for an evening. */
async function goldenHealth(): Promise<StoredEntry[]> {
  const store = new FakeStore();
  const { committed, disclosure } = commit(PEOPLE.owner, sha256Hex('health'));
  const checked = (day: string) =>
    ({ day, checks: 10, passed: 10, alarms: 0, unchecked: 0, notes: 0, policyVersion: DEFAULT_POLICY.version }) as const;
  const subject = 'CHG, Change request, "Fast lane" (Proposed → Approved)';
  const drafts: readonly (readonly [string, Draft])[] = [
    [at(1, '09:00'), { chain: 'health', kind: 'health-checked', fact: 'c1', body: checked('2026-03-01'), disclosures: {} }],
    [at(2, '09:00'), { chain: 'health', kind: 'health-checked', fact: 'c2', body: checked('2026-03-02'), disclosures: {} }],
    [
      at(2, '18:00'),
      {
        chain: 'health',
        kind: 'health-found',
        fact: 'f1',
        body: {
          code: 'transition-unguarded',
          level: 'alarm',
          subject,
          sentence: `${subject}: the transition has no rule of change control, so anybody who may move issues gets to Approved.`,
          remedy: 'Open the workflow in Jira and remove the transition.',
          by: committed,
          changedAt: at(2, '17:30'),
          policyVersion: DEFAULT_POLICY.version,
        },
        disclosures: { [committed.commitment]: disclosure },
      },
    ],
    [at(3, '09:00'), { chain: 'health', kind: 'health-checked', fact: 'c3', body: checked('2026-03-03'), disclosures: {} }],
    [
      at(3, '10:00'),
      {
        chain: 'health',
        kind: 'health-resolved',
        fact: 'r1',
        body: { code: 'transition-unguarded', subject, found: 2 },
        disclosures: {},
      },
    ],
  ];
  for (const [instant, draft] of drafts) await appendEntries({ store, now: new Date(instant) }, 'health', [draft]);
  return readLedger(store, 'health');
}

/** The change board of those days: saved when it met, and again with its minutes. */
async function goldenMeeting(): Promise<MeetingPart> {
  const store = new FakeStore();
  const chain = `meeting-${MEETING}`;
  const saves = [
    [at(3, '10:30'), ''],
    [at(3, '12:30'), 'CHG-42: the second pass from the jump host was asked for and is in the test plan.'],
  ] as const;
  for (const [i, [instant, minutes]] of saves.entries()) {
    const disclosures: Record<string, Disclosure> = {};
    const value = (committedTo: unknown): Committed => {
      const salt = sha256Hex(`meeting ${i} ${Object.keys(disclosures).length}`);
      const { committed, disclosure } = commit(committedTo, salt);
      disclosures[committed.commitment] = disclosure;
      return committed;
    };
    const body = {
      meeting: MEETING,
      project: 'CHG',
      revision: i + 1,
      title: 'Change board of 3 March',
      heldAt: at(3, '10:30'),
      chair: value(PEOPLE.authority),
      agenda: ['CHG-42', 'CHG-44'],
      attendees: [
        { person: value(PEOPLE.reviewer), role: 'security reviewer' },
        { person: value(PEOPLE.owner), role: 'owner of CHG-42' },
      ],
      minutes: value(minutes),
      by: value(PEOPLE.authority),
      at: instant,
    };
    const draft = { chain, kind: 'meeting-saved', fact: `meeting:${i + 1}`, body, disclosures } as const;
    await appendEntries({ store, now: new Date(instant) }, chain, [draft]);
  }
  return { meeting: MEETING, entries: await readLedger(store, chain), breaksAtExport: [] };
}

/** What hung on the change in Jira: a plan that was replaced, a comment that was edited, an approval of the help desk. */
async function goldenFromJira(): Promise<FromJiraPart> {
  const store = new FakeStore();
  const chain = `jira-${CHAIN}`;
  const part = (name: JiraPartRead['part'], found: number, because: string | null = null): JiraPartRead => ({
    part: name,
    complete: because === null,
    found,
    because,
  });
  const file = (id: string, state: JiraRecord['state'], sha256: string) =>
    ({ record: 'attachment', id, state, attributes: { size: '48210', mimeType: 'application/pdf', sha256 } }) as const;
  const readings = [
    {
      readAt: at(2, '14:00'),
      parts: [part('attachment', 1), part('comment', 1), part('web-link', 0, 'Jira answered 403.')],
      records: [
        { ...file('10310', 'there', sha256Hex('plan 1')), what: { title: 'backout plan.pdf' }, by: PEOPLE.owner, at: at(2, '13:40') },
        {
          record: 'comment',
          id: '10402',
          state: 'there',
          attributes: { length: '34', updated: at(2, '13:50') },
          what: { title: 'comment 10402', text: 'Please add a pass from <jump host>.' },
          by: PEOPLE.reviewer,
          at: at(2, '13:50'),
        },
      ],
    },
    {
      readAt: at(3, '12:00'),
      parts: [part('attachment', 1), part('comment', 1), part('web-link', 0), part('approval', 1)],
      records: [
        { ...file('10310', 'gone', sha256Hex('plan 1')), attributes: {}, what: null, by: PEOPLE.owner, at: at(3, '11:30') },
        { ...file('10311', 'there', sha256Hex('plan 2')), what: { title: 'backout plan.pdf' }, by: PEOPLE.owner, at: at(3, '11:31') },
        {
          record: 'approval',
          id: '7',
          state: 'there',
          attributes: { decision: 'approved', completed: at(3, '09:00') },
          what: { title: 'Service desk', people: [{ ...PEOPLE.authority, did: 'approved' }] },
          by: null,
          at: at(3, '08:00'),
        },
      ],
    },
  ] as const;
  for (const [i, { readAt, parts, records }] of readings.entries()) {
    const disclosures: Record<string, Disclosure> = {};
    const value = (committedTo: unknown): Committed => {
      const salt = sha256Hex(`jira ${i} ${Object.keys(disclosures).length}`);
      const { committed, disclosure } = commit(committedTo, salt);
      disclosures[committed.commitment] = disclosure;
      return committed;
    };
    const kept = records.map(
      ({ what, by, ...rest }): JiraRecord => ({
        ...rest,
        digest: sha256Hex(`${rest.id} ${rest.state}`),
        what: what === null ? null : value(what),
        by: by === null ? null : value(by),
      }),
    );
    const body = { readAt, parts, records: kept, viewer: null };
    await appendEntries({ store, now: new Date(readAt) }, chain, [
      { chain, kind: 'jira-read', fact: `read:${i}`, body, disclosures },
    ]);
  }
  const parts = [
    part('attachment', 1),
    part('comment', 1),
    part('link', 0),
    part('web-link', 0),
    part('approval', 1),
    part('development-counts', 0, 'deployments: Jira’s search does not take this question.'),
  ];
  return { entries: await readLedger(store, chain), lastRead: { readAt: GENERATED_AT, parts }, breaksAtExport: [] };
}

/** The input of the golden pack, through the real ledger, judged by the real judge. */
export async function goldenInput(): Promise<PackInput> {
  const store = new FakeStore();
  let now = new Date(0);
  for (const draft of writeLedger()) {
    now = new Date(Math.max(now.getTime() + 1000, happenedAt(draft) + 2400));
    await appendEntries({ store, now }, CHAIN, [draft]);
  }
  const entries = (await readLedger(store, CHAIN)).map(erase);
  return {
    appVersion: '0.1.0',
    site: 'northwind.atlassian.net',
    generatedAt: GENERATED_AT,
    exportedBy: PEOPLE.authority,
    snapshot: SNAPSHOT,
    entries,
    policy: DEFAULT_POLICY,
    policies: { 'policy-0': { ...DEFAULT_POLICY, version: 'policy-0' } },
    people: KNOWN,
    verdict: judge(DEFAULT_POLICY, { snapshot: SNAPSHOT, entries, people: KNOWN }, new Date(GENERATED_AT)),
    deliveries: DELIVERIES,
    health: healthSegment(await goldenHealth(), SNAPSHOT.createdAt),
    meetings: [await goldenMeeting()],
    fromJira: await goldenFromJira(),
    statements: [LOG_STATEMENTS],
  };
}
