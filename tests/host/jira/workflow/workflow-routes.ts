import * as z from 'zod/mini';
import { requireAdministrator } from '../rest/access';
import { listOf, window } from '../rest/paging';
import { Refusal } from '../refusal';
import { ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { readUpdate } from './workflow-input';
import { RULE_KEYS, statusesJson, workflowJson } from './workflow-json';
import type { Workflows } from './workflow-store';

/** Workflows for administrators: search, bulk read, capabilities, update. */
export function workflowAdminRoutes(store: JiraStore, workflows: Workflows): readonly Route[] {
  return [
    { method: 'GET', path: '/rest/api/3/workflows/search', handle: (call) => search(store, workflows, call) },
    { method: 'POST', path: '/rest/api/3/workflows', handle: (call) => read(store, workflows, call) },
    { method: 'GET', path: '/rest/api/3/workflows/capabilities', handle: (call) => capabilities(store, call) },
    { method: 'POST', path: '/rest/api/3/workflows/update', handle: (call) => update(store, workflows, call) },
  ];
}

function search(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const wanted = (call.query.get('queryString') ?? '').toLowerCase();
  const found = workflows.all().filter(({ name }) => name.toLowerCase().includes(wanted));
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
  projectAndIssueTypes: z.optional(z.array(z.looseObject({ projectId: z.string() }))),
});

function read(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const parsed = readRequest.safeParse(call.json());
  if (!parsed.success)
    throw new Refusal(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  const { workflowNames = [], workflowIds = [], projectAndIssueTypes = [] } = parsed.data;
  const used = projectAndIssueTypes.flatMap(({ projectId }) => workflows.ofProject(projectId)?.id ?? []);
  const found = workflows
    .all()
    .filter(({ id, name }) => workflowNames.includes(name) || workflowIds.includes(id) || used.includes(id));
  return ok({ workflows: found.map((workflow) => workflowJson(workflow, true)), statuses: statusesJson(store, found) });
}

function capabilities(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
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
    systemRules: [],
    triggerRules: [],
    forgeRules: [
      ...conditions.map(rule('Condition', RULE_KEYS.condition)),
      ...validators.map(rule('Validator', RULE_KEYS.validator)),
      ...postFunctions.map(rule('Function', RULE_KEYS['post-function'])),
    ],
  });
}

/** Replaces whole workflows; one that somebody else changed in between is a conflict. */
function update(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const updated = store.transaction(() =>
    readUpdate(store, call.json()).map(({ id, versionNumber, statusIds, transitions, description }) => {
      const known = workflows.all().find((workflow) => workflow.id === id);
      if (known === undefined) throw new Refusal(400, `No workflow with id '${id}' found.`);
      if (known.versionNumber !== versionNumber)
        throw new Refusal(409, `The workflow '${known.name}' has been changed since it was read.`);
      const now = store.clock.now().toISOString();
      const next = {
        ...known,
        statusIds,
        transitions,
        description: description ?? known.description,
        versionNumber: versionNumber + 1,
        updated: now,
      };
      workflows.replace(next);
      return next;
    }),
  );
  return ok({
    workflows: updated.map((workflow) => workflowJson(workflow, true)),
    statuses: statusesJson(store, updated),
    taskId: null,
  });
}
