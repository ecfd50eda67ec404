import fc from 'fast-check';
import { matchApprovers, shortfall, type Approver } from '../../../src/policy/matching';
import { OWN_ORGANISATION, organisationOf, rolesOf } from '../../../src/policy/organisation';
import { DEFAULT_POLICY, type Policy, type RoleKey } from '../../../src/policy/policy';
import { PROVIDER } from './a-policy';

const ROLES = ['security-reviewer', 'change-authority', 'emergency-authority'] as const;
const TWO: Policy = { ...DEFAULT_POLICY, outsideProvider: { ...PROVIDER, required: true } };
const OPTIONAL: Policy = { ...DEFAULT_POLICY, outsideProvider: PROVIDER };

const requirements = fc.array(fc.uniqueArray(fc.constantFrom<RoleKey>(...ROLES), { minLength: 1, maxLength: 3 }), {
  maxLength: 4,
});
const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const approvers = fc.array(
  fc.record({
    person: names,
    roles: fc.uniqueArray(fc.constantFrom(...ROLES), { maxLength: 3 }),
    organisation: fc.constantFrom(undefined, OWN_ORGANISATION, PROVIDER.organisation),
    onBehalfOf: fc.option(names, { nil: undefined, freq: 2 }),
  }),
  { maxLength: 5 },
);
const policies = fc.constantFrom(DEFAULT_POLICY, OPTIONAL, TWO);

/** What nobody may get round, said without the algorithm: which approvals may count together. */
function mayCountTogether({ outsideProvider }: Policy, places: number, together: readonly Approver[]): boolean {
  const people = together.flatMap(({ person, onBehalfOf = person }) => [...new Set([person, onBehalfOf])]);
  if (new Set(people).size < people.length) return false;
  if (outsideProvider?.required !== true || places < 2) return true;
  const known = new Set(together.map(({ organisation }) => organisation).filter((name) => name !== undefined));
  // Somebody of each organisation that is lacking has to find a place that is still free.
  return places - together.length >= 2 - known.size;
}

/** The most places that can be taken, by trying every assignment. */
function bestByTrying(
  policy: Policy,
  requirement: readonly (readonly string[])[],
  people: readonly Approver[],
): number {
  let best = 0;
  const tryFrom = (place: number, used: readonly Approver[]): void => {
    if (mayCountTogether(policy, requirement.length, used)) best = Math.max(best, used.length);
    const slot = requirement[place];
    if (slot === undefined) return;
    tryFrom(place + 1, used);
    for (const one of people)
      if (!used.includes(one) && one.roles.some((role) => slot.includes(role))) tryFrom(place + 1, [...used, one]);
  };
  tryFrom(0, []);
  return best;
}

describe('two organisations and handed-over says', () => {
  test('as many places are taken as can be', () => {
    fc.assert(
      fc.property(policies, requirements, approvers, (policy, requirement, people) => {
        const { missing, countsFor } = matchApprovers(policy, requirement, people);
        expect(requirement.length - missing).toBe(bestByTrying(policy, requirement, people));
        expect(countsFor.size).toBe(requirement.length - missing);
      }),
      { numRuns: 1000 },
    );
  });

  test('two people needed are never one, in whatever way they sign', () => {
    fc.assert(
      fc.property(policies, approvers, (policy, people) => {
        const { missing, countsFor } = matchApprovers(policy, policy.normal.cui, people);
        if (missing > 0) return;
        const counting = people.filter(({ person }) => countsFor.has(person));
        const pairs = counting.flatMap((one, i) => counting.slice(i + 1).map((other) => [one, other] as const));
        const apart = pairs.some(
          ([one, other]) =>
            ![one.person, one.onBehalfOf].some(
              (name) => name !== undefined && [other.person, other.onBehalfOf].includes(name),
            ),
        );
        expect(apart).toBe(true);
        if (policy.outsideProvider?.required === true)
          expect(new Set(counting.flatMap(({ organisation }) => organisation ?? [])).size).toBe(2);
      }),
      { numRuns: 500 },
    );
  });

  test('one more approval never leaves more missing', () => {
    fc.assert(
      fc.property(policies, requirements, approvers, (policy, requirement, people) => {
        const before = matchApprovers(policy, requirement, people.slice(0, -1)).missing;
        expect(matchApprovers(policy, requirement, people).missing).toBeLessThanOrEqual(before);
      }),
    );
  });

  test('the roles and the organisation said to help are those that do', () => {
    fc.assert(
      fc.property(policies, requirements, approvers, (policy, requirement, people) => {
        const { roles, organisation, missing } = shortfall(policy, requirement, people);
        const helps = (role: RoleKey, of: string): boolean =>
          bestByTrying(policy, requirement, [...people, { person: 'new', roles: [role], organisation: of }]) >
          requirement.length - missing;
        const of = [OWN_ORGANISATION, PROVIDER.organisation];
        for (const { key } of policy.roles) expect(roles.includes(key)).toBe(of.some((name) => helps(key, name)));
        if (organisation === undefined) return;
        expect(of.filter((name) => roles.some((role) => helps(role, name)))).toEqual([organisation]);
      }),
    );
  });
});

describe('what is still needed, in words', () => {
  const { cui, noCui } = DEFAULT_POLICY.normal;
  const own = (person: string, ...roles: string[]): Approver => ({ person, roles, organisation: OWN_ORGANISATION });
  const outside = (person: string): Approver => ({ person, roles: [...ROLES], organisation: PROVIDER.organisation });
  const CASES: readonly (readonly [string, Policy, typeof cui, readonly Approver[], number, string])[] = [
    ['nobody yet', TWO, cui, [], 2, 'one security reviewer and one change authority, of two different organisations'],
    ['an own reviewer', TWO, cui, [own('a', 'security-reviewer')], 1, 'one change authority of Acme MSP'],
    ['an engineer', TWO, cui, [outside('m')], 1, 'one security reviewer or one change authority, not of Acme MSP'],
    [
      'two of the own organisation',
      TWO,
      cui,
      [own('a', 'security-reviewer'), own('b', 'change-authority')],
      1,
      'one security reviewer or one change authority of Acme MSP',
    ],
    [
      'two engineers',
      TWO,
      cui,
      [outside('m'), outside('n')],
      1,
      'one security reviewer or one change authority, not of Acme MSP',
    ],
    ['one of each', TWO, cui, [own('a', 'change-authority'), outside('m')], 0, ''],
    [
      'a third of the other organisation',
      TWO,
      cui,
      [own('a', 'security-reviewer'), own('b', 'change-authority'), outside('m')],
      0,
      '',
    ],
    [
      'organisations that are not known',
      TWO,
      cui,
      [{ person: 'a', roles: ['security-reviewer'] }],
      2,
      'one security reviewer and one change authority, of two different organisations',
    ],
    ['one decider is of one organisation', TWO, noCui, [outside('m')], 0, ''],
    ['two may be of one where that is allowed', OPTIONAL, cui, [outside('m'), outside('n')], 0, ''],
    [
      'a delegate and the delegator are one',
      DEFAULT_POLICY,
      cui,
      [own('a', 'security-reviewer'), { person: 'd', onBehalfOf: 'a', roles: ['change-authority'] }],
      1,
      'one security reviewer or one change authority',
    ],
    [
      'a delegate of two is one',
      DEFAULT_POLICY,
      cui,
      [
        { person: 'd', onBehalfOf: 'a', roles: ['change-authority'] },
        { person: 'd', onBehalfOf: 'b', roles: ['security-reviewer'] },
      ],
      1,
      'one security reviewer or one change authority',
    ],
    [
      'a delegate and somebody else are two',
      DEFAULT_POLICY,
      cui,
      [own('b', 'security-reviewer'), { person: 'd', onBehalfOf: 'a', roles: ['change-authority'] }],
      0,
      '',
    ],
  ];
  test.each(CASES)('%s', (_, policy, requirement, people, missing, phrase) => {
    expect(shortfall(policy, requirement, people)).toMatchObject({ missing, phrase });
  });
});

describe('the outside provider stands in for every role while its time lasts', () => {
  const all = [...ROLES];
  const CASES: readonly (readonly [string, Policy, readonly string[], string, readonly string[]])[] = [
    ['an engineer', OPTIONAL, ['msp-acme'], '2026-03-02T00:00:00.000Z', all],
    ['an engineer in a deciding group', OPTIONAL, ['msp-acme', 'security-reviewers'], '2026-03-02T00:00:00.000Z', all],
    ['at the last instant', OPTIONAL, ['msp-acme'], '2026-12-31T23:59:59.000Z', all],
    ['afterwards', OPTIONAL, ['msp-acme'], '2026-12-31T23:59:59.001Z', []],
    ['afterwards, in a deciding group', OPTIONAL, ['msp-acme', 'security-reviewers'], '2027-01-01T00:00:00.000Z', []],
    ['an own reviewer', OPTIONAL, ['security-reviewers'], '2027-01-01T00:00:00.000Z', ['security-reviewer']],
    ['without a provider', DEFAULT_POLICY, ['msp-acme'], '2026-03-02T00:00:00.000Z', []],
  ];
  test.each(CASES)('%s', (_, policy, groups, at, roles) => {
    expect(rolesOf(policy, groups, new Date(at))).toEqual(roles);
  });
  test('whom they decide for', () => {
    expect(organisationOf(OPTIONAL, ['msp-acme', 'security-reviewers'])).toBe('Acme MSP');
    expect(organisationOf(OPTIONAL, ['security-reviewers'])).toBe(OWN_ORGANISATION);
    expect(organisationOf(DEFAULT_POLICY, ['msp-acme'])).toBeUndefined();
  });
});
