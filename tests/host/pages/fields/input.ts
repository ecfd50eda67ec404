import { html } from 'hono/html';
import type { Html } from '../html';
import type { FieldMeta } from '../shapes';
import { choicesOf, kindOf } from './kind';
import type { Typed } from './typed';

export interface Chooser {
  readonly people: readonly { readonly accountId: string; readonly displayName: string }[];
  readonly timeZone: string;
}

type Choice = { readonly id: string; readonly label: string };

/** One labelled input of a form; its error line is empty until Jira refuses the field. */
export function fieldInput(id: string, meta: FieldMeta, typed: Typed, chooser: Chooser): Html {
  const kind = kindOf(meta.schema);
  if (kind === 'other') return html``;
  const label = html`${meta.name}${meta.required === true ? html`<span class="required" aria-hidden="true">*</span>` : ''}`;
  if (kind === 'choices') return ticks(id, label, choicesOf(meta), typed);
  const hint =
    kind === 'moment' ? `Your time zone: ${chooser.timeZone}` : kind === 'labels' ? 'Separated by commas' : '';
  return html`<div class="field" data-field="${id}">
    <label for="field-${id}">${label}</label>
    ${control(id, meta, typed[0] ?? '', chooser)}
    ${hint === '' ? '' : html`<p class="hint" id="hint-${id}">${hint}</p>`}
    <p class="field-error" id="error-${id}" hidden></p>
  </div>`;
}

function control(id: string, meta: FieldMeta, text: string, chooser: Chooser): Html {
  const required = meta.required === true ? 'true' : 'false';
  switch (kindOf(meta.schema)) {
    case 'paragraphs':
      return html`<textarea
        id="field-${id}"
        name="${id}"
        rows="4"
        aria-required="${required}"
        aria-describedby="error-${id}"
      >
${text}</textarea>`;
    case 'choice':
      return select(id, choicesOf(meta), text, required, 'None');
    case 'person':
      return select(
        id,
        chooser.people.map((who) => ({ id: who.accountId, label: who.displayName })),
        text,
        required,
        'Nobody',
      );
    case 'moment':
      return input(id, 'datetime-local', text, required, `error-${id} hint-${id}`);
    case 'day':
      return input(id, 'date', text, required, `error-${id}`);
    case 'number':
      return input(id, 'number', text, required, `error-${id}`);
    case 'labels':
      return input(id, 'text', text, required, `error-${id} hint-${id}`);
    case 'line':
    case 'choices':
    case 'other':
      return input(id, 'text', text, required, `error-${id}`);
  }
}

const input = (id: string, type: string, text: string, required: string, describedBy: string): Html =>
  html`<input
    id="field-${id}"
    name="${id}"
    type="${type}"
    value="${text}"
    autocomplete="off"
    aria-required="${required}"
    aria-describedby="${describedBy}"
  />`;

function select(id: string, choices: readonly Choice[], chosen: string, required: string, empty: string): Html {
  const options = choices.map(
    (each) => html`<option value="${each.id}" ${each.id === chosen ? 'selected' : ''}>${each.label}</option>`,
  );
  return html`<select id="field-${id}" name="${id}" aria-required="${required}" aria-describedby="error-${id}">
    <option value="">${empty}</option>
    ${options}
  </select>`;
}

function ticks(id: string, label: Html, choices: readonly Choice[], chosen: Typed): Html {
  return html`<fieldset class="field" data-field="${id}" aria-describedby="error-${id}">
    <legend>${label}</legend>
    <input type="hidden" name="${id}" value="" />
    <div class="ticks">
      ${choices.map(
        (each) =>
          html`<label class="tick"
            ><input
              type="checkbox"
              name="${id}"
              value="${each.id}"
              ${chosen.includes(each.id) ? 'checked' : ''}
            />${each.label}</label
          >`,
      )}
    </div>
    <p class="field-error" id="error-${id}" hidden></p>
  </fieldset>`;
}
