/**
 * The app's view of the controls on the real @forge/api, over the local Jira, held to the same contract as the site in
 * memory that unit tests use. Each answer is held against Jira's OpenAPI document, where it is at hand.
 */
import { join } from 'node:path';
import type { ControlState } from '../../../src/ports/control-state';
import { describeControlState, type ControlledSite } from '../../contract/control-state-contract';
import { readOpenApi } from '../jira/checks/openapi';
import { WorkflowSite } from '../jira/workflow/checks/workflow-site';
import { appId, readManifest, SITE } from './manifest';

const openApi = readOpenApi();
let site: WorkflowSite | undefined;
let refused = false;

/** The single exit that the SDK uses, without a process in between. */
async function exit(
  { provider }: { readonly provider: string },
  path: string,
  init: { readonly method?: string; readonly body?: string },
): Promise<Response> {
  if (site === undefined) throw new Error('asked of no site');
  const sent = init.body === undefined ? undefined : (JSON.parse(init.body) as unknown);
  const who = provider === 'user' ? 'admin' : 'app';
  const { status, body } = refused
    ? { status: 403, body: { errorMessages: ['Not allowed.'], errors: {} } }
    : await site.call(who, init.method ?? 'GET', path.startsWith('/') ? path : `/${path}`, sent);
  const empty = status === 204 || body === undefined;
  return new Response(empty ? null : JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

const manifest = readManifest(join(__dirname, '../../../manifest.yml'));
Object.assign(globalThis, {
  __forge_runtime__: {
    proxy: { url: 'http://127.0.0.1', token: '' },
    tracing: {},
    metrics: {},
    lambdaContext: { getRemainingTimeInMillis: () => 25_000 },
    appContext: { appId: appId(manifest), environmentId: SITE.environmentId },
  },
  __forge_fetch__: exit,
});

async function open(): Promise<ControlledSite> {
  site?.close();
  refused = false;
  const opened = new WorkflowSite('empty', openApi);
  site = opened;
  await opened.create('CHG');
  await opened.create('CHG');
  // Imported here: the SDK looks at its globals while it loads.
  const { forgeControlState }: { forgeControlState: ControlState } = await import('../../../src/forge/control-state');
  const { store } = opened.jira;
  return {
    control: forgeControlState,
    addTransition: (name) => addTransition(opened, name),
    groupId: (name) => Promise.resolve(store.people.group({ name })?.groupId ?? ''),
    renameGroup(before, now) {
      store.people.renameGroup(store.people.group({ name: before })?.groupId ?? '', now);
      return Promise.resolve();
    },
    async emptyGroup(name) {
      for (const userName of ['authority', 'authority2', 'bot'])
        await opened.call(
          'admin',
          'DELETE',
          `/rest/api/3/group/user?groupname=${name}&accountId=${opened.accountId(userName)}`,
        );
    },
    block() {
      const id = store.projects.find('CHG')?.id ?? '';
      store.appAccess.setBlocked(id, true);
      return Promise.resolve();
    },
    refuse() {
      refused = true;
      return Promise.resolve();
    },
  };
}

interface Listed {
  readonly workflows: { id: string; version: unknown; statuses: unknown; transitions: unknown[] }[];
  readonly statuses: { id: string; name: string; statusReference: string; statusCategory: string }[];
}

async function addTransition(opened: WorkflowSite, name: string): Promise<void> {
  const { body } = await opened.call('admin', 'POST', '/rest/api/3/workflows', {
    workflowNames: ['Change control workflow'],
  });
  const { workflows, statuses } = body as Listed;
  const [workflow] = workflows;
  if (workflow === undefined) throw new Error('no controlled workflow');
  const reference = (status: string) => statuses.find((one) => one.name === status)?.statusReference;
  const added = {
    id: '901',
    name,
    type: 'DIRECTED',
    toStatusReference: reference('Approved'),
    links: [{ fromStatusReference: reference('Proposed') }],
    validators: [],
    actions: [],
  };
  const { id, version, statuses: placed, transitions } = workflow;
  const sent = statuses.map(({ id: statusId, name: called, statusReference, statusCategory }) => ({
    id: statusId,
    name: called,
    statusReference,
    statusCategory,
  }));
  const { status } = await opened.call('admin', 'POST', '/rest/api/3/workflows/update', {
    statuses: sent,
    workflows: [{ id, version, statuses: placed, transitions: [...transitions, added] }],
  });
  if (status !== 200) throw new Error(`the workflow was not saved: ${status}`);
}

afterAll(() => site?.close());

describeControlState('on @forge/api', open);
