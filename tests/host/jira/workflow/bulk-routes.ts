import * as z from 'zod/mini';
import { mayInProject } from '../rest/access';
import { Refusal } from '../refusal';
import { created, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import type { Transitions } from './transition';
import type { Workflows } from './workflow-store';

/** "You can transition up to 1,000 issues in a single operation." */
const MOST_ISSUES = 1000;

const request = z.object({
  bulkTransitionInputs: z.array(z.object({ selectedIssueIdsOrKeys: z.array(z.string()), transitionId: z.string() })),
  sendBulkNotification: z.nullish(z.boolean()),
});

interface Input {
  readonly issue: string;
  readonly transitionId: string;
}

/** Jira's bean of a bulk operation's progress; times are milliseconds, as its answers have them. */
interface Progress {
  readonly taskId?: string;
  readonly status: 'RUNNING' | 'COMPLETE';
  readonly progressPercent: number;
  readonly submittedBy: { readonly accountId: string };
  readonly created: number;
  readonly started: number;
  readonly updated: number;
  readonly totalIssueCount: number;
  readonly processedAccessibleIssues: readonly number[];
  readonly failedAccessibleIssues: Readonly<Record<string, readonly string[]>>;
  readonly invalidOrInaccessibleIssueCount: number;
}

/** Bulk transition: each issue takes the same path as a single call, one after the other. */
export function bulkRoutes(store: JiraStore, workflows: Workflows, transitions: Transitions): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/rest/api/3/bulk/issues/transition',
      handle: (call) => submit(store, workflows, transitions, call),
    },
    {
      method: 'GET',
      path: '/rest/api/3/bulk/queue/{taskId}',
      handle: (call, params) => progress(store, workflows, call, params),
    },
  ];
}

const refused = (message: string): RestAnswer => ({ status: 400, json: { errors: [{ message }] } });

function submit(store: JiraStore, workflows: Workflows, transitions: Transitions, call: RestCall): RestAnswer {
  const parsed = request.safeParse(call.json());
  if (!parsed.success) return refused('Invalid request payload. Refer to the REST API documentation and try again.');
  const inputs = parsed.data.bulkTransitionInputs.flatMap(({ selectedIssueIdsOrKeys, transitionId }) =>
    selectedIssueIdsOrKeys.map((issue): Input => ({ issue, transitionId })),
  );
  if (inputs.length === 0) return refused('There are no issues to transition.');
  if (inputs.length > MOST_ISSUES)
    return refused(`You can transition up to ${MOST_ISSUES} issues in a single operation.`);
  if (inputs.some(({ issue }) => store.issues.find(issue) === undefined))
    return refused('Some of the issues in the issueIdsOrKeys are not valid');
  const now = store.clock.now().getTime();
  const start: Progress = {
    status: 'RUNNING',
    progressPercent: 0,
    submittedBy: { accountId: call.accountId },
    created: now,
    started: now,
    updated: now,
    totalIssueCount: inputs.length,
    processedAccessibleIssues: [],
    failedAccessibleIssues: {},
    invalidOrInaccessibleIssueCount: 0,
  };
  const taskId = workflows.addTask(call.accountId, start);
  void run(store, workflows, transitions, call, taskId, inputs, start);
  return created({ taskId });
}

async function run(
  store: JiraStore,
  workflows: Workflows,
  transitions: Transitions,
  call: RestCall,
  taskId: string,
  inputs: readonly Input[],
  start: Progress,
): Promise<void> {
  let state = start;
  for (const [at, input] of inputs.entries()) {
    state = { ...state, ...(await step(store, transitions, call, input, state)) };
    const done = at + 1 === inputs.length;
    const progressPercent = Math.floor(((at + 1) / inputs.length) * 100);
    state = { ...state, progressPercent, updated: store.clock.now().getTime(), status: done ? 'COMPLETE' : 'RUNNING' };
    workflows.updateTask(taskId, state);
  }
}

async function step(
  store: JiraStore,
  transitions: Transitions,
  call: RestCall,
  input: Input,
  state: Progress,
): Promise<Partial<Progress>> {
  const issue = store.issues.find(input.issue);
  if (issue === undefined || !mayInProject(store, call.actor, 'BROWSE_PROJECTS', issue.projectId))
    return { invalidOrInaccessibleIssueCount: state.invalidOrInaccessibleIssueCount + 1 };
  try {
    await transitions.perform(issue.id, input.transitionId, {}, call.actor);
    return { processedAccessibleIssues: [...state.processedAccessibleIssues, Number(issue.id)] };
  } catch (error) {
    // One issue that fails for whatever reason must not take the others, or the task, with it.
    const reasons =
      error instanceof Refusal
        ? [...error.body.errorMessages, ...Object.values(error.body.errors)]
        : ['An internal error occurred.'];
    return { failedAccessibleIssues: { ...state.failedAccessibleIssues, [issue.id]: reasons } };
  }
}

function progress(store: JiraStore, workflows: Workflows, call: RestCall, params: PathParams): RestAnswer {
  const taskId = params.get('taskId');
  const found = workflows.task(taskId);
  const mine =
    found !== undefined && (found.accountId === call.accountId || store.permissions.may(call.actor, 'ADMINISTER'));
  if (!mine || typeof found.task !== 'object')
    throw new Refusal(400, 'The task associated with this taskId is not a bulk operation task');
  return ok({ ...found.task, taskId });
}
