import { judge } from '../../../src/gate/judge';
import { checkTransition, type Step } from '../../../src/gate/transition-check';
import { DEFAULT_POLICY, type Policy } from '../../../src/policy/policy';
import { GOOD_CONTENT, NOW, Scene } from './scene';

const AGREE: Policy = { ...DEFAULT_POLICY, overlaps: 'agree' };
const others = [
  {
    key: 'CHG-9',
    systems: GOOD_CONTENT.impactedSystems,
    windowStart: '2026-03-03T19:30:00.000Z',
    windowEnd: '2026-03-03T22:00:00.000Z',
  },
];
const facts = (scene: Scene) => ({ ...scene.facts(), surroundings: { overdueReviews: [], others } });
const both = (): Scene => new Scene().decide('reviewer', 'approved').decide('authority', 'approved');
const refusedFor = (policy: Policy, scene: Scene, step: Step): string[] =>
  checkTransition(policy, facts(scene), step, NOW).filter((sentence) => sentence.startsWith('CHG-9'));

describe('an overlap with another open change on the same system', () => {
  const CASES: readonly (readonly [string, Policy, Scene, Step, number])[] = [
    ['holds up Approve where people have to agree', AGREE, both(), 'approve', 1],
    ['holds up Execute again', AGREE, both().move('owner', 'Approved'), 'execute', 1],
    ['holds up nothing else', AGREE, both().move('owner', 'Approved'), 'schedule', 0],
    ['is no obstacle once somebody agreed', AGREE, both().agree('owner', 'CHG-9'), 'approve', 0],
    [
      'is one again after an edit',
      AGREE,
      both().agree('owner', 'CHG-9').edit('owner', { scope: 'Two rules.' }),
      'approve',
      1,
    ],
    ['is one when somebody agreed on another', AGREE, both().agree('owner', 'CHG-8'), 'approve', 1],
    ['is said alone where the policy does not ask', DEFAULT_POLICY, both(), 'approve', 0],
  ];
  test.each(CASES)('%s', (_, policy, scene, step, count) => {
    expect(refusedFor(policy, scene, step)).toHaveLength(count);
  });
  test('is not part of what was decided, and says both ends with the zone', () => {
    const verdict = judge(AGREE, facts(both()), NOW);
    expect(verdict.open).toBe(true);
    expect(verdict.notices.map(({ code }) => code)).toEqual(['window-conflict']);
    expect(verdict.notices[0]?.sentence).toContain('2026-03-03 19:30 UTC to 2026-03-03 22:00 UTC');
    expect(judge(AGREE, facts(both().agree('owner', 'CHG-9')), NOW).notices).toEqual([]);
  });
});
