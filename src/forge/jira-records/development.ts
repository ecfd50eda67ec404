import { asUser } from '@forge/api';
import * as z from '#zod';
import type { ShownPart, ShownRecord } from '../../evidence/jira/shown';
import { look, NOT_AS_DOCUMENTED, Unseen } from '../looking';
import { instantOrNull, shownPart } from './part';

/**
 * What the Teamwork Graph links to a work item (developer.atlassian.com, "Jira work item links external commit" and the
 * like). A preview, read with one query over all four relations; `@forge/api` offers it as a person only.
 */
const CYPHER =
  'MATCH (item:JiraWorkItem {ari: $id})-[:jira_work_item_links_external_commit|jira_work_item_links_external_pull_request|jira_work_item_links_external_branch|jira_work_item_links_external_build]->(target) RETURN target';

const QUERY = `query changeControl_development($cypherQuery: String!, $params: CypherRequestParams) {
  cypherQuery(query: $cypherQuery, params: $params) {
    edges { node { columns { key value { __typename
      ... on CypherQueryResultNode { id data { __typename
        ... on ExternalCommit { displayName url lastUpdated }
        ... on ExternalPullRequest { displayName: title url lastUpdated status }
        ... on ExternalBranch { displayName: name url lastUpdated }
        ... on ExternalBuild { displayName url lastUpdated state } } } } } } }
  }
}`;

const text = z.lazy(() => z.optional(z.nullable(z.string())));
const target = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    data: z.nullish(
      z.looseObject({
        __typename: z.string(),
        displayName: text,
        url: text,
        lastUpdated: text,
        status: text,
        state: text,
      }),
    ),
  }),
);
const answer = z.lazy(() =>
  z.looseObject({
    data: z.nullish(
      z.looseObject({
        cypherQuery: z.nullish(
          z.looseObject({
            edges: z.array(
              z.looseObject({
                node: z.looseObject({
                  columns: z.array(z.looseObject({ value: z.nullish(z.looseObject({ __typename: z.string() })) })),
                }),
              }),
            ),
          }),
        ),
      }),
    ),
    errors: z.optional(z.array(z.looseObject({ message: z.optional(z.string()) }))),
  }),
);

const KINDS: Readonly<Record<string, string>> = {
  ExternalCommit: 'commit',
  ExternalPullRequest: 'pull-request',
  ExternalBranch: 'branch',
  ExternalBuild: 'build',
};

/** Nobody sees more than they may: what is not in it is not therefore gone. */
export async function development(issueId: string, cloudId: string): Promise<ShownPart> {
  const id = `ari:cloud:jira:${cloudId}:issue/${issueId}`;
  const asked = await look(() => ask(id));
  if ('unseen' in asked) return { items: [], because: asked.unseen };
  const { data, errors = [] } = asked.seen;
  const edges = data?.cypherQuery?.edges;
  if (edges === undefined) return { items: [], because: refusalOf(errors) };
  const nodes = edges.flatMap(({ node }) => node.columns.map(({ value }) => target.safeParse(value).data));
  const part = await shownPart(() => Promise.resolve(nodes.flatMap(shownTarget)));
  // Errors come beside partial data (GraphQL): what came is kept, and that it is not everything is said.
  return errors.length === 0 ? part : { ...part, because: refusalOf(errors) };
}

async function ask(id: string): Promise<z.infer<typeof answer>> {
  let response: Awaited<ReturnType<ReturnType<typeof asUser>['requestTeamworkGraph']>>;
  try {
    response = await asUser().requestTeamworkGraph(QUERY, { cypherQuery: CYPHER, params: { id } });
  } catch (cause) {
    throw new Unseen(`The Teamwork Graph did not answer (${cause instanceof Error ? cause.name : 'unknown'}).`);
  }
  if (response.status !== 200) throw new Unseen(`The Teamwork Graph answered ${response.status}.`);
  const parsed = answer.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) throw new Unseen(NOT_AS_DOCUMENTED);
  return parsed.data;
}

const refusalOf = (errors: readonly { readonly message?: string | undefined }[]): string =>
  errors.length === 0 ? NOT_AS_DOCUMENTED : 'The Teamwork Graph answered with an error.';

function shownTarget(node: z.infer<typeof target> | undefined): ShownRecord[] {
  const kind = KINDS[node?.data?.__typename ?? ''];
  if (node === undefined || kind === undefined) return [];
  const { displayName, url, lastUpdated, status, state } = node.data ?? {};
  const how = status ?? state ?? null;
  return [
    {
      record: 'development',
      id: node.id,
      attributes: { kind, ...(how === null ? {} : { state: how.toLowerCase() }) },
      what: { title: displayName ?? node.id, ...((url ?? '') === '' ? {} : { url: url ?? '' }) },
      by: null,
      at: instantOrNull(lastUpdated),
    },
  ];
}
