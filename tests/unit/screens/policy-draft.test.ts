import { newHold, onTopOf, policyFaults } from '../../../static/src/wording/policy-draft';
import { requiredOf } from '../../../static/src/wording/policy-fields';
import type { PolicyForm } from '../../../src/contract/policy';
import { HOLD, WHOLE } from '../policy/a-policy';

const DRAFT: PolicyForm = WHOLE;

describe('what keeps the policy form from being sent', () => {
  it.each<[string, Partial<PolicyForm>, string[]]>([
    ['nothing', {}, []],
    [
      'a new hold',
      { legalHolds: [newHold('a')] },
      [
        'Legal hold 1 needs a name.',
        'Legal hold 1 needs a reason.',
        'Legal hold 1 needs projects or changes to hold.',
        'Legal hold 1 needs a start.',
      ],
    ],
    [
      'keys that are none',
      { legalHolds: [{ ...HOLD, projects: ['chg'], changes: ['CHG'], until: '' }] },
      [
        'The legal hold "Case 17" needs an end, or holds until it is lifted.',
        'The legal hold "Case 17": "CHG" is no key of a change, such as CHG-7.',
        'The legal hold "Case 17": "chg" is no project key.',
      ],
    ],
    [
      'a reminder that is no number',
      { emergency: { ...WHOLE.emergency, reminderHours: [Number.NaN] } },
      ['A reminder comes a number of hours before the review is due, fewer than the review has.'],
    ],
  ])('%s', (_, edit, faults) => {
    expect(policyFaults({ ...DRAFT, ...edit })).toEqual(faults);
  });
});

it('a save by somebody else keeps the own parts of a draft, the new ones too', () => {
  const mine: PolicyForm = { ...DRAFT, types: { ...DRAFT.types, Emergency: DRAFT.types.Discovered } };
  const theirs: PolicyForm = {
    ...DRAFT,
    version: 'policy-2',
    legalHolds: [],
    statuses: { ...DRAFT.statuses, Closed: '7' },
  };
  expect(onTopOf(DRAFT, mine, theirs)).toEqual({ ...theirs, types: mine.types });
});

it('a field is asked for once, and a window has both ends', () => {
  const ends = ['windowStart', 'windowEnd'];
  expect(requiredOf(['scope', 'windowStart'], ends, true)).toEqual(['scope', ...ends]);
  expect(requiredOf(['scope', ...ends], ends, false)).toEqual(['scope']);
});
