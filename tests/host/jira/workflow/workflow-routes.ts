import * as z from 'zod/mini';
import { requireAdministrator } from '../rest/access';
import { listOf, window } from '../rest/paging';
import { Refusal } from '../refusal';
import { noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { RULE_KEYS, type WorkflowRecord } from './model';
import { workflowIdsOf } from './scheme-store';
import { SYSTEM_RULES } from './system-rules';
import { statusesJson, workflowJson } from './workflow-json';
import type { Workflows } from './workflow-store';

/** Workflows as administrators read them: search, bulk read, capabilities; and delete. */
export function workflowAdminRoutes(store: JiraStore, workflows: Workflows): readonly Route[] {
  const entity = '/rest/api/3/workflow/{entityId}';
  return [
    { method: 'GET', path: '/rest/api/3/workflows/search', handle: (call) => search(store, workflows, call) },
    { method: 'POST', path: '/rest/api/3/workflows', handle: (call) => read(store, workflows, call) },
    {
      method: 'GET',
      path: '/rest/api/3/workflows/capabilities',
      handle: (call) => capabilities(store, workflows, call),
    },
    { method: 'DELETE', path: entity, handle: (call, params) => remove(store, workflows, call, params) },
  ];
}

const ORDERS: Readonly<Record<string, (workflow: WorkflowRecord) => string>> = {
  name: ({ name }) => name.toLowerCase(),
  created: ({ created }) => created,
  updated: ({ updated }) => updated,
};

function ordered(workflows: readonly WorkflowRecord[], orderBy: string): readonly WorkflowRecord[] {
  const by = ORDERS[orderBy.replace(/^[-+]/, '')];
  if (by === undefined) throw new Refusal(400, `Workflows are ordered by name, created or updated, not '${orderBy}'.`);
  const sign = orderBy.startsWith('-') ? -1 : 1;
  return [...workflows].sort((a, b) => (by(a) < by(b) ? -sign : by(a) > by(b) ? sign : 0));
}

function search(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const wanted = (call.query.get('queryString') ?? '').toLowerCase();
  const active = call.query.get('isActive');
  const inUse = new Set(
    workflows.schemes
      .all()
      .filter(({ id }) => workflows.schemes.projectsOf(id).length > 0)
      .flatMap(workflowIdsOf),
  );
  const named = workflows.all().filter(({ id, name }) => {
    const fits = active === null || inUse.has(id) === (active === 'true');
    return fits && name.toLowerCase().includes(wanted) && call.query.get('scope') !== 'PROJECT';
  });
  const found = ordered(named, call.query.get('orderBy') ?? 'name');
  const { startAt, maxResults } = window(call.query, 50, 200);
  const values = found.slice(startAt, startAt + maxResults);
  const withTransitions = listOf(call.query, 'expand').includes('values.transitions');
  const isLast = startAt + values.length >= found.length;
  const self = `${store.baseUrl}/rest/api/3/workflows/search`;
  return ok({
    self,
    ...(isLast ? {} : { nextPage: `${self}?startAt=${startAt + values.length}&maxResults=${maxResults}` }),
    startAt,
    maxResults,
    total: found.length,
    isLast,
    values: values.map((workflow) => workflowJson(workflow, withTransitions)),
    statuses: statusesJson(store, values),
  });
}

const readRequest = z.object({
  workflowNames: z.optional(z.array(z.string())),
  workflowIds: z.optional(z.array(z.string())),
  projectAndIssueTypes: z.optional(z.array(z.object({ projectId: z.string(), issueTypeId: z.string() }))),
});

/** By name, by id, or as a project and issue type have it. A name or id that is not there refuses the whole call. */
function read(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const parsed = readRequest.safeParse(call.json());
  if (!parsed.success)
    throw new Refusal(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  const { workflowNames = [], workflowIds = [], projectAndIssueTypes = [] } = parsed.data;
  const all = workflows.all();
  const missing =
    workflowNames.find((wanted) => !all.some(({ name }) => name === wanted)) ??
    workflowIds.find((wanted) => !all.some(({ id }) => id === wanted));
  if (missing !== undefined) throw new Refusal(404, `The workflow '${missing}' was not found.`);
  const used = projectAndIssueTypes.flatMap(
    ({ projectId, issueTypeId }) => workflows.ofProject(projectId, issueTypeId)?.id ?? [],
  );
  const found = all.filter(
    ({ id, name }) => workflowNames.includes(name) || workflowIds.includes(id) || used.includes(id),
  );
  return ok({ workflows: found.map((workflow) => workflowJson(workflow, true)), statuses: statusesJson(store, found) });
}

const RULE_TYPES = { condition: 'Condition', validator: 'Validator', 'post-function': 'Function' } as const;

function capabilities(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const workflowId = call.query.get('workflowId');
  if (workflowId !== null && workflows.find(workflowId) === undefined)
    throw new Refusal(400, `The workflow '${workflowId}' was not found.`);
  const { conditions, validators, postFunctions } = store.forge.modules;
  const rule = (ruleType: string, ruleKey: string) => (module: { readonly ari: string; readonly name: string }) => ({
    id: module.ari,
    name: module.name,
    description: '',
    ruleKey,
    ruleType,
  });
  return ok({
    editorScope: 'GLOBAL',
    projectTypes: ['software', 'business'],
    connectRules: [],
    systemRules: Object.entries(SYSTEM_RULES).map(([ruleKey, { kind, name, description }]) => ({
      ruleKey,
      ruleType: RULE_TYPES[kind],
      name,
      description,
      incompatibleRuleKeys: [],
      isAvailableForInitialTransition: false,
      isVisible: true,
    })),
    triggerRules: [],
    forgeRules: [
      ...conditions.map(rule(RULE_TYPES.condition, RULE_KEYS.condition)),
      ...validators.map(rule(RULE_TYPES.validator, RULE_KEYS.validator)),
      ...postFunctions.map(rule(RULE_TYPES['post-function'], RULE_KEYS['post-function'])),
    ],
  });
}

function remove(store: JiraStore, workflows: Workflows, call: RestCall, params: PathParams): RestAnswer {
  requireAdministrator(store, call.actor);
  const id = params.get('entityId');
  if (workflows.find(id) === undefined) throw new Refusal(404, `The workflow with ID '${id}' was not found.`);
  if (workflows.inSchemes(id).length > 0)
    throw new Refusal(400, 'Cannot delete a workflow that is used in a workflow scheme.');
  store.transaction(() => {
    workflows.remove(id);
  });
  return noContent;
}
