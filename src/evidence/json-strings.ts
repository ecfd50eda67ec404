/** A string literal of a JSON text with its place. `start` and `end` include the quotation marks. */
export interface JsonString {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /**
   * RFC 6901 pointer to the value, or to the member that the name introduces; to be asked before the next literal is
   * read. A name that is not a plain word is shown as `*`: it is the sender's text, and a pointer is kept for ever.
   */
  readonly pointer: () => string;
  /** The name of the member whose value this is; null inside an array. */
  readonly property: string | null;
  readonly isName: boolean;
}

interface Level {
  readonly array: boolean;
  index: number;
  name: string | null;
  expectsName: boolean;
}

const MAX_POINTER = 300;
const PLAIN_NAME = /^[a-z][a-z0-9_]{0,39}$/;

/**
 * All string literals of a valid JSON text in order, names of members included. One pass without recursion: depth
 * costs no stack. On a text that is not valid JSON the result is meaningless.
 */
export function* readJsonStrings(text: string): Generator<JsonString> {
  const levels: Level[] = [];
  for (let i = 0; i < text.length; i++) {
    const level = levels.at(-1);
    switch (text[i]) {
      case '{':
      case '[':
        levels.push({ array: text[i] === '[', index: 0, name: null, expectsName: text[i] === '{' });
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        if (level !== undefined) {
          level.index++;
          level.expectsName = !level.array;
        }
        break;
      case '"': {
        const end = endOfString(text, i);
        yield readLiteral(text, i, end, levels);
        i = end - 1;
        break;
      }
      default:
    }
  }
}

function readLiteral(text: string, start: number, end: number, levels: readonly Level[]): JsonString {
  const raw = text.slice(start, end);
  const value = raw.includes('\\') ? String(JSON.parse(raw)) : raw.slice(1, -1);
  const level = levels.at(-1);
  const isName = level?.expectsName === true;
  if (level !== undefined && isName) {
    level.name = value;
    level.expectsName = false;
  }
  return { start, end, value, pointer: () => pointerOf(levels), property: level?.name ?? null, isName };
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

function pointerOf(levels: readonly Level[]): string {
  const pointer = levels.map((level) => `/${segmentOf(level)}`).join('');
  return pointer.length > MAX_POINTER ? `${pointer.slice(0, MAX_POINTER)}…` : pointer;
}

function segmentOf({ array, index, name }: Level): string {
  if (array) return String(index);
  return name !== null && PLAIN_NAME.test(name) ? name : '*';
}

/** Deepest nesting of arrays and objects in a text, JSON or not. Cheap: asked before anything is parsed. */
export function nestingOf(text: string, limit: number): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length && deepest <= limit; i++) {
    const c = text[i];
    if (c === '"') i = endOfString(text, i) - 1;
    else if (c === '{' || c === '[') deepest = Math.max(deepest, ++depth);
    else if (c === '}' || c === ']') depth--;
  }
  return deepest;
}
