import fc from 'fast-check';
import { NO_CUI_SYSTEM, UNKNOWN_CUI_SYSTEM } from '../../../src/change/fields';
import { matchApprovers, shortfall, type Approver } from '../../../src/policy/matching';
import { DEFAULT_POLICY, type RoleKey } from '../../../src/policy/policy';
import { rolesOf } from '../../../src/policy/organisation';
import { governs, requirementFor, requirementPhrase } from '../../../src/policy/requirement';

const NOW = new Date('2026-03-03T19:00:00.000Z');
const ROLES = ['security-reviewer', 'change-authority', 'emergency-authority'] as const;
const roles = fc.uniqueArray(fc.constantFrom(...ROLES), { maxLength: 3 });
const requirements = fc.array(fc.uniqueArray(fc.constantFrom<RoleKey>(...ROLES), { minLength: 1, maxLength: 3 }), {
  maxLength: 4,
});
const approvers = fc.uniqueArray(fc.record({ person: fc.constantFrom('a', 'b', 'c', 'd', 'e'), roles }), {
  selector: ({ person }) => person,
  maxLength: 5,
});

/** The best there is, by trying every assignment. */
function bestByTrying(places: readonly (readonly string[])[], people: readonly Approver[]): number {
  const [place, ...rest] = places;
  if (place === undefined) return 0;
  const without = bestByTrying(rest, people);
  const taking = people
    .filter((one) => one.roles.some((role) => place.includes(role)))
    .map(
      (one) =>
        1 +
        bestByTrying(
          rest,
          people.filter((other) => other !== one),
        ),
    );
  return Math.max(without, ...taking);
}

describe('who fills which place', () => {
  test('is the best there is', () => {
    fc.assert(
      fc.property(requirements, approvers, (requirement, people) => {
        expect(requirement.length - matchApprovers(DEFAULT_POLICY, requirement, people).missing).toBe(
          bestByTrying(requirement, people),
        );
      }),
    );
  });

  test('one person counts once, and only for a role held', () => {
    fc.assert(
      fc.property(requirements, approvers, (requirement, people) => {
        const { countsFor, missing } = matchApprovers(DEFAULT_POLICY, requirement, [...people, ...people]);
        expect(countsFor.size).toBe(requirement.length - missing);
        for (const [person, role] of countsFor) {
          expect(people.find((one) => one.person === person)?.roles).toContain(role);
        }
      }),
    );
  });

  test('an earlier approver keeps counting when another comes', () => {
    fc.assert(
      fc.property(requirements, approvers, (requirement, people) => {
        const before = [...matchApprovers(DEFAULT_POLICY, requirement, people.slice(0, -1)).countsFor.keys()];
        const after = matchApprovers(DEFAULT_POLICY, requirement, people).countsFor;
        expect(before.filter((person) => !after.has(person))).toEqual([]);
      }),
    );
  });

  test('the roles said to help are those that do', () => {
    fc.assert(
      fc.property(requirements, approvers, (requirement, people) => {
        const { roles: helpful, missing } = shortfall(DEFAULT_POLICY, requirement, people);
        for (const { key } of DEFAULT_POLICY.roles) {
          const then = bestByTrying(requirement, [...people, { person: 'new', roles: [key] }]);
          expect(helpful.includes(key)).toBe(requirement.length - then < missing);
        }
      }),
    );
  });
});

describe('the default policy', () => {
  const { cui, noCui } = DEFAULT_POLICY.normal;
  const REQUIREMENTS: readonly (readonly [string, readonly string[], boolean])[] = [
    ['a CUI system', ['CUI enclave firewall'], true],
    ['unknown', [UNKNOWN_CUI_SYSTEM], true],
    ['none', [NO_CUI_SYSTEM], false],
    ['nothing said', [], true],
    ['none and another', [NO_CUI_SYSTEM, 'Identity provider'], true],
    ['another and none', ['A', NO_CUI_SYSTEM], true],
  ];
  test.each(REQUIREMENTS)('%s', (_, impactedSystems, touchesCui) => {
    const found = requirementFor(DEFAULT_POLICY, { impactedSystems, changeType: 'Normal' });
    expect(found).toEqual({
      requirement: touchesCui ? cui : noCui,
      cui: touchesCui,
      judgedAs: 'Normal',
      notice: null,
      roles: ['security-reviewer', 'change-authority'],
    });
  });

  const PHRASES: readonly (readonly [string, typeof cui, readonly Approver[], string])[] = [
    ['nobody yet', cui, [], 'one security reviewer and one change authority'],
    ['a reviewer', cui, [{ person: 'a', roles: ['security-reviewer'] }], 'one change authority'],
    ['an authority', cui, [{ person: 'a', roles: ['change-authority'] }], 'one security reviewer'],
    [
      'one of both',
      cui,
      [{ person: 'a', roles: ['security-reviewer', 'change-authority'] }],
      'one security reviewer or one change authority',
    ],
    ['no CUI', noCui, [], 'one security reviewer or one change authority'],
    ['no CUI, done', noCui, [{ person: 'a', roles: ['change-authority'] }], ''],
  ];
  test.each(PHRASES)('needs, for %s', (_, requirement, people, phrase) => {
    expect(shortfall(DEFAULT_POLICY, requirement, people).phrase).toBe(phrase);
  });

  test('names, groups and projects', () => {
    expect(requirementPhrase(DEFAULT_POLICY, cui)).toBe('one security reviewer and one change authority');
    expect(rolesOf(DEFAULT_POLICY, ['change-authority', 'msp-acme'], NOW)).toEqual(['change-authority']);
    expect(rolesOf(DEFAULT_POLICY, ['emergency-authority'], NOW)).toEqual(['emergency-authority']);
    expect(rolesOf(DEFAULT_POLICY, ['emergency-authority'], NOW, ['change-authority'])).toEqual([]);
    expect(governs(DEFAULT_POLICY, { project: 'CHG', issueType: 'Change request' })).toBe(true);
    expect(governs(DEFAULT_POLICY, { project: 'OPS', issueType: 'Change request' })).toBe(false);
    expect(governs(DEFAULT_POLICY, { project: 'CHG', issueType: 'Task' })).toBe(false);
  });
});
