import { EXPRESSION_LIMITS, expressionUse, withinLimits, type ExpressionUse } from './expression-cost';
import { configurationOf, named } from './rule-configuration';
import { decidingGroups, peopleFields, type RuleSettings, type RuleSite } from './rule-settings';
import { listed } from './words';

export type RuleProblemCode =
  | 'no-step'
  | 'no-field'
  | 'no-role'
  | 'no-person'
  | 'no-message'
  | 'long-message'
  | 'field-gone'
  | 'role-gone'
  | 'over-limit'
  | 'too-large';

/** Why a rule may not be saved as it is, in a sentence that says what to do. */
export interface RuleProblem {
  readonly code: RuleProblemCode;
  readonly sentence: string;
}

/** Forge's limit for what a rule saves, in bytes. */
export const CONFIGURATION_BYTES = 32 * 1024;

/** A refused transition shows messages of several rules at once. */
export const MESSAGE_CHARACTERS = 200;

/** Everything that keeps these settings from being saved; empty when nothing does. */
export function ruleProblems(settings: RuleSettings, site: RuleSite): RuleProblem[] {
  const configuration = configurationOf(settings, site);
  const { expression } = configuration;
  const bytes = new TextEncoder().encode(JSON.stringify(configuration)).length;
  return [
    ...nothingChosen(settings, site),
    ...messageProblems(settings),
    ...gone(settings, site),
    ...(typeof expression === 'string' ? overLimit(settings, site, expressionUse(expression)) : []),
    ...(bytes <= CONFIGURATION_BYTES
      ? []
      : [problem('too-large', `Jira keeps at most 32 KB of a rule and this is ${bytes} bytes. Take out fields.`)]),
  ];
}

const problem = (code: RuleProblemCode, sentence: string): RuleProblem => ({ code, sentence });

/** A rule that asks for nothing lets everything through, and one that admits nobody locks the change. */
function nothingChosen(settings: RuleSettings, { policy }: RuleSite): RuleProblem[] {
  switch (settings.rule) {
    case 'step':
      return settings.step === null
        ? [problem('no-step', 'Choose the step of the change that this transition is.')]
        : [];
    case 'written':
    case 'chosen':
      return settings.fields.length === 0
        ? [problem('no-field', 'Choose at least one field: a rule without fields would let everything through.')]
        : [];
    case 'independent':
      return decidingGroups(policy).some(({ key }) => settings.roles.includes(key))
        ? []
        : [problem('no-role', 'Choose at least one role: without one, nobody could decide.')];
    case 'people':
      return settings.people.length === 0
        ? [problem('no-person', 'Choose at least one person field: without one, nobody could use the transition.')]
        : [];
    case 'last-decider':
    case 'still-open':
      return [];
  }
}

function messageProblems(settings: RuleSettings): RuleProblem[] {
  if (!('message' in settings)) return [];
  if (settings.message.trim() === '')
    return [problem('no-message', 'Write the message that people read when the transition is refused.')];
  const { length } = settings.message;
  return length <= MESSAGE_CHARACTERS
    ? []
    : [
        problem(
          'long-message',
          `The message has ${length} characters; shorten it to ${MESSAGE_CHARACTERS}, so that others fit beside it.`,
        ),
      ];
}

function gone(settings: RuleSettings, site: RuleSite): RuleProblem[] {
  const known = [...site.fields, ...peopleFields(site)].map(({ id }) => id);
  const ids =
    'fields' in settings
      ? settings.fields
      : 'barring' in settings
        ? settings.barring
        : 'people' in settings
          ? settings.people
          : [];
  const fields = ids.filter((id) => !known.includes(id));
  const keys = decidingGroups(site.policy).map(({ key }) => key);
  const roles = 'roles' in settings ? settings.roles.filter((key) => !keys.includes(key)) : [];
  return [
    ...fields.map((id) =>
      problem('field-gone', `Jira has no field ${id} any more that this rule can use. Take it out.`),
    ),
    ...roles.map((key) => problem('role-gone', `The policy has no role ${key} any more. Take it out.`)),
  ];
}

function overLimit(settings: RuleSettings, site: RuleSite, use: ExpressionUse): RuleProblem[] {
  if (withinLimits(use)) return [];
  const { characters, leaves, operations } = EXPRESSION_LIMITS;
  const over = [
    ...(use.characters > characters ? [`${use.characters} characters of ${characters}`] : []),
    ...(use.leaves > leaves ? [`${use.leaves} leaves of ${leaves}`] : []),
    ...(use.operations > operations ? [`${use.operations} expensive operations of ${operations}`] : []),
  ];
  return [problem('over-limit', `Jira would not run this expression: ${listed(over)}. ${takeOut(settings, site)}`)];
}

/** The fewest fields, from the end of the list, without which the expression fits. */
function takeOut(settings: RuleSettings, site: RuleSite): string {
  if (!('fields' in settings)) return 'Tell the people who make this app.';
  const { fields } = settings;
  const fewest = fields.findIndex((_, out) => {
    const { expression } = configurationOf({ ...settings, fields: fields.slice(0, fields.length - out) }, site);
    return typeof expression === 'string' && withinLimits(expressionUse(expression));
  });
  const count = fewest === -1 ? fields.length : fewest;
  const names = fields.slice(fields.length - count).map((id) => named(site, id).name);
  const which = count === 1 ? `one field, such as ${names.join('')},` : `${count} fields, such as ${listed(names)},`;
  return `Take out ${which} and check ${count === 1 ? 'it' : 'them'} with a second rule on the same transition.`;
}
