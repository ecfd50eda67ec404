import { Hono } from 'hono';
import type { Context } from 'hono';
import { html } from 'hono/html';
import * as z from 'zod/mini';
import { frameElement } from '../frames/element';
import type { FrameStore } from '../frames/store';
import type { Html } from '../html';
import { readForm, submittedFields, textsOf } from '../issue/submitted';
import { showDialog } from '../pages';
import type { Pages } from '../pages';
import { PageRefusal } from '../parts';
import { projectFields } from '../shapes';
import { createDialog, readCreateForm } from './create';
import { homeMain, issueListMain } from './pages';

const created = z.object({ key: z.string() });

async function showCreate(pages: Pages, c: Context): Promise<Response> {
  const viewer = await pages.viewer(c);
  const form = await readCreateForm(pages.as(viewer), c.req.query('project') ?? 'CHG', c.req.query('type'));
  const people = pages.parts.jira.people().map(({ accountId, displayName }) => ({ accountId, displayName }));
  return showDialog(pages, c, 'Create', createDialog(form, { people, timeZone: viewer.timeZone }));
}

async function create(pages: Pages, c: Context): Promise<Response> {
  const viewer = await pages.viewer(c);
  const jira = pages.as(viewer);
  const posted = await readForm(c);
  const form = await readCreateForm(jira, c.req.query('project') ?? 'CHG', textsOf(posted, 'issuetype')[0]);
  const { fields, problems } = submittedFields(posted, form.fields, {}, viewer.timeZone);
  if (Object.keys(problems).length > 0) return c.json({ messages: [], fields: problems }, 400);
  const body = { fields: { ...fields, project: { key: form.project }, issuetype: { id: form.issueType.id } } };
  const { key } = await jira.send('POST', '/rest/api/3/issue', body, created);
  return c.json({ location: `/browse/${key}` }, 201);
}

async function register(pages: Pages, store: FrameStore, c: Context): Promise<Response> {
  const viewer = await pages.viewer(c);
  const key = c.req.param('key') ?? '';
  if (!pages.parts.jira.mayBrowseProject(viewer.accountId, key))
    throw new PageRefusal(404, 'It does not exist, or you may not see it.', 'No such project');
  const project = await pages.as(viewer).get(`/rest/api/3/project/${encodeURIComponent(key)}`, projectFields);
  const frame = {
    accountId: viewer.accountId,
    moduleKey: 'change-register',
    issueKey: null,
    projectKey: project.key,
    extension: {},
    basePath: `/projects/${project.key}/register`,
    rule: null,
  };
  const main: Html = html`<div class="sheet app-page">
    <nav class="crumbs" aria-label="Breadcrumbs">
      <a href="/">Projects</a><a href="/projects/${project.key}/issues">${project.name ?? project.key}</a
      ><span aria-current="page">Change register</span>
    </nav>
    <h1 class="visually-hidden">Change register of ${project.key}</h1>
    ${frameElement(store, frame, `Change register of ${project.key}`, c.req.url)}
  </div>`;
  return pages.show(c, 'Change register', main, { project: project.key });
}

/** Home, the work items of a project, the create screen, and the app's project page. */
export function projectRoutes(pages: Pages, store: FrameStore): Hono {
  const app = new Hono();
  app.get('/', async (c) => {
    const viewer = await pages.viewer(c);
    return pages.show(c, 'Projects', await homeMain(pages.as(viewer), viewer));
  });
  app.get('/projects', (c) => c.redirect('/'));
  app.get('/projects/:key', (c) => c.redirect(`/projects/${c.req.param('key')}/issues`));
  app.get('/projects/:key/issues', async (c) => {
    const viewer = await pages.viewer(c);
    const key = c.req.param('key');
    const main = await issueListMain(pages.as(viewer), key, c.req.query('after'), viewer.timeZone);
    return pages.show(c, `${key} work items`, main, { project: key });
  });
  app.get('/create', (c) => showCreate(pages, c));
  app.post('/create', (c) => create(pages, c));
  app.get('/projects/:key/register', (c) => register(pages, store, c));
  app.get('/projects/:key/register/*', (c) => register(pages, store, c));
  return app;
}
