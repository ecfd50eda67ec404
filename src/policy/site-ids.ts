import { CHANGE_TYPES, FIELDS, NO_CUI_SYSTEM, STATUSES, UNKNOWN_CUI_SYSTEM } from '../change/fields';
import type { Policy, SiteIds } from './policy';

/** One thing of the site that a policy finds by id or by name. */
export interface Held {
  /** As people say it: "The field Scope". */
  readonly what: string;
  /** Null: found by its name. */
  readonly id: string | null;
}

/** Everything that a policy can hold by id, in the order in which people set it up. Summary and Description are fixed. */
export const heldThings = (policy: SiteIds & Pick<Policy, 'projects' | 'issueTypes'>): Held[] => [
  ...policy.projects.map((key) => ({ what: `The project ${key}`, id: policy.projectIds[key] ?? null })),
  ...policy.issueTypes.map((name) => ({ what: `The issue type "${name}"`, id: policy.issueTypeIds[name] ?? null })),
  ...FIELDS.filter(({ key }) => key !== 'summary' && key !== 'description').map(({ key, name }) => ({
    what: `The field ${name}`,
    id: policy.fields[key],
  })),
  ...STATUSES.map((status) => ({ what: `The status ${status}`, id: policy.statuses[status] })),
  ...CHANGE_TYPES.map((type) => ({ what: `The change type ${type}`, id: policy.changeTypes[type] })),
  { what: `The answer "${NO_CUI_SYSTEM}"`, id: policy.systems.none },
  { what: `The answer "${UNKNOWN_CUI_SYSTEM}"`, id: policy.systems.unknown },
];

/** What is held by another id, or by its name instead, one sentence each. Things of one policy only are told elsewhere. */
export function idDifferences(before: Policy, after: Policy): string[] {
  const old = new Map(heldThings(before).map(({ what, id }) => [what, id]));
  return heldThings(after).flatMap(({ what, id }) => {
    const was = old.get(what);
    return was === undefined || was === id ? [] : [`${what} is found by ${by(id)} now, instead of by ${by(was)}.`];
  });
}

const by = (id: string | null): string => (id === null ? 'its name' : `Jira's id ${id}`);

/** In one sentence for the summary. */
export function idsPhrase(policy: Policy): string {
  const things = heldThings(policy);
  const byName = things.filter(({ id }) => id === null).length;
  if (byName === 0)
    return "Projects, fields, statuses and options are found by Jira's ids, so renaming them does no harm.";
  if (byName === things.length) return 'Projects, fields, statuses and options are found by their names in Jira.';
  return `Of the ${things.length} projects, fields, statuses and options, ${things.length - byName} are found by Jira's ids and ${byName} by their names.`;
}
