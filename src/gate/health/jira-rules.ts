import { canonicalJson } from '../../ledger/canonical';
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
export function jiraRuleFindings(place: string, before: readonly string[], workflow: ObservedWorkflow): Finding[] {
  const now = jiraRulesOf(workflow);
  const reached = workflow.statuses.filter(({ id }) => workflow.transitions.some(({ to }) => to === id));
  return before
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

function textOf(to: string, { ruleKey, parameters }: ObservedRule): string {
  const bare = Object.entries(parameters).filter(([name, value]) => name !== 'id' && value !== '');
  return `${to} | ${ruleKey} | ${canonicalJson(Object.fromEntries(bare))}`;
}
