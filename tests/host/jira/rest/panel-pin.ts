import * as z from 'zod/mini';
import { Refusal } from '../refusal';
import { type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import type { WorkflowEngine } from '../workflow-port';
import { requireAdministrator } from './access';
import { bodyOf } from './body';

/**
 * Shows an app's issue panel on all issues of projects, or takes it away. Jira does it in the background; here it is done
 * when the answer goes out.
 */
export function panelPinRoutes(store: JiraStore, workflow: WorkflowEngine): readonly Route[] {
  const path = '/rest/api/3/forge/panel/action/bulk/async';
  return [{ method: 'POST', path, handle: (call) => pin(store, workflow, call) }];
}

const MOST = 1000;
const definition = z.object({
  moduleId: z.string(),
  projectList: z.array(z.object({ projectIdOrKey: z.string(), action: z.enum(['PIN', 'UNPIN']) })),
});

function pin(store: JiraStore, workflow: WorkflowEngine, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const { moduleId, projectList } = bodyOf(definition, call);
  const [, moduleKey] = /^ari:cloud:ecosystem::extension\/[^/]+\/[^/]+\/static\/([^/]+)$/.exec(moduleId) ?? [];
  if (moduleKey === undefined) throw new Refusal(400, `'${moduleId}' is no module of a Forge app.`);
  if (projectList.length === 0 || projectList.length > MOST)
    throw new Refusal(400, `Provide between 1 and ${MOST} projects.`);
  const projects = projectList.map(({ projectIdOrKey, action }) => {
    const project = store.projects.find(projectIdOrKey);
    if (project === undefined) throw new Refusal(400, `The project '${projectIdOrKey}' was not found.`);
    return { project, action };
  });
  const task = store.transaction(() => {
    for (const { project, action } of projects) store.appAccess.setPinned(project.id, moduleKey, action === 'PIN');
    return workflow.completedTask(call.accountId, 'Pin or unpin a Forge panel');
  });
  return { status: 202, json: { taskId: task.id } };
}
