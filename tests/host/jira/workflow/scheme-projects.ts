import * as z from 'zod/mini';
import { requireAdministrator } from '../rest/access';
import { parsed } from '../rest/body';
import { originOf } from '../rest/issue';
import { listOf } from '../rest/paging';
import { Refusal } from '../refusal';
import { noContent, ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { moveStranded, strandedIssues } from './migration';
import type { WorkflowRecord } from './model';
import {
  contentById,
  mappedTarget,
  mappingsByIssueType,
  mappingsByWorkflow,
  schemeName,
  under,
  workflowsForIssueTypes,
} from './scheme-input';
import { schemeJson, schemeReadJson } from './scheme-json';
import { workflowIdOf, workflowIdsOf, type SchemeRecord } from './scheme-store';
import { seeTask } from './task-routes';
import type { Workflows } from './workflow-store';

/** Workflow schemes of projects, and the calls that change an active scheme without a draft. */
export function schemeProjectRoutes(store: JiraStore, workflows: Workflows): readonly Route[] {
  const path = '/rest/api/3/workflowscheme';
  const routes: readonly (readonly [
    Route['method'],
    string,
    (s: JiraStore, w: Workflows, c: RestCall) => RestAnswer,
  ])[] = [
    ['GET', `${path}/project`, ofProjects],
    ['PUT', `${path}/project`, assign],
    ['POST', `${path}/project/switch`, change],
    ['POST', `${path}/read`, read],
    ['POST', `${path}/update`, update],
    ['POST', `${path}/update/mappings`, requiredMappings],
  ];
  return routes.map(([method, route, work]) => ({
    method,
    path: route,
    handle: (call) => {
      if (!store.permissions.may(call.actor, 'ADMINISTER'))
        throw new Refusal(403, 'Only Jira administrators can access workflow scheme associations.');
      return work(store, workflows, call);
    },
  }));
}

/** Projects that are not there are left out, as in Jira. */
function ofProjects(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  const wanted = listOf(call.query, 'projectId');
  if (wanted.length === 0) throw new Refusal(400, { errors: { projectId: 'The ID of a project has to be provided.' } });
  const used = wanted.map((id) => workflows.schemes.ofProject(id)?.id);
  const schemes = workflows.schemes.all().filter(({ id }) => used.includes(id));
  return ok({
    values: schemes.map((scheme) => ({
      projectIds: wanted.filter((_, at) => used[at] === scheme.id),
      workflowScheme: schemeJson(store, workflows, scheme),
    })),
  });
}

function schemeNamed(workflows: Workflows, id: string): SchemeRecord {
  const scheme = workflows.schemes.find(id);
  if (scheme === undefined) throw new Refusal(404, 'The workflow scheme was not found.');
  return scheme;
}

function projectNamed(store: JiraStore, id: string): string {
  const project = store.projects.find(id);
  if (project?.id !== id) throw new Refusal(404, 'The project was not found.');
  return id;
}

const assignRequest = z.object({ projectId: z.string(), workflowSchemeId: z.optional(z.string()) });

function assign(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  const { projectId, workflowSchemeId } = parsed(assignRequest, call.json());
  projectNamed(store, projectId);
  // Without an id Jira assigns its default scheme, which this site has not.
  if (workflowSchemeId === undefined) throw new Refusal(400, 'Name the workflow scheme: this site has no default one.');
  const { id, name } = schemeNamed(workflows, workflowSchemeId);
  if (store.issues.inProject(projectId).length > 0)
    throw new Refusal(400, 'The workflow scheme of a project that has issues cannot be assigned: switch it.');
  store.transaction(() => {
    workflows.schemes.use(projectId, id);
    tell(store, call, projectId, name);
  });
  return noContent;
}

/** Jira's audit log says which scheme a project was given. */
function tell(store: JiraStore, call: RestCall, projectId: string, scheme: string): void {
  const object = { id: projectId, name: store.projects.find(projectId)?.key ?? projectId, type: 'PROJECT' };
  store.audit.record(call, 'Workflow scheme added to project', 'workflows', object, [['Scheme', '', scheme]]);
}

const switchRequest = z.object({
  projectId: z.string(),
  targetSchemeId: z.string(),
  mappingsByIssueTypeOverride: z.nullish(mappingsByIssueType),
});

function change(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  const { projectId, targetSchemeId, mappingsByIssueTypeOverride } = parsed(switchRequest, call.json());
  if (store.projects.find(projectId)?.id !== projectId) throw new Refusal(400, 'The project was not found.');
  const scheme = workflows.schemes.find(targetSchemeId);
  if (scheme === undefined) throw new Refusal(400, 'The workflow scheme was not found.');
  return store.transaction(() => {
    const stranded = strandedIssues(store, projectId, under(workflows, scheme));
    workflows.schemes.use(projectId, scheme.id);
    tell(store, call, projectId, scheme.name);
    moveStranded(store, originOf(call), stranded, mappedTarget(mappingsByIssueTypeOverride ?? []));
    return seeTask(store, workflows, call, 'Switch workflow scheme');
  });
}

const readRequest = z.object({
  projectIds: z.nullish(z.array(z.nullable(z.string()))),
  workflowSchemeIds: z.nullish(z.array(z.nullable(z.string()))),
});

function read(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const { projectIds, workflowSchemeIds } = parsed(readRequest, call.json());
  const used = (projectIds ?? []).map((id) => workflows.schemes.ofProject(id ?? '')?.id);
  const wanted = new Set([...used, ...(workflowSchemeIds ?? [])]);
  const found = workflows.schemes.all().filter(({ id }) => wanted.has(id));
  return ok(found.map((scheme) => schemeReadJson(workflows, scheme)));
}

const updateRequest = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  version: z.object({ versionNumber: z.number() }),
  defaultWorkflowId: z.nullish(z.string()),
  workflowsForIssueTypes: z.nullish(workflowsForIssueTypes),
  statusMappingsByIssueTypeOverride: z.nullish(mappingsByIssueType),
  statusMappingsByWorkflows: z.nullish(mappingsByWorkflow),
});

/** Changes a scheme at once, active or not: "this API doesn't have a concept of draft". */
function update(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  const input = parsed(updateRequest, call.json());
  const scheme = workflows.schemes.find(input.id);
  if (scheme === undefined) throw new Refusal(400, 'The workflow scheme was not found.');
  if (scheme.versionNumber !== input.version.versionNumber)
    throw new Refusal(409, 'The workflow scheme has been changed since it was read.');
  return store.transaction(() => {
    const content = contentById(
      store,
      workflows,
      input.defaultWorkflowId ?? scheme.defaultWorkflowId,
      input.workflowsForIssueTypes ?? [],
    );
    const stranded = workflows.schemes
      .projectsOf(scheme.id)
      .flatMap((projectId) => strandedIssues(store, projectId, under(workflows, content)));
    const byWorkflow = input.statusMappingsByWorkflows ?? [];
    const target = mappedTarget(input.statusMappingsByIssueTypeOverride ?? [], byWorkflow, scheme);
    store.audit.record(call, 'Workflow scheme updated', 'workflows', {
      id: scheme.id,
      name: scheme.name,
      type: 'SCHEME',
    });
    workflows.schemes.replace({
      id: scheme.id,
      name: schemeName(workflows, input.name, scheme.id),
      description: input.description,
      ...content,
      author: call.accountId,
      modified: store.clock.now().toISOString(),
    });
    moveStranded(store, originOf(call), stranded, target);
    return stranded.length === 0 ? ok({}) : seeTask(store, workflows, call, 'Update workflow scheme');
  });
}

const mappingsRequest = z.object({
  id: z.string(),
  defaultWorkflowId: z.nullish(z.string()),
  workflowsForIssueTypes,
});

/** The statuses that an update would take from the issue types of the projects under the scheme. */
function requiredMappings(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  const input = parsed(mappingsRequest, call.json());
  const scheme = workflows.schemes.find(input.id);
  if (scheme === undefined) throw new Refusal(400, 'The workflow scheme was not found.');
  const defaultId = input.defaultWorkflowId ?? scheme.defaultWorkflowId;
  const content = contentById(store, workflows, defaultId, input.workflowsForIssueTypes);
  const projects = workflows.schemes.projectsOf(scheme.id);
  const types = new Set(projects.flatMap((id) => store.projects.issueTypesOf(id).map((type) => type.id)));
  const lost = [...types].flatMap((issueTypeId) => {
    const source = workflows.find(workflowIdOf(scheme, issueTypeId));
    const target = workflows.find(workflowIdOf(content, issueTypeId));
    if (source === undefined || target === undefined) return [];
    const statusIds = source.statusIds.filter((id) => !target.statusIds.includes(id));
    return statusIds.length === 0 ? [] : [{ issueTypeId, source, target, statusIds }];
  });
  const targets = workflowIdsOf(content).flatMap((id) => workflows.find(id) ?? []);
  const pairs = new Map(lost.map((each) => [`${each.source.id} ${each.target.id}`, each]));
  const named = new Set([
    ...lost.flatMap(({ statusIds }) => statusIds),
    ...targets.flatMap(({ statusIds }) => statusIds),
  ]);
  return ok({
    statusMappingsByIssueTypes: lost.map(({ issueTypeId, statusIds }) => ({ issueTypeId, statusIds })),
    statusMappingsByWorkflows: [...pairs.values()].map(({ source, target, statusIds }) => ({
      sourceWorkflowId: source.id,
      targetWorkflowId: target.id,
      statusIds,
    })),
    statuses: store.projects
      .statuses()
      .filter(({ id }) => named.has(id))
      .map(({ id, name, category }) => ({ id, name, category })),
    statusesPerWorkflow: targets.map(statusesOf),
  });
}

const statusesOf = ({ id, statusIds, transitions }: WorkflowRecord) => ({
  workflowId: id,
  statuses: statusIds,
  initialStatusId: transitions.find(({ type }) => type === 'INITIAL')?.to ?? '',
});
