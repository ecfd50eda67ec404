import { route } from '@forge/api';
import * as z from '#zod';
import type { CreatedChange, IssueRef, NewChange } from '../ports/ports';
import { Unavailable } from '../ports/ports';
import { siteFieldIds } from './jira-fields';
import { jira, messagesOf } from './jira-http';

/** An issue property that anybody who may edit the issue may write: a hint where to look, never proof of anything. */
const MARK = 'change-control.opened-for';
const PAGE = 25;

const found = z.lazy(() =>
  z.looseObject({
    issues: z.array(
      z.looseObject({
        id: z.string(),
        key: z.optional(z.string()),
        properties: z.optional(z.record(z.string(), z.unknown())),
      }),
    ),
    nextPageToken: z.optional(z.nullable(z.string())),
  }),
);
const made = z.lazy(() => z.looseObject({ id: z.string(), key: z.string() }));

/** Text between quotation marks in JQL. */
const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

export async function listOldest(project: string, issueTypes: readonly string[], token?: string) {
  const page = await search({
    jql: `project = ${quoted(project)} AND issuetype in (${issueTypes.map(quoted).join(', ')}) ORDER BY created ASC, key ASC`,
    fields: ['id'],
    maxResults: PAGE,
    ...(token === undefined ? {} : { nextPageToken: token }),
  });
  const issueIds = page.issues.map(({ id }) => id);
  return (page.nextPageToken ?? null) === null ? { issueIds } : { issueIds, next: String(page.nextPageToken) };
}

export async function findMarked(project: string, creator: string, mark: string): Promise<IssueRef | undefined> {
  let token: string | undefined;
  do {
    const page = await search({
      jql: `project = ${quoted(project)} AND creator = ${quoted(creator)} AND created >= "-1d" ORDER BY created DESC`,
      fields: ['key'],
      properties: [MARK],
      maxResults: PAGE,
      ...(token === undefined ? {} : { nextPageToken: token }),
    });
    for (const { id, key, properties } of page.issues)
      if (key !== undefined && properties?.[MARK] === mark) return { issueId: id, key };
    token = page.nextPageToken ?? undefined;
  } while (token !== undefined);
  return undefined;
}

async function search(body: Readonly<Record<string, unknown>>) {
  const { status, json } = await jira(route`/rest/api/3/search/jql`, { as: 'app', method: 'POST', body });
  if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for a search`);
  return found.parse(json);
}

export async function createChange(change: NewChange): Promise<CreatedChange> {
  const { fields } = await siteFieldIds();
  const answer = await jira(route`/rest/api/3/issue`, {
    as: 'user',
    method: 'POST',
    once: true,
    body: {
      fields: {
        project: { key: change.project },
        issuetype: { name: change.issueType },
        summary: change.summary,
        description: document(change.description),
        [fields.changeType]: { value: change.changeType },
      },
      properties: [{ key: MARK, value: change.mark }],
    },
  });
  if (answer.status !== 201) return { created: false, status: answer.status, messages: messagesOf(answer) };
  const { id, key } = made.parse(answer.json);
  return { created: true, issueId: id, key };
}

const document = (paragraphs: readonly string[]) => ({
  type: 'doc',
  version: 1,
  content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
});
