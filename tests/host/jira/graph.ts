import * as z from 'zod/mini';
import type { DevelopmentRecord } from './development-store';
import type { JiraStore } from './store';

const request = z.object({
  query: z.string(),
  variables: z.object({ cypherQuery: z.string(), params: z.object({ id: z.string() }) }),
});

const RELATIONS: Readonly<Record<string, readonly [DevelopmentRecord['kind'], typename: string, scope: string]>> = {
  jira_work_item_links_external_commit: ['commit', 'ExternalCommit', 'read:graph:commit:external'],
  jira_work_item_links_external_pull_request: [
    'pull-request',
    'ExternalPullRequest',
    'read:graph:pull-request:external',
  ],
  jira_work_item_links_external_branch: ['branch', 'ExternalBranch', 'read:graph:branch:external'],
  jira_work_item_links_external_build: ['build', 'ExternalBuild', 'read:graph:build:external'],
};

const MATCH = /^MATCH \((\w+):JiraWorkItem \{ari: \$id\}\)-\[:([a-z_]+(?:\|[a-z_]+)*)\]->\((\w+)\) RETURN \3$/;

const refused = (message: string) => ({ data: null, errors: [{ message }] });

/**
 * The Teamwork Graph for one person: the one shape of query that a work item's development links are asked with
 * (developer.atlassian.com, "Jira work item links external pull request" and its like), by that person's permissions and
 * the app's scopes. Anything else is an error, as GraphQL answers one. Deployments hang on commits there, not on work items.
 */
export function askGraph(store: JiraStore, accountId: string, scopes: readonly string[], body: unknown): unknown {
  const asked = request.safeParse(body);
  if (!asked.success || !asked.data.query.includes('cypherQuery(query: $cypherQuery, params: $params)'))
    return refused('The query is not one that this site answers.');
  const { cypherQuery, params } = asked.data.variables;
  const relations = MATCH.exec(cypherQuery)?.[2]?.split('|');
  const wanted = (relations ?? []).flatMap((name) => (Object.hasOwn(RELATIONS, name) ? [RELATIONS[name]] : []));
  if (relations === undefined || wanted.length !== relations.length) return refused('The Cypher query is not known.');
  const missing = ['read:graph:issue:jira', ...wanted.map((one) => one?.[2] ?? '')].filter(
    (scope) => !scopes.includes(scope),
  );
  if (missing.length > 0) return refused(`The app lacks ${missing.join(', ')}.`);
  const issue = store.issues.find(/^ari:cloud:jira:[0-9a-f-]+:issue\/(\d+)$/.exec(params.id)?.[1] ?? '');
  const may =
    issue !== undefined &&
    store.permissions.holds(accountId, 'BROWSE_PROJECTS', issue.projectId) &&
    store.permissions.holds(accountId, 'VIEW_DEV_TOOLS', issue.projectId);
  const found = may ? store.others.development(issue.id) : [];
  const edges = found.flatMap((record) => {
    const typename = wanted.find((one) => one?.[0] === record.kind)?.[1];
    return typename === undefined ? [] : [edgeOf(record, typename)];
  });
  return { data: { cypherQuery: { edges } } };
}

function edgeOf({ kind, id, name, url, state, updated }: DevelopmentRecord, typename: string): unknown {
  const data = {
    __typename: typename,
    displayName: name,
    url,
    lastUpdated: updated,
    ...(kind === 'pull-request' ? { status: state } : {}),
    ...(kind === 'build' ? { state } : {}),
  };
  const value = { __typename: 'CypherQueryResultNode', id: `ari:cloud:jira:local:${kind}/${id}`, data };
  return { node: { columns: [{ key: 'target', value }] } };
}
