import type { BuiltRule, RuleSettingsView, RuleView } from '../../src/contract/rules';

/** The rule screens' states: what the editor's context holds, and what the app answers. */
interface RuleState {
  readonly moduleKey: string;
  readonly extension: Readonly<Record<string, unknown>>;
  readonly view: RuleView | null;
}

const own = (id: string, name: string, use: 'paragraph' | 'choice') => ({ id, name, use, own: true, hint: null });
const FIELDS: RuleView['fields'] = [
  own('customfield_10001', 'Change type', 'choice'),
  own('customfield_10002', 'Change owner', 'choice'),
  own('customfield_10003', 'Implementer', 'choice'),
  own('customfield_10004', 'Scope', 'paragraph'),
  own('customfield_10005', 'Impacted CUI systems', 'choice'),
  own('customfield_10006', 'Justification', 'paragraph'),
  own('customfield_10007', 'Security impact analysis', 'paragraph'),
  own('customfield_10008', 'Test plan', 'paragraph'),
  own('customfield_10009', 'Backout plan', 'paragraph'),
  { id: 'customfield_10400', name: 'Rollout notes', use: 'paragraph', own: false, hint: null },
];
const STEPS = [
  [
    'approve',
    'Approve',
    'only when the request is complete, its window is not over and at most one decision is missing',
  ],
  ['disapprove', 'Disapprove', 'only with a basis, and with required actions that each name an owner'],
  ['schedule', 'Schedule', 'only while the decisions on the change stand'],
  ['execute', 'Execute', 'only while the decisions on the change stand and its change window is open'],
] as const;
const ROLES = [
  { id: 'security-reviewer', name: 'security reviewer', hint: 'members of the group security-reviewers' },
  { id: 'change-authority', name: 'change authority', hint: 'members of the group change-authority' },
];

const WRITTEN = {
  rule: 'written',
  fields: ['customfield_10004', 'customfield_10009'],
  message: 'Fill in before approving, with a real answer: ',
} as const;
const INDEPENDENT: RuleSettingsView = {
  rule: 'independent',
  roles: ['security-reviewer', 'change-authority'],
  barring: ['customfield_10004', 'customfield_10005'],
};
const STEP: RuleSettingsView = { rule: 'step', step: 'approve' };

const EXPRESSION = `let s = issue.summary.toLowerCase().replace(config.strip, '');
let bad = [{n: 'Scope', v: issue.customfield_10004}, {n: 'Backout plan', v: issue.customfield_10009}]
.filter(x => x.t == s || x.t.match(config.placeholder) != null).map(x => x.n);
bad.length == 0 ? true : config.message + bad.join(', ')`;

function built(settings: RuleSettingsView, over = false): BuiltRule {
  const expression = settings.rule === 'step' ? null : EXPRESSION;
  return {
    config: over ? null : JSON.stringify({ expression }),
    expression,
    summary: SUMMARY[settings.rule] ?? 'Approve: only by the last person whose decision is still needed.',
    use:
      expression === null
        ? null
        : [
            { of: 'characters', used: over ? 1_214 : 634, limit: 1_000 },
            { of: 'leaves', used: 88, limit: 100 },
            { of: 'operations', used: over ? 12 : 9, limit: 10 },
          ],
    problems: over
      ? [
          {
            code: 'over-limit',
            sentence:
              'Jira would not run this expression: 1214 characters of 1000 and 12 expensive operations of 10. Take out 2 fields, such as Test plan and Backout plan, and check them with a second rule on the same transition.',
          },
        ]
      : [],
  };
}

const SUMMARY: Partial<Record<RuleSettingsView['rule'], string>> = {
  step: 'Approve: only when the request is complete, its window is not over and at most one decision is missing.',
  written: 'Approve: only with a real answer in Scope and Backout plan.',
  independent:
    'Approve: only members of security-reviewers (security reviewer) or change-authority (change authority) who took no part in the change.',
};

function view(settings: RuleSettingsView, more: Partial<RuleView> = {}): RuleView {
  const starts: readonly RuleSettingsView[] =
    settings.rule === 'step'
      ? [STEP]
      : settings.rule === 'independent'
        ? [INDEPENDENT, { rule: 'people', people: [] }]
        : [
            WRITTEN,
            { ...WRITTEN, rule: 'chosen' },
            { rule: 'last-decider' },
            { rule: 'still-open', message: 'It is shut: ' },
          ];
  return {
    transition: 'Approve',
    found: 'ours',
    current: true,
    settings,
    starts,
    steps: STEPS.map(([id, name, hint]) => ({ id, name, hint })),
    fields: FIELDS,
    roles: ROLES,
    people: [
      { id: 'reporter', name: 'Reporter', hint: null },
      { id: 'customfield_10002', name: 'Change owner', hint: null },
    ],
    barring: FIELDS.filter(({ own: mine }) => mine),
    built: built(settings),
    savedExpression: settings.rule === 'step' ? null : EXPRESSION,
    ...more,
  };
}

const LONG_NAME = 'Names of the persons who have been told about the outage of the enclave beforehand, and when ';
const longFields = Array.from({ length: 40 }, (_, i) => ({
  id: `customfield_2${String(i).padStart(4, '0')}`,
  name: `${LONG_NAME}${i + 1}`,
  use: 'paragraph' as const,
  own: false,
  hint: null,
}));
const long: RuleSettingsView = {
  rule: 'written',
  fields: [...longFields.slice(0, 11).map(({ id }) => id), 'customfield_99999'],
  message: 'Before this may be approved, somebody who knows the enclave has to write what is asked for in: ',
};

const state = (moduleKey: string, shown: RuleView | null, extension: Readonly<Record<string, unknown>> = {}) => ({
  moduleKey,
  extension: { entryPoint: 'edit', transitionContext: { id: '11', from: '1', to: '2' }, ...extension },
  view: shown,
});

export const RULES: Readonly<Record<string, RuleState>> = {
  'rule-validator': state('change-validator', view(STEP)),
  'rule-validator-new': state(
    'change-validator',
    view({ rule: 'step', step: null }, { found: 'new', transition: null, current: false }),
  ),
  'rule-fields': state('required-fields-validator', view(WRITTEN)),
  'rule-fields-view': state('required-fields-validator', view(WRITTEN), { entryPoint: 'view' }),
  'rule-fields-long': state(
    'required-fields-validator',
    view(long, { fields: [...FIELDS, ...longFields], built: built(long, true), current: false }),
  ),
  'rule-fields-foreign': state('required-fields-validator', view(WRITTEN, { found: 'foreign', current: false }), {
    validatorConfig: JSON.stringify({ expression: EXPRESSION, kept: 'as it is' }),
  }),
  'rule-condition': state('security-reviewer-condition', view(INDEPENDENT)),
  'rule-condition-view': state('security-reviewer-condition', view(INDEPENDENT), {
    entryPoint: 'view',
    conditionConfig: { summary: SUMMARY.independent },
  }),
  'rule-condition-earlier': state('security-reviewer-condition', view(INDEPENDENT, { current: false })),
  'rule-post': state('record-transition', null, { postFunctionConfig: { note: 'kept as it is' } }),
  'rule-unknown': state('something-else', null),
};

/** What the app would answer for other choices, near enough to be looked at. */
export function buildRule(payload: Readonly<Record<string, unknown>>, shown: RuleView): BuiltRule {
  const settings = payload['settings'] as RuleSettingsView;
  const over = 'fields' in settings && settings.fields.length > 8;
  if (!('fields' in settings) || settings.fields.length > 0) return built(settings, over);
  const problems = [
    { code: 'no-field', sentence: 'Choose at least one field: a rule without fields would let everything through.' },
  ];
  return { ...shown.built, config: null, problems };
}

/** Jira's answer to the analyse call, as the bridge hands it over. */
export const ANALYSIS = {
  status: 200,
  statusText: 'OK',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    results: [{ expression: EXPRESSION, valid: true, complexity: { expensiveOperations: '9', variables: {} } }],
  }),
};
