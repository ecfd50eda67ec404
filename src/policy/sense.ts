import { EVIDENCE_KINDS } from '../evidence/item';
import { NO_CUI_SYSTEM } from '../change/fields';
import { OWN_ORGANISATION } from './organisation';
import type { Policy, Requirement, RoleKey } from './policy';

/**
 * What makes a policy of the right shape still not one to judge by, one sentence for each problem that says what to do;
 * empty when it may be saved.
 */
export function policyProblems(policy: Policy): string[] {
  return [
    ...governing(policy),
    ...rolesAndRows(policy),
    ...freezeProblems(policy),
    ...templateSense(policy),
    ...provider(policy),
    ...evidence(policy),
  ];
}

const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, i) => values.indexOf(value) !== i)),
];

/** The schema asks for the form of an instant; 30 February has it and is none. */
const isInstant = (text: string): boolean => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;

const isBlank = (text: string): boolean => text.trim() === '';

function governing({ projects, issueTypes }: Policy): string[] {
  return [
    ...(projects.length === 0 ? ['Name at least one project: with none, nothing is under change control.'] : []),
    ...(issueTypes.length === 0 ? ['Name at least one issue type: with none, no issue is a change.'] : []),
    ...repeated(projects).map((key) => `The project ${key} is named twice.`),
    ...repeated(issueTypes).map((type) => `The issue type "${type}" is named twice.`),
  ];
}

function rolesAndRows(policy: Policy): string[] {
  const rows: readonly [string, Requirement][] = [
    ['A change that touches a CUI system', policy.normal.cui],
    ['A change that touches no CUI system', policy.normal.noCui],
    ['An emergency pass', policy.emergency.requirement],
  ];
  const used = new Set(rows.flatMap(([, requirement]) => requirement.flat()));
  return [
    ...rows.flatMap(([what, requirement]) => row(what, requirement)),
    ...[...used].filter((key) => !policy.roles.some((role) => role.key === key)).map(noGroup),
    ...policy.roles.filter(({ group }) => isBlank(group)).map(({ key }) => noGroup(key)),
    ...policy.roles.filter(({ name }) => isBlank(name)).map(({ key }) => `The role ${key} has no name.`),
    ...repeated(policy.roles.map(({ key }) => key)).map((key) => `The role ${key} is there twice.`),
  ];
}

const noGroup = (key: RoleKey): string =>
  `The role ${key} decides and has no group: name the Jira group that holds it.`;

function row(what: string, requirement: Requirement): string[] {
  if (requirement.length === 0) return [`${what} would need nobody: name at least one decider.`];
  return requirement.some((slot) => slot.length === 0) ? [`${what} has a decider without a role: choose one.`] : [];
}

function freezeProblems({ freezes }: Policy): string[] {
  return [
    ...freezes.flatMap(({ name, start, end }) => {
      if (!isInstant(start) || !isInstant(end)) return [`The freeze period "${name}" has a date that does not exist.`];
      return start < end ? [] : [`The freeze period "${name}" has to start before it ends.`];
    }),
    ...freezes.filter(({ name }) => isBlank(name)).map(() => 'A freeze period has no name.'),
    ...repeated(freezes.map(({ id }) => id)).map((id) => `Two freeze periods have the id ${id}.`),
  ];
}

function templateSense({ templates }: Policy): string[] {
  return [
    ...templates.flatMap(({ name, approvedAt, expiresAt, systems, content }) => [
      ...(!isInstant(approvedAt) || !isInstant(expiresAt)
        ? [`The template "${name}" has a date that does not exist.`]
        : approvedAt < expiresAt
          ? []
          : [`The template "${name}" has to be approved before its approval ends.`]),
      ...(systems.length === 0 ? [`The template "${name}" has to name the systems it is for.`] : []),
      ...(systems.some((system) => system === 'Unknown' || system === NO_CUI_SYSTEM)
        ? [`The template "${name}" is for named systems: "Unknown" and "${NO_CUI_SYSTEM}" are none.`]
        : []),
      ...(Object.values(content).some(isBlank) ? [`The template "${name}" has an empty paragraph.`] : []),
    ]),
    ...repeated(templates.map(({ id }) => id)).map((id) => `Two templates have the id ${id}.`),
    ...repeated(templates.map(({ name }) => name)).map((name) => `Two templates are called "${name}".`),
  ];
}

function provider({ outsideProvider, roles }: Policy): string[] {
  if (outsideProvider === null) return [];
  const { organisation, group, until } = outsideProvider;
  return [
    ...(isBlank(organisation) || isBlank(group) ? ['The outside provider needs a name and a Jira group.'] : []),
    ...(organisation === OWN_ORGANISATION
      ? [`The outside provider cannot be called "${OWN_ORGANISATION}": that names this organisation.`]
      : []),
    ...(until === null || isInstant(until) ? [] : ['The outside provider has an end date that does not exist.']),
    ...roles
      .filter((role) => role.group === group)
      .map(
        ({ name }) =>
          `The group ${group} is the outside provider's and decides as ${name}: the provider needs a group of its own.`,
      ),
  ];
}

function evidence({ evidenceBeforeDeploying }: Policy): string[] {
  const kinds: readonly string[] = EVIDENCE_KINDS;
  return [
    ...evidenceBeforeDeploying
      .filter((kind) => !kinds.includes(kind))
      .map((kind) => `"${kind}" is no kind of evidence: choose of ${kinds.join(', ')}.`),
    ...repeated(evidenceBeforeDeploying).map((kind) => `Evidence of the kind ${kind} is asked for twice.`),
  ];
}
