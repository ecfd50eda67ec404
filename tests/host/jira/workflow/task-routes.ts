import { isObject } from '../adf';
import { Refusal } from '../refusal';
import { ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import type { Workflows } from './workflow-store';

/**
 * Long-running tasks. What Jira does in the background is done here before the answer goes out, in the transaction of the
 * call: its task is complete when it is first asked for.
 */
export function taskRoutes(store: JiraStore, workflows: Workflows): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/rest/api/3/task/{taskId}',
      handle: (call, params) => read(store, workflows, call, params),
    },
  ];
}

/** "303 See other", with the task in `location`. */
export function seeTask(store: JiraStore, workflows: Workflows, call: RestCall, description: string): RestAnswer {
  const { self } = completedTask(store, workflows, call.accountId, description);
  return { status: 303, raw: { body: new Uint8Array(), headers: { location: self } } };
}

/** A task that is complete already, as it is answered. Call it in the transaction of what it did. */
export function completedTask(
  store: JiraStore,
  workflows: Workflows,
  accountId: string,
  description: string,
): { readonly id: string; readonly self: string } {
  const now = store.clock.now().getTime();
  const task = {
    description,
    status: 'COMPLETE',
    progress: 100,
    elapsedRuntime: 0,
    submitted: now,
    started: now,
    finished: now,
    lastUpdate: now,
    submittedBy: SUBMITTER,
  };
  const id = workflows.addTask(accountId, task);
  return { ...task, id, self: `${store.baseUrl}/rest/api/3/task/${id}` };
}

/** The document has a number here, which is an id from before there were account ids. */
const SUBMITTER = 10_000;

function read(store: JiraStore, workflows: Workflows, call: RestCall, params: PathParams): RestAnswer {
  const taskId = params.get('taskId');
  const found = workflows.task(taskId);
  if (found === undefined || !isObject(found.task) || found.task.elapsedRuntime === undefined)
    throw new Refusal(404, `The task with ID '${taskId}' was not found.`);
  if (found.accountId !== call.accountId && !store.permissions.may(call.actor, 'ADMINISTER'))
    throw new Refusal(403, 'You do not have permission to see this task.');
  return ok({ ...found.task, id: taskId, self: `${store.baseUrl}/rest/api/3/task/${taskId}` });
}
