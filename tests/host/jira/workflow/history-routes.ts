import * as z from 'zod/mini';
import { requireAdministrator } from '../rest/access';
import { Refusal } from '../refusal';
import { ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { asWritten, historyJson, statusesJson } from './workflow-json';
import type { HistoryVersion, Workflows } from './workflow-store';

/** "Stored workflow data expires after 60 days." */
const KEPT_MS = 60 * 24 * 60 * 60 * 1000;

/** What a workflow was, when it became so, and by whom. */
export function workflowHistoryRoutes(store: JiraStore, workflows: Workflows): readonly Route[] {
  const path = '/rest/api/3/workflow/history';
  return [
    { method: 'POST', path: `${path}/list`, handle: (call) => list(store, workflows, call) },
    { method: 'POST', path, handle: (call) => read(store, workflows, call) },
  ];
}

const listRequest = z.object({ workflowId: z.string() });
const readRequest = z.object({ workflowId: z.string(), version: z.number() });

function requested<T>(schema: z.ZodMiniType<T>, call: RestCall): T {
  const parsed = schema.safeParse(call.json());
  if (!parsed.success) throw new Refusal(400, `Invalid request payload: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Every version that is still kept, also of a workflow that is deleted. @throws Refusal 400 when there never was one. */
function kept(store: JiraStore, workflows: Workflows, workflowId: string): readonly HistoryVersion[] {
  const all = workflows.history(workflowId);
  if (all.length === 0) throw new Refusal(400, `No workflow with id '${workflowId}' found.`);
  const oldest = store.clock.now().getTime() - KEPT_MS;
  return all.filter(({ written }) => Date.parse(written) >= oldest);
}

function list(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const { workflowId } = requested(listRequest, call);
  const entries = kept(store, workflows, workflowId).map(({ version, written }) => ({
    workflowId,
    workflowVersion: version,
    writtenAt: asWritten(written),
    isIntermediate: false,
  }));
  return ok({ entries });
}

function read(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const { workflowId, version } = requested(readRequest, call);
  const found = kept(store, workflows, workflowId).find((each) => each.version === version);
  if (found === undefined) throw new Refusal(400, `The workflow '${workflowId}' has no version ${version}.`);
  return ok({ workflows: [historyJson(found)], statuses: statusesJson(store, [found.workflow]) });
}
