import { randomUUID } from 'node:crypto';
import { requireAdministrator } from '../rest/access';
import { originOf } from '../rest/issue';
import { Refusal } from '../refusal';
import { ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { missingMapping, moveStranded, strandedIssues, unmapped, type Stranded, type Target } from './migration';
import type { WorkflowRecord } from './model';
import { workflowIdOf } from './scheme-store';
import { readBody, refuseProblems, writeStatuses } from './workflow-input';
import { statusesJson, workflowJson } from './workflow-json';
import { readCreate, readUpdate, readValidation, type ChangedWorkflowInput } from './workflow-payload';
import { createProblems, updateProblems, type WorkflowProblem } from './workflow-problems';
import type { Workflows } from './workflow-store';

/** Workflows as administrators write them: create and update whole ones, each with its validation. */
export function workflowWritingRoutes(store: JiraStore, workflows: Workflows): readonly Route[] {
  const path = '/rest/api/3/workflows';
  return [
    { method: 'POST', path: `${path}/create`, handle: (call) => create(store, workflows, call) },
    { method: 'POST', path: `${path}/create/validation`, handle: (call) => validateCreate(store, workflows, call) },
    { method: 'POST', path: `${path}/update`, handle: (call) => update(store, workflows, call) },
    { method: 'POST', path: `${path}/update/validation`, handle: (call) => validateUpdate(store, workflows, call) },
  ];
}

function create(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const input = readCreate(call.json());
  const made = store.transaction(() => {
    refuseProblems(createProblems(store, workflows, input));
    const idOf = writeStatuses(store, input.statuses ?? []);
    return input.workflows.map((each) => {
      const [workflowId, now] = [randomUUID(), store.clock.now().toISOString()];
      const body = readBody(store, each, idOf, { workflowId, number: 1, known: new Set() });
      const workflow: WorkflowRecord = {
        id: workflowId,
        name: each.name,
        description: each.description ?? '',
        versionId: randomUUID(),
        versionNumber: 1,
        created: now,
        updated: now,
        ...body,
      };
      workflows.create(workflow, call.accountId);
      store.audit.record(call, 'Workflow created', 'workflows', asObject(workflow));
      return workflow;
    });
  });
  return ok({ workflows: made.map((workflow) => workflowJson(workflow, true)), statuses: statusesJson(store, made) });
}

/** Replaces whole workflows; one that somebody else changed in between is a conflict. Issues are moved at once. */
function update(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const input = readUpdate(call.json());
  const changed = store.transaction(() => {
    refuseProblems(updateProblems(store, workflows, input));
    const idOf = writeStatuses(store, input.statuses ?? []);
    return input.workflows.map((each) => {
      const next = nextVersion(store, workflows, each, idOf);
      workflows.replace(next, call.accountId);
      store.audit.record(call, 'Workflow updated', 'workflows', asObject(next));
      moveStranded(store, originOf(call), strandedBy(store, workflows, next), targetOf(each, idOf));
      return next;
    });
  });
  const statuses = statusesJson(store, changed);
  return ok({ workflows: changed.map((workflow) => workflowJson(workflow, true)), statuses, taskId: null });
}

const asObject = ({ id, name }: WorkflowRecord) => ({ id, name, type: 'WORKFLOW' });

function nextVersion(
  store: JiraStore,
  workflows: Workflows,
  given: ChangedWorkflowInput,
  idOf: ReadonlyMap<string, string>,
): WorkflowRecord {
  const known = workflows.find(given.id);
  if (known === undefined) throw new Refusal(400, `No workflow with id '${given.id}' found.`);
  if (known.versionNumber !== given.version.versionNumber)
    throw new Refusal(409, `The workflow '${known.name}' has been changed since it was read.`);
  const number = known.versionNumber + 1;
  const rules = new Set(known.transitions.flatMap((transition) => transition.rules.map(({ id }) => id)));
  return {
    id: known.id,
    name: known.name,
    description: given.description ?? known.description,
    versionId: randomUUID(),
    versionNumber: number,
    created: known.created,
    updated: store.clock.now().toISOString(),
    ...readBody(store, given, idOf, { workflowId: known.id, number, known: rules }),
  };
}

/** The issues of all projects that would have no status under a workflow's next version. */
function strandedBy(store: JiraStore, workflows: Workflows, next: WorkflowRecord): readonly Stranded[] {
  return store.projects.all().flatMap(({ id: projectId }) => {
    const scheme = workflows.schemes.ofProject(projectId);
    const follows = (type: string) => scheme !== undefined && workflowIdOf(scheme, type) === next.id;
    return strandedIssues(store, projectId, (type) => (follows(type) ? next : undefined));
  });
}

/** Mappings of a project and issue type come before those for all. */
function targetOf(
  { statusMappings, defaultStatusMappings }: ChangedWorkflowInput,
  idOf: ReadonlyMap<string, string>,
): Target {
  const status = (reference: string): string => idOf.get(reference) ?? reference;
  return ({ issue }) => {
    const own = (statusMappings ?? [])
      .filter(({ projectId, issueTypeId }) => projectId === issue.projectId && issueTypeId === issue.issueTypeId)
      .flatMap(({ statusMigrations }) => statusMigrations);
    const found = [...own, ...(defaultStatusMappings ?? [])].find(
      ({ oldStatusReference }) => status(oldStatusReference) === issue.statusId,
    );
    return found && status(found.newStatusReference);
  };
}

const validated = (problems: readonly WorkflowProblem[], asked: boolean): RestAnswer =>
  ok({ errors: asked ? problems.map((problem) => ({ level: 'ERROR', ...problem })) : [] });

function validateCreate(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const { payload, errors } = readValidation(call.json());
  return validated(createProblems(store, workflows, readCreate(payload)), errors);
}

function validateUpdate(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const { payload, errors } = readValidation(call.json());
  const input = readUpdate(payload);
  const problems = updateProblems(store, workflows, input);
  return validated(problems.length > 0 ? problems : mappingProblems(store, workflows, input.workflows), errors);
}

/** What `update` would refuse for want of a mapping. Statuses that are yet to be made hold no issue. */
function mappingProblems(
  store: JiraStore,
  workflows: Workflows,
  changed: readonly ChangedWorkflowInput[],
): readonly WorkflowProblem[] {
  return changed.flatMap((each) => {
    const known = workflows.find(each.id);
    if (known === undefined) return [];
    const next = { ...known, statusIds: each.statuses.map(({ statusReference }) => statusReference) };
    const left = unmapped(strandedBy(store, workflows, next), targetOf(each, new Map()));
    return left.map((stranded): WorkflowProblem => ({
      code: 'MISSING_STATUS_MAPPING',
      type: 'STATUS_MAPPING',
      message: missingMapping(stranded),
      elementReference: {
        statusReference: stranded.issue.statusId,
        statusMappingReference: { projectId: stranded.issue.projectId, issueTypeId: stranded.issue.issueTypeId },
      },
    }));
  });
}
