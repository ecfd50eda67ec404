import { html } from 'hono/html';
import type { Html } from '../html';
import { fieldInput } from '../fields/input';
import type { Chooser } from '../fields/input';
import { typedOf } from '../fields/typed';
import type { FieldMeta } from '../shapes';

export interface FormDialog {
  readonly title: string;
  readonly action: string;
  readonly submit: string;
  readonly intro?: Html;
  readonly fields: Readonly<Record<string, FieldMeta>>;
  /** What Jira holds now, by field id. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly chooser: Chooser;
  readonly before?: Html;
}

/**
 * A form in a dialog. The page's script shows it modally, sends it in the background and keeps everything typed when
 * Jira refuses; the messages land in the alert, and each field's own under the field.
 */
export function formDialog(dialog: FormDialog): Html {
  const inputs = Object.entries(dialog.fields).map(([id, meta]) =>
    fieldInput(id, meta, typedOf(meta, dialog.values[id] ?? null, dialog.chooser.timeZone), dialog.chooser),
  );
  const required = Object.values(dialog.fields).some((meta) => meta.required === true);
  return html`<form class="dialog-form" action="${dialog.action}" method="post" data-async novalidate>
    <header>
      <h2 id="dialog-title">${dialog.title}</h2>
      <button class="button subtle" type="button" data-close aria-label="Close">✕</button>
    </header>
    <div class="dialog-body">
      <div class="alert" role="alert" tabindex="-1" data-errors hidden></div>
      ${dialog.intro ?? ''}
      ${required ? html`<p class="hint">Fields with <span class="required">*</span> are required.</p>` : ''}
      ${dialog.before ?? ''} ${inputs}
    </div>
    <footer>
      <button class="button" type="button" data-close>Cancel</button
      ><button class="button primary" type="submit">${dialog.submit}</button>
    </footer>
  </form>`;
}
