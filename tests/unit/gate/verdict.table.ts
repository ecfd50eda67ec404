import { NO_CUI_SYSTEM, UNKNOWN_CUI_SYSTEM } from '../../../src/change/fields';
import type { HistoryItem } from '../../../src/change/snapshot';
import type { Exception, ReasonCode } from '../../../src/gate/verdict';
import type { Scene } from './scene';

/** One story and what is judged of it. `missing` is how many further people have to approve. */
export interface VerdictCase {
  readonly title: string;
  readonly story: (scene: Scene) => Scene;
  readonly open: boolean;
  readonly missing: number;
  readonly reasons?: readonly ReasonCode[];
  readonly exceptions?: readonly Exception['code'][];
}

const twoSigned = (scene: Scene): Scene => scene.decide('reviewer', 'approved').decide('authority', 'approved');
/** A first status that no changelog entry led to. */
const began = (scene: Scene, status: string): Scene => Object.assign(scene, { status });
const movedFrom = (project: string): HistoryItem => ({
  field: 'other',
  fieldId: 'project',
  from: '1',
  fromText: project,
  to: '2',
  toText: 'CHG',
});
const byTransition = (scene: Scene, historyId: string) => ({
  transition: { name: 'Approve', executionId: 'e1', historyId },
  historyHead: historyId,
  roles: scene.status === '' ? [] : ['change-authority'],
});

export const VERDICTS: readonly VerdictCase[] = [
  // Who is needed
  { title: 'nobody has decided', story: (s) => s, open: false, missing: 2, reasons: ['decision-needed'] },
  {
    title: 'one security reviewer',
    story: (s) => s.decide('reviewer', 'approved'),
    open: false,
    missing: 1,
    reasons: ['decision-needed'],
  },
  {
    title: 'one change authority',
    story: (s) => s.decide('authority', 'approved'),
    open: false,
    missing: 1,
    reasons: ['decision-needed'],
  },
  { title: 'one of each: open while still Proposed', story: twoSigned, open: true, missing: 0 },
  {
    title: 'two security reviewers are one role twice',
    story: (s) => s.decide('reviewer', 'approved').decide('reviewer2', 'approved'),
    open: false,
    missing: 1,
    reasons: ['decision-needed'],
  },
  {
    title: 'one person in both groups is one person',
    story: (s) => s.decide('both', 'approved'),
    open: false,
    missing: 1,
    reasons: ['decision-needed'],
  },
  {
    title: 'the same person twice is one person',
    story: (s) => s.decide('both', 'approved').decide('both', 'approved'),
    open: false,
    missing: 1,
    reasons: ['decision-needed'],
  },
  {
    title: 'one in both groups and a reviewer',
    story: (s) => s.decide('both', 'approved').decide('reviewer', 'approved'),
    open: true,
    missing: 0,
  },
  {
    title: 'one in both groups and an authority',
    story: (s) => s.decide('both', 'approved').decide('authority', 'approved'),
    open: true,
    missing: 0,
  },
  {
    title: 'no CUI system: one reviewer is enough',
    story: (s) => s.with({ impactedSystems: [NO_CUI_SYSTEM] }).decide('reviewer', 'approved'),
    open: true,
    missing: 0,
  },
  {
    title: 'no CUI system: one authority is enough',
    story: (s) => s.with({ impactedSystems: [NO_CUI_SYSTEM] }).decide('authority', 'approved'),
    open: true,
    missing: 0,
  },
  {
    title: 'Unknown counts as a CUI system',
    story: (s) => s.with({ impactedSystems: [UNKNOWN_CUI_SYSTEM] }).decide('authority', 'approved'),
    open: false,
    missing: 1,
    reasons: ['decision-needed'],
  },
  {
    title: 'an empty list is a failure, not "none"',
    story: (s) => twoSigned(s.with({ impactedSystems: [] })),
    open: false,
    missing: 0,
    reasons: ['fields-inadequate'],
  },
  {
    title: '"none" beside another system is a contradiction and counts as CUI',
    story: (s) => s.with({ impactedSystems: [NO_CUI_SYSTEM, 'Identity provider'] }).decide('authority', 'approved'),
    open: false,
    missing: 1,
    reasons: ['decision-needed', 'fields-inadequate'],
  },
  {
    title: 'somebody in no deciding group',
    story: (s) => s.decide('outsider', 'approved').decide('authority', 'approved'),
    open: false,
    missing: 1,
    reasons: ['decision-needed'],
  },
  // Own change
  {
    title: 'a decider becomes assignee afterwards',
    story: (s) => twoSigned(s).assign('requester', 'reviewer'),
    open: false,
    missing: 1,
    reasons: ['decider-barred', 'decision-needed'],
  },
  {
    title: 'a decider was assignee once',
    story: (s) => twoSigned(s.assign('requester', 'reviewer').assign('requester', null)),
    open: false,
    missing: 1,
    reasons: ['decider-barred', 'decision-needed'],
  },
  {
    title: 'a decider edited the scope before',
    story: (s) => twoSigned(s.edit('authority', { scope: 'Two rules.' })),
    open: false,
    missing: 1,
    reasons: ['decider-barred', 'decision-needed'],
  },
  {
    title: 'a decider wrote the security impact analysis before',
    story: (s) => twoSigned(s.edit('reviewer', { securityImpactAnalysis: 'Reviewed: no control is weakened.' })),
    open: true,
    missing: 0,
  },
  // Content
  {
    title: 'edited after approval',
    story: (s) => twoSigned(s).edit('owner', { backoutPlan: 'Reload the saved configuration.' }),
    open: false,
    missing: 2,
    reasons: ['voided', 'voided', 'decision-needed'],
  },
  {
    title: 'edited and edited back',
    story: (s) => {
      const before = twoSigned(s).content.scope;
      return s.edit('owner', { scope: 'Other.' }).edit('owner', { scope: before });
    },
    open: false,
    missing: 2,
    reasons: ['voided', 'voided', 'decision-needed'],
  },
  {
    title: 'the analysis edited after one sign-off voids it',
    story: (s) =>
      s
        .decide('authority', 'approved')
        .edit('reviewer', { securityImpactAnalysis: 'More to it.' })
        .decide('reviewer', 'approved'),
    open: false,
    missing: 1,
    reasons: ['voided', 'decision-needed'],
  },
  {
    title: 'signed again after the edit',
    story: (s) => twoSigned(twoSigned(s).edit('owner', { scope: 'Two rules.' })),
    open: true,
    missing: 0,
  },
  {
    title: 'content differs though Jira shows no edit',
    story: (s) => twoSigned(s).with({ scope: 'Something else entirely.' }),
    open: false,
    missing: 2,
    reasons: ['voided', 'voided', 'decision-needed'],
  },
  {
    title: 'fields that are no fields of control may change',
    story: (s) => twoSigned(s).assign('requester', 'implementer'),
    open: true,
    missing: 0,
  },
  {
    title: 'the window ends before it starts',
    story: (s) => twoSigned(s.with({ windowEnd: '2026-03-03T17:00:00.000Z' })),
    open: false,
    missing: 0,
    reasons: ['window-inverted'],
  },
  // Objections
  {
    title: 'a third person disapproves',
    story: (s) => twoSigned(s).decide('authority2', 'disapproved'),
    open: false,
    missing: 0,
    reasons: ['disapproved'],
  },
  {
    title: 'a third person defers',
    story: (s) => twoSigned(s).decide('reviewer2', 'deferred'),
    open: false,
    missing: 0,
    reasons: ['deferred'],
  },
  {
    title: 'another person cannot lift an objection',
    story: (s) => twoSigned(s.decide('authority2', 'disapproved')),
    open: false,
    missing: 0,
    reasons: ['disapproved'],
  },
  {
    title: 'an edit does not lift an objection',
    story: (s) => twoSigned(s.decide('authority2', 'disapproved').edit('owner', { scope: 'Two rules.' })),
    open: false,
    missing: 0,
    reasons: ['disapproved'],
  },
  {
    title: 'the objector approves after all',
    story: (s) => twoSigned(s.decide('authority2', 'disapproved').decide('authority2', 'approved')),
    open: true,
    missing: 0,
  },
  {
    title: 'the objector withdraws the objection',
    story: (s) => twoSigned(s.decide('authority2', 'deferred').decide('authority2', 'withdrawn')),
    open: true,
    missing: 0,
  },
  {
    title: 'an approval is withdrawn',
    story: (s) => twoSigned(s).decide('reviewer', 'withdrawn'),
    open: false,
    missing: 1,
    reasons: ['decision-needed'],
  },
  {
    title: 'withdrawn and approved again',
    story: (s) => twoSigned(s).decide('reviewer', 'withdrawn').decide('reviewer', 'approved'),
    open: true,
    missing: 0,
  },
  {
    title: 'an approver changes their mind',
    story: (s) => twoSigned(s).decide('reviewer', 'disapproved'),
    open: false,
    missing: 1,
    reasons: ['disapproved', 'decision-needed'],
  },
  {
    title: 'Resubmit lifts the objection and every approval',
    story: (s) =>
      twoSigned(s).decide('authority2', 'disapproved').move('authority2', 'Disapproved').move('owner', 'Proposed'),
    open: false,
    missing: 2,
    reasons: ['decision-needed'],
  },
  {
    title: 'decided again after Resubmit',
    story: (s) =>
      twoSigned(s.decide('authority', 'disapproved').move('authority', 'Disapproved').move('owner', 'Proposed')),
    open: true,
    missing: 0,
  },
  // Void when recorded
  {
    title: 'recorded as void: own change',
    story: (s) =>
      s
        .decide('reviewer', 'approved')
        .decide('authority', 'approved', { void: { code: 'own-change', sentence: 'Took part.' } }),
    open: false,
    missing: 1,
    reasons: ['decision-needed'],
    exceptions: ['self-decision'],
  },
  {
    title: 'recorded as void: an app',
    story: (s) =>
      s
        .decide('reviewer', 'approved')
        .decide('bot', 'approved', { void: { code: 'not-a-person', sentence: 'An app.' } }),
    open: false,
    missing: 1,
    reasons: ['decision-needed'],
    exceptions: ['decided-by-app'],
  },
  {
    title: 'a void decision does not replace an earlier one',
    story: (s) =>
      twoSigned(s).decide('reviewer', 'approved', { void: { code: 'not-confirmed', sentence: 'Not shown.' } }),
    open: true,
    missing: 0,
    exceptions: ['decision-void'],
  },
  // Status is no authority
  {
    title: 'forced to Approved',
    story: (s) => s.move('outsider', 'Approved'),
    open: false,
    missing: 2,
    reasons: ['decision-needed'],
    exceptions: ['moved-no-decision', 'status-without-decision'],
  },
  {
    title: 'forced by a decider: still no decision',
    story: (s) => s.decide('reviewer', 'approved').move('authority', 'Approved'),
    open: false,
    missing: 1,
    reasons: ['decision-needed'],
    exceptions: ['moved-no-decision', 'status-without-decision'],
  },
  {
    title: 'forced by a decider who then confirms',
    story: (s) => s.decide('reviewer', 'approved').move('authority', 'Approved').decide('authority', 'approved'),
    open: true,
    missing: 0,
  },
  {
    title: 'confirmed by somebody else: the move stays unexplained',
    story: (s) => s.decide('reviewer', 'approved').move('outsider', 'Approved').decide('authority', 'approved'),
    open: true,
    missing: 0,
    exceptions: ['moved-no-decision'],
  },
  {
    title: 'approved by transition',
    story: (s) => {
      s.decide('reviewer', 'approved').move('authority', 'Approved');
      return s.decide('authority', 'approved', byTransition(s, s.history.at(-1)?.id ?? ''));
    },
    open: true,
    missing: 0,
  },
  {
    title: 'both signed, then moved by a reported transition',
    story: (s) => twoSigned(s).reported('reviewer2', 'Approved'),
    open: true,
    missing: 0,
  },
  {
    title: 'forced to Scheduled from Proposed',
    story: (s) => s.move('outsider', 'Scheduled'),
    open: false,
    missing: 2,
    reasons: ['decision-needed'],
    exceptions: ['moved-no-decision', 'status-without-decision'],
  },
  {
    title: 'created or imported as Approved: the changelog has no move that anybody could look for',
    story: (s) => began(s, 'Approved'),
    open: false,
    missing: 2,
    reasons: ['decision-needed'],
    exceptions: ['status-without-decision', 'began-decided'],
  },
  {
    title: 'created as Executed and decided afterwards: it is said how it began',
    story: (s) => twoSigned(began(s, 'Executed')),
    open: true,
    missing: 0,
    exceptions: ['began-decided'],
  },
  {
    title: 'moved in from another project with the status it had there',
    story: (s) => began(s, 'Scheduled').move('outsider', 'Scheduled', [movedFrom('OPS')]),
    open: false,
    missing: 2,
    reasons: ['decision-needed'],
    exceptions: ['moved-no-decision', 'status-without-decision', 'began-decided'],
  },
  {
    title: 'moved in from another project, its status mapped to Approved',
    story: (s) => began(s, 'To Do').move('outsider', 'Approved', [movedFrom('OPS')]),
    open: false,
    missing: 2,
    reasons: ['decision-needed'],
    exceptions: ['moved-no-decision', 'status-without-decision'],
  },
  {
    title: 'a task that became a change request after it was Approved by the rules of tasks',
    story: (s) => began(s, 'To Do').move('owner', 'Approved').edit('owner', {}),
    open: false,
    missing: 2,
    reasons: ['decision-needed'],
    exceptions: ['moved-no-decision', 'status-without-decision'],
  },
  {
    title: 'Approved and then edited',
    story: (s) => twoSigned(s).reported('reviewer2', 'Approved').edit('owner', { scope: 'Two rules.' }),
    open: false,
    missing: 2,
    reasons: ['voided', 'voided', 'decision-needed'],
    exceptions: ['status-without-decision'],
  },
  {
    title: 'Closed is closed',
    story: (s) =>
      twoSigned(s)
        .reported('reviewer2', 'Approved')
        .at('2026-03-03T18:30:00.000Z')
        .reported('implementer', 'Executed')
        .reported('owner', 'Closed'),
    open: false,
    missing: 0,
    reasons: ['change-closed'],
    exceptions: ['closed-without-record'],
  },
  {
    title: 'Disapproved is closed though both had approved',
    story: (s) => twoSigned(s).move('outsider', 'Disapproved'),
    open: false,
    missing: 0,
    reasons: ['change-closed'],
  },
  {
    title: 'Withdrawn is closed',
    story: (s) => twoSigned(s).move('requester', 'Withdrawn'),
    open: false,
    missing: 0,
    reasons: ['change-closed'],
  },
  {
    title: 'Executed inside the window stays as decided',
    story: (s) =>
      twoSigned(s).reported('reviewer2', 'Approved').at('2026-03-03T18:30:00.000Z').reported('implementer', 'Executed'),
    open: true,
    missing: 0,
  },
  {
    title: 'Executed outside the window',
    story: (s) => twoSigned(s).reported('reviewer2', 'Approved').reported('implementer', 'Executed'),
    open: true,
    missing: 0,
    exceptions: ['executed-outside-window'],
  },
  {
    title: 'Executed before it was decided',
    story: (s) => twoSigned(s.at('2026-03-03T18:30:00.000Z').reported('implementer', 'Executed')),
    open: true,
    missing: 0,
    exceptions: ['executed-not-open'],
  },
  {
    title: 'edited after execution: it was open then',
    story: (s) =>
      twoSigned(s)
        .reported('reviewer2', 'Approved')
        .at('2026-03-03T18:30:00.000Z')
        .reported('implementer', 'Executed')
        .edit('owner', { scope: 'As built.' }),
    open: false,
    missing: 2,
    reasons: ['voided', 'voided', 'decision-needed'],
    exceptions: ['status-without-decision'],
  },
  // Evidence
  {
    title: 'deployed before the decision',
    story: (s) => twoSigned(s.deploy('1', 'production')),
    open: true,
    missing: 0,
    exceptions: ['evidence-before-decision'],
  },
  {
    title: 'deployed after the decision',
    story: (s) => twoSigned(s).deploy('1', 'production'),
    open: true,
    missing: 0,
    exceptions: ['deployed-unasked'],
  },
  { title: 'tried out before the decision', story: (s) => twoSigned(s.deploy('1', 'staging')), open: true, missing: 0 },
  {
    title: 'deployed between the decision and a later edit',
    story: (s) => twoSigned(s).deploy('1', 'production').edit('owner', { scope: 'Two rules.' }),
    open: false,
    missing: 2,
    reasons: ['voided', 'voided', 'decision-needed'],
    exceptions: ['deployed-unasked'],
  },
  {
    title: 'deployed between an edit and the new decision',
    story: (s) => twoSigned(twoSigned(s).edit('owner', { scope: 'Two rules.' }).deploy('1', 'production')),
    open: true,
    missing: 0,
    exceptions: ['evidence-before-decision'],
  },
  // What cannot be known
  {
    title: 'the history is incomplete',
    story: (s) => {
      s.complete = false;
      return twoSigned(s);
    },
    open: false,
    missing: 2,
    reasons: ['history-incomplete', 'decision-needed'],
  },
  {
    title: 'another project',
    story: (s) => {
      s.project = 'OPS';
      return twoSigned(s);
    },
    open: false,
    missing: 0,
    reasons: ['not-controlled'],
  },
];
