import { getAppContext, route } from '@forge/api';
import * as z from '#zod';
import type { ObservedWorkflow, WorkflowVersion } from '../gate/health/observed';
import { workflowFromJira } from '../gate/health/workflow-from-jira';
import type { AskedAs, ControlState } from '../ports/control-state';
import { jira, type Answer } from './jira-http';
import { groupMembers, readGroupNames } from './jira-people';
import { shownFields } from './jira-screens';
import { look, NOT_AS_DOCUMENTED, read, Unseen } from './looking';

const project = z.lazy(() =>
  z.looseObject({ id: z.string(), issueTypes: z.array(z.looseObject({ id: z.string(), name: z.string() })) }),
);
const metadata = z.lazy(() => z.looseObject({ id: z.string(), version: z.looseObject({ versionNumber: z.number() }) }));
const schemes = z.lazy(() =>
  z.array(
    z.looseObject({
      id: z.string(),
      defaultWorkflow: z.optional(z.nullable(metadata)),
      workflowsForIssueTypes: z.array(z.looseObject({ workflow: metadata, issueTypeIds: z.array(z.string()) })),
    }),
  ),
);
const draftOf = z.lazy(() => z.looseObject({ draft: z.boolean() }));
const versionList = z.lazy(() =>
  z.looseObject({ entries: z.array(z.looseObject({ workflowVersion: z.number(), writtenAt: z.string() })) }),
);
const author = z.lazy(() =>
  z.looseObject({ workflows: z.array(z.looseObject({ lastUpdateAuthorAAID: z.optional(z.nullable(z.string())) })) }),
);
const permissions = z.lazy(() =>
  z.looseObject({ permissions: z.record(z.string(), z.optional(z.looseObject({ havePermission: z.boolean() }))) }),
);
const policies = z.lazy(() =>
  z.looseObject({
    projectDataPolicies: z.array(
      z.looseObject({ id: z.number(), dataPolicy: z.looseObject({ anyContentBlocked: z.boolean() }) }),
    ),
  }),
);
const counted = z.lazy(() => z.looseObject({ count: z.number() }));

/** Browsing is what every reading needs; the other two are what groups and workflows are read with. */
const NEEDED = ['BROWSE_PROJECTS', 'USER_PICKER', 'ADMINISTER'] as const;

/** The state of a site over Jira's REST API, for the check of the controls. */
export const forgeControlState: ControlState = {
  project: (keyOrId, as) =>
    look(async () => {
      const answer = await jira(route`/rest/api/3/project/${keyOrId}`, { as });
      return answer.status === 404 ? null : read(project, answer);
    }),

  workflowInUse: (projectId, issueTypeId, as) =>
    look(async () => {
      const answer = await jira(route`/rest/api/3/workflowscheme/read`, {
        as,
        method: 'POST',
        body: { projectIds: [projectId] },
      });
      const [scheme] = read(schemes, answer);
      const mapped = scheme?.workflowsForIssueTypes.find(({ issueTypeIds }) => issueTypeIds.includes(issueTypeId));
      const workflow = mapped?.workflow ?? scheme?.defaultWorkflow;
      if (scheme === undefined || workflow === undefined || workflow === null)
        throw new Unseen('Jira names no workflow scheme of the project.');
      const draft = await look(async () => {
        const path = route`/rest/api/3/workflowscheme/${scheme.id}?returnDraftIfExists=true`;
        return read(draftOf, await jira(path, { as })).draft;
      });
      return { id: workflow.id, version: workflow.version.versionNumber, draft };
    }),

  workflow: (projectId, issueTypeId, as) =>
    look(async () => {
      const body = { projectAndIssueTypes: [{ projectId, issueTypeId }] };
      return workflowIn(await jira(route`/rest/api/3/workflows`, { as, method: 'POST', body }));
    }),

  versions,

  fieldList: (as) =>
    look(async () => {
      const answer = await jira(route`/rest/api/3/field`, { as });
      if (answer.status !== 200) throw new Unseen(`Jira answered ${answer.status}.`);
      return answer.json;
    }),

  shownFields: (projectId, issueTypeId, as) => look(() => shownFields(projectId, issueTypeId, as)),

  group: ({ name, groupId }, as) =>
    look(async () => {
      const members = await groupMembers(name, as, groupId);
      if (members === null) return null;
      const now = groupId === null ? name : (await readGroupNames([groupId], as))[groupId];
      return now === undefined ? null : { name: now, members };
    }),

  missingPermissions: (projectId) =>
    look(async () => {
      const path = route`/rest/api/3/mypermissions?permissions=${NEEDED.join(',')}&projectId=${projectId}`;
      const answer = await jira(path, { as: 'app' });
      // Jira says "not found" of a project that whoever asks may not see (OpenAPI, GET /rest/api/3/mypermissions).
      if (answer.status === 404) return ['BROWSE_PROJECTS'];
      const held = read(permissions, answer).permissions;
      return NEEDED.filter((permission) => held[permission]?.havePermission !== true);
    }),

  blockedByRule: (projectId) =>
    look(async () => {
      const answer = await jira(route`/rest/api/3/data-policy/project?ids=${projectId}`, { as: 'app' });
      const found = read(policies, answer).projectDataPolicies.find(({ id }) => String(id) === projectId);
      if (found === undefined) throw new Unseen('Jira names no data policy of the project.');
      return found.dataPolicy.anyContentBlocked;
    }),

  countChanges: (key, issueTypes, as) =>
    look(async () => {
      const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
      const jql = `project = ${quoted(key)} AND issuetype in (${issueTypes.map(quoted).join(', ')})`;
      const path = route`/rest/api/3/search/approximate-count`;
      const answer = await jira(path, { as, method: 'POST', body: { jql } });
      // What whoever asks may not see does not exist for JQL either, which is an error of the query.
      return answer.status === 400 ? 0 : read(counted, answer).count;
    }),
};

/** Jira keeps versions for 60 days. The newest `limit` are read; one that cannot be read ends the list. */
async function versions(workflowId: string, limit: number, as: AskedAs) {
  const listed = await look(async () => {
    const answer = await jira(route`/rest/api/3/workflow/history/list`, { as, method: 'POST', body: { workflowId } });
    return read(versionList, answer).entries;
  });
  if ('unseen' in listed) return { versions: [], complete: false };
  const newest = [...listed.seen].sort((a, b) => b.workflowVersion - a.workflowVersion);
  const found: WorkflowVersion[] = [];
  for (const { workflowVersion, writtenAt } of newest.slice(0, limit)) {
    const version = await look(async (): Promise<WorkflowVersion> => {
      const body = { workflowId, version: workflowVersion };
      const answer = await jira(route`/rest/api/3/workflow/history`, { as, method: 'POST', body });
      const by = read(author, answer).workflows[0]?.lastUpdateAuthorAAID ?? null;
      return { workflow: workflowIn(answer), by, at: instantOf(writtenAt) };
    });
    if ('unseen' in version) return { versions: found, complete: false };
    found.push(version.seen);
  }
  const first = newest.at(-1)?.workflowVersion;
  return { versions: found, complete: first === 1 && newest.length <= limit };
}

/** `2025-11-20 02:21:19.598` in Jira's history, UTC as far as its document says. */
function instantOf(written: string): string {
  const time = new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(written) ? written : `${written.replace(' ', 'T')}Z`);
  return Number.isNaN(time.getTime()) ? written : time.toISOString();
}

const workflowIn = (answer: Answer): ObservedWorkflow => {
  const { appAri, environmentAri } = getAppContext();
  const ours = `ari:cloud:ecosystem::extension/${appAri.appId}/${environmentAri.environmentId}/static/`;
  const workflow = answer.status === 200 ? workflowFromJira(answer.json, ours) : undefined;
  if (workflow === undefined)
    throw new Unseen(answer.status === 200 ? NOT_AS_DOCUMENTED : `Jira answered ${answer.status}.`);
  return workflow;
};
