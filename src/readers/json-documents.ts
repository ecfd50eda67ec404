import { nestingOf } from '../evidence/json-strings';
import { MAX_LINE, MAX_NESTING } from './limits';

/** The JSON values of a text, however they were put together. */
export interface JsonDocuments {
  readonly values: readonly unknown[];
  /** One value, or several: one a line, or one behind the other. */
  readonly form: 'single' | 'lines' | 'concatenated';
  /** Lines (of `lines`) or characters before, between and behind the values: what a terminal or a runner printed. */
  readonly noise: number;
  /** Lines or values that begin like JSON and cannot be parsed: cut off, edited, too long or too deep. */
  readonly broken: number;
}

const NOTHING: JsonDocuments = { values: [], form: 'single', noise: 0, broken: 0 };
/** How often a bracket that never closes is taken for a word of the noise; bounds the time. */
const MAX_ATTEMPTS = 10;
/** How many lines may fail to parse before the rest that is no JSON either is not tried: a failure is slow. */
const MAX_FAILURES = 1_000;

/** Finds the objects and arrays of a text. Linear in its length; never throws. */
export function readJson(text: string): JsonDocuments {
  const whole = text.trim();
  if (whole === '') return NOTHING;
  const single = parsed(whole);
  if (single !== undefined) return { ...NOTHING, values: [single] };
  const lines = readLines(whole);
  return lines.values.length > 0 ? lines : readConcatenated(whole);
}

/** A line that begins with a bracket in its first column and holds a whole value. */
function readLines(text: string): JsonDocuments {
  const values: unknown[] = [];
  let noise = 0;
  let broken = 0;
  let failures = 0;
  for (const line of text.split('\n')) {
    const trimmed = line.trimEnd();
    if (trimmed === '') continue;
    const tried = /^[{[].*[}\]]$/.test(trimmed) && trimmed.length <= MAX_LINE && failures < MAX_FAILURES;
    const value = tried ? parsed(trimmed) : undefined;
    if (tried && value === undefined) failures += 1;
    if (value !== undefined) values.push(value);
    else if (/^(?:\{"|\[[{["])/.test(trimmed)) broken += 1;
    else noise += 1;
  }
  return { values, form: 'lines', noise, broken };
}

/** Values that run over several lines, each from a bracket to the one that closes it. */
function readConcatenated(text: string): JsonDocuments {
  const values: unknown[] = [];
  let noise = 0;
  let broken = 0;
  let at = 0;
  for (let attempts = 0; attempts < MAX_ATTEMPTS;) {
    const start = nextStart(text, at);
    if (start === -1) break;
    const end = endOfValue(text, start);
    const value = end === -1 ? undefined : parsed(text.slice(start, end));
    noise += text.slice(at, start).trim().length;
    if (value !== undefined) {
      values.push(value);
      at = end;
      continue;
    }
    attempts += 1;
    if (/^[{[]\s*["{[]/.test(text.slice(start, start + 200))) broken += 1;
    at = start + 1;
    noise += 1;
  }
  return { values, form: 'concatenated', noise: noise + text.slice(at).trim().length, broken };
}

/** A bracket that begins a line, or an object that begins anywhere with the name of a member. */
function nextStart(text: string, from: number): number {
  const start = /(?<=^|\n|\}|\])[^\S\n]*[{[]|\{"/g;
  start.lastIndex = from;
  const match = start.exec(text);
  return match === null ? -1 : match.index + match[0].search(/[{[]/);
}

function endOfValue(text: string, start: number): number {
  const mark = /["{}[\]]/g;
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    const c = match[0];
    if (c === '"') mark.lastIndex = endOfString(text, match.index);
    else if (c === '{' || c === '[') depth += 1;
    else if (--depth === 0) return mark.lastIndex;
  }
  return -1;
}

function endOfString(text: string, start: number): number {
  const mark = /["\\]/g;
  mark.lastIndex = start + 1;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    if (match[0] === '"') return mark.lastIndex;
    mark.lastIndex += 1;
  }
  return text.length;
}

/** An object or array; undefined for everything else, and for what nests deeper than any real file. */
function parsed(text: string): unknown {
  if (text[0] !== '{' && text[0] !== '[') return undefined;
  if (nestingOf(text, MAX_NESTING) > MAX_NESTING) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
