import type { ChangeView } from '../../src/contract/panel';
import { change, HANDING, verdict } from './changes';
import { ADA, decision, IVY, NOW, OLIVER, RAVI, RITA } from './people';

const FREEZE = {
  id: 'f1',
  name: 'Quarter-end freeze',
  start: '2026-03-04T00:00:00.000Z',
  end: '2026-03-08T00:00:00.000Z',
};

const RECORD: NonNullable<ChangeView['implementation']> = {
  seq: 21,
  recordedAt: '2026-03-04T14:50:00.000Z',
  startedAt: '2026-03-04T13:00:00.000Z',
  endedAt: '2026-03-04T13:40:00.000Z',
  outcome: 'as-planned',
  backoutUsed: false,
  verification: 'The port answers from the jump host and from nowhere else; both attempts are in the firewall log.',
  controlsSatisfied: true,
  verifiedAt: '2026-03-04T14:10:00.000Z',
  verifiedBy: OLIVER,
  baselineUpdated: 'updated',
  inventoryUpdated: 'not-needed',
  planUpdated: 'outstanding',
  notes: 'The plan is revised with the yearly review.',
  by: IVY,
};

const OPEN = { open: true, decided: true, needs: { missing: 0, roles: [], phrase: '' }, reasons: [] };

/** The panel's answers that concern what people do beside deciding. */
export const ACTS: Readonly<Record<string, ChangeView>> = {
  emergency: change({
    changeType: 'Emergency',
    status: 'Approved',
    justification: 'CVE-2026-1234 is exploited in the wild; closing the port is the only measure today.',
    mayDecide: {
      ...HANDING,
      allowed: false,
      roles: ['security-reviewer'],
      reasons: [{ code: 'role-not-needed', sentence: 'The pass is given; nothing is to be decided now.' }],
    },
    verdict: verdict({
      ...OPEN,
      judgedAs: 'Emergency',
      pass: { endsAt: '2026-03-05T09:12:00.000Z', over: false },
      review: {
        state: 'overdue',
        dueAt: '2026-03-04T09:12:00.000Z',
        phrase: 'one security reviewer and one change authority',
        rejected: false,
      },
      notices: [{ code: 'pass-running', sentence: 'The emergency pass ends on 2026-03-05 09:12 UTC.' }],
      exceptions: [
        {
          code: 'review-overdue',
          sentence: 'The retroactive review of this emergency change was due and is not done.',
          at: '2026-03-04T09:12:00.000Z',
          mayConfirm: false,
          mayDeclare: false,
          move: null,
        },
      ],
    }),
    mayAct: {
      review: true,
      override: true,
      freezes: [FREEZE],
      template: false,
      implementation: true,
      resolve: false,
      ask: false,
    },
    freezes: [FREEZE],
    overdueReviews: ['CHG-3', 'CHG-5'],
    reviews: [
      {
        seq: 30,
        accepted: false,
        basis: 'The logging rule was not restored.',
        by: ADA,
        at: '2026-03-04T08:00:00.000Z',
        ofThisContent: true,
      },
    ],
    decisions: [decision(4, RAVI, 'security reviewer')],
  }),
  'emergency-new': change({
    changeType: 'Emergency',
    verdict: verdict({ judgedAs: 'Emergency' }),
  }),
  actions: change({
    status: 'Disapproved',
    viewer: { accountId: OLIVER.accountId ?? '', name: OLIVER.name },
    verdict: verdict({
      reasons: [
        { code: 'change-closed', sentence: 'The change is Disapproved. Use Resubmit to ask again.' },
        { code: 'disapproved', sentence: 'Ada Authority disapproved this change on 2026-03-03 09:12 UTC.' },
      ],
    }),
    mayDecide: {
      ...HANDING,
      allowed: false,
      roles: [],
      reasons: [{ code: 'own-change', sentence: 'You are its change owner.' }],
    },
    actions: [
      {
        decision: 9,
        action: 0,
        what: 'Describe the backout step by step',
        owner: OLIVER,
        outcome: 'open',
        mayFinish: true,
        mayWithdraw: false,
      },
      {
        decision: 9,
        action: 1,
        what: 'Choose a window outside the patch run',
        owner: RITA,
        outcome: 'done',
        mayFinish: false,
        mayWithdraw: false,
      },
    ],
    decisions: [
      decision(9, ADA, 'change authority', {
        decision: 'disapproved',
        countsFor: null,
        basis: 'The backout plan does not say how the old rule set comes back.',
        requiredActions: [{ what: 'Describe the backout step by step', owner: OLIVER }],
      }),
    ],
  }),
  resubmitted: change({
    decisions: [
      decision(9, ADA, 'change authority', {
        decision: 'disapproved',
        countsFor: null,
        basis: 'The backout plan does not say how the old rule set comes back.',
        valid: false,
        invalidBecause: { code: 'resubmitted', sentence: 'The change was resubmitted on 2026-03-04 12:00 UTC.' },
        editedSince: [
          {
            field: 'Backout plan',
            before: 'Remove the rule.',
            after: 'Load the exported rule set from the vault, then check that port 443 is closed again.',
            by: OLIVER,
            at: '2026-03-04T11:00:00.000Z',
          },
        ],
      }),
    ],
  }),
  asks: change({
    viewer: { accountId: RITA.accountId ?? '', name: RITA.name },
    mayDecide: {
      ...HANDING,
      allowed: false,
      roles: [],
      reasons: [{ code: 'own-change', sentence: 'You created the change.' }],
    },
    mayAct: {
      review: false,
      override: false,
      freezes: [],
      template: false,
      implementation: false,
      resolve: false,
      ask: true,
    },
  }),
  standard: change({
    changeType: 'Standard',
    mayAct: {
      review: false,
      override: false,
      freezes: [],
      template: true,
      implementation: false,
      resolve: false,
      ask: false,
    },
    templates: [
      { id: 't1', name: 'Monthly patches of Windows servers' },
      { id: 't2', name: 'New user in the identity provider' },
    ],
  }),
  executed: change({
    status: 'Executed',
    verdict: verdict(OPEN),
    viewer: { accountId: IVY.accountId ?? '', name: IVY.name },
    mayDecide: {
      ...HANDING,
      allowed: false,
      roles: [],
      reasons: [{ code: 'own-change', sentence: 'You are its implementer.' }],
    },
    mayAct: {
      review: false,
      override: false,
      freezes: [],
      template: false,
      implementation: true,
      resolve: false,
      ask: false,
    },
    closeNeeds: [
      'The implementation record is missing. The implementer, the owner or somebody who decides records in the panel "Change control" what was done, how it was verified and by whom, and whether baseline, inventory and system security plan were updated.',
    ],
    decisions: [decision(4, RAVI, 'security reviewer'), decision(12, ADA, 'change authority')],
  }),
  recorded: change({
    status: 'Executed',
    verdict: verdict(OPEN),
    viewer: { accountId: IVY.accountId ?? '', name: IVY.name },
    mayDecide: {
      ...HANDING,
      allowed: false,
      roles: [],
      reasons: [{ code: 'own-change', sentence: 'You are its implementer.' }],
    },
    mayAct: {
      review: false,
      override: false,
      freezes: [],
      template: false,
      implementation: true,
      resolve: false,
      ask: false,
    },
    implementation: RECORD,
    earlierImplementations: [
      { ...RECORD, seq: 20, outcome: 'with-deviations', verifiedBy: null, inventoryUpdated: null, recordedAt: NOW },
    ],
    decisions: [decision(4, RAVI, 'security reviewer'), decision(12, ADA, 'change authority')],
  }),
};
