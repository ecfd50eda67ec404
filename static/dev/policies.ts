import type {
  FoundGroups,
  PolicyForm,
  PolicyPreview,
  PolicySite,
  PolicyView,
  SecretAdded,
  SecretsView,
} from '../../src/contract/policy';

const NOW = '2026-03-04T10:15:00.000Z';

const REQUIRED = [
  ...['changeType', 'owner', 'implementer', 'scope', 'impactedSystems', 'justification'],
  ...['securityImpactAnalysis', 'testPlan', 'backoutPlan', 'windowStart', 'windowEnd'],
];
const RULE = { required: REQUIRED, minimumWords: null, refusePlaceholders: true, refuseCopies: true };

const byName = (keys: readonly string[]): Record<string, null> => Object.fromEntries(keys.map((key) => [key, null]));

const DEFAULT: PolicyForm = {
  version: 'default-1',
  roles: [
    { key: 'security-reviewer', name: 'security reviewer', group: 'security-reviewers', groupId: null },
    { key: 'change-authority', name: 'change authority', group: 'change-authority', groupId: null },
    { key: 'emergency-authority', name: 'emergency change authority', group: 'emergency-authority', groupId: null },
  ],
  projects: ['CHG'],
  issueTypes: ['Change request'],
  normal: {
    cui: [['security-reviewer'], ['change-authority']],
    noCui: [['security-reviewer', 'change-authority']],
  },
  emergency: {
    requirement: [['emergency-authority', 'security-reviewer']],
    passHours: 24,
    reviewHours: 72,
    reminderHours: [24, 4],
    overdueReviewsStop: true,
  },
  templates: [],
  freezes: [],
  outsideProvider: null,
  laterCommits: 'before-approval',
  expectedEvidence: {
    Standard: ['run', 'deployment'],
    Normal: ['commit', 'review', 'run', 'deployment'],
    Emergency: ['commit', 'run', 'deployment'],
    Discovered: ['commit', 'deployment'],
  },
  askBeforeDeploying: true,
  evidenceBeforeDeploying: [],
  retentionYears: 6,
  legalHolds: [],
  types: { Standard: RULE, Normal: RULE, Emergency: RULE, Discovered: RULE },
  fields: byName([...REQUIRED, 'summary', 'description', 'decisionBasis', 'requiredActions']),
  statuses: byName(['Proposed', 'Approved', 'Scheduled', 'Executed', 'Closed', 'Disapproved', 'Withdrawn']),
  changeTypes: byName(['Standard', 'Normal', 'Emergency', 'Discovered']),
  systems: { none: null, unknown: null },
  projectIds: {},
  issueTypeIds: {},
};

const SUMMARY = [
  'Issues of the type "Change request" in the project CHG are under change control.',
  'A change that touches a CUI system, or where that is unknown, needs one security reviewer and one change authority: 2 different people.',
  'A change that touches no CUI system needs one security reviewer or one change authority.',
  'There is no template, so a Standard change is judged as Normal.',
  'An emergency change needs one emergency change authority or one security reviewer. Its pass ends after 24 hours, and within 72 hours those whom a Normal change needs review it.',
];

const HOLDS: PolicyForm['legalHolds'] = [
  {
    id: 'case-17',
    name: 'Case 17',
    reason: 'Letter of counsel of 3 March: everything about the enclave firewall since it was bought.',
    projects: ['CHG'],
    changes: ['OPS-7', 'OPS-12'],
    from: '2026-03-03T00:00:00.000Z',
    until: null,
  },
];

const SAVED: PolicyForm = {
  ...DEFAULT,
  version: 'policy-14',
  freezes: [
    {
      id: 'year-end',
      name: 'Year end',
      start: '2026-12-20T00:00:00.000Z',
      end: '2027-01-02T23:59:00.000Z',
      systems: ['CUI enclave firewall', 'File server FS-01'],
    },
  ],
  templates: [
    {
      id: 'signatures',
      name: 'Signatures of the malware scanner, loaded on every managed host of the enclave each Tuesday after the vendor has published',
      approvedBy: 'Ada Authority',
      approvedAt: '2026-01-10T09:00:00.000Z',
      expiresAt: '2027-01-10T09:00:00.000Z',
      systems: ['File server FS-01'],
      content: {
        scope: 'Signatures on FS-01.',
        justification: 'New ones come every week.',
        securityImpactAnalysis: 'Detection gets better.',
        testPlan: 'The test file is found.',
        backoutPlan: 'Load those before.',
      },
      maxWindowHours: 4,
    },
  ],
  roles: DEFAULT.roles.map((role, i) => (i === 1 ? { ...role, groupId: 'g-2' } : role)),
  legalHolds: HOLDS,
  fields: { ...DEFAULT.fields, scope: 'customfield_10013', testPlan: 'customfield_1' },
  outsideProvider: { organisation: 'Acme MSP', group: 'msp-acme', groupId: 'g-4', until: null, required: true },
};

const view = (policy: PolicyForm, rest: Partial<PolicyView> = {}): PolicyView => ({
  version: policy.version,
  policy,
  readable: true,
  summary: SUMMARY,
  savedAt: null,
  by: null,
  history: [],
  notices: [
    {
      code: 'sole-approver',
      sentence:
        'Ada Lovett is the only one on whom a change that touches a CUI system hangs: one that Ada Lovett takes part in, nobody can approve. Add somebody to a deciding group, or name an outside provider whose engineers stand in.',
    },
  ],
  intact: true,
  editable: true,
  ...rest,
});

const HISTORY: PolicyView['history'] = Array.from({ length: 14 }, (_, i) => ({
  version: `policy-${14 - i}`,
  at: new Date(Date.parse('2026-03-03T15:00:00.000Z') - i * 8 * 86_400_000).toISOString(),
  by: i === 3 ? null : 'Jo Admin',
  changes:
    i === 0
      ? [
          'A freeze period "Year end" was added: from 2026-12-20 00:00 UTC to 2027-01-02 23:59 UTC, for changes that touch CUI enclave firewall, File server FS-01.',
          'Evidence is kept for 7 years now, instead of 6.',
        ]
      : ['An emergency pass ends after 24 hours now, instead of 48.'],
  reason: i === 0 ? 'The books close, and nobody is on call to back anything out.' : 'As the board decided.',
}));

const VIEWS: Readonly<Record<string, PolicyView>> = {
  'admin-long': view(SAVED, {
    summary: [...SUMMARY, ...SUMMARY.map((sentence) => `${sentence} And again, so that it is long.`)],
    savedAt: '2026-03-03T15:00:00.000Z',
    by: 'Jo Admin',
    history: HISTORY,
  }),
  'admin-empty': view(
    { ...DEFAULT, version: 'policy-2' },
    { readable: false, summary: [], intact: false, editable: false },
  ),
};

const SITE: PolicySite = {
  fields: ['Change owner', 'Change type', 'Implementer', 'Scope', 'Sicherheitsanalyse mit einem langen Namen'].map(
    (name, i) => ({ id: `customfield_${10_010 + i}`, name }),
  ),
  statuses: ['Proposed', 'Approved', 'Genehmigt'].map((name, i) => ({ id: String(10_000 + i), name })),
  groups: { 'g-2': 'cab-board' },
};
const GROUPS: FoundGroups['groups'] = [
  ...['security-reviewers', 'change-authority', 'emergency-authority', 'msp-acme', 'jira-users', 'auditors'],
].map((name, i) => ({ groupId: `g-${i + 1}`, name }));

const secrets: SecretsView = {
  now: NOW,
  senders: [
    {
      source: 'github',
      name: 'GitHub',
      live: [
        { label: '2026-01', addedAt: '2026-01-05T09:00:00.000Z' },
        { label: 'initial', addedAt: null },
      ],
    },
    { source: 'jenkins', name: 'Jenkins', live: [] },
    { source: 'gate', name: 'Deploy gate', live: [{ label: 'initial', addedAt: null }] },
  ],
};

const preview = (complete: boolean): PolicyPreview => ({
  problems: [],
  differences: ['Evidence is kept for 7 years now, instead of 6.', 'The project NEW is under change control now.'],
  affected: Array.from({ length: 12 }, (_, i) => ({
    key: `CHG-${i + 4}`,
    summary: 'Allow SFTP from the jump host',
    before: 'Judged as Normal, not open. Needs an approval by one change authority.',
    after: 'Judged as Normal, not open. Needs an approval by one security reviewer and one change authority.',
  })),
  judged: 150,
  complete,
});

/** What the app answers about policy and secrets, in the state that is looked at. */
export function policyAnswer(state: string, method: string, payload: Readonly<Record<string, unknown>>): unknown {
  const shown = VIEWS[state] ?? view(DEFAULT);
  switch (method) {
    case 'policy.preview': {
      const { projects } = payload['policy'] as PolicyForm;
      if (projects.length > 0) return preview(state !== 'admin-long');
      const problems = ['Name at least one project: with none, nothing is under change control.'];
      return { problems, differences: [], affected: [], judged: 0, complete: false };
    }
    case 'policy.site':
      return SITE;
    case 'policy.groups': {
      const query = String(payload['query']).toLowerCase();
      const groups = GROUPS.filter(({ name }) => name.includes(query));
      return { groups: groups.slice(0, 5), complete: groups.length <= 5 } satisfies FoundGroups;
    }
    case 'policy.save': {
      const policy = { ...(payload['policy'] as PolicyForm), version: 'policy-15' };
      return view(policy, { savedAt: NOW, by: 'Jo Admin', history: HISTORY });
    }
    case 'secrets.add': {
      const { source, label } = payload as { source: string; label: string };
      const value = '3f'.repeat(32);
      return { source, label, value, secrets: withLabel(source, label) } satisfies SecretAdded;
    }
    case 'secrets.retire': {
      const { source, label } = payload as { source: string; label: string };
      return { ...secrets, senders: secrets.senders.map((one) => (one.source === source ? without(one, label) : one)) };
    }
    case 'secrets.read':
      return secrets;
    default:
      return shown;
  }
}

type Sender = SecretsView['senders'][number];

const without = (sender: Sender, label: string): Sender => ({
  ...sender,
  live: sender.live.filter((one) => one.label !== label),
});

const withLabel = (source: string, label: string): SecretsView => ({
  ...secrets,
  senders: secrets.senders.map((one) =>
    one.source === source ? { ...one, live: [{ label, addedAt: NOW }, ...one.live] } : one,
  ),
});
