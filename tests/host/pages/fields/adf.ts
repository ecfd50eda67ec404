import { html, raw } from 'hono/html';
import * as z from 'zod/mini';
import type { Html } from '../html';

/** A node of the Atlassian Document Format, as far as the pages read it. */
interface AdfNode {
  readonly type: string;
  readonly text?: string | undefined;
  readonly attrs?: Readonly<Record<string, unknown>> | undefined;
  readonly marks?:
    readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> | undefined }[] | undefined;
  readonly content?: readonly AdfNode[] | undefined;
}

const node: z.ZodMiniType<AdfNode> = z.object({
  type: z.string(),
  text: z.optional(z.string()),
  attrs: z.optional(z.record(z.string(), z.unknown())),
  marks: z.optional(z.array(z.object({ type: z.string(), attrs: z.optional(z.record(z.string(), z.unknown())) }))),
  content: z.optional(z.array(z.lazy(() => node))),
});

function parse(value: unknown): AdfNode | undefined {
  const parsed = node.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** What a person types, as a document: a blank line starts a paragraph, a line break stays one. Empty text is null. */
export function textToAdf(text: string): unknown {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph !== '');
  if (paragraphs.length === 0) return null;
  const inline = (paragraph: string) =>
    paragraph
      .split('\n')
      .flatMap((line, i) => [
        ...(i === 0 ? [] : [{ type: 'hardBreak' }]),
        ...(line === '' ? [] : [{ type: 'text', text: line }]),
      ]);
  return {
    type: 'doc',
    version: 1,
    content: paragraphs.map((paragraph) => ({ type: 'paragraph', content: inline(paragraph) })),
  };
}

const BLOCKS = new Set(['paragraph', 'heading', 'codeBlock', 'blockquote', 'panel', 'tableRow', 'rule', 'listItem']);

function nodeText(current: AdfNode): string {
  if (current.type === 'text') return current.text ?? '';
  if (current.type === 'hardBreak') return '\n';
  const own = typeof current.attrs?.['text'] === 'string' ? current.attrs['text'] : '';
  const inner = (current.content ?? [])
    .map((child) => nodeText(child) + (BLOCKS.has(child.type) ? '\n\n' : ''))
    .join('');
  return own + inner;
}

/** The words of a document, to be typed over; the inverse of `textToAdf` for what that makes. */
export function adfToText(value: unknown): string {
  if (typeof value === 'string') return value;
  const document = parse(value);
  return document === undefined
    ? ''
    : nodeText(document)
        .replace(/\n{3,}/g, '\n\n')
        .trim();
}

const TAGS: Readonly<Record<string, string>> = {
  paragraph: 'p',
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  blockquote: 'blockquote',
  codeBlock: 'pre',
  table: 'table',
  tableRow: 'tr',
  tableCell: 'td',
  tableHeader: 'th',
  panel: 'aside',
};
const MARKS: Readonly<Record<string, string>> = {
  strong: 'strong',
  em: 'em',
  code: 'code',
  strike: 's',
  underline: 'u',
};

const wrap = (tag: string, inner: Html): Html => html`${raw(`<${tag}>`)}${inner}${raw(`</${tag}>`)}`;

function marked(current: AdfNode): Html {
  let inner: Html = html`${current.text ?? ''}`;
  for (const mark of current.marks ?? []) {
    const tag = MARKS[mark.type];
    const href = mark.type === 'link' ? mark.attrs?.['href'] : undefined;
    if (tag !== undefined) inner = wrap(tag, inner);
    else if (typeof href === 'string' && /^(https?:|mailto:)/i.test(href))
      inner = html`<a href="${href}" rel="noreferrer">${inner}</a>`;
  }
  return inner;
}

function render(current: AdfNode): Html {
  if (current.type === 'text') return marked(current);
  if (current.type === 'hardBreak') return html`<br />`;
  if (current.type === 'rule') return html`<hr />`;
  const inner = html`${(current.content ?? []).map(render)}`;
  if (current.type === 'heading') return wrap('h4', inner);
  const tag = TAGS[current.type];
  if (tag !== undefined) return wrap(tag, inner);
  const label = current.attrs?.['text'] ?? current.attrs?.['url'];
  return typeof label === 'string' ? html`<span class="mention">${label}</span>` : inner;
}

/** A document as HTML; everything in it is escaped, links lead to http(s) or mail only. */
export function adfToHtml(value: unknown): Html {
  if (typeof value === 'string') return html`<p>${value}</p>`;
  const document = parse(value);
  return document === undefined ? html`` : render(document);
}
