/** Markup that is safe to insert as it is; everything else is text and gets escaped. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = string | number | null | Html | readonly Part[];

/**
 * A template whose values are text unless they are `Html`. Nothing from a change, a person or a sender ever becomes
 * markup, so a pack opened from a file cannot run or load anything.
 */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(texts.map((text, i) => text + (i < parts.length ? markupOf(parts[i] ?? null) : '')).join(''));
}

function markupOf(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(markupOf).join('');
  return escape(String(part));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Also makes characters visible that change how other text reads: controls and the bidirectional overrides with which
 * a title can pretend to be another (CVE-2021-42574).
 */
function escape(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
      visible,
    );
}

const visible = (character: string): string =>
  `<span class="control">U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}</span>`;

/** A table with a caption and headers that a screen reader can use; `none` stands where there are no rows. */
export function table(
  caption: string,
  headers: readonly string[],
  rows: readonly (readonly Part[])[],
  none: string,
): Html {
  if (rows.length === 0) return markup`<p class="none">${none}</p>`;
  return markup`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${headers.map((header) => markup`<th scope="col">${header}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (cells) =>
          markup`<tr>
            ${cells.map((cell) => markup`<td>${cell}</td>`)}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

/** A list of names and values. */
export function factList(rows: readonly (readonly [string, Part])[]): Html {
  return markup`<dl>
    ${rows.map(
      ([name, value]) =>
        markup`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div> `,
    )}
  </dl>`;
}

/** A digest or an identifier: never shortened, breaks anywhere. */
export const code = (text: string): Html => markup`<code>${text}</code>`;

/** Only https becomes a link; whatever else a sender gave stays text. */
export function link(url: string | null): Html {
  if (url === null) return markup``;
  return /^https:\/\/[^\s]+$/.test(url) ? markup`<a href="${url}" rel="noreferrer">${url}</a>` : markup`${url}`;
}
