/** Why a value has no canonical form. RFC 8785 covers I-JSON only; an evidence hash must never be of something else. */
export type CanonicalErrorCode =
  | 'NOT_A_JSON_VALUE'
  | 'NUMBER_NOT_FINITE'
  | 'NOT_A_PLAIN_OBJECT'
  | 'SPARSE_ARRAY'
  | 'LONE_SURROGATE'
  | 'CYCLE'
  | 'TOO_DEEP';

export class CanonicalError extends Error {
  override readonly name = 'CanonicalError';
  constructor(
    readonly code: CanonicalErrorCode,
    /** Where in the value, as in `$.body.people[0]`. */
    readonly path: string,
  ) {
    super(`${code} at ${path}`);
  }
}

/** Far above anything stored (Forge storage takes 31 levels) and far below the stack's end. */
export const MAX_CANONICAL_DEPTH = 500;

/**
 * The one text of a JSON value by RFC 8785 (JCS): no white space, keys sorted by UTF-16 code units, numbers and strings
 * as ECMAScript prints them. Strict where JSON.stringify is lax: undefined, functions, symbols, bigints, NaN and
 * infinities, Date, Map and every other non-plain object, sparse arrays, arrays with extra properties, lone surrogates
 * in values and keys, cycles and more than 500 levels are refused.
 *
 * @throws CanonicalError
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', []);
}

function write(value: unknown, path: string, above: object[]): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, path);
    case 'number':
      if (!Number.isFinite(value)) throw new CanonicalError('NUMBER_NOT_FINITE', path);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : writeNested(value, path, above);
    default:
      throw new CanonicalError('NOT_A_JSON_VALUE', path);
  }
}

/** In unicode mode a surrogate pair is one code point of another category, so only lone ones match. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function writeString(text: string, path: string): string {
  if (LONE_SURROGATE.test(text)) throw new CanonicalError('LONE_SURROGATE', path);
  return JSON.stringify(text);
}

function writeNested(value: object, path: string, above: object[]): string {
  if (above.includes(value)) throw new CanonicalError('CYCLE', path);
  if (above.length >= MAX_CANONICAL_DEPTH) throw new CanonicalError('TOO_DEEP', path);
  above.push(value);
  const text = Array.isArray(value) ? writeArray(value, path, above) : writeObject(value, path, above);
  above.pop();
  return text;
}

function writeArray(values: readonly unknown[], path: string, above: object[]): string {
  if (Object.keys(values).length !== values.length) throw new CanonicalError('SPARSE_ARRAY', path);
  return `[${values.map((value, i) => write(value, `${path}[${i}]`, above)).join(',')}]`;
}

function writeObject(value: object, path: string, above: object[]): string {
  if (!isPlain(value)) throw new CanonicalError('NOT_A_PLAIN_OBJECT', path);
  const members: [string, unknown][] = Object.entries(value);
  // The default order of strings in ECMAScript is the one that RFC 8785 section 3.2.3 asks for.
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = members.map(([key, member]) => {
    const at = `${path}.${key}`;
    return `${writeString(key, at)}:${write(member, at, above)}`;
  });
  return `{${texts.join(',')}}`;
}

/**
 * Without a class and without symbols. Object.prototype is recognised by its shape, not its identity: values reach us
 * from other realms (a test runner's, or a snapshot's).
 */
function isPlain(value: object): boolean {
  if (Object.getOwnPropertySymbols(value).length > 0) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return true;
  if (typeof prototype !== 'object') return false;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf');
}
