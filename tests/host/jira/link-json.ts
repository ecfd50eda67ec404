import { issueTypeJson, priorityJson, statusJson } from './json';
import type { LinkRecord, LinkTypeRecord } from './link-store';
import type { JiraStore } from './store';

/** Links between issues as REST answers them. */

export const linkTypeJson = (store: JiraStore, { id, name, inward, outward }: LinkTypeRecord) => ({
  id,
  name,
  inward,
  outward,
  self: `${store.baseUrl}/rest/api/3/issueLinkType/${id}`,
});

function linkedIssue(store: JiraStore, id: string): Readonly<Record<string, unknown>> {
  const issue = store.issues.find(id);
  if (issue === undefined) return { id };
  const values = store.issues.values(id);
  const status = store.projects.status(issue.statusId);
  const type = store.projects.issueType(issue.issueTypeId);
  const priority = values.get('priority');
  return {
    id,
    key: issue.key,
    self: `${store.baseUrl}/rest/api/3/issue/${id}`,
    fields: {
      summary: values.get('summary') ?? '',
      ...(status === undefined ? {} : { status: statusJson(store, status) }),
      ...(typeof priority === 'string' ? { priority: priorityJson(store, priority) } : {}),
      ...(type === undefined ? {} : { issuetype: issueTypeJson(store, type) }),
    },
  };
}

/** With both issues; `from` leaves out the issue that is looked at, as the field `issuelinks` does. */
export function linkJson(store: JiraStore, link: LinkRecord, from?: string): Readonly<Record<string, unknown>> {
  const type = store.links.types().find(({ id }) => id === link.typeId);
  return {
    id: link.id,
    self: `${store.baseUrl}/rest/api/3/issueLink/${link.id}`,
    ...(type === undefined ? {} : { type: linkTypeJson(store, type) }),
    ...(from === link.inward ? {} : { inwardIssue: linkedIssue(store, link.inward) }),
    ...(from === link.outward ? {} : { outwardIssue: linkedIssue(store, link.outward) }),
  };
}
