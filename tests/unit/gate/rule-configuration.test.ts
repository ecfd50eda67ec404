/** Configuration screens' pure half: settings → configuration → settings again, limits, summary; each mutation named. */
import { FIELDS, type FieldIds } from '../../../src/change/fields';
import { EXPRESSION_LIMITS, expressionUse } from '../../../src/gate/expression-cost';
import { configurationOf, judgesAlike, savedAlike, settingsFrom } from '../../../src/gate/rule-configuration';
import { MESSAGE_CHARACTERS, ruleProblems, type RuleProblemCode } from '../../../src/gate/rule-problems';
import { RULES_OF, siteFromFields, siteOf, type RuleModule, type RuleSettings } from '../../../src/gate/rule-settings';
import { defaultSettings, TRANSITIONS, workflowRules } from '../../../src/gate/workflow-rules';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { analyse, evaluate, judgeCondition, judgeValidator } from '../../host/expressions';
import { contextOf, user, type World } from './jira-world';
import { NOW } from './scene';

const ids = Object.fromEntries(
  FIELDS.map(({ key }, i) => [key, key === 'summary' || key === 'description' ? key : `customfield_${10_100 + i}`]),
) as FieldIds;
const appIds = { participants: 'customfield_10200', decisionState: 'customfield_10201' };
const own = siteOf(ids, appIds, DEFAULT_POLICY);
const extra = (count: number, name: (i: number) => string, use: 'paragraph' | 'choice' = 'paragraph') =>
  Array.from({ length: count }, (_, i) => ({ id: `customfield_${20_000 + i}`, name: name(i), use, own: false }));
const SITE = { ...own, fields: [...own.fields, ...extra(12, (i) => `Extra ${i}`)] };
const extras = (count: number): string[] => extra(count, String).map(({ id }) => id);

const WRITTEN: RuleSettings = { rule: 'written', fields: [ids.scope, ids.testPlan], message: 'Write first: ' };
const CHOSEN: RuleSettings = { rule: 'chosen', fields: [ids.changeType], message: 'Choose first: ' };
const INDEPENDENT: RuleSettings = { rule: 'independent', roles: ['security-reviewer'], barring: [ids.scope] };
const EVERY: readonly (readonly [RuleModule, RuleSettings])[] = [
  ...(['approve', 'close'] as const).map((step) => ['change-validator', { rule: 'step', step }] as const),
  ['required-fields-validator', WRITTEN],
  ['required-fields-validator', { ...WRITTEN, fields: ['description', ...extras(3)] }],
  ['required-fields-validator', CHOSEN],
  ['required-fields-validator', { ...CHOSEN, fields: [ids.impactedSystems] }],
  ['required-fields-validator', { ...CHOSEN, fields: [ids.windowStart] }],
  ['required-fields-validator', { ...CHOSEN, fields: [ids.windowStart, ids.windowEnd] }],
  [
    'required-fields-validator',
    { ...CHOSEN, fields: [ids.owner, ids.impactedSystems, ids.windowStart, ids.windowEnd] },
  ],
  ['required-fields-validator', { rule: 'last-decider' }],
  ['required-fields-validator', { rule: 'still-open', message: 'It is shut. ' }],
  ['security-reviewer-condition', INDEPENDENT],
  ['security-reviewer-condition', { rule: 'people', people: ['assignee', ids.implementer] }],
];
/** Jira knows the fields; nothing is in them. */
const EMPTY = Object.fromEntries(SITE.fields.map(({ id }) => [id, null]));
const textOf = (settings: RuleSettings, site = SITE): string => String(configurationOf(settings, site)['expression']);
const codes = (settings: RuleSettings, site = SITE): RuleProblemCode[] =>
  ruleProblems(settings, site).map(({ code }) => code);

describe('settings are read back from the configuration they make', () => {
  test.each(EVERY)('%s %j', (module, settings) => {
    const saved: unknown = JSON.parse(JSON.stringify(configurationOf(settings, SITE, 'Approve')));
    expect(settingsFrom(module, saved as Record<string, unknown>, SITE)).toEqual(settings);
    expect(ruleProblems(settings, SITE)).toEqual([]);
  });

  test.each(workflowRules(ids, appIds, DEFAULT_POLICY).filter(({ moduleKey }) => moduleKey !== 'record-transition'))(
    'what a new workflow gets, $transition $moduleKey, is one of its defaults',
    ({ transition, moduleKey, config }) => {
      const found = settingsFrom(moduleKey as RuleModule, config, SITE);
      expect(defaultSettings(moduleKey as RuleModule, transition, SITE)).toContainEqual(found);
    },
  );

  const config = configurationOf(WRITTEN, SITE);
  test.each<[string, RuleModule, Record<string, unknown>]>([
    ['nothing', 'required-fields-validator', {}],
    ['an expression by hand', 'required-fields-validator', { expression: 'true' }],
    ['a test loosened', 'required-fields-validator', { ...config, expression: `${textOf(WRITTEN)} || true` }],
    [
      'a comparison turned',
      'required-fields-validator',
      { ...config, expression: textOf(WRITTEN).replace('== 0', '>= 0') },
    ],
    ['of another module', 'security-reviewer-condition', config],
    ['no step', 'change-validator', { step: 'sometime' }],
    ['a step beside an expression', 'change-validator', { step: 'approve', expression: 'true' }],
    ['a condition that says yes', 'security-reviewer-condition', { expression: 'true', roles: [], fields: [] }],
  ])('%s is nothing that this screen wrote', (_, module, saved) => {
    expect(settingsFrom(module, saved, SITE)).toBeUndefined();
  });

  test('renaming fields and roles loses nothing, and shows', () => {
    const renamed = {
      ...SITE,
      fields: SITE.fields.map((field) => ({ ...field, name: `${field.name}, it’s 'new' \\` })),
      policy: { ...DEFAULT_POLICY, roles: DEFAULT_POLICY.roles.map((role) => ({ ...role, name: 'decider' })) },
    };
    for (const [module, settings] of EVERY) {
      const saved = configurationOf(settings, SITE);
      expect(settingsFrom(module, saved, renamed)).toEqual(settings);
      expect(settingsFrom(module, configurationOf(settings, renamed), renamed)).toEqual(settings);
    }
    expect(configurationOf(WRITTEN, renamed)['summary']).toContain(`Scope, it’s 'new' \\`);
  });

  test.each<[string, Record<string, unknown>, boolean]>([
    ['the same', {}, true],
    ['another summary', { summary: 'Nothing to see.' }, true],
    ['another message', { message: 'Other: ' }, false],
    ['a placeholder pattern that matches nothing', { placeholder: '^never$' }, false],
    ['another field', { expression: textOf(WRITTEN).replace(ids.scope, 'customfield_1') }, false],
  ])('%s judges alike: %j %s', (_, change, alike) => {
    expect(judgesAlike({ ...config, ...change }, config)).toBe(alike);
  });
});

describe('what an expression costs is what Jira’s own counting says', () => {
  const WORLD: World = {
    who: user('auth', ['security-reviewers']),
    creator: 'req',
    reporter: 'req',
    assignee: null,
    summary: 'Block outbound SMB',
    changelogs: [],
    fields: {
      ...EMPTY,
      [appIds.participants]: ',req,',
      [appIds.decisionState]:
        'a | missing=1 | open=no | need=security-reviewer | signed=, | objected=, | security-reviewer=,auth,',
    },
  };
  const shown = EVERY.filter(([, settings]) => settings.rule !== 'step');
  test.each(shown)('%s %j', (_, settings) => {
    const use = expressionUse(textOf(settings));
    const limits = {
      leaves: 1e6,
      characters: 1e6,
      steps: 1e6,
      expensiveOperations: 1e6,
      beans: 1e6,
      primitiveValues: 1e6,
      freeItems: 1e6,
    };
    const tight = (more: object) => analyse(textOf(settings), 'syntax', {}, { ...limits, ...more }).valid;
    expect([tight({ leaves: use.leaves }), tight({ leaves: use.leaves - 1 })]).toEqual([true, false]);
    expect([tight({ characters: use.characters }), tight({ characters: use.characters - 1 })]).toEqual([true, false]);
    const { complexity } = evaluate(textOf(settings), contextOf(WORLD, configurationOf(settings, SITE)), { now: NOW });
    expect(use.operations).toBeGreaterThanOrEqual(complexity.expensiveOperations);
  });

  test('the condition reads everything it counts', () => {
    const { complexity } = evaluate(textOf(INDEPENDENT), contextOf(WORLD, configurationOf(INDEPENDENT, SITE)), {
      now: NOW,
    });
    expect(expressionUse(textOf(INDEPENDENT)).operations).toBe(complexity.expensiveOperations);
    expect(complexity.expensiveOperations).toBe(9);
  });
});

describe('nothing is saved that Jira would not run or that says nothing', () => {
  const chosenExtras = { ...SITE, fields: [...own.fields, ...extra(12, (i) => `E${i}`, 'choice')] };
  const long = {
    ...SITE,
    fields: [...own.fields, ...extra(12, (i) => `${'A rather long name of a field '.repeat(4)}${i}`)],
  };
  test.each<[string, RuleSettings, typeof SITE, readonly RuleProblemCode[]]>([
    ['ten custom fields', { ...CHOSEN, fields: extras(10) }, chosenExtras, []],
    ['eleven custom fields', { ...CHOSEN, fields: extras(11) }, chosenExtras, ['over-limit']],
    ['four fields with long names', { ...WRITTEN, fields: extras(4) }, long, ['over-limit']],
    ['three fields with long names', { ...WRITTEN, fields: extras(3) }, long, []],
    ['no step', { rule: 'step', step: null }, SITE, ['no-step']],
    ['no field', { ...WRITTEN, fields: [] }, SITE, ['no-field']],
    ['no choice', { ...CHOSEN, fields: [] }, SITE, ['no-field']],
    ['no role', { ...INDEPENDENT, roles: [] }, SITE, ['no-role']],
    ['a role that is gone beside one', { ...INDEPENDENT, roles: ['security-reviewer', 'ccb'] }, SITE, ['role-gone']],
    ['only a role that is gone', { ...INDEPENDENT, roles: ['ccb'] }, SITE, ['no-role', 'role-gone']],
    ['no barring field', { ...INDEPENDENT, barring: [] }, SITE, []],
    ['a barring field that is gone', { ...INDEPENDENT, barring: ['customfield_9'] }, SITE, ['field-gone']],
    ['no person', { rule: 'people', people: [] }, SITE, ['no-person']],
    ['a person field that is gone', { rule: 'people', people: ['customfield_9'] }, SITE, ['field-gone']],
    ['a field that is gone', { ...WRITTEN, fields: [ids.scope, 'customfield_9'] }, SITE, ['field-gone']],
    ['a field that is code', { ...WRITTEN, fields: ['x} , true]'] }, SITE, ['field-gone']],
    ['no message', { ...WRITTEN, message: ' ' }, SITE, ['no-message']],
    ['the longest message', { ...WRITTEN, message: 'm'.repeat(MESSAGE_CHARACTERS) }, SITE, []],
    ['a longer message', { ...WRITTEN, message: 'm'.repeat(MESSAGE_CHARACTERS + 1) }, SITE, ['long-message']],
    ['32 KB', { rule: 'still-open', message: 'm'.repeat(33_000) }, SITE, ['long-message', 'too-large']],
  ])('%s', (_, settings, site, expected) => {
    expect(codes(settings, site)).toEqual(expected);
  });

  test.each<[string, number, string]>([
    [
      'one too many',
      11,
      '11 expensive operations of 10. Take out one field, such as E10, and check it with a second rule',
    ],
    ['two too many', 12, 'Take out 2 fields, such as E10 and E11, and check them with a second rule'],
  ])('%s: the sentence says what to take out, and that is enough', (_, count, sentence) => {
    const [problem] = ruleProblems({ ...CHOSEN, fields: extras(count) }, chosenExtras);
    expect(problem?.sentence).toContain(sentence);
  });

  test('the figures are Jira’s', () => {
    expect(EXPRESSION_LIMITS).toEqual({ characters: 1000, leaves: 100, operations: 10 });
  });
});

test.each<[RuleSettings, string]>([
  [{ rule: 'step', step: 'schedule' }, 'only while the decisions on the change stand.'],
  [{ rule: 'step', step: null }, 'not configured, so it refuses.'],
  [WRITTEN, 'only with a real answer in Scope and Test plan.'],
  [{ ...WRITTEN, fields: ['customfield_9'] }, 'only with a real answer in a field that is gone.'],
  [CHOSEN, 'only with Change type filled in.'],
  [{ rule: 'last-decider' }, 'only by the last person whose decision is still needed.'],
  [{ rule: 'still-open', message: 'm' }, 'only while the decisions on the change stand.'],
  [INDEPENDENT, 'only members of security-reviewers (security reviewer) who took no part in the change.'],
  [
    { ...INDEPENDENT, roles: ['security-reviewer', 'change-authority'] },
    'only members of security-reviewers (security reviewer) or change-authority (change authority) who took no part in the change.',
  ],
  [{ rule: 'people', people: ['reporter', ids.owner] }, 'only the people in Reporter and Change owner.'],
])('%j in words', (settings, sentence) => {
  expect(configurationOf(settings, SITE, 'Approve')['summary']).toBe(`Approve: ${sentence}`);
  expect(configurationOf(settings, SITE)['summary']).toBe(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`);
});

test.each(['Write', 'Write '])('%j is put apart from the names behind it', (message) => {
  expect(configurationOf({ ...WRITTEN, message }, SITE)['message']).toBe('Write ');
});

test('the expressions of every combination act: a role and a field are what they name', () => {
  const seen = (groups: readonly string[], more: Partial<World> = {}): World => ({
    who: user('auth', groups),
    creator: 'req',
    reporter: 'req',
    assignee: null,
    summary: 'Block outbound SMB',
    changelogs: [],
    fields: {
      ...EMPTY,
      [appIds.participants]: ',req,',
      [appIds.decisionState]: 'a | security-reviewer=,auth, | change-authority=,auth,',
    },
    ...more,
  });
  const condition = configurationOf(INDEPENDENT, SITE);
  const allows = (world: World): string =>
    judgeCondition(String(condition['expression']), contextOf(world, condition), { now: NOW }).outcome;
  expect(allows(seen(['security-reviewers']))).toBe('allow');
  expect(allows(seen(['change-authority']))).toBe('deny');
  const validator = configurationOf({ ...CHOSEN, fields: [ids.windowStart] }, SITE);
  const judged = judgeValidator(String(validator['expression']), contextOf(seen([]), validator), { now: NOW });
  expect(judged).toMatchObject({ outcome: 'deny', message: 'Choose first: Change window start' });
});

describe('the fields of a site', () => {
  const custom = (id: string, name: string, type: string) => ({ id, name, custom: true, schema: { custom: type } });
  const ordinary = (type: string): string => `com.atlassian.jira.plugin.system.customfieldtypes:${type}`;
  const list = [
    ...FIELDS.map(({ key, name }) => ({ id: ids[key], name })),
    custom(appIds.participants, 'Change participants', 'app__LOCAL__change-participants'),
    custom(appIds.decisionState, 'Change decision state', 'app__LOCAL__change-decision-state'),
    custom('customfield_3', 'Ticket', ordinary('textfield')),
    custom('customfield_2', 'Rollout notes', ordinary('textarea')),
    custom('customfield_1', 'Rank', 'com.pyxis.greenhopper.jira:gh-lexo-rank'),
    { id: 'labels', name: 'Labels' },
  ];
  test('are its own, and Jira’s ordinary custom ones by name', () => {
    const { fields, ids: found, appIds: app } = siteFromFields(list, DEFAULT_POLICY);
    expect([found, app]).toEqual([ids, appIds]);
    expect(fields.filter(({ own }) => !own)).toEqual([
      { id: 'customfield_2', name: 'Rollout notes', use: 'paragraph', own: false },
      { id: 'customfield_3', name: 'Ticket', use: 'choice', own: false },
    ]);
    expect(fields.filter(({ own }) => own)).toHaveLength(FIELDS.length);
  });
  test('have the names of today in the messages, which judge nothing', () => {
    const renamed = list.map((field) => (field.id === ids.scope ? { ...field, name: "L'étendue: {n: 'x'}" } : field));
    const policy = { ...DEFAULT_POLICY, fields: { ...DEFAULT_POLICY.fields, scope: ids.scope } };
    const before = configurationOf(WRITTEN, siteFromFields(list, policy));
    const after = configurationOf(WRITTEN, siteFromFields(renamed, policy));
    expect([savedAlike(before, after), judgesAlike(before, after)]).toEqual([false, true]);
    const other = String(after['expression']).replace(ids.testPlan, ids.scope);
    expect(judgesAlike(before, { ...after, expression: other })).toBe(false);
  });
  test('without one of its own there is no site', () => {
    expect(() => siteFromFields(list.slice(3), DEFAULT_POLICY)).toThrow(/Change type/);
  });
});

test('every module has rules, and every transition a start for its validator', () => {
  expect(Object.values(RULES_OF).flat()).toHaveLength(7);
  for (const transition of TRANSITIONS) expect(defaultSettings('change-validator', transition, SITE)).toHaveLength(1);
});
