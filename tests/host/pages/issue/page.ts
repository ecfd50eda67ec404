import { html } from 'hono/html';
import * as z from 'zod/mini';
import type { Html } from '../html';
import { kindOf } from '../fields/kind';
import { showPerson, showStatus, showValue } from '../fields/show';
import { showMoment } from '../fields/times';
import { person } from '../shapes';
import { activity } from './activity';
import { attachments } from './attachments';
import type { FieldOfIssue, IssueModel } from './model';

/** A field of the app with the text of its formatter. */
export interface AppText {
  readonly name: string;
  readonly text: string;
}

export interface IssueView {
  readonly model: IssueModel;
  readonly appTexts: readonly AppText[];
  readonly timeZone: string;
  /** The app's panel, when it is shown on this issue. */
  readonly panel: Html | undefined;
}

const NOT_IN_LISTS = new Set([
  'summary',
  'description',
  'status',
  'project',
  'issuetype',
  'attachment',
  'comment',
  'created',
  'updated',
  'creator',
  'statuscategorychangedate',
  'resolutiondate',
  'lastViewed',
]);

function pencil(model: IssueModel, field: FieldOfIssue): Html {
  if (model.editable[field.id] === undefined) return html``;
  const href = `/browse/${model.issue.key}/edit?field=${encodeURIComponent(field.id)}`;
  return html`<a class="pencil" href="${href}" data-dialog="${href}" aria-label="Edit ${field.name}">Edit</a>`;
}

/** Fields in the order of the edit screen, then what the screen does not have. */
function ordered(model: IssueModel): FieldOfIssue[] {
  const screen = Object.keys(model.editable);
  const place = (id: string) => (screen.includes(id) ? screen.indexOf(id) : screen.length);
  return [...model.fields.values()]
    .filter((field) => !NOT_IN_LISTS.has(field.id))
    .sort((a, b) => place(a.id) - place(b.id));
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

function proseFields({ model, timeZone }: IssueView): Html {
  const fields = ordered(model).filter(
    (field) =>
      kindOf(field.schema) === 'paragraphs' && (!isEmpty(field.value) || model.editable[field.id] !== undefined),
  );
  return html`<section aria-label="Plans and analysis" data-part="prose">
    ${fields.map(
      (field) =>
        html`<div class="prose-field">
          <h2>${field.name} ${pencil(model, field)}</h2>
          ${showValue(field.schema, field.value, timeZone)}
        </div>`,
    )}
  </section>`;
}

function row(name: string, value: Html, edit: Html = html``): Html {
  return html`<div class="row">
    <dt>${name}</dt>
    <dd>${value}${edit}</dd>
  </div>`;
}

function details({ model, appTexts, timeZone }: IssueView): Html {
  const appNames = new Set(appTexts.map((each) => each.name));
  const shown = ordered(model).filter(
    (field) =>
      kindOf(field.schema) !== 'paragraphs' &&
      !appNames.has(field.name) &&
      field.schema.system !== 'resolution' &&
      kindOf(field.schema) !== 'other' &&
      (!isEmpty(field.value) || model.editable[field.id] !== undefined),
  );
  return html`<section class="card" aria-labelledby="details-title" data-part="details">
    <h2 id="details-title">Details</h2>
    <dl>
      ${shown.map((field) => row(field.name, showValue(field.schema, field.value, timeZone), pencil(model, field)))}
    </dl>
  </section>`;
}

function appCard(appTexts: readonly AppText[]): Html {
  return appTexts.length === 0
    ? html``
    : html`<section class="card" aria-labelledby="app-title" data-part="app">
        <h2 id="app-title">Fields of the app</h2>
        <dl>${appTexts.map((each) => row(each.name, html`${each.text}`))}</dl>
        <p class="hint">Written by the app alone.</p>
      </section>`;
}

function moves(model: IssueModel): Html {
  const buttons = model.transitions.map((each) => {
    const href = `/browse/${model.issue.key}/transition/${each.id}`;
    return html`<li>
      <button class="button" type="button" data-dialog="${href}" data-transition="${each.name}">${each.name}</button>
    </li>`;
  });
  return html`<div class="moves" data-part="moves">
    <p class="now">
      <span class="visually-hidden">Status: </span>${showStatus(model.status.name, model.status.statusCategory?.key)}
    </p>
    ${
      buttons.length === 0
        ? html`<p class="none">No transition is open to you here.</p>`
        : html`<ul aria-label="Transitions">
            ${buttons}
          </ul>`
    }
  </div>`;
}

function stamps(model: IssueModel, timeZone: string): Html {
  const creator = person.safeParse(model.issue.fields['creator']);
  const at = (field: string): string => {
    const value = model.issue.fields[field];
    return typeof value === 'string' ? showMoment(value, timeZone) : 'unknown';
  };
  return html`<p class="stamps" data-part="stamps">
    Created ${at('created')}
    ${creator.success ? html`by ${showPerson(creator.data.displayName ?? 'Unknown person')}` : ''}<br />Updated
    ${at('updated')}
  </p>`;
}

/** The issue view. Each `data-part` is replaced on its own after a change, so the app's frame stays as it is. */
export function issueMain(view: IssueView): Html {
  const { model, timeZone } = view;
  const key = model.issue.key;
  const canEdit = Object.keys(model.editable).length > 0;
  const description = model.fields.get('description');
  const updated = z.catch(z.string(), '').parse(model.issue.fields['updated']);
  return html`<div
    class="issue"
    data-issue="${key}"
    data-issue-id="${model.issue.id}"
    data-version="${versionOf(updated, model.status.name)}"
  >
    <nav class="crumbs" aria-label="Breadcrumbs">
      <a href="/">Projects</a><a href="/projects/${model.project.key}/issues">${model.project.name}</a
      ><span aria-current="page">${model.issueType} ${key}</span>
    </nav>
    <div class="columns">
      <div class="primary-column">
        <div data-part="heading" class="heading">
          <h1>${model.summary}</h1>
          ${canEdit ? html`<a class="button" href="/browse/${key}/edit" data-dialog="/browse/${key}/edit">Edit</a>` : ''}
        </div>
        <section aria-label="Description" data-part="description">
          <h2>Description ${description === undefined ? '' : pencil(model, description)}</h2>
          ${description === undefined ? html`<p class="none">None</p>` : showValue(description.schema, description.value, timeZone)}
        </section>
        ${view.panel ?? ''} ${proseFields(view)} ${attachments(model, timeZone)} ${activity(model, timeZone)}
      </div>
      <div class="side-column">
        ${moves(model)} ${details(view)} ${appCard(view.appTexts)} ${stamps(model, timeZone)}
      </div>
    </div>
  </div>`;
}

/** Changes whenever the issue does: what the page polls to notice the edits of others. */
export const versionOf = (updated: string, status: string): string => `${updated}|${status}`;
