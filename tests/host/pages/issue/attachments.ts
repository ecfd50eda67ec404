import { html } from 'hono/html';
import * as z from 'zod/mini';
import { showMoment } from '../fields/times';
import type { Html } from '../html';
import { attachment } from '../shapes';
import type { IssueModel } from './model';

function attachForm(key: string): Html {
  return html`<form
    class="attach"
    action="/browse/${key}/attachment"
    method="post"
    enctype="multipart/form-data"
    data-async
  >
    <label for="attach-file">Attach a file</label>
    <input id="attach-file" type="file" name="file" />
    <p class="field-error" role="alert" data-errors hidden></p>
    <button class="button" type="submit">Attach</button>
  </form>`;
}

/** The files of an issue, and the way to add one for those who may. */
export function attachments(model: IssueModel, timeZone: string): Html {
  const files = z.array(attachment).safeParse(model.issue.fields['attachment'] ?? []);
  const list = files.success ? files.data : [];
  const key = model.issue.key;
  return html`<section aria-labelledby="attachments-title" data-part="attachments">
    <h2 id="attachments-title">Attachments <span class="count">${list.length}</span></h2>
    ${
      list.length === 0
        ? html`<p class="none">No files yet.</p>`
        : html`<ul class="files">
            ${list.map(
              (file) =>
                html`<li>
                  <a
                    href="/secure/attachment/${file.id}/${encodeURIComponent(file.filename)}"
                    download="${file.filename}"
                    >${file.filename}</a
                  >
                  <span class="hint"
                    >${file.size} bytes · ${file.author?.displayName ?? 'Unknown person'} ·
                    ${showMoment(file.created, timeZone)}</span
                  >
                </li>`,
            )}
          </ul>`
    }
    ${model.may.attach ? attachForm(key) : ''}
  </section>`;
}
