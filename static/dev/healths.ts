import type { HealthFinding, HealthView } from '../../src/contract/health';

const NAMES = [
  'The policy can be read and is the one that was saved',
  'Every way to Approved, Scheduled and Executed carries the rules of change control',
  'The fields of a change are there, under their names',
  'The fields are on the screens of the issues',
  'Every role has somebody who can decide',
  'Senders have a live secret, changed within 180 days',
  'The app may do what it needs',
  'The app sees every change',
  'Jira could evaluate every rule',
  'The hourly run comes',
];

const finding = (seq: number, also: Partial<HealthFinding>): HealthFinding => ({
  seq,
  code: 'transition-unguarded',
  level: 'alarm',
  sentence:
    'CHG, Change request, "Fast lane" (Proposed → Approved): the transition has no rule of change control, so anybody who may move issues gets to Approved.',
  remedy:
    'Open the workflow in Jira and remove the transition, or put the rules on it that the others to Approved have.',
  by: 'Jira Administrator',
  changedAt: '2026-03-04T08:40:00.000Z',
  foundAt: '2026-03-04T09:00:00.000Z',
  resolvedAt: null,
  ...also,
});

const OPEN: readonly HealthFinding[] = [
  finding(4, {}),
  finding(5, {
    code: 'rule-weakened',
    by: null,
    sentence:
      'CHG, Change request, "Approve" (Proposed → Approved), the independent decider: people may decide although they edited Summary, Description, Change type, Change owner, Implementer, Scope, Impacted CUI systems, Justification, Test plan, Backout plan, Change window start and Change window end.',
    remedy: 'Open the workflow, and put the rule back as the set-up wizard has it; then publish the workflow.',
  }),
  finding(6, {
    code: 'not-checked',
    level: 'unchecked',
    by: null,
    changedAt: null,
    sentence: 'Could not be checked: the screens of CHG, Change request. Jira answered 403.',
    remedy: 'Check again in a minute. If it stays so, a Jira admin opens this page and checks as themselves.',
  }),
  finding(7, {
    code: 'role-sole',
    level: 'note',
    by: null,
    changedAt: null,
    sentence:
      'One person alone can decide as change authority. Nobody is left for a change that this person takes part in.',
    remedy: 'Add a second person to the group, or let an outside provider stand in under Policy.',
  }),
];

const view = (also: Partial<HealthView>): HealthView => ({
  checks: NAMES.map((name) => ({ name, findings: 0 })),
  checkedAt: '2026-03-04T09:00:00.000Z',
  open: [],
  history: [finding(2, { resolvedAt: '2026-03-03T16:00:00.000Z', foundAt: '2026-03-03T09:00:00.000Z' })],
  days: 3,
  intact: true,
  notLookedAt: ['Whether the panel is still pinned in the projects: Jira tells no app.'],
  ...also,
});

/** `admin` is well, `admin-long` is not, `admin-empty` was never looked at. */
export function healthAnswer(state: string, method: string): HealthView {
  const now = method === 'health.check';
  const unlooked = NAMES.map((name) => ({ name, findings: null }));
  if (state === 'admin-empty' && !now)
    return view({ checks: unlooked, checkedAt: null, history: [], days: 0, open: [] });
  if (state !== 'admin-long') return view({});
  const broken = NAMES.map((name, i) => ({ name, findings: [0, 2, 0, 1, 1][i] ?? 0 }));
  const old = Array.from({ length: 14 }, (_, i) => finding(20 + i, { resolvedAt: '2026-03-03T16:00:00.000Z' }));
  return view({ open: OPEN, history: old, checks: broken, intact: !now });
}
