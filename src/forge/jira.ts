import { route } from '@forge/api';
import * as z from '#zod';
import type { Jira } from '../ports/ports';
import { Unavailable } from '../ports/ports';
import { siteFieldIds } from './jira-fields';
import { jira, messagesOf } from './jira-http';
import { readIssue } from './jira-issue';
import { createChange, findMarked, listOldest } from './jira-issues';
import { findPerson, readDecider, readGroup, searchAccounts } from './jira-people';

const PAGE = 100;

/** Jira over @forge/api. Reading for a judgement is done as the app; what a person may see or do, as that person. */
export const forgeJira: Jira = {
  readChange: read,

  async mayBrowse(key) {
    const { status } = await jira(route`/rest/api/3/issue/${key}?fields=summary`, { as: 'user' });
    return status === 200;
  },

  async mayAdminister() {
    const answer = await jira(route`/rest/api/3/mypermissions?permissions=ADMINISTER`, { as: 'user' });
    return answer.status === 200 && permissions.parse(answer.json).permissions.ADMINISTER?.havePermission === true;
  },

  async transitionAsUser(key, name) {
    const offered = await jira(route`/rest/api/3/issue/${key}/transitions`, { as: 'user' });
    if (offered.status !== 200) return { moved: false, messages: messagesOf(offered) };
    const transition = transitions.parse(offered.json).transitions.find((one) => one.name === name);
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
  findPerson,
  searchAccounts,

  listOldest,
  createChange,
  findMarked,

  fieldIds: async () => (await siteFieldIds()).fields,

  async fieldList() {
    const { status, json } = await jira(route`/rest/api/3/field`, { as: 'user' });
    if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for the list of fields`);
    return json;
  },

  async statusName(id) {
    const { status, json } = await jira(route`/rest/api/3/status`, { as: 'user' });
    if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for the list of statuses`);
    return statuses.parse(json).find((one) => one.id === id)?.name;
  },

  async writeGateFields(issueId, { participants, decisionState, waitingFor }) {
    const { app } = await siteFieldIds();
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

async function read(keyOrId: string) {
  const { fields, app } = await siteFieldIds();
  return readIssue(keyOrId, fields, app);
}

async function searchPage(project: string, maxResults: number, token: string | undefined) {
  const { status, json } = await jira(route`/rest/api/3/search/jql`, {
    as: 'user',
    method: 'POST',
    body: {
      jql: `project = "${project}" AND issuetype = "Change request" ORDER BY created DESC`,
      fields: ['summary'],
      maxResults,
      ...(token === undefined ? {} : { nextPageToken: token }),
    },
  });
  if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for the list of changes`);
  return found.parse(json);
}

const statuses = z.lazy(() => z.array(z.looseObject({ id: z.string(), name: z.string() })));
const permissions = z.lazy(() =>
  z.looseObject({
    permissions: z.record(z.string(), z.optional(z.looseObject({ havePermission: z.boolean() }))),
  }),
);
const transitions = z.lazy(() =>
  z.looseObject({ transitions: z.array(z.looseObject({ id: z.string(), name: z.string() })) }),
);
const found = z.lazy(() =>
  z.looseObject({
    issues: z.array(z.looseObject({ key: z.string() })),
    nextPageToken: z.optional(z.nullable(z.string())),
  }),
);
