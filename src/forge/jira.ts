import { route } from '@forge/api';
import * as z from '#zod';
import { applyModifiedFields } from '../change/from-jira';
import { ourWord } from '../change/site-ids';
import { transitionTo } from '../gate/workflow-rules';
import type { Jira } from '../ports/ports';
import { Unavailable } from '../ports/ports';
import { readSite } from './jira-fields';
import { jira, messagesOf } from './jira-http';
import { readIssue } from './jira-issue';
import { createChange, findMarked, listOldest } from './jira-issues';
import { changesOf } from './jql';
import { findPerson, readDecider, readGroup, readGroupNames, searchAccounts } from './jira-people';

const PAGE = 100;
const GROUPS = 20;

/** Jira over @forge/api. Reading for a judgement is done as the app; what a person may see or do, as that person. */
export const forgeJira: Jira = {
  readChange: read,

  async readChangeOnScreen(keyOrId, modifiedFields) {
    const site = await readSite();
    const stored = await readIssue(keyOrId, site);
    if (stored === undefined) return undefined;
    return { stored, screen: applyModifiedFields(stored, modifiedFields, site.fields, site.policy) };
  },

  async mayBrowse(key) {
    const { status } = await jira(route`/rest/api/3/issue/${key}?fields=summary`, { as: 'user' });
    return status === 200;
  },

  async mayEdit(key) {
    const answer = await jira(route`/rest/api/3/mypermissions?permissions=EDIT_ISSUES&issueKey=${key}`, { as: 'user' });
    return answer.status === 200 && permissions.parse(answer.json).permissions.EDIT_ISSUES?.havePermission === true;
  },

  async mayAdminister() {
    const answer = await jira(route`/rest/api/3/mypermissions?permissions=ADMINISTER`, { as: 'user' });
    return answer.status === 200 && permissions.parse(answer.json).permissions.ADMINISTER?.havePermission === true;
  },

  async transitionAsUser(key, name) {
    const offered = await jira(route`/rest/api/3/issue/${key}/transitions`, { as: 'user' });
    if (offered.status !== 200) return { moved: false, messages: messagesOf(offered) };
    const transition = await transitionCalled(name, transitions.parse(offered.json).transitions);
    if (transition === undefined)
      return { moved: false, messages: [`Jira does not offer you ${name} for this change.`] };
    const done = await jira(route`/rest/api/3/issue/${key}/transitions`, {
      as: 'user',
      method: 'POST',
      body: { transition: { id: transition.id } },
    });
    return done.status < 300 ? { moved: true, messages: [] } : { moved: false, messages: messagesOf(done) };
  },

  readDecider,
  readGroup,
  groupNames: readGroupNames,
  findPerson,
  searchAccounts,

  listOldest,
  createChange,
  findMarked,

  fieldIds: async () => (await readSite()).fields,

  async fieldList() {
    const { status, json } = await jira(route`/rest/api/3/field`, { as: 'user' });
    if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for the list of fields`);
    return json;
  },

  statusName: async (id) => (await listStatuses()).find((one) => one.id === id)?.name,

  statuses: listStatuses,

  async customFields() {
    const { status, json } = await jira(route`/rest/api/3/field`, { as: 'user' });
    if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for the list of fields`);
    return named.parse(json).filter(({ id }) => id.startsWith('customfield_'));
  },

  async findGroups(query) {
    const answer = await jira(route`/rest/api/3/groups/picker?query=${query}&maxResults=${GROUPS}`, { as: 'user' });
    if (answer.status !== 200) throw new Unavailable('jira', `Jira answered ${answer.status} for a search of groups`);
    const { groups, total } = picked.parse(answer.json);
    return {
      groups: groups.flatMap(({ groupId, name }) => (groupId === undefined ? [] : [{ groupId, name }])),
      complete: total === undefined || total <= groups.length,
    };
  },

  async writeGateFields(issueId, { participants, decisionState, waitingFor }) {
    const { app } = await readSite();
    const issueIds = [Number(issueId)];
    const { status } = await jira(route`/rest/api/3/app/field/value?generateAppEvents=false`, {
      as: 'app',
      method: 'POST',
      body: {
        updates: [
          { customField: app.participants, issueIds, value: participants },
          { customField: app.decisionState, issueIds, value: decisionState },
          ...(app.waitingFor === undefined
            ? []
            : [{ customField: app.waitingFor, issueIds, value: waitingFor.map((accountId) => ({ accountId })) }]),
        ],
      },
    });
    if (status >= 300) throw new Unavailable('jira', `Jira answered ${status} for the change's read-only fields`);
  },

  async listChanges(project, limit) {
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const page = await searchPage(project, Math.min(PAGE, limit - keys.length), token);
      keys.push(...page.issues.map((issue) => issue.key));
      token = page.nextPageToken ?? undefined;
    } while (token !== undefined && keys.length < limit);
    return { keys, complete: token === undefined };
  },
};

async function listStatuses(): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { status, json } = await jira(route`/rest/api/3/status`, { as: 'user' });
  if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for the list of statuses`);
  return named.parse(json);
}

type Offered = z.infer<typeof transitions>['transitions'][number];

/** By its name; where it was renamed, the only one that leads to the status that this transition leads to. */
async function transitionCalled(name: string, offered: readonly Offered[]): Promise<Offered | undefined> {
  const named = offered.find((one) => one.name === name);
  if (named !== undefined) return named;
  const { policy } = await readSite();
  const [only, ...others] = offered.filter(
    ({ to }) => to !== undefined && transitionTo(ourWord(policy.statuses, to)) === name,
  );
  return others.length === 0 ? only : undefined;
}

async function read(keyOrId: string, how?: 'whole') {
  return readIssue(keyOrId, await readSite(), how);
}

async function searchPage(project: string, maxResults: number, token: string | undefined) {
  const { policy } = await readSite();
  const { status, json } = await jira(route`/rest/api/3/search/jql`, {
    as: 'user',
    method: 'POST',
    body: {
      jql: `${changesOf(policy, project, policy.issueTypes)} ORDER BY created DESC`,
      fields: ['summary'],
      maxResults,
      ...(token === undefined ? {} : { nextPageToken: token }),
    },
  });
  if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for the list of changes`);
  return found.parse(json);
}

const named = z.lazy(() => z.array(z.object({ id: z.string(), name: z.string() })));
const picked = z.lazy(() =>
  z.looseObject({
    groups: z.array(z.looseObject({ name: z.string(), groupId: z.optional(z.string()) })),
    total: z.optional(z.number()),
  }),
);
const permissions = z.lazy(() =>
  z.looseObject({
    permissions: z.record(z.string(), z.optional(z.looseObject({ havePermission: z.boolean() }))),
  }),
);
const transitions = z.lazy(() =>
  z.looseObject({
    transitions: z.array(
      z.looseObject({
        id: z.string(),
        name: z.string(),
        to: z.optional(z.looseObject({ id: z.string(), name: z.string() })),
      }),
    ),
  }),
);
const found = z.lazy(() =>
  z.looseObject({
    issues: z.array(z.looseObject({ key: z.string() })),
    nextPageToken: z.optional(z.nullable(z.string())),
  }),
);
