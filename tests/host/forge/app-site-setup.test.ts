/**
 * The app's set-up port on the real @forge/api, over the local Jira, held to the same contract as the site in memory
 * that unit tests use. Each call and answer is held against Jira's OpenAPI document, where it is at hand.
 */
import type { SiteSetup } from '../../../src/ports/site-setup';
import { describeSiteSetup, type SiteUnderTest } from '../../contract/site-setup-contract';
import { readOpenApi } from '../jira/checks/openapi';
import { WorkflowSite } from '../jira/workflow/checks/workflow-site';

const openApi = readOpenApi();
let site: WorkflowSite | undefined;

/** The single exit that the SDK uses, without a process in between; who asks is the admin at the screen. */
async function exit(
  { provider }: { readonly provider: string },
  path: string,
  init: { readonly method?: string; readonly body?: string },
): Promise<Response> {
  if (site === undefined || provider !== 'user') throw new Error(`set-up asked as ${provider}`);
  const sent = init.body === undefined ? undefined : (JSON.parse(init.body) as unknown);
  const { status, body } = await site.call(
    'admin',
    init.method ?? 'GET',
    path.startsWith('/') ? path : `/${path}`,
    sent,
  );
  const empty = status === 204 || body === undefined;
  return new Response(empty ? null : JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

Object.assign(globalThis, {
  __forge_runtime__: { proxy: { url: 'http://127.0.0.1', token: '' }, tracing: {}, appContext: {}, metrics: {} },
  __forge_fetch__: exit,
});

async function open(): Promise<SiteUnderTest> {
  site?.close();
  site = new WorkflowSite('bare', openApi);
  // Imported here: the SDK looks at its globals while it loads.
  const { forgeSiteSetup }: { forgeSiteSetup: SiteSetup } = await import('../../../src/forge/site-setup/site-setup');
  return { site: forgeSiteSetup, projectId: site.jira.store.projects.find('NEW')?.id ?? '' };
}

afterAll(() => site?.close());

describeSiteSetup('on @forge/api', open);
