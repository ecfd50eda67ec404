import { route } from '@forge/api';
import * as z from '#zod';
import type { SiteIds, WordIds } from '../change/site-ids';
import type { CreatedChange, IssueRef, NewChange } from '../ports/ports';
import { Unavailable } from '../ports/ports';
import { readSite } from './jira-fields';
import { jira, messagesOf } from './jira-http';
import { changesOf, quoted } from './jql';

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

export async function listOldest(project: string, issueTypes: readonly string[], token?: string) {
  const { policy } = await readSite();
  const page = await search({
    jql: `${changesOf(policy, project, issueTypes)} ORDER BY created ASC, key ASC`,
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

/** The option by its id where the policy holds it: it may be called anything. */
function optionOf({ changeTypes }: Pick<SiteIds, 'changeTypes'>, type: string): { id: string } | { value: string } {
  const ids: WordIds = changeTypes;
  const id = Object.hasOwn(ids, type) ? ids[type] : undefined;
  return typeof id === 'string' ? { id } : { value: type };
}

export async function createChange(change: NewChange): Promise<CreatedChange> {
  const { fields, policy } = await readSite();
  const projectId = policy.projectIds[change.project];
  const typeId = policy.issueTypeIds[change.issueType];
  const option = optionOf(policy, change.changeType);
  const answer = await jira(route`/rest/api/3/issue`, {
    as: 'user',
    method: 'POST',
    once: true,
    body: {
      fields: {
        project: projectId === undefined ? { key: change.project } : { id: projectId },
        issuetype: typeId === undefined ? { name: change.issueType } : { id: typeId },
        summary: change.summary,
        description: document(change.description),
        [fields.changeType]: option,
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
