import { Hono } from 'hono';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { frameElement } from '../frames/element';
import type { FrameBinding, FrameStore } from '../frames/store';
import { showDialog } from '../pages';
import type { Pages } from '../pages';
import { PageRefusal } from '../parts';
import type { Viewer } from '../parts';
import { workflowListMain, workflowMain } from './pages';
import { conditionsOf, readWorkflow, readWorkflows } from './read';
import type { WorkflowRead, WorkflowRule, WorkflowTransition } from './read';
import { configValue, moduleOf } from './rules';
import type { RuleModule } from './rules';

/** What a rule's screen is told: where it stands, and the configuration under the name that its kind of module reads. */
function ruleFrame(
  viewer: Viewer,
  read: WorkflowRead,
  transition: WorkflowTransition,
  rule: WorkflowRule,
  module: RuleModule,
  entryPoint: 'view' | 'edit',
): FrameBinding {
  const status = (reference: string | null | undefined): string | null =>
    reference === null || reference === undefined ? null : (read.statuses.get(reference)?.id ?? null);
  const id = rule.parameters?.['id'] ?? rule.id ?? '';
  return {
    accountId: viewer.accountId,
    moduleKey: module.moduleKey,
    issueKey: null,
    projectKey: null,
    extension: {
      entryPoint,
      isNewEditor: true,
      workflowId: read.workflow.id,
      workflowName: read.workflow.name,
      transitionContext: {
        id: transition.id,
        from: status(transition.links?.[0]?.fromStatusReference),
        to: status(transition.toStatusReference),
      },
      [module.configName]: configValue(rule.parameters?.['config']),
    },
    basePath: null,
    rule: entryPoint === 'edit' ? { workflow: read.workflow.name, transition: transition.id, id } : null,
  };
}

async function showWorkflow(pages: Pages, store: FrameStore, c: Context): Promise<Response> {
  const viewer = await pages.admin(c);
  const read = await readWorkflow(pages.as(viewer), c.req.param('name') ?? '');
  const main = workflowMain(read, pages.parts.forge.modules, (rule, module, transition) =>
    frameElement(
      store,
      ruleFrame(viewer, read, transition, rule, module, 'view'),
      `${module.name} of ${transition.name}`,
      c.req.url,
      'lazy',
    ),
  );
  return pages.show(c, `Workflow: ${read.workflow.name}`, main);
}

async function editRule(pages: Pages, store: FrameStore, c: Context): Promise<Response> {
  const viewer = await pages.admin(c);
  const read = await readWorkflow(pages.as(viewer), c.req.param('name') ?? '');
  const transition = (read.workflow.transitions ?? []).find((each) => each.id === c.req.param('transition'));
  const rules =
    transition === undefined
      ? []
      : [...conditionsOf(transition.conditions).rules, ...(transition.validators ?? []), ...(transition.actions ?? [])];
  const rule = rules.find((each) => (each.parameters?.['id'] ?? each.id) === c.req.param('rule'));
  const module = rule === undefined ? undefined : moduleOf(rule, pages.parts.forge.modules);
  if (transition === undefined || rule === undefined || module === undefined)
    throw new PageRefusal(404, 'The workflow has changed meanwhile. Reload the page.', 'No such rule');
  const frame = frameElement(
    store,
    ruleFrame(viewer, read, transition, rule, module, 'edit'),
    `Configure ${module.name}`,
    c.req.url,
  );
  const main = html`<form class="dialog-form" method="post" data-rule>
    <header>
      <h2 id="dialog-title">Edit ${module.name} of ${transition.name}</h2>
      <button class="button subtle" type="button" data-close aria-label="Close">✕</button>
    </header>
    <div class="dialog-body">
      <div class="alert" role="alert" tabindex="-1" data-errors hidden></div>
      ${frame}
    </div>
    <footer>
      <button class="button" type="button" data-close>Cancel</button
      ><button class="button primary" type="submit">Update</button>
    </footer>
  </form>`;
  return showDialog(pages, c, `Edit ${module.name}`, main);
}

async function appAdmin(pages: Pages, store: FrameStore, c: Context): Promise<Response> {
  const viewer = await pages.admin(c);
  const frame = {
    accountId: viewer.accountId,
    moduleKey: 'change-control-admin',
    issueKey: null,
    projectKey: null,
    extension: {},
    basePath: '/admin/change-control',
    rule: null,
  };
  const main = html`<div class="sheet app-page">
    <nav class="crumbs" aria-label="Breadcrumbs">
      <span>Administration</span><span>Apps</span><span aria-current="page">Change control</span>
    </nav>
    <h1 class="visually-hidden">Change control administration</h1>
    ${frameElement(store, frame, 'Change control administration', c.req.url)}
  </div>`;
  return pages.show(c, 'Change control', main);
}

/** Administration: the app's own page, and the workflows with their rules. Administrators only. */
export function adminRoutes(pages: Pages, store: FrameStore): Hono {
  const app = new Hono();
  app.get('/admin/change-control', (c) => appAdmin(pages, store, c));
  app.get('/admin/change-control/*', (c) => appAdmin(pages, store, c));
  app.get('/admin/workflows', async (c) => {
    const viewer = await pages.admin(c);
    return pages.show(c, 'Workflows', workflowListMain(await readWorkflows(pages.as(viewer))));
  });
  app.get('/admin/workflows/:name', (c) => showWorkflow(pages, store, c));
  app.get('/admin/workflows/:name/rules/:transition/:rule', (c) => editRule(pages, store, c));
  return app;
}
