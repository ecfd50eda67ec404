import * as z from 'zod/mini';
import { JiraRefusal, segment } from '../jira-calls';
import type { JiraAs } from '../jira-calls';
import * as shapes from '../shapes';

/** Everything of one issue that its page shows, read as the viewer. */
export interface IssueModel {
  readonly issue: shapes.Issue;
  readonly project: { readonly key: string; readonly name: string };
  readonly issueType: string;
  readonly summary: string;
  readonly status: shapes.IssueStatus;
  readonly transitions: readonly shapes.Transition[];
  /** Fields that this person may edit here, in the screen's order; empty when they may not edit. */
  readonly editable: Readonly<Record<string, shapes.FieldMeta>>;
  readonly fields: ReadonlyMap<string, FieldOfIssue>;
  /** What this person may add here, as far as Jira's permissions go. */
  readonly may: { readonly comment: boolean; readonly attach: boolean };
  readonly comments: readonly shapes.Comment[];
  readonly history: readonly shapes.HistoryEntry[];
  /** False when the history shown is not the whole one. */
  readonly historyComplete: boolean;
}

export interface FieldOfIssue {
  readonly id: string;
  /** The id again, or the module's key for a field of an app. */
  readonly key: string;
  readonly name: string;
  readonly schema: shapes.FieldMeta['schema'];
  readonly value: unknown;
}

const HISTORY_PAGE = 100;
const HISTORY_PAGES = 5;

async function readHistory(jira: JiraAs, key: string): Promise<{ entries: shapes.HistoryEntry[]; complete: boolean }> {
  const read = (startAt: number) =>
    jira.get(
      `/rest/api/3/issue/${segment(key)}/changelog?startAt=${startAt}&maxResults=${HISTORY_PAGE}`,
      shapes.changelogPage,
    );
  const first = await read(0);
  const entries = [...first.values];
  // The changelog comes oldest first; a very long one is read from its end, which is what a person looks for.
  const from = Math.max(entries.length, first.total - HISTORY_PAGE * HISTORY_PAGES);
  for (let at = from; at < first.total; at += HISTORY_PAGE) entries.push(...(await read(at)).values);
  return { entries: entries.reverse(), complete: entries.length >= first.total };
}

/** What one may edit is a permission: no permission is an empty screen, not an error of the page. */
async function readEditable(jira: JiraAs, key: string): Promise<Readonly<Record<string, shapes.FieldMeta>>> {
  try {
    return (await jira.get(`/rest/api/3/issue/${segment(key)}/editmeta`, shapes.editMeta)).fields;
  } catch (error) {
    if (error instanceof JiraRefusal && (error.status === 403 || error.status === 401)) return {};
    throw error;
  }
}

async function readPermissions(jira: JiraAs, key: string): Promise<IssueModel['may']> {
  const query = `permissions=ADD_COMMENTS,CREATE_ATTACHMENTS&issueKey=${segment(key)}`;
  const { permissions } = await jira.get(`/rest/api/3/mypermissions?${query}`, shapes.permissions);
  const may = (permission: string): boolean => permissions[permission]?.havePermission === true;
  return { comment: may('ADD_COMMENTS'), attach: may('CREATE_ATTACHMENTS') };
}

/** Reads an issue as the viewer; `JiraRefusal` 404 when Jira does not show it to them. */
export async function readIssue(jira: JiraAs, key: string): Promise<IssueModel> {
  const issue = await jira.get(`/rest/api/3/issue/${segment(key)}?expand=names`, shapes.issue);
  const known = await jira.get('/rest/api/3/field', shapes.fieldList);
  const [transitions, editable, history, comments] = [
    await jira.get(`/rest/api/3/issue/${segment(key)}/transitions?expand=transitions.fields`, shapes.transitions),
    await readEditable(jira, key),
    await readHistory(jira, key),
    await jira.get(`/rest/api/3/issue/${segment(key)}/comment?orderBy=-created&maxResults=100`, shapes.commentPage),
  ];
  const fields = new Map<string, FieldOfIssue>();
  for (const field of known) {
    if (field.schema === undefined || !(field.id in issue.fields)) continue;
    fields.set(field.id, {
      id: field.id,
      key: field.key ?? field.id,
      name: issue.names?.[field.id] ?? field.name,
      schema: field.schema,
      value: issue.fields[field.id],
    });
  }
  const project = shapes.projectFields.parse(issue.fields['project']);
  return {
    issue,
    project: { key: project.key, name: project.name ?? project.key },
    issueType: z.object({ name: z.string() }).parse(issue.fields['issuetype']).name,
    summary: z.string().parse(issue.fields['summary']),
    status: shapes.status.parse(issue.fields['status']),
    transitions: transitions.transitions,
    editable,
    fields,
    may: await readPermissions(jira, key),
    comments: comments.comments,
    history: history.entries,
    historyComplete: history.complete,
  };
}
