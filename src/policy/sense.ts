import { EVIDENCE_KINDS } from '../evidence/item';
import { CHANGE_TYPES, NO_CUI_SYSTEM } from '../change/fields';
import { REQUIRABLE } from './adequacy-rules';
import { expectationSense } from './evidence-rules';
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
    ...expectationSense(policy),
    ...ruleSense(policy),
    ...reminderSense(policy),
    ...holdSense(policy),
    ...idSense(policy),
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

/** A change without these two could be judged by the wrong rules: an empty list of systems is no answer (law 2). */
const ALWAYS = { changeType: 'Change type', impactedSystems: 'Impacted CUI systems' } as const;

function ruleSense({ types }: Policy): string[] {
  return CHANGE_TYPES.flatMap((type) => {
    const { required } = types[type];
    return [
      ...(['changeType', 'impactedSystems'] as const)
        .filter((key) => !required.includes(key))
        .map((key) => `A change judged as ${type} has to need ${ALWAYS[key]}: by it is decided who approves.`),
      ...required
        .filter((key) => !REQUIRABLE.includes(key))
        .map((key) => `A change judged as ${type} cannot need ${key} before it is approved: it is written later.`),
      ...repeated(required).map((key) => `A change judged as ${type} needs ${key} twice.`),
      ...(required.includes('windowStart') === required.includes('windowEnd')
        ? []
        : [`A change judged as ${type} has to need both ends of the change window, or neither.`]),
    ];
  });
}

function reminderSense({ emergency: { reminderHours, reviewHours } }: Policy): string[] {
  return [
    ...reminderHours
      .filter((hours) => hours >= reviewHours)
      .map(
        (hours) => `A reminder ${hours} hours before a review that is due within ${reviewHours} hours comes too early.`,
      ),
    ...repeated(reminderHours.map(String)).map((hours) => `The reminder ${hours} hours before is there twice.`),
  ];
}

function holdSense({ legalHolds }: Policy): string[] {
  return [
    ...legalHolds.flatMap(({ name, reason, projects, changes, from, until }) => [
      ...(isBlank(name) ? ['A legal hold has no name.'] : []),
      ...(isBlank(reason) ? [`The legal hold "${name}" has no reason.`] : []),
      ...(projects.length + changes.length === 0
        ? [`The legal hold "${name}" holds nothing: name projects or changes.`]
        : []),
      ...(!isInstant(from) || (until !== null && !isInstant(until))
        ? [`The legal hold "${name}" has a date that does not exist.`]
        : until === null || from < until
          ? []
          : [`The legal hold "${name}" has to begin before it ends.`]),
    ]),
    ...repeated(legalHolds.map(({ id }) => id)).map((id) => `Two legal holds have the id ${id}.`),
  ];
}

/** One thing of Jira cannot be two of ours. */
function idSense(policy: Policy): string[] {
  const kinds: readonly (readonly [string, readonly (string | null)[]])[] = [
    ['field', Object.values(policy.fields)],
    ['status', Object.values(policy.statuses)],
    ['option', [...Object.values(policy.changeTypes), policy.systems.none, policy.systems.unknown]],
    ['project', Object.values(policy.projectIds)],
    ['issue type', Object.values(policy.issueTypeIds)],
  ];
  const groups = policy.roles.flatMap(({ groupId, group }) => (groupId === null ? [] : [{ groupId, group }]));
  return [
    ...kinds.flatMap(([noun, ids]) =>
      repeated(ids.filter((id) => id !== null)).map((id) => `The ${noun} ${id} stands for two things: choose one.`),
    ),
    ...fixedFields(policy),
    ...strangers('project', policy.projectIds, policy.projects),
    ...strangers('issue type', policy.issueTypeIds, policy.issueTypes),
    ...groups
      .filter(({ groupId }) => groupId === policy.outsideProvider?.groupId)
      .map(({ group }) => `The group ${group} decides and is the outside provider's: it needs a group of its own.`),
  ];
}

const fixedFields = ({ fields }: Policy): string[] =>
  (['summary', 'description'] as const)
    .filter((key) => fields[key] !== null && fields[key] !== key)
    .map((key) => `The field ${key} is Jira's own and cannot be another one.`);

const strangers = (noun: string, ids: Readonly<Record<string, string>>, known: readonly string[]): string[] =>
  Object.keys(ids)
    .filter((name) => !known.includes(name))
    .map((name) => `The ${noun} ${name} has an id and is not under change control: take its id out.`);
