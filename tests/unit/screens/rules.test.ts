import { ruleWords, savedRule } from '../../../static/src/wording/rules';

const RULES = ['change-validator', 'required-fields-validator', 'security-reviewer-condition', 'record-transition'];

it.each(RULES)('%s has words for the admin', (moduleKey) => {
  expect(ruleWords(moduleKey)?.does.length).toBeGreaterThan(0);
});

it.each(['', 'constructor', 'change-register'])('%j is no rule', (moduleKey) => {
  expect(ruleWords(moduleKey)).toBeNull();
});

describe('savedRule gives back the configuration unchanged', () => {
  const text = '{ "expression" : "true",  "fields": ["Scope", "Backout plan"] }';
  it.each<[string, Record<string, unknown>, string, string | null]>([
    ['as text', { validatorConfig: text }, text, 'true'],
    ['already parsed', { conditionConfig: { expression: 'false' } }, '{"expression":"false"}', 'false'],
    ['of a post function', { postFunctionConfig: '{"a":1}' }, '{"a":1}', null],
    ['text that is no JSON', { validatorConfig: 'kept' }, 'kept', null],
    ['a new rule', {}, '{}', null],
    ['a new rule, said as null', { validatorConfig: null }, '{}', null],
  ])('%s', (_, extension, same, expression) => {
    expect(savedRule(extension)).toMatchObject({ text: same, expression });
  });

  it('and lists its values in words', () => {
    expect(savedRule({ validatorConfig: text }).values).toContainEqual(['fields', 'Scope, Backout plan']);
  });
});
