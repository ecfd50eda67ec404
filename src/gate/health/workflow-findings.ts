import { STATUSES, type Status } from '../../change/fields';
import type { WorkflowRule } from '../workflow-rules';
import { transitionTo } from '../workflow-rules';
import { listed } from '../words';
import { finding, type Finding } from './finding';
import type { ObservedConditions, ObservedTransition, ObservedWorkflow } from './observed';
import { ruleFindings, type RuleBasis, type StandingRule } from './rule-findings';

/** Statuses that say "somebody decided". */
export const DECIDED: readonly string[] = ['Approved', 'Scheduled', 'Executed'] satisfies readonly Status[];

const EDIT = 'Open the workflow in Jira';

/**
 * Everything that lets an issue of this workflow get to Approved, Scheduled or Executed past our rules, and every rule of
 * ours that is not as it should be. Pure: the same workflow gives the same findings, in whatever order Jira lists it.
 *
 * @param place the project and issue type, as the subjects name it.
 * @param rules what a controlled workflow needs, as ../workflow-rules makes it from today's policy.
 */
export function workflowFindings(
  workflow: ObservedWorkflow,
  place: string,
  rules: readonly WorkflowRule[],
  basis: RuleBasis,
): Finding[] {
  if (!workflow.transitions.some((transition) => standingRules(transition).length > 0)) {
    const subject = `${place}, workflow "${workflow.name}"`;
    return [
      finding(
        'workflow-unguarded',
        subject,
        `${subject}: none of its transitions has a rule of change control, so nothing is asked before a change is moved.`,
        'Give the issue type its controlled workflow back in the workflow scheme of the project, or run the set-up wizard.',
      ),
    ];
  }
  const nameOf = (id: string): string => workflow.statuses.find((status) => status.id === id)?.name ?? id;
  return [
    ...missingStatuses(workflow, place),
    ...unknownStatuses(workflow, place, nameOf),
    ...workflow.transitions.flatMap((transition) => transitionFindings(transition, place, nameOf, rules, basis)),
  ];
}

function transitionFindings(
  transition: ObservedTransition,
  place: string,
  nameOf: (id: string) => string,
  rules: readonly WorkflowRule[],
  basis: RuleBasis,
): Finding[] {
  const to = nameOf(transition.to);
  const subject = `${place}, ${pathOf(transition, nameOf)}`;
  if (transition.type === 'INITIAL') return created(subject, to);
  const name = transitionTo(to);
  if (name === undefined) return [];
  const standing = standingRules(transition);
  return [
    ...(transition.type === 'GLOBAL' && DECIDED.includes(to) ? [fromAnywhere(subject, to)] : []),
    ...(standing.length === 0
      ? [unguarded(subject, to)]
      : ruleFindings(
          rules.filter((rule) => rule.transition === name),
          standing,
          subject,
          basis,
        )),
  ];
}

/** "Fast lane" (Proposed → Approved). */
export function pathOf({ name, type, from, to }: ObservedTransition, nameOf: (id: string) => string): string {
  const start = type === 'INITIAL' ? 'created' : from.length === 0 ? 'any status' : listed(from.map(nameOf).sort());
  return `"${name}" (${start} → ${nameOf(to)})`;
}

const unguarded = (subject: string, to: string): Finding =>
  finding(
    'transition-unguarded',
    subject,
    `${subject}: the transition has no rule of change control, so anybody who may move issues gets to ${to}.`,
    `${EDIT} and remove the transition, or put the rules on it that the others to ${to} have.`,
  );

const fromAnywhere = (subject: string, to: string): Finding =>
  finding(
    'any-status-transition',
    subject,
    `${subject}: it leads to ${to} from any status.`,
    `${EDIT} and let the transition start only where a change may come from.`,
  );

/** Jira asks no condition or validator of an app when an issue is created with this status. */
function created(subject: string, to: string): Finding[] {
  if (![...DECIDED, 'Closed'].includes(to)) return [];
  return [
    finding(
      'created-decided',
      subject,
      `${subject}: issues are created as ${to}, and nothing is asked of whoever creates one.`,
      `${EDIT} and let new issues start as Proposed.`,
    ),
  ];
}

function missingStatuses({ statuses, transitions }: ObservedWorkflow, place: string): Finding[] {
  const reached = new Set(transitions.map(({ to }) => to));
  return STATUSES.filter((name) => !statuses.some((status) => status.name === name && reached.has(status.id))).map(
    (name) =>
      finding(
        'status-missing',
        `${place}, status ${name}`,
        `${place}: no transition leads to a status named ${name}. It was renamed or taken out of the workflow.`,
        `Give the status its name back, or put ${name} and the transitions to it back into the workflow.`,
      ),
  );
}

/** A status that change control does not know may be taken for an approval, and no rule stands before it. */
function unknownStatuses(workflow: ObservedWorkflow, place: string, nameOf: (id: string) => string): Finding[] {
  const known: readonly string[] = STATUSES;
  const foreign = [...new Set(workflow.transitions.map(({ to }) => to))].filter((id) => !known.includes(nameOf(id)));
  return foreign.map((id) => {
    const ways = workflow.transitions.filter(({ to }) => to === id).map((transition) => pathOf(transition, nameOf));
    return finding(
      'status-unknown',
      `${place}, status ${nameOf(id)}`,
      `${place}: changes can go to ${nameOf(id)}, a status that change control does not know, by ${listed(ways.sort())}.`,
      `${EDIT} and take the status out, or rename it if it stands for one of ${STATUSES.join(', ')}.`,
    );
  });
}

/** Every rule of ours on a transition. */
export function standingRules({ conditions, validators, actions }: ObservedTransition): StandingRule[] {
  const always = [...validators, ...actions].map((rule) => ({ rule, binding: true }));
  return [...(conditions === null ? [] : inGroup(conditions, true)), ...always].filter(
    ({ rule }) => rule.module !== null,
  );
}

/** A condition binds when every group above it needs all of its members, or has no other. */
function inGroup({ operation, rules, groups }: ObservedConditions, above: boolean): StandingRule[] {
  const binding = above && (operation === 'ALL' || rules.length + groups.length === 1);
  return [...rules.map((rule) => ({ rule, binding })), ...groups.flatMap((group) => inGroup(group, binding))];
}
