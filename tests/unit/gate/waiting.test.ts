/** Who a change waits for, and who is told what: one row a story. */
import { dueNotices, reviewStage } from '../../../src/gate/due-notices';
import type { Members } from '../../../src/gate/decision-state';
import { judge } from '../../../src/gate/judge';
import { MOST_IN_FIELD, waitingField, waitingFor } from '../../../src/gate/waiting';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { id, NOW, PEOPLE, person, Scene } from './scene';

const inGroup = (group: string) => Object.values(PEOPLE).filter(({ groups }) => groups.includes(group));
const MEMBERS = Object.fromEntries(
  DEFAULT_POLICY.roles.map(({ key, group }) => [key, inGroup(group)]),
) as unknown as Members;

const nameOf = (accountId: string): string => accountId.replace('557058:', '');
const waits = (scene: Scene, now = NOW): string[] => {
  const facts = scene.facts();
  return waitingFor(DEFAULT_POLICY, facts, judge(DEFAULT_POLICY, facts, now), MEMBERS, now)
    .map(({ accountId, what }) => `${what} ${nameOf(accountId)}`)
    .sort();
};

const start = (): Scene => new Scene();
const both = (): Scene => start().decide('reviewer', 'approved').decide('authority', 'approved');
const approved = (): Scene => both().reported('authority', 'Approved');
const emergency = (): Scene =>
  start().with({ changeType: 'Emergency' }).decide('emergency', 'approved').reported('emergency', 'Approved');
const EVERY_DECIDER = ['authority', 'authority2', 'both', 'msp', 'reviewer', 'reviewer2'].map((who) => `decide ${who}`);

const CASES: readonly (readonly [string, Scene, readonly string[], Date?])[] = [
  ['complete and new: everybody who may decide, never an app', start(), EVERY_DECIDER],
  ['a field is empty: the owner alone', start().with({ scope: '' }), ['complete owner']],
  ['the window is over: the owner moves it', start(), ['complete owner'], new Date('2026-03-04T09:00:00Z')],
  ['and nobody owns it: who asked', start().with({ scope: '', owner: null }), ['complete requester']],
  [
    'one has signed: the other role',
    start().decide('reviewer', 'approved'),
    ['decide authority', 'decide authority2', 'decide both'],
  ],
  [
    'a decider who joined the change is not waited for',
    start().assign('owner', 'authority').decide('reviewer', 'approved'),
    ['decide authority2', 'decide both'],
  ],
  ['decided: the implementer', approved(), ['execute implementer']],
  ['decided, not moved yet: nobody but whoever moves it', both(), []],
  ['edited afterwards: those who decide', approved().edit('owner', { scope: 'Two rules.' }), EVERY_DECIDER],
  ['executed: the record', approved().reported('implementer', 'Executed'), ['record implementer', 'record owner']],
  ['recorded: the owner closes', approved().reported('implementer', 'Executed').implement('owner'), ['close owner']],
  ['closed: nobody', approved().reported('implementer', 'Executed').implement('owner').reported('owner', 'Closed'), []],
  [
    'disapproved: who has to act',
    start().decide('reviewer', 'disapproved').reported('reviewer', 'Disapproved'),
    ['settle owner'],
  ],
  [
    'and settled: the owner resubmits',
    start().decide('reviewer', 'disapproved').reported('reviewer', 'Disapproved').settle('owner', 'done'),
    ['resubmit owner'],
  ],
  [
    'an emergency with its pass: review, and execute while it runs',
    emergency(),
    [
      'execute implementer',
      ...['authority', 'authority2', 'both', 'msp', 'reviewer', 'reviewer2'].map((who) => `review ${who}`),
    ],
    new Date('2026-03-02T12:00:00Z'),
  ],
  ['a project that is not controlled: nobody', Object.assign(start(), { project: 'OPS' }), []],
  ['a history that was not read whole: nobody decides', Object.assign(start(), { complete: false }), []],
];

test.each(CASES.map(([title, scene, expected, now = NOW]) => [title, scene, expected, now] as const))(
  '%s',
  (_, scene, expected, now) => {
    expect(waits(scene, now)).toEqual([...expected].sort());
  },
);

test('the field holds each account once, in order, and no more than Jira takes', () => {
  const many = Array.from({ length: 120 }, (_, i) => ({
    accountId: String(i).padStart(3, '0'),
    what: 'decide' as const,
  }));
  const field = waitingField([...many, ...many].reverse());
  expect([field.length, field[0], new Set(field).size]).toEqual([MOST_IN_FIELD, '000', MOST_IN_FIELD]);
});

const told = (scene: Scene, now: Date, policy = DEFAULT_POLICY): string[] => {
  const facts = scene.facts();
  return dueNotices(policy, facts, judge(policy, facts, now), MEMBERS, now).map(
    ({ events, to }) => `${events.join(' ')} → ${to.map(nameOf).sort().join(', ')}`,
  );
};
const SOON = new Date('2026-03-02T10:00:00Z');
const REVIEWERS = 'authority, authority2, both, msp, reviewer, reviewer2';
const DUE = Date.parse('2026-03-05T09:01:00.000Z');

const TOLD: readonly (readonly [string, Scene, Date, readonly string[]])[] = [
  ['nothing happened', both(), SOON, []],
  [
    'an edit voids two',
    approved().edit('owner', { scope: 'Two.' }),
    SOON,
    ['voided.0 voided.1 → authority, owner, reviewer'],
  ],
  ['the same, a week and more ago', approved().edit('owner', { scope: 'Two.' }), new Date('2026-03-12T10:00:00Z'), []],
  ['a decision is withdrawn', both().decide('authority', 'withdrawn'), SOON, ['withdrawn.2 → owner, reviewer']],
  [
    'the change is withdrawn',
    both().move('owner', 'Withdrawn'),
    SOON,
    ['change-withdrawn.10000 → authority, reviewer'],
  ],
  ['a review is not due for long', emergency(), SOON, []],
  ['a review is due within a day', emergency(), new Date(DUE - 86_400_000), [`review.${DUE}.before-24 → ${REVIEWERS}`]],
  ['a review is due within hours', emergency(), new Date(DUE - 3_600_000), [`review.${DUE}.before-4 → ${REVIEWERS}`]],
  ['a review is overdue', emergency(), new Date(DUE + 1), [`review.${DUE}.due → ${REVIEWERS}`]],
  ['for a day and more', emergency(), new Date(DUE + 90_000_000), [`review.${DUE}.overdue-1 → ${REVIEWERS}`]],
  ['for so long that no more is said', emergency(), new Date(DUE + 9 * 86_400_000), []],
];

test.each(TOLD)('told when %s', (_, scene, now, expected) => {
  expect(told(scene, now)).toEqual(expected);
});

test('a policy without reminders reminds nobody', () => {
  expect(reviewStage('2026-03-05T09:01:00.000Z', [], new Date(DUE + 1))).toBeNull();
});

test('no text quotes what a field holds, and each names the change', () => {
  const secret = 'CUI//SP-CTI drawing 4711';
  const scene = start()
    .with({ summary: secret, justification: secret, scope: secret })
    .decide('reviewer', 'approved', { basis: secret })
    .decide('authority', 'approved')
    .edit('owner', { scope: `${secret}!` })
    .decide('reviewer', 'withdrawn', { basis: secret });
  const facts = scene.facts();
  const texts = dueNotices(DEFAULT_POLICY, facts, judge(DEFAULT_POLICY, facts, SOON), MEMBERS, SOON).map(
    ({ subject, lines }) => [subject, ...lines].join('\n'),
  );
  expect(texts).toHaveLength(2);
  for (const text of texts) {
    expect(text).not.toContain(secret);
    expect(text).toContain('CHG-7');
  }
  expect(person('owner').accountId).toBe(id('owner'));
});
