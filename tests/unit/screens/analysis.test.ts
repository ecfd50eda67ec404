import { reading } from '../../../static/src/rules/analysis';

const answer = (result: unknown) => ({ results: [result] });
const fits = { valid: true, complexity: { expensiveOperations: '10', variables: {} } };

it.each<[string, unknown, unknown]>([
  ['an expression within the limits', answer(fits), { says: 'fits', operations: '10' }],
  [
    'a formula',
    answer({ ...fits, complexity: { expensiveOperations: '9 + N' } }),
    { says: 'fits', operations: '9 + N' },
  ],
  ['no complexity', answer({ valid: true }), { says: 'fits', operations: null }],
  [
    'one operation too many',
    answer({ ...fits, complexity: { expensiveOperations: '11' } }),
    { says: 'refuses', messages: ['Jira counts 11 expensive operations, and runs 10.'] },
  ],
  [
    'too long',
    answer({ valid: false, errors: [{ type: 'other', message: 'Jira expression is too long (1040)' }] }),
    { says: 'refuses', messages: ['Jira expression is too long (1040)'] },
  ],
  [
    'a doubt about types',
    answer({ valid: false, errors: [{ type: 'type', message: 'No config' }] }),
    { says: 'fits', operations: null },
  ],
  ['an answer about nothing', { results: [] }, { says: 'nothing' }],
  ['an answer of another shape', [1], { says: 'nothing' }],
  ['no answer', null, { says: 'nothing' }],
])('Jira answers %s', (_, given, said) => {
  expect(reading(given)).toEqual(said);
});
