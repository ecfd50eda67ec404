/**
 * The classic scope that each Jira route asks of an app, as `x-atlassian-oauth2-scopes` of Jira's OpenAPI document says.
 * A route that is not listed is refused to the app: nobody may pass for want of an entry. Two routes go further than
 * the document, which calls their scope optional for now: writing app field values asks for write:app-data:jira.
 */
const ROUTES: Readonly<Record<string, string>> = {
  'read:jira-work': `
    GET issue/{issueIdOrKey}
    GET issue/{issueIdOrKey}/changelog
    POST issue/{issueIdOrKey}/changelog/list
    GET issue/{issueIdOrKey}/comment
    GET issue/{issueIdOrKey}/comment/{id}
    GET issue/{issueIdOrKey}/properties
    GET issue/{issueIdOrKey}/properties/{propertyKey}
    GET issue/{issueIdOrKey}/remotelink
    GET issue/{issueIdOrKey}/transitions
    GET attachment/{id}
    GET attachment/content/{id}
    GET bulk/issues/transition
    GET bulk/queue/{taskId}
    POST changelog/bulkfetch
    GET field
    GET field/search
    GET issuetype
    GET mypermissions
    POST permissions/project
    GET priority
    GET project
    GET project/search
    GET project/{projectIdOrKey}
    GET project/{projectIdOrKey}/properties
    GET project/{projectIdOrKey}/properties/{propertyKey}
    GET project/{projectIdOrKey}/role
    GET project/{projectIdOrKey}/role/{id}
    GET project/{projectIdOrKey}/statuses
    POST search/approximate-count
    GET search/jql
    POST search/jql
    GET status
    GET status/{idOrName}
    GET statuscategory`,
  'write:jira-work': `
    POST issue
    PUT issue/{issueIdOrKey}
    DELETE issue/{issueIdOrKey}
    PUT issue/{issueIdOrKey}/assignee
    POST issue/{issueIdOrKey}/attachments
    POST issue/{issueIdOrKey}/comment
    PUT issue/{issueIdOrKey}/comment/{id}
    DELETE issue/{issueIdOrKey}/comment/{id}
    PUT issue/{issueIdOrKey}/properties/{propertyKey}
    DELETE issue/{issueIdOrKey}/properties/{propertyKey}
    POST issue/{issueIdOrKey}/remotelink
    POST issue/{issueIdOrKey}/transitions
    DELETE attachment/{id}
    POST bulk/issues/transition`,
  'read:jira-user': `
    GET user
    GET user/bulk
    GET user/groups
    GET user/search
    GET users/search
    GET myself
    GET group
    GET group/bulk
    GET groups/picker`,
  'read:jira-work read:jira-user': `
    POST expression/analyse
    POST expression/evaluate`,
  'manage:jira-configuration': `
    GET auditing/record
    POST field
    GET field/{fieldId}/context
    POST field/{fieldId}/context
    GET field/{fieldId}/context/{contextId}/option
    POST field/{fieldId}/context/{contextId}/option
    PUT field/{fieldId}/context/{contextId}/option
    GET group/member
    POST group/user
    DELETE group/user
    POST issuetype
    GET permissions
    GET role
    GET statuses
    POST statuses
    GET statuses/search
    POST workflow/history
    POST workflow/history/list
    POST workflows
    GET workflows/capabilities
    POST workflows/create
    POST workflows/create/validation
    GET workflows/search
    POST workflows/update
    POST workflows/update/validation
    GET workflowscheme
    POST workflowscheme
    GET workflowscheme/project
    PUT workflowscheme/project
    POST workflowscheme/project/switch
    POST workflowscheme/read
    POST workflowscheme/update
    POST workflowscheme/update/mappings
    GET workflowscheme/{id}`,
  'manage:jira-project': `
    PUT project/{projectIdOrKey}/properties/{propertyKey}
    GET screens
    POST screens
    GET screens/{screenId}/tabs
    GET screens/{screenId}/tabs/{tabId}/fields
    POST screens/{screenId}/tabs/{tabId}/fields`,
  'write:app-data:jira': `
    POST app/field/value
    PUT app/field/{fieldIdOrKey}/value`,
  '': `
    POST permissions/check
    GET serverInfo`,
};

export interface RouteScopes {
  readonly method: string;
  /** As in the OpenAPI document, `/rest/api/3/issue/{issueIdOrKey}`. */
  readonly template: string;
  /** All of them are needed. */
  readonly scopes: readonly string[];
}

export const ROUTE_SCOPES: readonly RouteScopes[] = Object.entries(ROUTES).flatMap(([scopes, lines]) =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [method = '', path = ''] = line.trim().split(' ');
      return { method, template: `/rest/api/3/${path}`, scopes: scopes.split(' ').filter((scope) => scope !== '') };
    }),
);

/** More fixed segments match first: `issue/{key}/changelog` is no issue called "changelog". */
const MATCHERS = ROUTE_SCOPES.map((route) => ({
  route,
  fixed: route.template.split('/').filter((segment) => !segment.startsWith('{')).length,
  pattern: new RegExp(`^${route.template.replace(/\{\w+\}/g, '[^/]+')}/?$`),
})).sort((a, b) => b.fixed - a.fixed);

/** The route that a call means, or undefined when it is not listed. `path` may carry a query. */
export function routeOf(method: string, path: string): RouteScopes | undefined {
  const [bare = ''] = path.split('?');
  return MATCHERS.find(({ route, pattern }) => route.method === method && pattern.test(bare))?.route;
}
