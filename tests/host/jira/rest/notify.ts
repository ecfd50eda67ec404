import * as z from 'zod/mini';
import type { IssueRecord } from '../issue-store';
import { Refusal } from '../refusal';
import { noContent, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { visibleIssue } from './access';
import { bodyOf } from './body';

/** E-mail about an issue. It is queued, and shown at `GET /forge/mail`; this site sends none. */
export function notifyRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/issue/{issueIdOrKey}/notify';
  return [{ method: 'POST', path, handle: (call, params) => notify(store, call, params) }];
}

const flag = z.optional(z.boolean());
const group = z.object({ name: z.optional(z.string()), groupId: z.nullish(z.string()) });
const recipients = z.object({
  assignee: flag,
  reporter: flag,
  watchers: flag,
  voters: flag,
  users: z.optional(z.array(z.object({ accountId: z.string() }))),
  groups: z.optional(z.array(group)),
  groupIds: z.optional(z.array(z.string())),
});
const definition = z.object({
  subject: z.optional(z.string()),
  textBody: z.optional(z.string()),
  htmlBody: z.optional(z.string()),
  to: z.optional(recipients),
});

/** People without sight of the issue get nothing, and nobody gets what they sent themselves. */
function notify(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  const { subject, textBody = '', htmlBody = '', to = {} } = bodyOf(definition, call);
  const named = [...new Set(namedPeople(store, issue, to))];
  if (named.length === 0 || named.every((id) => id === call.accountId))
    throw new Refusal(400, 'No recipients were defined for notification.');
  const reached = named.filter(
    (id) => id !== call.accountId && store.permissions.holds(id, 'BROWSE_PROJECTS', issue.projectId),
  );
  const summary = store.issues.values(issue.id).get('summary');
  store.transaction(() => {
    store.mails.queue({
      issueKey: issue.key,
      sender: call.accountId,
      recipients: reached,
      subject: subject ?? `(${issue.key}) ${typeof summary === 'string' ? summary : ''}`,
      text: textBody,
      html: htmlBody,
    });
  });
  return noContent;
}

function namedPeople(store: JiraStore, issue: IssueRecord, to: z.infer<typeof recipients>): readonly string[] {
  const values = store.issues.values(issue.id);
  const field = (id: 'assignee' | 'reporter'): readonly string[] => {
    const accountId = values.get(id);
    return typeof accountId === 'string' ? [accountId] : [];
  };
  const users = (to.users ?? []).map(({ accountId }) => {
    if (store.people.byId(accountId) === undefined) throw new Refusal(400, `The user '${accountId}' does not exist.`);
    return accountId;
  });
  const groups = [...(to.groups ?? []), ...(to.groupIds ?? []).map((groupId) => ({ groupId, name: undefined }))];
  const members = groups.flatMap(({ name, groupId }) => {
    const found = store.people.group(typeof groupId === 'string' ? { groupId } : { name: name ?? '' });
    if (found === undefined) throw new Refusal(400, `The group '${name ?? groupId ?? ''}' does not exist.`);
    return store.people.members(found.groupId).map(({ accountId }) => accountId);
  });
  return [
    ...(to.assignee === true ? field('assignee') : []),
    ...(to.reporter === true ? field('reporter') : []),
    ...(to.watchers === true ? store.links.watchers(issue.id) : []),
    ...users,
    ...members,
  ];
}
