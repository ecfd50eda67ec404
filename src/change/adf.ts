import { canonicalJson } from '../ledger/canonical';
import { sha256Hex } from '../ledger/hash';

/** Jira's editor nests far less; deeper content is flagged with its digest so that no edit of it goes unseen. */
const MAX_DEPTH = 100;

type Json = Readonly<Record<string, unknown>>;

/**
 * The plain text of an Atlassian Document Format document, for digests, comparison and display. Guarantees: two
 * documents that a reader would tell apart give different texts as far as words, link targets, people, dates, ticks and
 * embedded things go (fonts and colours do not count); a node type this version does not know is kept whole and flagged
 * `[unsupported content …]`. A plain string, as older fields and changelogs have it, is returned with its line ends made
 * `\n`; null and undefined are ''. Source: the JSON schema in @atlaskit/adf-schema.
 */
export function textOfAdf(doc: unknown): string {
  if (doc === null || doc === undefined) return '';
  if (typeof doc === 'string') return doc.replace(/\r\n?/g, '\n').trimEnd();
  return block(doc, 0)
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd();
}

/** Types whose children are blocks, one below the other. */
const STACKS = new Set(
  'doc blockquote panel layoutSection layoutColumn listItem mediaSingle mediaGroup bodiedSyncBlock tableCell tableHeader'.split(
    ' ',
  ),
);
/** Types whose children are one line of text. */
const LINES = new Set(['paragraph', 'heading', 'caption', 'codeBlock']);

function block(value: unknown, depth: number): string {
  if (!isNode(value)) return unsupported(value);
  if (depth > MAX_DEPTH) return `[content nested too deeply ${sha256Hex(JSON.stringify(value))}]`;
  const type = value['type'];
  if (STACKS.has(type)) return stack(value, depth);
  if (LINES.has(type)) return line(value, depth);
  switch (type) {
    case 'bulletList':
      return items(value, depth, () => '- ');
    case 'orderedList':
      return items(value, depth, (i) => `${(integer(attr(value, 'order')) ?? 1) + i}. `);
    case 'taskList':
    case 'decisionList':
      return stack(value, depth);
    case 'taskItem':
      return `${tick(value)} ${line(value, depth)}`;
    case 'blockTaskItem':
      return `${tick(value)} ${stack(value, depth)}`;
    case 'decisionItem':
      return `<> ${line(value, depth)}`;
    case 'table':
      return stack(value, depth);
    case 'tableRow':
      return `| ${children(value)
        .map((cell) => block(cell, depth + 1))
        .join(' | ')} |`;
    case 'rule':
      return '---';
    case 'expand':
    case 'nestedExpand':
      return joined('\n', word(attr(value, 'title')), stack(value, depth));
    case 'bodiedExtension':
      return joined('\n', extension(value), stack(value, depth));
    default:
      return inline(value, depth);
  }
}

function inline(value: unknown, depth: number): string {
  if (!isNode(value)) return unsupported(value);
  switch (value['type']) {
    case 'text':
      return typeof value['text'] === 'string' ? linked(value, value['text']) : unsupported(value);
    case 'hardBreak':
      return '\n';
    case 'mention':
      return `${word(attr(value, 'text'))}[~accountid:${word(attr(value, 'id'))}]`;
    case 'emoji':
      return word(attr(value, 'text')) || word(attr(value, 'shortName'));
    case 'date':
      return day(attr(value, 'timestamp'));
    case 'status':
      return word(attr(value, 'text'));
    case 'placeholder':
      return `[placeholder: ${word(attr(value, 'text'))}]`;
    case 'inlineCard':
    case 'blockCard':
    case 'embedCard':
      return linked(value, word(attr(value, 'url')) || `[card ${canonical(attr(value, 'data'))}]`);
    case 'media':
    case 'mediaInline':
      return linked(value, `[media: ${canonical(attributes(value, 'id', 'collection', 'url', 'alt', 'type'))}]`);
    case 'extension':
    case 'inlineExtension':
      return extension(value);
    case 'syncBlock':
      return `[synced block: ${canonical(attributes(value, 'resourceId'))}]`;
    default:
      return depth > MAX_DEPTH ? block(value, depth) : unsupported(value);
  }
}

const stack = (node: Json, depth: number): string =>
  children(node)
    .map((child) => block(child, depth + 1))
    .join('\n');

const line = (node: Json, depth: number): string =>
  children(node)
    .map((child) => inline(child, depth + 1))
    .join('');

/** A list's own lists are set in, so that moving an item to another level is seen. */
const items = (node: Json, depth: number, mark: (index: number) => string): string =>
  children(node)
    .map((child, i) => mark(i) + block(child, depth + 1).replaceAll('\n', '\n  '))
    .join('\n');

/** Text with the target of its link, when that is not the text itself. */
function linked(node: Json, text: string): string {
  const marks = Array.isArray(node['marks']) ? (node['marks'] as unknown[]) : [];
  const targets = marks
    .filter(isNode)
    .filter((mark) => mark['type'] === 'link')
    .map((mark) => word(attr(mark, 'href')))
    .filter((href) => href !== '' && href !== text);
  return targets.length === 0 ? text : `${text} (${targets.join(' ')})`;
}

const extension = (node: Json): string =>
  `[extension: ${canonical(attributes(node, 'extensionType', 'extensionKey', 'parameters', 'text'))}]`;

const tick = (node: Json): string => (attr(node, 'state') === 'DONE' ? '[x]' : '[ ]');

/** A date node counts milliseconds since 1970 in a string; its day is shown in UTC. */
function day(timestamp: unknown): string {
  const instant = new Date(Number(word(timestamp)));
  return word(timestamp) === '' || Number.isNaN(instant.getTime())
    ? `[date: ${canonical(timestamp)}]`
    : instant.toISOString().slice(0, 10);
}

const unsupported = (value: unknown): string => `[unsupported content ${canonical(value)}]`;

/** RFC 8785 so that the order of keys, which Jira does not promise, makes no difference. */
function canonical(value: unknown): string {
  try {
    return canonicalJson(value ?? null);
  } catch {
    return sha256Hex(JSON.stringify(value ?? null));
  }
}

function isNode(value: unknown): value is Json & { readonly type: string } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

const children = (node: Json): readonly unknown[] =>
  Array.isArray(node['content']) ? (node['content'] as unknown[]) : [];

function attr(node: Json, name: string): unknown {
  const attrs = node['attrs'];
  return typeof attrs === 'object' && attrs !== null && Object.hasOwn(attrs, name) ? (attrs as Json)[name] : undefined;
}

/** The named attributes that are there. */
function attributes(node: Json, ...names: readonly string[]): Json {
  const entries = names.map((name): [string, unknown] => [name, attr(node, name)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const word = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

const integer = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) ? value : undefined;

const joined = (separator: string, ...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(separator);
