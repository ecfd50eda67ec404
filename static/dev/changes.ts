import type { ChangeView } from '../../src/contract/panel';
import { MUCH_FROM_JIRA, NEVER_READ, NOTHING_FROM_JIRA } from './from-jira';
import { AUTHORS } from './who';
import {
  ADA,
  decision,
  DIGEST,
  DEPLOYMENTS,
  EVIDENCE,
  evidence,
  EXPECTED,
  GATE,
  IVY,
  NOTHING_YET,
  NOW,
  OLIVER,
  RAVI,
  RITA,
  TIMELINE,
} from './people';

const NEEDS_BOTH = 'one security reviewer and one change authority';

/** Nothing was handed over. */
export const HANDING = { onBehalf: [], mayDelegate: [] };

const BASE: ChangeView = {
  fromJira: NOTHING_FROM_JIRA,
  key: 'CHG-7',
  summary: 'Open 443 from the jump host to the log collector',
  status: 'Proposed',
  controlled: true,
  changeType: 'Normal',
  impactedSystems: ['CUI enclave firewall', 'Build pipeline'],
  window: { start: '2026-03-05T20:00:00.000Z', end: '2026-03-05T23:00:00.000Z' },
  owner: OLIVER,
  implementer: IVY,
  verdict: {
    open: false,
    decided: false,
    windowNow: false,
    policyVersion: 'default-1',
    judgedAt: NOW,
    needs: { missing: 2, roles: ['security-reviewer', 'change-authority'], phrase: NEEDS_BOTH },
    reasons: [{ code: 'decision-needed', sentence: `Needs ${NEEDS_BOTH}` }],
    exceptions: [],
    judgedAs: 'Normal',
    pass: null,
    review: null,
    notices: [],
  },
  mayAct: {
    review: false,
    override: false,
    freezes: [],
    template: false,
    implementation: false,
    resolve: true,
    ask: false,
  },
  freezes: [],
  templates: [],
  template: null,
  actions: [],
  implementation: null,
  earlierImplementations: [],
  closeNeeds: [],
  justification: null,
  reviews: [],
  overdueReviews: [],
  viewer: { accountId: RAVI.accountId ?? '', name: RAVI.name },
  mayDecide: { ...HANDING, allowed: true, reasons: [], roles: ['security-reviewer'] },
  delegations: [],
  overlaps: [],
  decisions: [],
  evidence: EVIDENCE,
  expected: EXPECTED,
  gate: GATE,
  deployments: DEPLOYMENTS,
  authors: AUTHORS,
  missing: [],
  markings: [],
  packs: [],
  ledger: { entries: 12, head: DIGEST, intact: true },
  timeline: TIMELINE,
  people: [OLIVER, IVY, RAVI, ADA, RITA].map(({ accountId, name }) => ({
    accountId: accountId ?? '',
    name: name ?? '',
  })),
  now: NOW,
};

export const verdict = (more: Partial<ChangeView['verdict']>): ChangeView['verdict'] => ({ ...BASE.verdict, ...more });
export const change = (more: Partial<ChangeView>): ChangeView => ({ ...BASE, ...more });

const NEEDS_ONE = {
  needs: { missing: 1, roles: ['change-authority'], phrase: 'one change authority' },
  reasons: [{ code: 'decision-needed', sentence: 'Needs one change authority' }],
};
const OPEN = { open: true, decided: true, needs: { missing: 0, roles: [], phrase: '' }, reasons: [] };

const LONG_TEXT = 'Restore the exported configuration of firewall FW-01 from the vault and reload it. '.repeat(14);

/** The panel's answers by name of the state; each is one that the app can give. */
export const CHANGES: Readonly<Record<string, ChangeView>> = {
  decide: BASE,
  requester: change({
    viewer: { accountId: RITA.accountId ?? '', name: RITA.name },
    mayDecide: {
      ...HANDING,
      allowed: false,
      roles: [],
      reasons: [
        { code: 'own-change', sentence: 'You created this change, so you cannot decide on it.' },
        { code: 'own-change', sentence: 'You edited its Backout plan on 2 March 2026.' },
        {
          code: 'not-in-group',
          sentence: 'You are in none of the groups that decide: security-reviewers, change-authority.',
        },
      ],
    },
    missing: [
      { code: 'empty', field: 'Backout plan', sentence: 'Backout plan is “N/A”: describe how the change is undone.' },
      {
        code: 'empty',
        field: 'Impacted CUI systems',
        sentence: 'Choose the systems, or “None: no CUI system is touched”.',
      },
      { code: 'window', field: 'Change window end', sentence: 'Change window end is empty.' },
      { code: 'no-review', field: null, sentence: 'No review of a pull request names this change.' },
    ],
    impactedSystems: [],
    window: { start: '2026-03-05T20:00:00.000Z', end: null },
    implementer: { accountId: null, name: null },
    evidence: [],
    expected: NOTHING_YET,
    gate: [],
    deployments: [],
    timeline: TIMELINE.slice(-1),
  }),
  last: change({
    viewer: { accountId: ADA.accountId ?? '', name: ADA.name },
    mayDecide: { ...HANDING, allowed: true, reasons: [], roles: ['change-authority'] },
    verdict: verdict({
      ...NEEDS_ONE,
      notices: [
        {
          code: 'judged-as-normal',
          sentence: 'This Standard change is judged as Normal. It was not made from a template of the catalogue.',
        },
      ],
    }),
    changeType: 'Standard',
    decisions: [decision(4, RAVI, 'security reviewer')],
  }),
  signed: change({
    mayDecide: {
      ...HANDING,
      allowed: false,
      roles: ['security-reviewer'],
      reasons: [{ code: 'already-signed', sentence: 'You have already signed off on this content.' }],
    },
    verdict: verdict(NEEDS_ONE),
    decisions: [decision(4, RAVI, 'security reviewer')],
  }),
  open: change({
    status: 'Approved',
    window: { start: '2026-03-04T14:00:00.000Z', end: '2026-03-04T18:00:00.000Z' },
    verdict: verdict({ ...OPEN, windowNow: true }),
    mayDecide: {
      ...HANDING,
      allowed: false,
      roles: [],
      reasons: [{ code: 'not-in-group', sentence: 'You are in none of the groups that decide.' }],
    },
    viewer: { accountId: '5f1b:auditor', name: 'Abby Auditor' },
    decisions: [
      decision(4, RAVI, 'security reviewer'),
      decision(12, ADA, 'change authority', { via: 'transition', at: '2026-03-04T08:00:00.000Z' }),
    ],
    packs: [
      {
        id: 'p2',
        state: 'ready',
        progress: { done: 9, total: 9, step: 'Ready' },
        createdAt: '2026-03-04T10:00:00.000Z',
        by: ADA,
        files: 31,
        bytes: 482_113,
        manifestDigest: DIGEST,
        parts: 2,
        fileName: 'CHG-7_2026-03-04.zip',
        failure: null,
        attachment: { attached: true, because: null },
      },
      {
        id: 'p1',
        state: 'failed',
        progress: { done: 3, total: 9, step: 'Evidence' },
        createdAt: '2026-03-03T10:00:00.000Z',
        by: RITA,
        files: null,
        bytes: null,
        manifestDigest: null,
        parts: 0,
        fileName: 'CHG-7_2026-03-03.zip',
        attachment: null,
        failure: {
          code: 'gave-up',
          sentence:
            'This pack could not be made within a day. Assemble it again; if that fails too, tell your Jira admin.',
        },
      },
    ],
  }),
  voided: change({
    status: 'Approved',
    verdict: verdict({
      reasons: [
        {
          code: 'voided',
          sentence: 'Backout plan and Scope were edited after Ravi Reviewer signed off. Ask for a new decision.',
        },
        { code: 'decision-needed', sentence: `Needs ${NEEDS_BOTH}` },
      ],
      exceptions: [
        {
          code: 'decision-void',
          sentence: 'The status is Approved, but the decision it rests on no longer counts.',
          at: '2026-03-04T12:00:00.000Z',
          mayConfirm: false,
          mayDeclare: true,
          move: null,
        },
        {
          code: 'attachment-gone',
          sentence:
            'The attachment "backout-plan.pdf" (id 10003, SHA-256 7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069) was taken off the change by Ivy Novak on 2026-03-03 10:40 UTC.',
          at: '2026-03-03T10:40:00.000Z',
          mayConfirm: false,
          mayDeclare: false,
          move: null,
        },
      ],
    }),
    decisions: [
      decision(4, RAVI, 'security reviewer', {
        valid: false,
        invalidBecause: { code: 'edited', sentence: 'Controlled fields were edited after this decision.' },
        editedSince: [
          {
            field: 'Scope',
            before: 'Open TCP 443 from the jump host to the log collector.',
            after: 'Open TCP 443 and TCP 22 from any host to the log collector.',
            by: OLIVER,
            at: '2026-03-04T12:00:00.000Z',
          },
          {
            field: 'Backout plan',
            before: `${LONG_TEXT}Takes ten minutes.`,
            after: `${LONG_TEXT}Takes two hours.`,
            by: OLIVER,
            at: '2026-03-04T12:00:00.000Z',
          },
          {
            field: 'Test plan',
            before: '',
            after: 'Probe the port from the jump host and from a workstation.',
            by: OLIVER,
            at: '2026-03-04T12:01:00.000Z',
          },
        ],
      }),
    ],
  }),
  disapproved: change({
    status: 'Disapproved',
    verdict: verdict({
      reasons: [
        { code: 'disapproved', sentence: 'Disapproved by Ada Authority. Carry out the required actions and resubmit.' },
      ],
    }),
    mayDecide: {
      ...HANDING,
      allowed: false,
      roles: ['security-reviewer'],
      reasons: [
        { code: 'wrong-status', sentence: 'Decisions are made while the change is Proposed, Approved or Scheduled.' },
      ],
    },
    decisions: [
      decision(9, ADA, 'change authority', {
        decision: 'disapproved',
        countsFor: null,
        basis:
          'The backout plan does not say how the old rule set comes back.\nThe window overlaps the monthly patch run.',
        requiredActions: [
          { what: 'Describe the backout step by step', owner: OLIVER },
          { what: 'Choose a window outside the patch run', owner: RITA },
        ],
      }),
    ],
  }),
  exceptions: change({
    fromJira: MUCH_FROM_JIRA,
    status: 'Approved',
    viewer: { accountId: ADA.accountId ?? '', name: ADA.name },
    mayDecide: { ...HANDING, allowed: true, reasons: [], roles: ['change-authority'] },
    verdict: verdict({
      exceptions: [
        {
          code: 'moved-no-decision',
          sentence: 'Ada Authority moved the change to Approved, and no decision was recorded.',
          at: '2026-03-04T12:00:00.000Z',
          mayConfirm: true,
          mayDeclare: true,
          move: '10031',
        },
        {
          code: 'evidence-before-decision',
          sentence: 'A deployment to production happened before the change was decided.',
          at: '2026-03-03T11:04:00.000Z',
          mayConfirm: false,
          mayDeclare: true,
          move: null,
        },
      ],
    }),
  }),
  markings: change({
    markings: [
      { finding: 'f1', rule: 'cui-banner', severity: 'high', place: 'Description', cleared: null },
      { finding: 'f2', rule: 'aws-access-key', severity: 'critical', place: 'delivery 72d3162e', cleared: null },
      {
        finding: 'f0',
        rule: 'export-control',
        severity: 'medium',
        place: 'Scope',
        cleared: {
          by: 'Ravi Reviewer',
          at: '2026-03-03T11:04:00.000Z',
          reason: 'The word is the name of a file share.',
        },
      },
    ],
  }),
  assembling: change({
    packs: [
      {
        id: 'p3',
        state: 'assembling',
        progress: { done: 2, total: 9, step: 'Reading the ledger' },
        createdAt: '2026-03-04T15:19:00.000Z',
        by: RAVI,
        files: null,
        bytes: null,
        manifestDigest: null,
        parts: 0,
        fileName: 'CHG-7_2026-03-04.zip',
        failure: null,
        attachment: null,
      },
    ],
  }),
  delegated: change({
    verdict: verdict({
      decided: true,
      needs: OPEN.needs,
      reasons: [
        {
          code: 'condition-open',
          sentence:
            'Ravi Reviewer approved on a condition that nobody has confirmed yet: "Only with the backup of tonight at hand." Ravi Reviewer or another person who decides confirms in the panel that it is met.',
        },
      ],
    }),
    mayDecide: {
      allowed: true,
      roles: ['security-reviewer', 'change-authority'],
      reasons: [],
      onBehalf: [{ delegation: 12, of: 'Ada Authority', role: 'change authority' }],
      mayDelegate: [
        { key: 'security-reviewer', name: 'security reviewer' },
        { key: 'change-authority', name: 'change authority' },
      ],
    },
    overlaps: [
      {
        other: 'CHG-9',
        sentence:
          'CHG-9 is open for CUI enclave firewall at the same time (2026-03-05 20:00 UTC to 2026-03-05 22:00 UTC). Agree on who goes first, or that they go together.',
        mayAccept: true,
      },
    ],
    delegations: [
      {
        seq: 12,
        from: 'Ada Authority',
        to: 'Ravi Reviewer',
        role: 'change authority',
        until: '2026-03-09T08:00:00.000Z',
        basis: 'Away at a customer until Monday.',
        at: '2026-03-03T08:00:00.000Z',
        state: 'standing',
        mayEnd: true,
      },
    ],
    decisions: [
      decision(13, RAVI, 'security-reviewer', {
        condition: {
          text: 'Only with the backup of tonight at hand.',
          outcome: 'open',
          settledBy: null,
          settledAt: null,
          note: '',
          mayConfirm: true,
          mayWaive: true,
        },
        meeting: 'm0000001',
      }),
      decision(14, IVY, 'change-authority', { onBehalfOf: ADA, organisation: 'Acme MSP' }),
      decision(11, OLIVER, 'change-authority', {
        decision: 'deferred',
        countsFor: null,
        until: '2026-03-06T08:00:00.000Z',
        awaits: 'the vendor’s statement on CVE-2026-1234',
        valid: false,
        invalidBecause: { code: 'superseded', sentence: 'Oliver Owner approved this change on 2026-03-03 10:00 UTC.' },
      }),
    ],
  }),
  closed: change({
    status: 'Closed',
    verdict: verdict({
      decided: true,
      reasons: [{ code: 'change-closed', sentence: 'This change is closed; for further work open a new one.' }],
      needs: OPEN.needs,
    }),
    mayDecide: {
      ...HANDING,
      allowed: false,
      roles: [],
      reasons: [{ code: 'wrong-status', sentence: 'This change is closed.' }],
    },
  }),
  broken: change({
    verdict: verdict({ reasons: [{ code: 'ledger-broken', sentence: 'Entry 7 does not link to entry 6.' }] }),
    ledger: { entries: 12, head: DIGEST, intact: false },
  }),
  empty: change({
    fromJira: NEVER_READ,
    evidence: [],
    expected: NOTHING_YET,
    gate: [],
    deployments: [],
    timeline: [],
    decisions: [],
    ledger: { entries: 0, head: null, intact: true },
    changeType: null,
    impactedSystems: [],
    window: { start: null, end: null },
    owner: { accountId: null, name: null },
    implementer: { accountId: null, name: null },
    missing: [{ code: 'empty', field: 'Change type', sentence: 'Change type is empty.' }],
  }),
  uncontrolled: change({
    key: 'OPS-1',
    controlled: false,
    verdict: verdict({
      reasons: [{ code: 'not-controlled', sentence: 'OPS-1 is not a change request of a controlled project.' }],
    }),
  }),
  long: change({
    decisions: Array.from({ length: 200 }, (_, i) =>
      decision(
        i,
        i % 2 === 0 ? RAVI : ADA,
        'security reviewer',
        i < 198
          ? {
              valid: false,
              invalidBecause: { code: 'superseded', sentence: 'A later decision by the same person took its place.' },
            }
          : {},
      ),
    ),
    evidence: Array.from({ length: 200 }, (_, i) =>
      evidence(i, 'commit', i.toString(16).padStart(40, '0'), {
        title: `CHG-7: commit number ${i} ${'with a rather long subject line that goes on and on '.repeat(i % 3)}`,
        url: i === 1 ? 'javascript:alert(1)' : null,
      }),
    ),
    timeline: Array.from({ length: 214 }, (_, i) => ({
      at: new Date(Date.parse(NOW) - i * 3_600_000).toISOString(),
      kind: 'evidence' as const,
      text: `commit ${i.toString(16).padStart(10, '0')}`,
      by: 'Ivy Implementer',
      seq: 214 - i,
      url: null,
    })),
  }),
};
