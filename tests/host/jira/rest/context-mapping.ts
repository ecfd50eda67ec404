import * as z from 'zod/mini';
import { isGlobal, type ContextRecord } from '../context-store';
import type { FieldRecord } from '../field-store';
import { Refusal } from '../refusal';
import { noContent, ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { bodyOf } from './body';
import { contextHandlers, freeProjects, known, type ContextWork } from './context';
import { listOf, pageBean, window } from './paging';

/** The projects and issue types of the contexts of custom fields. */
export function contextMappingRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/field/{fieldId}/context';
  const one = `${path}/{contextId}`;
  const { of, ofOne } = contextHandlers(store);
  return [
    { method: 'GET', path: `${path}/projectmapping`, handle: of(projectMappings) },
    { method: 'GET', path: `${path}/issuetypemapping`, handle: of(issueTypeMappings) },
    { method: 'PUT', path: `${one}/project`, handle: ofOne(addProjects) },
    { method: 'POST', path: `${one}/project/remove`, handle: ofOne(removeProjects) },
    { method: 'PUT', path: `${one}/issuetype`, handle: ofOne(addIssueTypes) },
    { method: 'POST', path: `${one}/issuetype/remove`, handle: ofOne(removeIssueTypes) },
  ];
}

const PAGE = 50;

const projects = z.object({ projectIds: z.array(z.string()) });
const issueTypes = z.object({ issueTypeIds: z.array(z.string()) });

function replaced(store: JiraStore, context: ContextRecord): RestAnswer {
  store.transaction(() => {
    store.contexts.replace(context);
  });
  return noContent;
}

/** Neither projects nor issue types are added to a global context from April 2026 on (CHANGE-3019). */
function notGlobal(context: ContextRecord): void {
  if (isGlobal(context)) throw new Refusal(400, 'The global context of a custom field cannot be restricted.');
}

const addProjects: ContextWork = (store, call, field, context) => {
  const projectIds = known(bodyOf(projects, call).projectIds, 'project', (id) => store.projects.find(id)?.id === id);
  notGlobal(context);
  freeProjects(store, field, projectIds);
  return replaced(store, { ...context, projectIds: [...context.projectIds, ...projectIds] });
};

const removeProjects: ContextWork = (store, call, field, context) => {
  const { projectIds } = bodyOf(projects, call);
  known(projectIds, 'project', (id) => store.projects.find(id)?.id === id);
  if (projectIds.some((id) => !context.projectIds.includes(id)))
    throw new Refusal(400, 'One of the projects is not assigned to the context.');
  const left = context.projectIds.filter((id) => !projectIds.includes(id));
  freeProjects(store, field, left, context.id);
  return replaced(store, { ...context, projectIds: left });
};

const addIssueTypes: ContextWork = (store, call, _, context) => {
  const given = bodyOf(issueTypes, call).issueTypeIds;
  const ids = known(given, 'issue type', (id) => store.projects.issueType(id) !== undefined);
  notGlobal(context);
  if (ids.some((id) => context.issueTypeIds.includes(id)))
    throw new Refusal(400, 'One of the issue types is assigned to the context already.');
  return replaced(store, { ...context, issueTypeIds: [...context.issueTypeIds, ...ids] });
};

const removeIssueTypes: ContextWork = (store, call, _, context) => {
  const { issueTypeIds } = bodyOf(issueTypes, call);
  if (issueTypeIds.some((id) => !context.issueTypeIds.includes(id)))
    throw new Refusal(400, 'One of the issue types is not assigned to the context.');
  return replaced(store, { ...context, issueTypeIds: context.issueTypeIds.filter((id) => !issueTypeIds.includes(id)) });
};

function mapped(
  store: JiraStore,
  call: RestCall,
  field: FieldRecord,
  rows: (context: ContextRecord) => readonly unknown[],
): RestAnswer {
  const wanted = listOf(call.query, 'contextId');
  const of = store.contexts.of(field.id).filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  return ok(pageBean(call, store.baseUrl, of.flatMap(rows), window(call.query, PAGE, PAGE)));
}

const projectMappings = (store: JiraStore, call: RestCall, field: FieldRecord): RestAnswer =>
  mapped(store, call, field, ({ id: contextId, projectIds }) =>
    projectIds.length === 0
      ? [{ contextId, isGlobalContext: true }]
      : projectIds.map((projectId) => ({ contextId, projectId })),
  );

const issueTypeMappings = (store: JiraStore, call: RestCall, field: FieldRecord): RestAnswer =>
  mapped(store, call, field, ({ id: contextId, issueTypeIds }) =>
    issueTypeIds.length === 0
      ? [{ contextId, isAnyIssueType: true }]
      : issueTypeIds.map((issueTypeId) => ({ contextId, issueTypeId })),
  );
