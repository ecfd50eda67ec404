import { isList, isMap, toText } from './operators';
import { JiraObject, type Value } from './model';
import { toJson } from './json';

const BLOCKS: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'codeBlock',
  'rule',
  'listItem',
  'taskItem',
  'decisionItem',
  'tableRow',
  'blockquote',
  'panel',
]);

function write(node: Value | undefined, into: string[]): void {
  if (node === undefined || !isMap(node)) return;
  const type = node.get('type');
  const attributes = node.get('attrs') ?? null;
  if (type === 'text') into.push(toText(node.get('text') ?? ''));
  else if (type === 'hardBreak') into.push('\n');
  else if ((type === 'mention' || type === 'emoji' || type === 'status') && isMap(attributes))
    into.push(toText(attributes.get('text') ?? ''));
  const content = node.get('content') ?? null;
  if (isList(content)) for (const child of content) write(child, into);
  if (typeof type === 'string' && BLOCKS.has(type)) into.push('\n');
}

/** The text of an Atlassian document (ADF), one line for each block. */
export function plainText(document: Value): string {
  const parts: string[] = [];
  write(document, parts);
  return parts.join('').replace(/\n+/g, '\n').trim();
}

/** `RichText`: a paragraph field, a comment's body, or what `new RichText(adf)` makes. */
export class RichText extends JiraObject {
  readonly type = 'RichText';
  readonly identity = null;

  constructor(private readonly document: Value) {
    super();
  }

  property(name: string): Value | undefined {
    return name === 'plainText' ? plainText(this.document) : undefined;
  }

  toJson(): unknown {
    return toJson(this.document);
  }
}
