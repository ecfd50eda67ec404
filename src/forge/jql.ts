import type { SiteIds } from '../change/site-ids';

/** A text of JQL (Atlassian, "JQL: reserved characters"). */
export const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

/** An id is a number in JQL, and a name a text: a project may be called "10000". */
const term = (id: string | undefined, name: string): string =>
  id !== undefined && /^\d+$/.test(id) ? id : quoted(name);

/** The condition for a project's changes, by the ids that the policy holds. */
export const changesOf = (
  { projectIds, issueTypeIds }: Pick<SiteIds, 'projectIds' | 'issueTypeIds'>,
  project: string,
  issueTypes: readonly string[],
): string =>
  `project = ${term(projectIds[project], project)} AND issuetype in (${issueTypes.map((name) => term(issueTypeIds[name], name)).join(', ')})`;
