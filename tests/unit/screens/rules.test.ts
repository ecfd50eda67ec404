import type { RuleSettingsView, RuleView } from '../../../src/contract/rules';
import {
  leadsTo,
  nameOf,
  ruleWords,
  savedConfiguration,
  savedSummary,
  settingsInWords,
  unchanged,
  useInWords,
} from '../../../static/src/wording/rules';

const RULES = ['change-validator', 'required-fields-validator', 'security-reviewer-condition', 'record-transition'];

it.each(RULES)('%s has words for the admin', (moduleKey) => {
  expect(ruleWords(moduleKey)?.does.length).toBeGreaterThan(0);
});

it.each(['', 'constructor', 'change-register'])('%j is no rule', (moduleKey) => {
  expect(ruleWords(moduleKey)).toBeNull();
});

describe('what is saved is given back to the letter while nothing is chosen', () => {
  const text = '{ "expression" : "true",  "summary": "Only now." }';
  it.each<[string, Record<string, unknown>, string, string | null]>([
    ['as text', { validatorConfig: text }, text, 'Only now.'],
    ['already parsed', { conditionConfig: { expression: 'false' } }, '{"expression":"false"}', null],
    ['of a post function', { postFunctionConfig: '{"a":1}' }, '{"a":1}', null],
    ['text that is no JSON', { validatorConfig: 'kept' }, 'kept', null],
    ['a summary that is no text', { validatorConfig: { summary: 7 } }, '{"summary":7}', null],
    ['a new rule', {}, '{}', null],
    ['a new rule, said as null', { validatorConfig: null }, '{}', null],
  ])('%s', (_, extension, same, summary) => {
    const saved = savedConfiguration(extension);
    expect([unchanged(saved), savedSummary(saved)]).toEqual([same, summary]);
  });
});

it.each<[unknown, string | null]>([
  [{ id: '11', from: '1', to: '2' }, '2'],
  [{ to: 2 }, '2'],
  [{ to: null }, null],
  [{}, null],
  [null, null],
  [undefined, null],
])('the status that %j leads to', (transitionContext, to) => {
  expect(leadsTo({ transitionContext })).toBe(to);
});

describe('a rule in words names what it holds by id', () => {
  const choice = (id: string, name: string) => ({ id, name, hint: null });
  const view = {
    steps: [choice('approve', 'Approve')],
    fields: [{ ...choice('customfield_1', 'Scope'), use: 'paragraph' as const, own: true }],
    roles: [choice('ccb', 'change authority')],
    people: [choice('reporter', 'Reporter')],
    barring: [choice('customfield_1', 'Scope')],
  } as unknown as RuleView;
  it.each<[RuleSettingsView, readonly (readonly [string, readonly string[]])[]]>([
    [{ rule: 'step', step: 'approve' }, [['Step', ['Approve']]]],
    [{ rule: 'step', step: null }, [['Step', ['not chosen']]]],
    [
      { rule: 'written', fields: ['customfield_1', 'customfield_2'], message: 'Write: ' },
      [
        ['Fields', ['Scope', 'not in Jira any more (customfield_2)']],
        ['Message', ['Write: ']],
      ],
    ],
    [{ rule: 'last-decider' }, []],
    [{ rule: 'still-open', message: 'Shut.' }, [['Message', ['Shut.']]]],
    [
      { rule: 'independent', roles: ['ccb'], barring: [] },
      [
        ['Roles', ['change authority']],
        ['Whoever edited one of these took part', ['none']],
      ],
    ],
    [{ rule: 'people', people: ['reporter'] }, [['Person fields', ['Reporter']]]],
  ])('%j', (settings, words) => {
    expect(settingsInWords(settings, view)).toEqual(words);
  });
  it('and says so of what is gone', () => {
    expect(nameOf('ccb', [])).toBe('not in Jira any more (ccb)');
  });
});

it.each([
  [{ of: 'characters', used: 1214, limit: 1000 } as const, '1,214 of 1,000 characters'],
  [{ of: 'operations', used: 9, limit: 10 } as const, '9 of 10 expensive operations'],
])('%j', (use, words) => {
  expect(useInWords(use, 'en-GB')).toBe(words);
});
