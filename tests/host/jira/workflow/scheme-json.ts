import { userJson } from '../json';
import type { JiraStore } from '../store';
import type { WorkflowRecord } from './model';
import type { SchemeContent, SchemeDraft, SchemeRecord } from './scheme-store';
import { asWritten } from './workflow-json';
import type { Workflows } from './workflow-store';

/** Workflow schemes as REST answers them: by the names of their workflows in the older calls, by their ids in the newer. */

const nameOf = (workflows: Workflows, id: string): string => workflows.find(id)?.name ?? id;

function named(workflows: Workflows, { defaultWorkflowId, byIssueType }: SchemeContent) {
  const mappings = Object.entries(byIssueType).map(([type, id]) => [type, nameOf(workflows, id)] as const);
  return { defaultWorkflow: nameOf(workflows, defaultWorkflowId), issueTypeMappings: Object.fromEntries(mappings) };
}

export function schemeJson(
  store: JiraStore,
  workflows: Workflows,
  scheme: SchemeRecord,
): Readonly<Record<string, unknown>> {
  return {
    id: Number(scheme.id),
    name: scheme.name,
    description: scheme.description,
    ...named(workflows, scheme),
    draft: false,
    self: `${store.baseUrl}/rest/api/3/workflowscheme/${scheme.id}`,
  };
}

export function draftJson(
  store: JiraStore,
  workflows: Workflows,
  scheme: SchemeRecord,
  draft: SchemeDraft,
): Readonly<Record<string, unknown>> {
  const original = named(workflows, scheme);
  return {
    id: Number(scheme.id),
    name: draft.name,
    description: draft.description,
    ...named(workflows, draft),
    originalDefaultWorkflow: original.defaultWorkflow,
    originalIssueTypeMappings: original.issueTypeMappings,
    draft: true,
    lastModified: asWritten(draft.modified),
    lastModifiedUser: userJson(store, draft.author),
    self: `${store.baseUrl}/rest/api/3/workflowscheme/${scheme.id}/draft`,
  };
}

/** `WorkflowSchemeReadResponse`. */
export function schemeReadJson(workflows: Workflows, scheme: SchemeRecord): Readonly<Record<string, unknown>> {
  const workflow = (id: string) => workflowMetadata(workflows.find(id));
  const pairs = Object.entries(scheme.byIssueType);
  const used = [...new Set(pairs.map(([, id]) => id))];
  return {
    id: scheme.id,
    name: scheme.name,
    description: scheme.description,
    scope: { type: 'GLOBAL' },
    version: { id: scheme.versionId, versionNumber: scheme.versionNumber },
    defaultWorkflow: workflow(scheme.defaultWorkflowId),
    workflowsForIssueTypes: used.map((id) => ({
      workflow: workflow(id),
      issueTypeIds: pairs.filter(([, of]) => of === id).map(([type]) => type),
    })),
  };
}

function workflowMetadata(workflow: WorkflowRecord | undefined): unknown {
  if (workflow === undefined) throw new RangeError('A workflow scheme names a workflow that is not there.');
  const { id, name, description, versionId, versionNumber } = workflow;
  return { id, name, description, version: { id: versionId, versionNumber } };
}
