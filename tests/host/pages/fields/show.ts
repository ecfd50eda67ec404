import { html } from 'hono/html';
import type { Html } from '../html';
import type { FieldMeta } from '../shapes';
import { adfToHtml } from './adf';
import { kindOf, labelOf } from './kind';
import { showMoment } from './times';

const none = html`<span class="none">None</span>`;

/** A person with the initials that stand for their picture. */
export function showPerson(name: string): Html {
  const initials = name
    .replace(/\(.*\)/, '')
    .trim()
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('');
  const tint = new TextEncoder().encode(name).reduce((sum, byte) => sum + byte, 0) % 6;
  return html`<span class="person"
    ><span class="avatar tint-${tint}" aria-hidden="true">${initials}</span><span>${name}</span></span
  >`;
}

/** A field's value as Jira's issue view shows it: names, never identifiers; "None" when there is nothing. */
export function showValue(schema: FieldMeta['schema'], value: unknown, timeZone: string): Html {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return none;
  switch (kindOf(schema)) {
    case 'paragraphs':
      return html`<div class="prose">${adfToHtml(value)}</div>`;
    case 'person':
      return showPerson(labelOf(value) || 'Unknown person');
    case 'moment':
      return typeof value === 'string' ? html`<time datetime="${value}">${showMoment(value, timeZone)}</time>` : none;
    case 'choices':
    case 'labels':
      return html`<span class="tags"
        >${asList(value).map((item) => html`<span class="tag">${labelOf(item)}</span>`)}</span
      >`;
    case 'choice':
    case 'line':
    case 'day':
    case 'number':
    case 'other':
      return html`${labelOf(value)}`;
  }
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** A status as a lozenge; the colour says the category, the words say the status. */
export function showStatus(name: string, category: string | undefined): Html {
  const look = category === 'done' ? 'success' : category === 'indeterminate' ? 'inprogress' : 'default';
  return html`<span class="lozenge ${look}">${name}</span>`;
}
