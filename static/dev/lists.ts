import type { AdminView, OrphansView, OrphanView, RegisterRow, RegisterView } from '../../src/contract/panel';

const TYPES = ['Normal', 'Emergency', 'Standard', null] as const;
const STATUSES = ['Proposed', 'Approved', 'Scheduled', 'Executed', 'Closed', 'Disapproved'] as const;

const row = (i: number): RegisterRow => ({
  key: `CHG-${i + 1}`,
  summary:
    i === 2
      ? 'Replace the identity provider’s signing certificate before it expires, and roll all relying parties over in one window'
      : `Firewall rule ${i + 1} for the log collector`,
  status: STATUSES[i % 6] ?? 'Proposed',
  changeType: TYPES[i % 4] ?? null,
  owner: i % 5 === 4 ? null : 'Oliver Owner',
  open: i % 6 === 1,
  reasons: i % 6 === 0 ? ['decision-needed'] : [],
  needs: i % 6 === 0 ? 'one security reviewer and one change authority' : '',
  exceptions: i % 7 === 3 ? 2 : 0,
  evidence: i * 3,
  window:
    i % 4 === 3 ? { start: null, end: null } : { start: '2026-03-05T20:00:00.000Z', end: '2026-03-05T23:00:00.000Z' },
  createdAt: '2026-03-02T09:00:00.000Z',
  waitingForYou: i % 6 === 0 ? ['decide'] : i % 6 === 3 ? ['record'] : [],
  waitingFor: i % 6 === 0 ? ['Ada Authority', 'Mia of Acme MSP', 'Ravi Reviewer', 'Rosa Reviewer'] : [],
  review:
    i === 1
      ? {
          overdue: true,
          dueAt: '2026-03-04T09:12:00.000Z',
          phrase: 'one security reviewer and one change authority',
          people: ['Ada Authority', 'Ravi Reviewer'],
        }
      : null,
});

export const REGISTERS: Readonly<Record<string, RegisterView>> = {
  register: { project: 'CHG', complete: true, rows: Array.from({ length: 14 }, (_, i) => row(13 - i)) },
  'register-cut': { project: 'CHG', complete: false, rows: Array.from({ length: 100 }, (_, i) => row(99 - i)) },
  'register-empty': { project: 'CHG', complete: true, rows: [] },
};

const POLICY: AdminView['policy'] = {
  version: 'default-1',
  projects: ['CHG'],
  roles: [
    {
      name: 'security reviewer',
      group: 'security-reviewers',
      members: [
        { name: 'Ravi Reviewer', mayDecide: true, why: null },
        { name: 'Mia of Acme MSP', mayDecide: true, why: null },
      ],
    },
    {
      name: 'change authority',
      group: 'change-authority',
      members: [
        { name: 'Ada Authority', mayDecide: true, why: null },
        { name: 'Release bot', mayDecide: false, why: 'an app or service account, not a person' },
      ],
    },
  ],
  normal: {
    cui: 'one security reviewer and one change authority, two different people',
    noCui: 'one security reviewer or change authority',
  },
};

const ADMIN: AdminView = {
  policy: POLICY,
  fields: [
    { name: 'Summary', id: 'summary', controlled: true },
    { name: 'Backout plan', id: 'customfield_10042', controlled: true },
    { name: 'Security impact analysis', id: null, controlled: true },
    { name: 'Decision basis', id: 'customfield_10044', controlled: false },
  ],
  refusals: [
    {
      hour: '2026-03-04T10:00:00.000Z',
      source: 'github',
      sender: 'GitHub',
      reason: 'signature-wrong',
      why: 'signed with another key, or altered underway',
      count: 12,
    },
    {
      hour: '2026-03-04T09:00:00.000Z',
      source: 'azure-devops',
      sender: 'Azure DevOps',
      reason: 'too-large',
      why: 'too large',
      count: 1,
    },
  ],
  pending: 2,
};

export const ADMINS: Readonly<Record<string, AdminView>> = {
  admin: ADMIN,
  'admin-long': ADMIN,
  'admin-empty': {
    policy: { ...POLICY, projects: [], roles: POLICY.roles.map((role) => ({ ...role, members: [] })) },
    fields: [],
    refusals: [],
    pending: 0,
  },
};

const orphan = (n: number, also: Partial<OrphanView>): OrphanView => ({
  delivery: `github.${String(n).padStart(64, '0')}`,
  source: 'github',
  sourceName: 'GitHub',
  event: 'push',
  deliveryId: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  receivedAt: '2026-03-03T11:04:09.000Z',
  names: [],
  reason: 'names-no-change',
  ...also,
});

const LISTED: readonly OrphanView[] = [
  orphan(1, {
    event: 'deployment_status',
    reason: 'change-not-open',
    names: ['CHG-9'],
    about: {
      kinds: { deployment: 1, 'deployment-status': 1 },
      repository: 'acme/enclave',
      environment: 'production',
      commits: ['8d0e7f3c2b1a09f8e7d6c5b4a39281706f5e4d3c'],
    },
  }),
  orphan(2, {
    names: ['OPS-4'],
    reason: 'no-such-change',
    receivedAt: '2026-03-03T10:04:09.000Z',
    about: { kinds: { commit: 3, branch: 1 }, repository: 'acme/enclave', environment: null, commits: [] },
  }),
  orphan(3, { receivedAt: '2026-03-03T09:34:09.000Z', event: 'workflow_run', deliveryId: null }),
  orphan(4, { receivedAt: '2026-03-03T09:04:09.000Z', names: ['CHG-3'], reason: 'not-recordable', event: 'unknown' }),
];

/** The unexplained deliveries of every state; none where it is not named. */
export const ORPHANS: Readonly<Record<string, OrphansView>> = {
  register: { orphans: LISTED, moved: null, projects: ['CHG'] },
  admin: {
    orphans: LISTED,
    moved: { pages: 2, count: 187, until: '2026-01-17T08:00:00.000Z' },
    projects: ['CHG', 'NET'],
  },
  'admin-long': {
    orphans: Array.from({ length: 140 }, (_, i) => orphan(100 + i, LISTED[i % LISTED.length] ?? {})).map((one, i) => ({
      ...one,
      delivery: `github.${String(1000 + i).padStart(64, '0')}`,
    })),
    moved: null,
    projects: ['CHG'],
  },
};
