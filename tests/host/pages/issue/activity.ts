import { html } from 'hono/html';
import { adfToHtml } from '../fields/adf';
import { showPerson } from '../fields/show';
import { showMoment } from '../fields/times';
import type { Html } from '../html';
import type { Comment, HistoryEntry } from '../shapes';
import type { IssueModel } from './model';

const MAX_SHOWN = 400;

const short = (text: string): string =>
  text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}… (${text.length} characters)` : text;

const side = (text: string | null | undefined): Html =>
  text === null || text === undefined || text === ''
    ? html`<span class="none">None</span>`
    : html`<span class="value">${short(text)}</span>`;

function historyRow(entry: HistoryEntry, timeZone: string): Html {
  return html`<li class="event">
    <p class="event-head">
      ${showPerson(entry.author?.displayName ?? 'Automation')}
      <span class="did">changed ${entry.items.map((item) => item.field).join(', ')}</span>
      <time datetime="${entry.created}">${showMoment(entry.created, timeZone)}</time>
    </p>
    ${entry.items.map(
      (item) =>
        html`<p class="event-item">
          <span class="visually-hidden">${item.field}: from</span>${side(item.fromString)}<span
            aria-hidden="true"
            class="arrow"
            >→</span
          ><span class="visually-hidden">to</span>${side(item.toString)}
        </p>`,
    )}
  </li>`;
}

function commentRow(comment: Comment, timeZone: string): Html {
  return html`<li class="event">
    <p class="event-head">
      ${showPerson(comment.author?.displayName ?? 'Unknown person')}
      <time datetime="${comment.created}">${showMoment(comment.created, timeZone)}</time>
    </p>
    <div class="prose">${adfToHtml(comment.body)}</div>
  </li>`;
}

function commentForm(key: string): Html {
  return html`<form class="comment-form" action="/browse/${key}/comment" method="post" data-async>
    <label for="comment-text">Add a comment</label>
    <textarea id="comment-text" name="text" rows="3"></textarea>
    <p class="field-error" role="alert" data-errors hidden></p>
    <button class="button" type="submit">Save comment</button>
  </form>`;
}

/** Comments and history as tabs (WAI-ARIA tabs pattern; the page's script moves between them with the arrow keys). */
export function activity(model: IssueModel, timeZone: string): Html {
  const empty = (text: string): Html => html`<p class="none">${text}</p>`;
  return html`<section aria-labelledby="activity-title" data-part="activity">
    <h2 id="activity-title">Activity</h2>
    <div role="tablist" aria-label="Activity" class="tabs">
      <button role="tab" id="tab-comments" aria-controls="panel-comments" aria-selected="true" type="button">
        Comments <span class="count">${model.comments.length}</span>
      </button>
      <button
        role="tab"
        id="tab-history"
        aria-controls="panel-history"
        aria-selected="false"
        tabindex="-1"
        type="button"
      >
        History <span class="count">${model.history.length}</span>
      </button>
    </div>
    <div role="tabpanel" id="panel-comments" aria-labelledby="tab-comments" tabindex="0">
      ${model.may.comment ? commentForm(model.issue.key) : ''}
      ${
        model.comments.length === 0
          ? empty('Nobody has commented yet.')
          : html`<ol class="events">
              ${model.comments.map((each) => commentRow(each, timeZone))}
            </ol>`
      }
    </div>
    <div role="tabpanel" id="panel-history" aria-labelledby="tab-history" tabindex="0" hidden>
      ${model.historyComplete ? '' : html`<p class="hint">The oldest part of a very long history is left out here.</p>`}
      ${
        model.history.length === 0
          ? empty('Nothing has changed since it was created.')
          : html`<ol class="events">
              ${model.history.map((each) => historyRow(each, timeZone))}
            </ol>`
      }
    </div>
  </section>`;
}
