import { contentDigest } from '../../../src/change/digest';
import { inadequateNow } from '../../../src/gate/adequate';
import { judge } from '../../../src/gate/judge';
import { mayDecide, mayRecord, sameDecision } from '../../../src/gate/may-decide';
import { checkTransition } from '../../../src/gate/transition-check';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import type { FreezePeriod, Policy, StandardTemplate } from '../../../src/policy/policy';
import { templateDigest } from '../../../src/policy/templates';
import { GOOD_CONTENT, minute, NOW, person, Scene } from './scene';

const codes = (found: readonly { readonly code: string }[]): string[] => found.map(({ code }) => code);
const hoursAfter = (instant: string, hours: number, ms = 0): Date =>
  new Date(Date.parse(instant) + hours * 3_600_000 + ms);

const emergency = (): Scene => new Scene().with({ changeType: 'Emergency' });
const DECIDED = minute(1);

describe('an emergency change', () => {
  test.each([
    ['emergency', true],
    ['reviewer', true],
    ['authority', false],
    ['msp', true],
    ['bot', false],
  ])('an approval by %s opens it: %s', (by, opens) => {
    const scene = emergency().decide(by, 'approved', opens ? {} : { roles: ['change-authority'] });
    expect(judge(DEFAULT_POLICY, scene.facts(), new Date(minute(5))).open).toBe(opens);
  });

  test.each([
    ['at once', hoursAfter(DECIDED, 0), true],
    ['at its last instant', hoursAfter(DECIDED, 24), true],
    ['a millisecond later', hoursAfter(DECIDED, 24, 1), false],
    ['a month later', hoursAfter(DECIDED, 700), false],
  ])('the pass holds %s', (_, now, open) => {
    const verdict = judge(DEFAULT_POLICY, emergency().decide('emergency', 'approved').facts(), now);
    expect([verdict.open, verdict.decided, verdict.pass?.over]).toEqual([open, true, !open]);
    expect(codes(verdict.reasons)).toEqual(open ? [] : ['pass-expired']);
  });

  test.each([
    ['while the pass runs', 1, ['pass-running', 'review-due']],
    ['once it has ended', 25, ['review-due']],
    ['once the review is overdue', 73, ['review-overdue']],
  ])('says %s what is running and due', (_, hours, expected) => {
    const verdict = judge(
      DEFAULT_POLICY,
      emergency().decide('emergency', 'approved').facts(),
      hoursAfter(DECIDED, hours),
    );
    expect(codes(verdict.notices)).toEqual(expected);
  });

  test('a new approval after the pass gives a new pass, by the same person with the same words too', () => {
    const scene = emergency().decide('emergency', 'approved');
    const after = hoursAfter(DECIDED, 25);
    const request = { decision: 'approved', basis: 'Looked at the rule set.' } as const;
    expect(
      sameDecision(DEFAULT_POLICY, scene.facts(), person('emergency'), request, hoursAfter(DECIDED, 1)),
    ).toBeDefined();
    expect(sameDecision(DEFAULT_POLICY, scene.facts(), person('emergency'), request, after)).toBeUndefined();
    expect(codes(mayDecide(DEFAULT_POLICY, scene.facts(), person('emergency'), after).reasons)).toEqual(['pass-over']);
    const again = scene.at(after.toISOString()).decide('emergency', 'approved');
    expect(judge(DEFAULT_POLICY, again.facts(), hoursAfter(after.toISOString(), 1)).open).toBe(true);
  });

  test('an approval by somebody who decides only on other kinds of change does not count', () => {
    const normal = new Scene().with({ impactedSystems: ['None: no CUI system is touched'] });
    const refusal = mayRecord(
      DEFAULT_POLICY,
      normal.facts(),
      person('emergency'),
      { decision: 'approved', basis: 'x' },
      NOW,
    );
    expect(refusal?.code).toBe('not-eligible');
  });
});

describe('its retroactive review', () => {
  const reviewed = (scene: Scene, by: string, decision: 'approved' | 'disapproved' = 'approved', also = {}): Scene =>
    scene.personal('review', by, {
      decision,
      roles: DEFAULT_POLICY.roles.filter(({ group }) => person(by).groups.includes(group)).map(({ key }) => key),
      basis: 'Read the logs.',
      contentDigest: contentDigest(scene.content),
      historyHead: '0',
      policyVersion: 'default-1',
      decidedAt: minute(60),
      ...also,
    });
  const review = (scene: Scene, now: Date) => judge(DEFAULT_POLICY, scene.facts(), now).review;
  const given = (): Scene => emergency().decide('emergency', 'approved');

  test.each([
    ['nothing before a pass', emergency(), hoursAfter(DECIDED, 1), undefined],
    ['due from the pass on', given(), hoursAfter(DECIDED, 1), 'due'],
    ['due at the last instant', given(), hoursAfter(DECIDED, 72), 'due'],
    ['overdue after it', given(), hoursAfter(DECIDED, 72, 1), 'overdue'],
    ['overdue although one reviewed', reviewed(given(), 'reviewer'), hoursAfter(DECIDED, 100), 'overdue'],
    ['done by both', reviewed(reviewed(given(), 'reviewer'), 'authority'), hoursAfter(DECIDED, 100), 'done'],
    ['not by one person twice', reviewed(reviewed(given(), 'reviewer'), 'reviewer2'), hoursAfter(DECIDED, 1), 'due'],
    ['not by somebody who took part', reviewed(reviewed(given(), 'reviewer'), 'owner'), hoursAfter(DECIDED, 1), 'due'],
    [
      'not on other content',
      reviewed(reviewed(given(), 'reviewer'), 'authority', 'approved', { contentDigest: 'f'.repeat(64) }),
      hoursAfter(DECIDED, 1),
      'due',
    ],
  ])('is %s', (_, scene, now, state) => {
    expect(review(scene, now)?.state).toBe(state);
  });

  test('overdue and not accepted are exceptions', () => {
    const scene = reviewed(given(), 'reviewer', 'disapproved');
    expect(codes(judge(DEFAULT_POLICY, scene.facts(), hoursAfter(DECIDED, 80)).exceptions)).toEqual(
      expect.arrayContaining(['review-overdue', 'review-not-accepted']),
    );
  });

  test('while one of the project is overdue, nobody gives a further pass without an override', () => {
    const scene = emergency();
    const facts = { ...scene.facts(), surroundings: { overdueReviews: ['CHG-3'], others: [] } };
    const request = { decision: 'approved', basis: 'Now.' } as const;
    const ask = () => mayRecord(DEFAULT_POLICY, facts, person('emergency'), request, NOW)?.code;
    expect(ask()).toBe('reviews-overdue');
    expect(
      mayRecord(DEFAULT_POLICY, facts, person('emergency'), { ...request, decision: 'deferred' }, NOW),
    ).toBeUndefined();
    expect(checkTransition(DEFAULT_POLICY, facts, 'approve', NOW).join()).toContain('CHG-3');
    const override = { roles: ['security-reviewer'], basis: 'Attack.', overdue: ['CHG-3'], at: minute(2) };
    const overridden = {
      ...facts,
      entries: emergency().personal('emergency-override', 'reviewer', override).facts().entries,
    };
    expect(mayRecord(DEFAULT_POLICY, overridden, person('emergency'), request, NOW)).toBeUndefined();
  });
});

describe('a standard change', () => {
  const TEMPLATE: StandardTemplate = {
    id: 'patch',
    name: 'Monthly patches',
    approvedBy: 'Rita Reviewer',
    approvedAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2026-12-31T23:59:59.999Z',
    systems: GOOD_CONTENT.impactedSystems,
    content: {
      scope: GOOD_CONTENT.scope,
      justification: GOOD_CONTENT.justification,
      securityImpactAnalysis: GOOD_CONTENT.securityImpactAnalysis,
      testPlan: GOOD_CONTENT.testPlan,
      backoutPlan: GOOD_CONTENT.backoutPlan,
    },
    maxWindowHours: 4,
  };
  const policy = (template: Partial<StandardTemplate> = {}): Policy => ({
    ...DEFAULT_POLICY,
    templates: [{ ...TEMPLATE, ...template }],
  });
  const made = (): Scene =>
    new Scene().with({ changeType: 'Standard' }).personal('template-applied', 'requester', {
      template: 'patch',
      templateDigest: templateDigest(TEMPLATE),
      policyVersion: 'default-1',
    });
  const CASES: readonly (readonly [string, Scene, Policy, boolean])[] = [
    ['from an approved template', made(), policy(), true],
    ['from no template', new Scene().with({ changeType: 'Standard' }), policy(), false],
    ['from a template that is gone', made(), DEFAULT_POLICY, false],
    ['from one that was changed since', made(), policy({ name: 'Other' }), false],
    ['with another backout plan', made().with({ backoutPlan: 'Call somebody.' }), policy(), false],
    ['with white space between', made().with({ backoutPlan: ` ${GOOD_CONTENT.backoutPlan}\n` }), policy(), true],
    ['on a system beside', made().with({ impactedSystems: ['File server FS-01', 'Build pipeline'] }), policy(), false],
    ['on no named system', made().with({ impactedSystems: [] }), policy(), false],
    ['with a longer window', made().with({ windowEnd: '2026-03-03T23:00:00.000Z' }), policy(), false],
  ];
  test.each(CASES)('%s', (_, scene, under, preapproved) => {
    const verdict = judge(under, scene.facts(), NOW);
    expect([verdict.open, verdict.judgedAs]).toEqual([preapproved, preapproved ? 'Standard' : 'Normal']);
    expect(codes(verdict.notices)).toEqual(preapproved ? [] : ['judged-as-normal']);
  });

  test('an expired template is none', () => {
    expect(judge(policy(), made().facts(), new Date('2027-01-01T00:00:00.000Z')).judgedAs).toBe('Normal');
  });
});

describe('a freeze period', () => {
  const freeze = (also: Partial<FreezePeriod> = {}): Policy => ({
    ...DEFAULT_POLICY,
    freezes: [
      {
        id: 'audit',
        name: 'Assessment week',
        start: '2026-03-03T00:00:00.000Z',
        end: '2026-03-04T00:00:00.000Z',
        systems: [],
        ...also,
      },
    ],
  });
  const decided = (): Scene => new Scene().decide('reviewer', 'approved').decide('authority', 'approved');
  const CASES: readonly (readonly [string, Policy, Scene, number])[] = [
    ['of everything', freeze(), decided(), 1],
    ['of its system', freeze({ systems: GOOD_CONTENT.impactedSystems }), decided(), 1],
    ['of another system', freeze({ systems: ['Build pipeline'] }), decided(), 0],
    [
      'of another system, when it is unknown which',
      freeze({ systems: ['Build pipeline'] }),
      new Scene().with({ impactedSystems: ['Unknown'] }),
      1,
    ],
    ['that is over', freeze({ end: '2026-03-03T18:59:59.999Z' }), decided(), 0],
    ['that begins later', freeze({ start: '2026-03-03T19:00:00.001Z' }), decided(), 0],
    ['at its first instant', freeze({ start: NOW.toISOString() }), decided(), 1],
    ['at its last instant', freeze({ end: NOW.toISOString() }), decided(), 1],
  ];
  test.each(CASES)('%s holds it up now', (_, policy, scene, count) => {
    expect(judge(policy, scene.facts(), NOW).freezesNow).toHaveLength(count);
  });

  test('opens and closes nothing by itself, stops Approve and Execute, and an exception lifts it until an edit', () => {
    const scene = decided();
    expect(judge(freeze(), scene.facts(), NOW).open).toBe(true);
    expect(checkTransition(freeze(), new Scene().facts(), 'approve', NOW).join()).toContain('Assessment week');
    expect(checkTransition(freeze(), scene.facts(), 'execute', NOW).join()).toContain('Assessment week');
    scene.personal('freeze-exception', 'authority', {
      freeze: 'audit',
      roles: ['change-authority'],
      basis: 'Security fix.',
      contentDigest: contentDigest(scene.content),
      at: minute(9),
    });
    expect(checkTransition(freeze(), scene.facts(), 'execute', NOW)).toEqual([]);
    expect(codes(judge(freeze(), scene.facts(), NOW).exceptions)).toContain('freeze-exception-used');
    expect(judge(freeze(), scene.edit('owner', { scope: 'More.' }).facts(), NOW).freezesNow).toHaveLength(1);
  });
});

describe('the policy in time', () => {
  const STRICT: Policy = {
    ...DEFAULT_POLICY,
    version: 'policy-2',
    normal: { ...DEFAULT_POLICY.normal, cui: [['security-reviewer'], ['security-reviewer'], ['change-authority']] },
  };
  const decided = (): Scene => new Scene().decide('reviewer', 'approved').decide('authority', 'approved');

  test('who and how many is asked of the policy under which it was decided, and the panel is told', () => {
    const facts = { ...decided().facts(), policies: { 'default-1': DEFAULT_POLICY } };
    const verdict = judge(STRICT, facts, NOW);
    expect([verdict.open, verdict.policyVersion]).toEqual([true, 'default-1']);
    expect(codes(verdict.notices)).toEqual(['policy-differs']);
  });

  test('what has to be filled in is asked of it too, and of today while it is undecided', () => {
    const wordy: Policy = {
      ...DEFAULT_POLICY,
      version: 'policy-2',
      types: { ...DEFAULT_POLICY.types, Normal: { ...DEFAULT_POLICY.types.Normal, minimumWords: 200 } },
    };
    const facts = { ...decided().facts(), policies: { 'default-1': DEFAULT_POLICY } };
    expect([judge(wordy, facts, NOW).open, inadequateNow(wordy, facts, NOW)]).toEqual([true, []]);
    const half = { ...new Scene().decide('reviewer', 'approved').facts(), policies: { 'default-1': DEFAULT_POLICY } };
    expect(codes(judge(wordy, half, NOW).reasons)).toContain('fields-inadequate');
    expect(codes(mayDecide(wordy, half, person('authority'), NOW).reasons)).toContain('fields-inadequate');
    expect(checkTransition(wordy, half, 'approve', NOW).join(' ')).toContain('needs at least 200: say more');
    expect(mayRecord(wordy, half, person('authority'), { decision: 'approved', basis: 'Read it.' }, NOW)?.code).toBe(
      'fields-inadequate',
    );
  });

  test('a discovered change needs no window, and one that is over does not keep it from a decision', () => {
    for (const window of [
      { windowStart: null, windowEnd: null },
      { windowStart: '2026-02-01T09:00:00.000Z', windowEnd: '2026-02-01T10:00:00.000Z' },
    ]) {
      const scene = new Scene().with({ changeType: 'Discovered', ...window });
      expect(mayDecide(DEFAULT_POLICY, scene.facts(), person('reviewer'), NOW).reasons).toEqual([]);
      const decidedAfterwards = scene.decide('reviewer', 'approved').decide('authority', 'approved');
      expect(judge(DEFAULT_POLICY, decidedAfterwards.facts(), NOW).reasons).toEqual([]);
    }
    const normal = new Scene().with({ windowStart: null, windowEnd: null });
    expect(inadequateNow(DEFAULT_POLICY, normal.facts(), NOW).map(({ field }) => field)).toEqual([
      ...['windowStart', 'windowEnd'],
    ]);
  });

  test('an overdue review stops no pass where the policy says so', () => {
    const facts = { ...emergency().facts(), surroundings: { overdueReviews: ['CHG-3'], others: [] } };
    const lenient = { ...DEFAULT_POLICY, emergency: { ...DEFAULT_POLICY.emergency, overdueReviewsStop: false } };
    expect(codes(mayDecide(DEFAULT_POLICY, facts, person('emergency'), NOW).reasons)).toEqual(['reviews-overdue']);
    expect(mayDecide(lenient, facts, person('emergency'), NOW).reasons).toEqual([]);
  });

  test('a version that is not at hand counts for nothing', () => {
    expect(judge(STRICT, decided().facts(), NOW).open).toBe(false);
  });

  test('what was not decided before is decided by today', () => {
    const half = { ...new Scene().decide('reviewer', 'approved').facts(), policies: { 'default-1': DEFAULT_POLICY } };
    expect(judge(STRICT, half, NOW).needs.missing).toBe(2);
  });
});

test('open changes on the same system at the same time are named, and nothing else is', () => {
  const other = {
    key: 'CHG-9',
    systems: GOOD_CONTENT.impactedSystems,
    windowStart: '2026-03-03T19:30:00.000Z',
    windowEnd: '2026-03-03T22:00:00.000Z',
  };
  const found = (also: Partial<typeof other>) =>
    codes(
      judge(
        DEFAULT_POLICY,
        { ...new Scene().facts(), surroundings: { overdueReviews: [], others: [{ ...other, ...also }] } },
        NOW,
      ).notices,
    );
  expect(found({})).toEqual(['window-conflict']);
  expect(found({ key: 'CHG-7' })).toEqual([]);
  expect(found({ systems: ['Build pipeline'] })).toEqual([]);
  expect(found({ systems: ['Unknown'] })).toEqual([]);
  expect(found({ systems: [] })).toEqual([]);
  expect(found({ windowStart: '2026-03-03T20:00:00.001Z' })).toEqual([]);
});
