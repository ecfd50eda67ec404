import { CanonicalError, canonicalJson } from './canonical';

export type ParseErrorCode = 'NOT_UTF8' | 'NOT_JSON' | 'NOT_CANONICAL';

export class ParseError extends Error {
  override readonly name = 'ParseError';
  constructor(
    readonly code: ParseErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Bytes as text: UTF-8 without a byte order mark, nothing replaced, nothing skipped.
 *
 * @throws ParseError NOT_UTF8
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    // `ignoreBOM` keeps a mark in the text, where the JSON grammar refuses it (RFC 8259 section 8.1).
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ParseError('NOT_UTF8', `not UTF-8: ${String(cause)}`);
  }
}

/**
 * A JSON text (RFC 8259) as ECMAScript reads it: of two members with one name the last wins. Good for what only has to
 * be understood; what is hashed goes through `parseCanonicalJson`.
 *
 * @throws ParseError NOT_UTF8, NOT_JSON
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes);
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (cause) {
    throw new ParseError('NOT_JSON', `not JSON: ${String(cause)}`);
  }
}

/**
 * A JSON text that is its own RFC 8785 form, so that its bytes and its value stand for each other: no white space, no
 * byte order mark, no repeated names, no other spelling of a number or a string.
 *
 * @throws ParseError NOT_UTF8, NOT_JSON, NOT_CANONICAL
 */
export function parseCanonicalJson(bytes: Uint8Array): unknown {
  const value = parseJson(bytes);
  if (canonicalFormOf(value) !== decodeUtf8(bytes)) throw new ParseError('NOT_CANONICAL', 'not in its RFC 8785 form');
  return value;
}

function canonicalFormOf(value: unknown): string | undefined {
  try {
    return canonicalJson(value);
  } catch (error) {
    if (error instanceof CanonicalError) return undefined;
    throw error;
  }
}
