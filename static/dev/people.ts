import type { ChangeView, DecisionView, EvidenceView, PersonView, TimelineEvent } from '../../src/contract/panel';

export const NOW = '2026-03-04T15:20:00.000Z';

export const person = (name: string): PersonView => ({
  accountId: `5f1b:${name.toLowerCase().replaceAll(' ', '-')}`,
  name,
});

export const RITA = person('Rita Requester');
export const OLIVER = person('Oliver Owner');
export const IVY = person('Ivy Implementer');
export const RAVI = person('Ravi Reviewer');
export const ADA = person('Ada Authority');

const HASH = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3';
export const DIGEST = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export function decision(seq: number, by: PersonView, role: string, more: Partial<DecisionView> = {}): DecisionView {
  return {
    seq,
    decision: 'approved',
    by,
    roles: [role],
    countsFor: role,
    basis:
      'Reviewed the rule against the enclave baseline; only TCP 443 from the jump host is opened, and logging stays on.',
    requiredActions: [],
    condition: null,
    until: null,
    awaits: null,
    onBehalfOf: null,
    organisation: null,
    meeting: null,
    at: '2026-03-03T09:12:00.000Z',
    via: 'panel',
    contentDigest: DIGEST,
    valid: true,
    invalidBecause: null,
    editedSince: [],
    ...more,
  };
}

export function evidence(seq: number, kind: string, id: string, more: Partial<EvidenceView> = {}): EvidenceView {
  return {
    seq,
    kind,
    id,
    repository: 'acme-defense/enclave-firewall',
    title: null,
    url: `https://github.com/acme-defense/enclave-firewall/${kind}/${id}`,
    state: null,
    commits: [],
    attributes: {},
    people: [],
    claimedAt: '2026-03-03T11:04:00.000Z',
    receivedAt: '2026-03-03T11:04:09.000Z',
    namedBy: ['commit-message'],
    source: 'github',
    sourceName: 'GitHub',
    skew: null,
    event: 'push',
    authenticatedBy: 'hmac-sha256',
    secret: '2026-01',
    bodyDigest: DIGEST,
    bodySize: 7_412,
    deliveryId: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    facts: 1,
    redacted: false,
    ...more,
  };
}

export const EVIDENCE: readonly EvidenceView[] = [
  evidence(5, 'commit', HASH, {
    title: 'CHG-7: open 443 from the jump host to the log collector',
    people: [{ role: 'author', name: 'Ivy Implementer' }],
  }),
  evidence(6, 'commit', '0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33', {
    title: 'CHG-7: keep deny logging on',
    people: [{ role: 'author', name: 'Ivy Implementer' }],
    facts: 2,
  }),
  evidence(30, 'commit-signature', HASH, {
    title: 'CHG-7: open 443 from the jump host to the log collector',
    url: null,
    repository: null,
    state: 'verified',
    commits: [HASH],
    attributes: { signature: 'verified', signatureAlgorithm: 'ed25519', signedBy: 'key-1' },
    people: [{ role: 'signer', name: 'Ivy Chen' }],
    namedBy: ['file-content'],
  }),
  evidence(31, 'commit-signature', '0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33', {
    title: 'CHG-7: keep deny logging on',
    url: null,
    repository: null,
    state: 'signed-signer-unknown',
    commits: ['0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33'],
    attributes: { signature: 'signed-signer-unknown' },
    namedBy: ['file-content'],
  }),
  evidence(7, 'pull-request', '42', {
    title: 'CHG-7 Firewall rule for the log collector',
    state: 'merged',
    namedBy: ['title', 'branch'],
    commits: [HASH, '0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33'],
  }),
  evidence(8, 'review', '80', {
    title: 'Review of #42',
    state: 'approved',
    people: [{ role: 'reviewer', name: 'Sam Senior' }],
  }),
  evidence(9, 'run', '30433642', { title: 'Build and test', state: 'success', commits: [HASH] }),
  evidence(10, 'check', '128620228', { title: 'terraform plan', state: 'failure', commits: [HASH] }),
  evidence(11, 'deployment', '145988746', {
    title: 'Deployment to production',
    state: 'in_progress',
    attributes: { environment: 'production' },
    commits: [HASH],
    redacted: true,
  }),
];

export const TIMELINE: readonly TimelineEvent[] = [
  {
    at: '2026-03-03T11:04:00.000Z',
    kind: 'evidence',
    text: 'Deployment 145988746: in progress',
    by: 'Ivy Implementer',
    seq: 11,
    url: 'https://github.com/acme-defense/enclave-firewall',
  },
  {
    at: '2026-03-03T09:12:00.000Z',
    kind: 'decision',
    text: 'Approved in the panel: Reviewed the rule against the enclave baseline',
    by: 'Ravi Reviewer',
    seq: 4,
    url: null,
  },
  {
    at: '2026-03-02T16:40:00.000Z',
    kind: 'edited',
    text: 'Edited Backout plan, Test plan',
    by: 'Oliver Owner',
    seq: 3,
    url: null,
  },
  {
    at: '2026-03-02T15:00:00.000Z',
    kind: 'moved',
    text: 'Moved from Disapproved to Proposed',
    by: 'Rita Requester',
    seq: 2,
    url: null,
  },
  { at: '2026-03-02T09:00:00.000Z', kind: 'opened', text: 'CHG-7 was opened', by: 'Rita Requester', seq: 0, url: null },
];

/** What the policy expects, there and not there. */
export const EXPECTED: ChangeView['expected'] = [
  { kind: 'commit', name: 'commit', found: 2, state: 'found', because: null },
  { kind: 'review', name: 'approving review by another person', found: 1, state: 'found', because: null },
  { kind: 'run', name: 'pipeline run or check', found: 2, state: 'found', because: null },
  { kind: 'deployment', name: 'deployment', found: 1, state: 'found', because: null },
];
export const NOTHING_YET: ChangeView['expected'] = EXPECTED.map((one) =>
  one.kind === 'review'
    ? { ...one, found: 0, state: 'failed', because: 'whoever collected it could not get it: the API answered 403' }
    : { ...one, found: 0, state: 'missing', because: 'no authenticated delivery that names this change says so' },
);

const answer = (seq: number, verdict: string, at: string, sentence: string): ChangeView['gate'][number] => ({
  ...{ seq, at, verdict, sentence },
  environment: 'production',
  named: [HASH, `sha256:${DIGEST}`],
  actor: 'Ivy Implementer',
  secret: '2026-01',
  followedBy: [],
});

/** What the deploy gate answered, newest first, with a deployment that followed one of the answers. */
export const GATE: ChangeView['gate'] = [
  {
    ...answer(
      10,
      'allowed',
      '2026-03-04T14:02:00.000Z',
      'CHG-7 is approved, inside its change window, and covers what is deployed.',
    ),
    followedBy: [{ name: 'acme-defense/enclave-firewall 9001', at: '2026-03-04T14:05:00.000Z', facts: [11, 12] }],
  },
  answer(
    9,
    'blocked-window',
    '2026-03-04T12:00:00.000Z',
    'The change window of CHG-7 lasts from 4 March, 14:00 UTC to 16:00 UTC.',
  ),
  answer(
    4,
    'pending',
    '2026-03-03T11:05:00.000Z',
    'Facts about CHG-7 are still being recorded. Ask again in a few seconds.',
  ),
];
export const DEPLOYMENTS: ChangeView['deployments'] = [
  {
    name: 'acme-defense/enclave-firewall 9001',
    environment: 'production',
    at: '2026-03-04T14:05:00.000Z',
    facts: [11, 12],
    answer: { seq: 10, verdict: 'allowed', at: '2026-03-04T14:02:00.000Z' },
  },
  {
    name: 'acme-defense/enclave-firewall 9002',
    environment: 'production',
    at: '2026-03-04T15:05:00.000Z',
    facts: [13],
    answer: null,
  },
];
