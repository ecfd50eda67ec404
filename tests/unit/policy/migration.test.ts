import { CHANGE_TYPES } from '../../../src/change/fields';
import { BY_NAME, DEFAULT_POLICY, STRICT_RULE } from '../../../src/policy/policy';
import { migratedPolicy } from '../../../src/policy/schema';
import { policyProblems } from '../../../src/policy/sense';
import { WHOLE } from './a-policy';
import { firstPolicy, olderPolicy } from './older-policies';

/** What was looked for in every change before a policy could say. */
const USUAL = ['commit', 'review', 'run', 'deployment'];

const without = Object.fromEntries(Object.entries(WHOLE.fields).filter(([key]) => key !== 'scope'));

describe('a policy as an earlier app stored it', () => {
  it.each([
    ['before ids, rules for each type and holds', olderPolicy(WHOLE), { ...WHOLE, legalHolds: [] }],
    ['the first', firstPolicy(WHOLE), DEFAULT_POLICY],
  ])('%s: reads, and makes sense', (_, stored, whole) => {
    const policy = migratedPolicy(stored);
    expect(policy).toEqual({
      ...whole,
      types: Object.fromEntries(CHANGE_TYPES.map((type) => [type, STRICT_RULE])),
      expectedEvidence: Object.fromEntries(CHANGE_TYPES.map((type) => [type, USUAL])),
      askBeforeDeploying: false,
      emergency: { ...whole.emergency, reminderHours: [] },
    });
    expect(policy === undefined ? ['none'] : policyProblems(policy)).toEqual([]);
  });

  it('asks of every type what every type was asked then, also where a new site asks for less', () => {
    expect(migratedPolicy(olderPolicy(DEFAULT_POLICY))?.types.Discovered.required).toContain('windowEnd');
    expect(DEFAULT_POLICY.types.Discovered.required).not.toContain('windowEnd');
  });

  it('finds everything by name, as it did', () => {
    expect(migratedPolicy(olderPolicy(WHOLE))).toMatchObject(BY_NAME);
  });

  it.each([
    ['a field that did not exist yet', { fields: without }],
    ['a status less', { statuses: { Proposed: '1' } }],
    ['a change type less', { changeTypes: { Normal: '10010' } }],
    ['rules of one type', { types: { Normal: STRICT_RULE } }],
    ['evidence of one type', { expectedEvidence: { Emergency: ['attestation'] } }],
    ['hours without reminders', { emergency: { requirement: [['change-authority']], passHours: 1, reviewHours: 2 } }],
  ])('with %s it reads as well', (_, members) => {
    expect(migratedPolicy({ ...WHOLE, ...members })).toMatchObject(members);
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'policy-1'],
    ['a list', [WHOLE]],
    ['a field that is none', { ...WHOLE, fields: { ...WHOLE.fields, colour: '1' } }],
    ['fields that are no record', { ...WHOLE, fields: ['customfield_1'] }],
    ['a role that is none', { ...WHOLE, roles: ['security-reviewer'] }],
    ['a rule of a type that is none', { ...WHOLE, types: { ...WHOLE.types, Routine: STRICT_RULE } }],
    ['evidence that is none', { ...WHOLE, expectedEvidence: { ...WHOLE.expectedEvidence, Normal: ['rumour'] } }],
    ['an id that is none', { ...WHOLE, statuses: { ...WHOLE.statuses, Closed: '' } }],
    ['a hold without a start', { ...WHOLE, legalHolds: [{ ...WHOLE.legalHolds[0], from: '' }] }],
  ])('%s is no policy', (_, stored) => {
    expect(migratedPolicy(stored)).toBeUndefined();
  });
});
