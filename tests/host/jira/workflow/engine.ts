import type { JiraAnswer, SiteParts } from '../../contract';
import type { SiteKind } from '../create-site';
import type { ProjectRecord } from '../project-store';
import { Refusal } from '../refusal';
import type { JiraStore } from '../store';
import type { WorkflowEngine } from '../workflow-port';
import { bulkRoutes } from './bulk-routes';
import { changeWorkflow, defaultWorkflow, operationsWorkflow } from './definitions';
import { expressionRoutes } from './expression-routes';
import type { WorkflowRecord } from './model';
import type { SchemeRecord } from './scheme-store';
import { transitionRoutes } from './transition-routes';
import { Transitions } from './transition';
import { offeredJson } from './workflow-json';
import { workflowHistoryRoutes } from './history-routes';
import { schemeRoutes } from './scheme-routes';
import { schemeProjectRoutes } from './scheme-projects';
import { completedTask, taskRoutes } from './task-routes';
import { workflowAdminRoutes } from './workflow-routes';
import { Workflows } from './workflow-store';
import { workflowWritingRoutes } from './workflow-writing';

/** The workflow engine over the site's database: hand the answer to `openJira`. Its tables are made when they are not there. */
export function workflowEngine(parts: SiteParts): (store: JiraStore) => WorkflowEngine {
  return (store) => {
    const workflows = new Workflows(parts.database);
    workflows.buryTasks();
    const transitions = new Transitions(store, workflows);
    const of = (projectId: string, issueTypeId: string): WorkflowRecord => {
      const workflow = workflows.ofProject(projectId, issueTypeId);
      if (workflow === undefined) throw new Error(`Project ${projectId} has no workflow.`);
      return workflow;
    };
    return {
      createFor: (kind) => createWorkflows(store, workflows, kind),
      initialStatusId: (projectId, issueTypeId) =>
        of(projectId, issueTypeId).transitions.find(({ type }) => type === 'INITIAL')?.to ?? '',
      statusIds: (projectId, issueTypeId) => of(projectId, issueTypeId).statusIds,
      transitionsJson: (issueId, accountId) => {
        const issue = store.issues.find(issueId);
        if (issue === undefined) return [];
        return transitions
          .offered(issue, { kind: 'user', accountId })
          .map((transition) => offeredJson(store, transition, issue.statusId));
      },
      completedTask: (accountId, description) => completedTask(store, workflows, accountId, description),
      workflowsWith: (statusId) => namesOf(workflows, ({ statusIds }) => statusIds.includes(statusId)),
      workflowsThrough: (screen) =>
        namesOf(workflows, ({ transitions: all }) => all.some(({ screenId }) => screenId === screen)),
      routes: [
        ...transitionRoutes(store, transitions),
        ...bulkRoutes(store, workflows, transitions),
        ...expressionRoutes(store),
        ...workflowAdminRoutes(store, workflows),
        ...workflowWritingRoutes(store, workflows),
        ...workflowHistoryRoutes(store, workflows),
        ...schemeRoutes(store, workflows),
        ...schemeProjectRoutes(store, workflows),
        ...taskRoutes(store, workflows),
      ],
      automation: (move) => automate(store, transitions, move),
    };
  };
}

const namesOf = (workflows: Workflows, wanted: (workflow: WorkflowRecord) => boolean): readonly string[] =>
  workflows
    .all()
    .filter(wanted)
    .map(({ name }) => name);

function createWorkflows(store: JiraStore, workflows: Workflows, kind: SiteKind): void {
  const give = (projectKey: string, make: (store: JiraStore) => WorkflowRecord): void => {
    const project = store.projects.find(projectKey);
    if (project === undefined || workflows.schemes.ofProject(project.id) !== undefined) return;
    workflows.schemes.use(project.id, madeScheme(store, workflows, project, make).id);
  };
  if (kind === 'bare') give('NEW', defaultWorkflow);
  else {
    give('CHG', changeWorkflow);
    give('OPS', operationsWorkflow);
  }
}

/** A project's own scheme, over the workflow it has from before there were schemes, or over a new one. */
function madeScheme(
  store: JiraStore,
  workflows: Workflows,
  project: ProjectRecord,
  make: (store: JiraStore) => WorkflowRecord,
): SchemeRecord {
  const known = workflows.withoutScheme(project.id);
  const workflow = known === undefined ? make(store) : workflows.find(known);
  if (workflow === undefined) throw new Error(`Project ${project.key} has no workflow.`);
  if (known === undefined) workflows.create(workflow, project.lead);
  return workflows.schemes.create({
    name: `${project.key}: workflow scheme`,
    description: '',
    defaultWorkflowId: workflow.id,
    byIssueType: {},
    author: project.lead,
    modified: store.clock.now().toISOString(),
  });
}

/** A move by automation, as a person or app account, by the transition's name or id: the path of the REST call. */
async function automate(
  store: JiraStore,
  transitions: Transitions,
  { issue, transition, actor }: { readonly issue: string; readonly transition: string; readonly actor: string },
): Promise<JiraAnswer> {
  try {
    const account = store.people.byUserName(actor) ?? store.people.byId(actor);
    if (account === undefined) throw new Refusal(400, `Nobody is called '${actor}'.`);
    await transitions.perform(
      issue,
      transitions.idOf(issue, transition),
      {},
      { kind: 'user', accountId: account.accountId },
    );
    return { status: 204, headers: {}, body: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      status: error.status,
      headers: { 'content-type': 'application/json;charset=UTF-8' },
      body: JSON.stringify(error.body),
    };
  }
}
