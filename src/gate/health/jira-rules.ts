import { STATUSES, type FieldIds, type Status } from '../../change/fields';
import { canonicalJson } from '../../ledger/canonical';
import type { Policy } from '../../policy/policy';
import { jirasRules } from '../jiras-rules';
import { finding, type Finding } from './finding';
import type { ObservedConditions, ObservedRule, ObservedWorkflow } from './observed';
import { DECIDED } from './workflow-findings';

/**
 * Jira's own rules on the ways to a decided status, which hold also when the app is gone: each as one text that says
 * which and where. What was there once is expected from then on.
 */
export function jiraRulesOf({ statuses, transitions }: ObservedWorkflow): string[] {
  const nameOf = (id: string): string => statuses.find((status) => status.id === id)?.name ?? id;
  const found = transitions
    .filter(({ type, to }) => type !== 'INITIAL' && DECIDED.includes(nameOf(to)))
    .flatMap(({ to, conditions, validators }) =>
      [...validators, ...(conditions === null ? [] : bindingIn(conditions))]
        .filter((rule) => rule.ruleKey.startsWith('system:'))
        .map((rule) => textOf(nameOf(to), rule)),
    );
  return [...new Set(found)].sort();
}

/** A rule before a status that no transition leads to any more is not looked for: that is a finding of its own. */
export function jiraRuleFindings(
  place: string,
  before: readonly string[],
  setUp: readonly string[],
  workflow: ObservedWorkflow,
): Finding[] {
  const now = jiraRulesOf(workflow);
  // What set-up would write today takes the place of what earlier checks saw of the same kind.
  const kinds = setUp.map(kindOf);
  const expected = [...new Set([...before.filter((rule) => !kinds.includes(kindOf(rule))), ...setUp])].sort();
  const reached = workflow.statuses.filter(({ id }) => workflow.transitions.some(({ to }) => to === id));
  return expected
    .filter((rule) => !now.includes(rule) && reached.some(({ name }) => rule.startsWith(`${name} | `)))
    .map((rule) => {
      const [to = '', key = '', parameters = ''] = rule.split(' | ');
      const name = key.replace('system:', '').replaceAll('-', ' ');
      return finding(
        'jira-rule-missing',
        `${place}, Jira's own rule "${name}" before ${to} ${parameters}`,
        `${place}: Jira's own rule "${name}" before ${to} is gone, was altered, or is no longer binding. It is what still holds when the app cannot answer.`,
        'Open the workflow in Jira and put the rule back, or run the set-up wizard.',
      );
    });
}

/** A condition of which any other is enough holds nobody back. */
const bindingIn = ({ operation, rules, groups }: ObservedConditions): readonly ObservedRule[] =>
  operation === 'ALL' || rules.length + groups.length === 1 ? [...rules, ...groups.flatMap(bindingIn)] : [];

/**
 * The rules of Jira's own that set-up puts before the decided statuses. Empty for a policy that set-up did not make: only
 * set-up holds every status and every deciding group by id.
 */
export function jiraRulesOfSetUp(policy: Policy, ids: FieldIds): readonly string[] {
  const statusIds = Object.fromEntries(
    STATUSES.flatMap((name) => {
      const id = policy.statuses[name];
      return id === null ? [] : [[name, id] as const];
    }),
  ) as Partial<Record<Status, string>>;
  const { roles, outsideProvider } = policy;
  const groups = outsideProvider === null ? roles : [...roles, outsideProvider];
  const groupIds = [...new Set(groups.map(({ groupId }) => groupId))];
  const held = groupIds.filter((id) => id !== null);
  if (STATUSES.some((name) => statusIds[name] === undefined) || held.length < groupIds.length) return [];
  const parts = { ids, statusIds: statusIds as Record<Status, string>, groupIds: held };
  return [
    ...jirasRules('Approve', parts).map((rule) => textOf('Approved', rule)),
    ...jirasRules('Execute', parts).map((rule) => textOf('Executed', rule)),
  ];
}

/** Before which status, which rule, and by what it restricts: two of a kind say the same of other groups or statuses. */
function kindOf(rule: string): string {
  const [to = '', key = '', parameters = '{}'] = rule.split(' | ');
  return `${to} | ${key} | ${Object.keys(JSON.parse(parameters) as object).join()}`;
}

function textOf(to: string, { ruleKey, parameters }: Pick<ObservedRule, 'ruleKey' | 'parameters'>): string {
  const bare = Object.entries(parameters)
    .filter(([name, value]) => !['id', 'tag', 'disabled'].includes(name) && value !== '')
    // A list says the same in any order.
    .map(([name, value]) => [name, value.split(',').sort().join(',')] as const);
  return `${to} | ${ruleKey} | ${canonicalJson(Object.fromEntries(bare))}`;
}
