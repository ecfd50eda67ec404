import fc from 'fast-check';
import { judge } from '../../../src/gate/judge';
import { delegations, whyNotDelegate, whyNotOnBehalf } from '../../../src/gate/delegations';
import { mayDecide } from '../../../src/gate/may-decide';
import { mayRecord, sameDecision, type DecisionRequest } from '../../../src/gate/may-record';
import { decisionState } from '../../../src/gate/decision-state';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { id, NOW, person, PEOPLE, Scene } from './scene';

const start = (): Scene => new Scene();
const handed = (until: string | null = null): Scene =>
  start().delegate('authority', 'outsider', 'change-authority', until);
const judged = (scene: Scene) => judge(DEFAULT_POLICY, scene.facts(), NOW);
const ask = (also: Partial<DecisionRequest> = {}): DecisionRequest => ({
  decision: 'approved',
  basis: 'Looked at the rule set.',
  ...also,
});

describe('a say that was handed over', () => {
  const forAuthority = (scene: Scene) => scene.decideFor('authority', 'outsider', 'change-authority', 'approved');
  const CASES: readonly (readonly [string, Scene, number])[] = [
    ['counts for the role that was handed over', forAuthority(handed()), 1],
    ['and one of another person makes two', forAuthority(handed()).decide('reviewer', 'approved'), 0],
    [
      'the delegator’s own approval replaces it and is still one',
      forAuthority(handed()).decide('authority', 'approved'),
      1,
    ],
    [
      'delegator and delegate never fill two places',
      start()
        .delegate('both', 'outsider', 'change-authority')
        .decide('both', 'approved')
        .decideFor('both', 'outsider', 'change-authority', 'approved'),
      1,
    ],
    [
      'a delegate who decides too never fills two places',
      start()
        .delegate('authority', 'reviewer', 'change-authority')
        .decide('reviewer', 'approved')
        .decideFor('authority', 'reviewer', 'change-authority', 'approved'),
      1,
    ],
    ['not when the delegator took part in the change later', forAuthority(handed()).assign('owner', 'authority'), 2],
    ['not when the delegate took part in the change later', forAuthority(handed()).assign('owner', 'outsider'), 2],
    ['not after an edit', forAuthority(handed()).edit('owner', { scope: 'Two rules.' }), 2],
    ['still when it is taken back afterwards', forAuthority(handed()).takeBack('authority', 0), 1],
  ];
  test.each(CASES)('%s', (_, scene, missing) => {
    expect(judged(scene).needs.missing).toBe(missing);
  });

  test('a delegate never speaks over what the delegator said in person', () => {
    const scene = forAuthority(handed()).decide('authority', 'disapproved');
    expect(judged(scene).reasons.map(({ code }) => code)).toContain('disapproved');
    const again = forAuthority(scene);
    expect(judged(again).reasons.map(({ code }) => code)).toContain('disapproved');
    expect(judged(again).decisions.at(1)?.valid).toBe(true);
  });

  test('Jira’s own rules take the delegator for somebody who signed, and offer the delegate nothing', () => {
    const { snapshot, entries } = forAuthority(handed()).facts();
    const state = decisionState(DEFAULT_POLICY, judge(DEFAULT_POLICY, { snapshot, entries }, NOW), snapshot, {
      'security-reviewer': [person('reviewer')],
      'change-authority': [person('authority')],
      'emergency-authority': [],
    });
    expect(state).toContain(`signed=,${[id('authority'), id('outsider')].sort().join(',')},`);
    expect(state).toContain(`change-authority=,${id('authority')},`);
  });

  test('two people needed are never one, whoever hands what to whom', () => {
    const names = fc.constantFrom(...Object.keys(PEOPLE));
    const roles = fc.constantFrom('security-reviewer', 'change-authority');
    const steps = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('own' as const), by: names, from: names, role: roles }),
        fc.record({ do: fc.constant('for' as const), by: names, from: names, role: roles }),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(steps, (story) => {
        const scene = start();
        for (const { do: what, by, from, role } of story)
          if (what === 'own') scene.decide(by, 'approved');
          else if (by !== from) scene.decideFor(from, by, role, 'approved');
        const verdict = judged(scene);
        if (!verdict.open) return;
        const counting = verdict.decisions.filter(({ countsFor }) => countsFor !== null);
        const people = counting.flatMap(({ accountId, onBehalfOf }) => [accountId, onBehalfOf?.accountId ?? accountId]);
        const pairs = counting.map((_, i) => new Set(people.slice(2 * i, 2 * i + 2)));
        expect(counting).toHaveLength(2);
        expect([...(pairs[0] ?? [])].filter((one) => pairs[1]?.has(one))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('deciding for another', () => {
  const behalf = (scene: Scene, delegator = 'authority') => {
    const [delegation] = delegations(scene.facts());
    if (delegation === undefined) throw new Error('none');
    return { delegation, delegator: person(delegator) };
  };
  const CASES: readonly (readonly [string, Scene, string, string | null])[] = [
    ['the delegate', handed(), 'outsider', null],
    ['until the last instant', handed(NOW.toISOString()), 'outsider', null],
    ['too late', handed('2026-03-03T18:59:59.999Z'), 'outsider', 'not-delegated'],
    ['somebody else', handed(), 'reviewer', 'not-delegated'],
    ['after it was taken back', handed().takeBack('authority', 0), 'outsider', 'not-delegated'],
    ['after the delegator decided in person', handed().decide('authority', 'deferred'), 'outsider', 'not-delegated'],
    ['when the delegate took part', handed().assign('owner', 'outsider'), 'outsider', 'own-change'],
    ['when the delegator took part', handed().assign('owner', 'authority'), 'outsider', 'not-delegated'],
  ];
  test.each(CASES)('%s', (_, scene, by, code) => {
    const request = ask({ delegation: 0 });
    const refused = mayRecord(DEFAULT_POLICY, scene.facts(), person(by), request, NOW, behalf(scene));
    expect(refused?.code ?? null).toBe(code);
  });
  test.each([
    ['has left the group', { ...person('authority'), groups: [] }],
    ['is not active', { ...person('authority'), active: false }],
    ['is unknown', undefined],
  ])('not when the delegator %s', (_, delegator) => {
    const scene = handed();
    const { delegation } = behalf(scene);
    expect(whyNotOnBehalf(DEFAULT_POLICY, scene.facts(), delegation, delegator, NOW)).toMatch(
      /nobody decides for them/,
    );
  });
  test('a delegation that nobody knows lets nobody decide', () => {
    expect(mayRecord(DEFAULT_POLICY, start().facts(), person('reviewer'), ask({ delegation: 7 }), NOW)?.code).toBe(
      'not-delegated',
    );
  });
  test('it is offered, and said that the transition is not', () => {
    const may = mayDecide(DEFAULT_POLICY, handed().facts(), person('outsider'), NOW);
    expect(may).toMatchObject({ allowed: true, roles: [], reasons: [{ code: 'delegated' }] });
    expect(may.reasons[0]?.sentence).toContain('Authority (change authority)');
    expect(
      mayDecide(DEFAULT_POLICY, handed().assign('owner', 'outsider').facts(), person('outsider'), NOW).allowed,
    ).toBe(false);
  });
});

describe('to whom a say can go', () => {
  const CASES: readonly (readonly [string, Scene, string, RegExp | null])[] = [
    ['a colleague', start(), 'outsider', null],
    ['somebody who decides too', start(), 'reviewer', null],
    ['oneself', start(), 'authority', /already/],
    ['an app', start(), 'bot', /a person/],
    ['the owner', start(), 'owner', /took part/],
    ['a second person', handed(), 'reviewer', /take that back first/],
  ];
  test.each(CASES)('%s', (_, scene, to, why) => {
    const said = whyNotDelegate(
      DEFAULT_POLICY,
      scene.facts(),
      person('authority'),
      person(to),
      'change-authority',
      NOW,
    );
    if (why === null) expect(said).toBeNull();
    else expect(said).toMatch(why);
  });
});

describe('an approval with a condition', () => {
  const conditions = 'Only with the backup of tonight.';
  const conditional = () => start().decide('reviewer', 'approved', { conditions }).decide('authority', 'approved');
  const CASES: readonly (readonly [string, Scene, readonly string[]])[] = [
    ['is one, and opens nothing', conditional(), ['condition-open']],
    [
      'beside others that are missing',
      start().decide('reviewer', 'approved', { conditions }),
      ['decision-needed', 'condition-open'],
    ],
    ['met, said by who set it', conditional().settleCondition('reviewer', 0, 'met', []), []],
    ['waived by who set it', conditional().settleCondition('reviewer', 0, 'waived', []), []],
    ['met, said by another decider', conditional().settleCondition('authority', 0, 'met', ['change-authority']), []],
    [
      'waived by another decider',
      conditional().settleCondition('authority', 0, 'waived', ['change-authority']),
      ['condition-open'],
    ],
    [
      'met, said by somebody without a role',
      conditional().settleCondition('outsider', 0, 'met', []),
      ['condition-open'],
    ],
    [
      'met, said by the owner',
      conditional().settleCondition('owner', 0, 'met', ['change-authority']),
      ['condition-open'],
    ],
    ['of another decision', conditional().settleCondition('reviewer', 1, 'met', []), ['condition-open']],
    [
      'of an objection',
      start()
        .decide('reviewer', 'approved')
        .decide('authority', 'approved')
        .decide('authority2', 'deferred', { conditions }),
      ['deferred'],
    ],
    ['of an approval that was replaced', conditional().decide('reviewer', 'approved'), []],
  ];
  test.each(CASES)('%s', (_, scene, codes) => {
    const verdict = judged(scene);
    expect(verdict.reasons.map(({ code }) => code)).toEqual(codes);
    expect(verdict.open).toBe(codes.length === 0);
  });
  test('executed before it was met is an exception', () => {
    const scene = conditional()
      .at('2026-03-03T18:30:00.000Z')
      .reported('owner', 'Executed')
      .settleCondition('reviewer', 0, 'met', []);
    expect(judged(scene).exceptions.map(({ code }) => code)).toContain('executed-not-open');
  });
});

describe('what goes with which decision', () => {
  const CASES: readonly (readonly [string, DecisionRequest, string | null])[] = [
    ['an approval on a condition', ask({ conditions: 'With a backup.' }), null],
    [
      'a deferral until then',
      ask({ decision: 'deferred', until: '2026-03-09T08:00:00.000Z', awaits: 'the fix' }),
      null,
    ],
    ['a deferral into the past', ask({ decision: 'deferred', until: '2026-03-01T08:00:00.000Z' }), 'until-past'],
    ['a deferral on a condition', ask({ decision: 'deferred', conditions: 'x' }), 'misplaced'],
    ['an approval until then', ask({ until: '2026-03-09T08:00:00.000Z' }), 'misplaced'],
  ];
  test.each(CASES)('%s', (_, request, code) => {
    expect(mayRecord(DEFAULT_POLICY, start().facts(), person('reviewer'), request, NOW)?.code ?? null).toBe(code);
  });
  test('another condition is another decision', () => {
    const facts = start().decide('reviewer', 'approved', { conditions: 'a' }).facts();
    const same = (conditions?: string) =>
      sameDecision(DEFAULT_POLICY, facts, person('reviewer'), ask({ conditions }), NOW)?.entry.seq;
    expect([same('a'), same('b'), same()]).toEqual([0, undefined, undefined]);
  });
  test('what a deferral waits for is said, and nothing opens when it comes', () => {
    const scene = start()
      .decide('authority', 'deferred', { until: '2026-03-02T12:00:00.000Z', awaits: 'the vendor’s fix' })
      .decide('reviewer', 'approved')
      .decide('authority2', 'approved');
    expect(judged(scene).reasons.map(({ sentence }) => sentence)).toEqual([
      'Authority deferred this change on 2026-03-02 09:01 UTC until 2026-03-02 12:00 UTC, awaiting the vendor’s fix. It stays closed until Authority decides otherwise or it is resubmitted.',
    ]);
  });
});
