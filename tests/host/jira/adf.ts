/** Atlassian Document Format as Jira takes it (https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/). */

/** A JSON object, as far as anybody has looked. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a document: a `doc` of version 1 whose nodes all have a type, and whose text nodes have text. */
export function isDocument(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    value.type === 'doc' &&
    value.version === 1 &&
    Array.isArray(value.content) &&
    value.content.every(isNode)
  );
}

function isNode(value: unknown): boolean {
  if (!isObject(value) || typeof value.type !== 'string') return false;
  if (value.type === 'text' && (typeof value.text !== 'string' || value.text === '')) return false;
  return value.content === undefined || (Array.isArray(value.content) && value.content.every(isNode));
}

/** A document without anything in it: Jira keeps such a field as empty. */
export function isEmptyDocument(document: JsonObject): boolean {
  return plainText(document).trim() === '' && !hasMedia(document);
}

function hasMedia(node: unknown): boolean {
  if (!isObject(node)) return false;
  return (typeof node.type === 'string' && ATOMS.has(node.type)) || childrenOf(node).some(hasMedia);
}

const ATOMS = new Set([
  'media',
  'mediaInline',
  'inlineCard',
  'blockCard',
  'embedCard',
  'emoji',
  'mention',
  'date',
  'status',
  'extension',
  'rule',
]);
const BLOCKS = new Set([
  'paragraph',
  'heading',
  'codeBlock',
  'blockquote',
  'listItem',
  'tableRow',
  'panel',
  'rule',
  'taskItem',
  'decisionItem',
]);

const childrenOf = (node: JsonObject): readonly unknown[] => (Array.isArray(node.content) ? node.content : []);

/** The words of a document, a line for each block: what Jira's changelog shows as `fromString` and `toString`. */
export function plainText(document: unknown): string {
  const lines: string[] = [''];
  const write = (piece: string) => lines.push((lines.pop() ?? '') + piece);
  const visit = (node: unknown): void => {
    if (!isObject(node)) return;
    write(inlineText(node));
    for (const child of childrenOf(node)) visit(child);
    if (typeof node.type === 'string' && BLOCKS.has(node.type) && lines.at(-1) !== '') lines.push('');
  };
  visit(document);
  return lines.join('\n').replace(/\n+$/, '');
}

function inlineText(node: JsonObject): string {
  if (node.type === 'text') return typeof node.text === 'string' ? node.text : '';
  if (node.type === 'hardBreak') return '\n';
  const attributes = isObject(node.attrs) ? node.attrs : {};
  for (const name of ['text', 'shortName', 'url', 'alt'] as const) {
    const value = attributes[name];
    if (typeof value === 'string') return value;
  }
  return '';
}
