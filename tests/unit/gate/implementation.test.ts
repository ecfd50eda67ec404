/** What the records of a change's implementation come to in the judgement. */
import { closingProblems, currentImplementation } from '../../../src/gate/implementation';
import { judge } from '../../../src/gate/judge';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { NOW, Scene } from './scene';

const approved = (): Scene =>
  new Scene().decide('reviewer', 'approved').decide('authority', 'approved').reported('authority', 'Approved');
const executed = (): Scene => approved().at('2026-03-03T18:15:00.000Z').reported('implementer', 'Executed');
const codes = (scene: Scene): string[] => judge(DEFAULT_POLICY, scene.facts(), NOW).exceptions.map(({ code }) => code);

const CASES: readonly (readonly [string, Scene, readonly string[]])[] = [
  ['a record inside the window', executed().implement('implementer'), []],
  [
    'begun before the window',
    executed().implement('implementer', { startedAt: '2026-03-03T17:59:00.000Z' }),
    ['executed-outside-window'],
  ],
  [
    'ended after the window',
    executed().implement('implementer', { endedAt: '2026-03-03T20:01:00.000Z' }),
    ['executed-outside-window'],
  ],
  [
    'begun before anything was decided',
    executed().implement('implementer', { startedAt: '2026-03-02T09:00:30.000Z' }),
    ['executed-outside-window', 'executed-not-open'],
  ],
  ['controls not satisfied', executed().implement('owner', { controlsSatisfied: false }), ['controls-not-satisfied']],
  [
    'a baseline that is still to be updated',
    executed().implement('owner', { baselineUpdated: 'outstanding' }),
    ['records-outstanding'],
  ],
  [
    'and a later record that says it is updated',
    executed().implement('owner', { baselineUpdated: 'outstanding' }).implement('owner'),
    [],
  ],
  ['Closed past the rule', executed().move('outsider', 'Closed'), ['closed-without-record']],
  ['Closed with its record', executed().implement('implementer').move('owner', 'Closed'), []],
];

test.each(CASES)('%s', (_, scene, expected) => {
  expect(codes(scene)).toEqual(expected);
});

test('the newest record of the round counts and no record opens or closes anything', () => {
  const scene = executed().implement('implementer').implement('owner', { outcome: 'with-deviations' });
  expect(currentImplementation(scene.facts())).toMatchObject({
    body: { outcome: 'with-deviations' },
    by: { displayName: 'Owner' },
  });
  const { open, decided } = judge(DEFAULT_POLICY, scene.facts(), NOW);
  expect([open, decided]).toEqual([true, true]);
});

test('a record that says nothing of changelog ids counts by when it was recorded', () => {
  const scene = executed().implement('implementer', { historyHead: undefined });
  expect(closingProblems(scene.facts())).toEqual([]);
});
