import { Hono } from 'hono';
import type { Context } from 'hono';
import { html } from 'hono/html';
import * as z from 'zod/mini';
import { appFieldOf, formatAppField } from '../fields/app-field';
import type { Chooser } from '../fields/input';
import { frameElement } from '../frames/element';
import type { FrameStore } from '../frames/store';
import type { Html } from '../html';
import { segment } from '../jira-calls';
import type { JiraAs } from '../jira-calls';
import { PageRefusal } from '../parts';
import type { Viewer } from '../parts';
import { showDialog } from '../pages';
import type { Pages } from '../pages';
import type { FieldMeta } from '../shapes';
import { formDialog } from './dialogs';
import { readIssue } from './model';
import type { IssueModel } from './model';
import { issueMain, versionOf } from './page';
import type { AppText } from './page';
import { attach, comment, download } from './additions';
import { readForm, submittedFields } from './submitted';

/** The panel's module in the manifest; shown on the issues of the projects that the app controls. */
const PANEL = 'change-evidence-panel';

const chooserOf = (pages: Pages, viewer: Viewer): Chooser => ({
  people: pages.parts.jira.people().map(({ accountId, displayName }) => ({ accountId, displayName })),
  timeZone: viewer.timeZone,
});

async function appTextsOf(pages: Pages, jira: JiraAs, model: IssueModel): Promise<readonly AppText[]> {
  const texts: AppText[] = [];
  for (const field of model.fields.values()) {
    const module = appFieldOf(field, pages.parts.forge.modules);
    if (module !== undefined) texts.push({ name: field.name, text: await formatAppField(jira, field, module) });
  }
  return texts;
}

function panelOf(store: FrameStore, viewer: Viewer, model: IssueModel, pageUrl: string): Html {
  const frame = {
    accountId: viewer.accountId,
    moduleKey: PANEL,
    issueKey: model.issue.key,
    projectKey: model.project.key,
    extension: {},
    basePath: null,
    rule: null,
  };
  return html`<section class="app-panel" aria-labelledby="panel-title">
    <h2 id="panel-title">Change control</h2>
    ${frameElement(store, frame, `Change control of ${model.issue.key}`, pageUrl)}
  </section>`;
}

/** Forge shows a panel on an issue once somebody asks for it there, or an administrator for the whole project. */
const addPanel = (model: IssueModel): Html =>
  html`<p><a class="button" href="/browse/${model.issue.key}?panel=shown">Add Change control</a></p>`;

async function issuePage(pages: Pages, store: FrameStore, c: Context): Promise<Response> {
  const viewer = await pages.viewer(c);
  const jira = pages.as(viewer);
  const model = await readIssue(jira, c.req.param('key') ?? '');
  const shown = pages.parts.jira.showsPanel(model.project.key, PANEL) || c.req.query('panel') === 'shown';
  const main = issueMain({
    model,
    appTexts: await appTextsOf(pages, jira, model),
    timeZone: viewer.timeZone,
    panel: shown ? panelOf(store, viewer, model, c.req.url) : addPanel(model),
  });
  return pages.show(c, `[${model.issue.key}] ${model.summary}`, main, { project: model.project.key });
}

function editDialog(pages: Pages, viewer: Viewer, model: IssueModel, only: string | undefined): Html {
  const shown = Object.entries(model.editable).filter(([id]) => only === undefined || id === only);
  if (shown.length === 0) throw new PageRefusal(403, 'You may not edit this here.', 'Nothing to edit');
  const single = only === undefined ? undefined : shown[0]?.[1].name;
  return formDialog({
    title: single === undefined ? `Edit ${model.issue.key}` : `Edit ${single} of ${model.issue.key}`,
    action: `/browse/${model.issue.key}/edit`,
    submit: 'Save',
    fields: Object.fromEntries(shown),
    values: model.issue.fields,
    chooser: chooserOf(pages, viewer),
  });
}

function transitionDialog(pages: Pages, viewer: Viewer, model: IssueModel, id: string): Html {
  const transition = model.transitions.find((each) => each.id === id);
  if (transition === undefined)
    throw new PageRefusal(
      404,
      'This transition is not open to you any more. The status may have changed; reload the page.',
      'No such transition',
    );
  return formDialog({
    title: `${transition.name} ${model.issue.key}`,
    action: `/browse/${model.issue.key}/transition/${id}`,
    submit: transition.name,
    intro: html`<p class="lead">
      ${model.status.name} <span aria-hidden="true">→</span
      ><span class="visually-hidden">to</span> ${transition.to.name}
    </p>`,
    fields: transition.fields ?? {},
    values: model.issue.fields,
    chooser: chooserOf(pages, viewer),
  });
}

/** The values of a form against the issue as it is now; 400 with the field's own sentence when one is not readable. */
async function fieldsFrom(c: Context, model: IssueModel, metas: Readonly<Record<string, FieldMeta>>, timeZone: string) {
  const posted = await readForm(c);
  const { fields, problems } = submittedFields(posted, metas, model.issue.fields, timeZone);
  return { posted, fields, problems: Object.keys(problems).length === 0 ? undefined : problems };
}

async function edit(pages: Pages, c: Context): Promise<Response> {
  const viewer = await pages.viewer(c);
  const jira = pages.as(viewer);
  const model = await readIssue(jira, c.req.param('key') ?? '');
  const { fields, problems } = await fieldsFrom(c, model, model.editable, viewer.timeZone);
  if (problems !== undefined) return c.json({ messages: [], fields: problems }, 400);
  if (Object.keys(fields).length > 0)
    await jira.send('PUT', `/rest/api/3/issue/${segment(model.issue.key)}`, { fields }, z.unknown());
  return c.json({ said: `${model.issue.key} was saved.` });
}

async function move(pages: Pages, c: Context): Promise<Response> {
  const viewer = await pages.viewer(c);
  const jira = pages.as(viewer);
  const model = await readIssue(jira, c.req.param('key') ?? '');
  const id = c.req.param('id') ?? '';
  const metas = model.transitions.find((each) => each.id === id)?.fields ?? {};
  const { fields, problems } = await fieldsFrom(c, model, metas, viewer.timeZone);
  if (problems !== undefined) return c.json({ messages: [], fields: problems }, 400);
  const body = { transition: { id }, ...(Object.keys(fields).length === 0 ? {} : { fields }) };
  await jira.send('POST', `/rest/api/3/issue/${segment(model.issue.key)}/transitions`, body, z.unknown());
  return c.json({ said: `${model.issue.key} was moved.` });
}

/** The issue view and everything that its buttons do, as the person of the session. */
export function issueRoutes(pages: Pages, store: FrameStore): Hono {
  const app = new Hono();
  const modelOf = async (c: Context): Promise<{ viewer: Viewer; model: IssueModel }> => {
    const viewer = await pages.viewer(c);
    return { viewer, model: await readIssue(pages.as(viewer), c.req.param('key') ?? '') };
  };
  app.get('/browse/:key', (c) => issuePage(pages, store, c));
  app.get('/browse/:key/version', async (c) => {
    const jira = pages.as(await pages.viewer(c));
    const shape = z.object({ fields: z.object({ updated: z.string(), status: z.object({ name: z.string() }) }) });
    const { fields } = await jira.get(`/rest/api/3/issue/${segment(c.req.param('key'))}?fields=updated,status`, shape);
    return c.text(versionOf(fields.updated, fields.status.name));
  });
  app.get('/browse/:key/edit', async (c) => {
    const { viewer, model } = await modelOf(c);
    return showDialog(pages, c, `Edit ${model.issue.key}`, editDialog(pages, viewer, model, c.req.query('field')));
  });
  app.post('/browse/:key/edit', (c) => edit(pages, c));
  app.get('/browse/:key/transition/:id', async (c) => {
    const { viewer, model } = await modelOf(c);
    return showDialog(pages, c, model.issue.key, transitionDialog(pages, viewer, model, c.req.param('id')));
  });
  app.post('/browse/:key/transition/:id', (c) => move(pages, c));
  app.post('/browse/:key/comment', (c) => comment(pages, c));
  app.post('/browse/:key/attachment', (c) => attach(pages, c));
  app.get('/secure/attachment/:id/:name', (c) => download(pages, c));
  return app;
}
