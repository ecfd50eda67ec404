import { ExpressionError, type Place } from './error';

export const KEYWORDS: ReadonlySet<string> = new Set([
  'let',
  'return',
  'if',
  'else',
  'try',
  'catch',
  'throw',
  'typeof',
  'new',
  'null',
  'true',
  'false',
]);

interface At {
  readonly start: number;
  readonly end: number;
}

export type Token = At &
  (
    | { readonly kind: 'identifier' | 'keyword' | 'punctuation'; readonly text: string }
    | { readonly kind: 'number'; readonly text: string; readonly value: number }
    | { readonly kind: 'string'; readonly text: string; readonly value: string }
    | {
        readonly kind: 'template';
        readonly text: string;
        readonly texts: readonly string[];
        /** The tokens of each `${…}`, closed by an `end` token. */
        readonly expressions: readonly (readonly Token[])[];
      }
    | { readonly kind: 'end'; readonly text: 'EOF' }
  );

export function placeOf(source: string, offset: number): Place {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

export function syntaxError(source: string, offset: number, message: string): ExpressionError {
  return new ExpressionError('parse', message, { place: placeOf(source, offset) });
}

const PUNCTUATION = '=> == != <= >= && || ?? ?. ( ) { } [ ] . , : ; ? ! < > = + - * / %'.split(' ');
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
};
const SPACE = /[ \t\r\n\u00a0\ufeff]*/y;
const COMMENT = /\/\/[^\n]*|\/\*[^]*?\*\//y;
const WORD = /[A-Za-z_$][A-Za-z0-9_$]*/y;
// Hexadecimal, exponents, digit separators, a leading dot and leading zeros are in no public text: refused.
const NUMBER = /(?:0|[1-9][0-9]*)(?:\.[0-9]+)?/y;
const HEX4 = /[0-9A-Fa-f]{4}/y;

function matchAt(pattern: RegExp, source: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(source)?.[0];
}

class Lexer {
  private offset = 0;

  constructor(private readonly source: string) {}

  /** Tokens up to the end of the source, or (`inside` a template) up to the `}` that closes the expression. */
  tokens(inside: boolean): Token[] {
    const tokens: Token[] = [];
    let depth = 0;
    for (;;) {
      this.skip();
      const start = this.offset;
      const char = this.source[start];
      if (char === undefined) {
        if (inside) throw syntaxError(this.source, start, 'Unterminated template literal.');
        return [...tokens, { kind: 'end', text: 'EOF', start, end: start }];
      }
      if (char === '}' && inside && depth === 0) return [...tokens, { kind: 'end', text: 'EOF', start, end: start }];
      if (char === '{') depth += 1;
      if (char === '}') depth -= 1;
      tokens.push(this.token(char, start));
    }
  }

  private skip(): void {
    for (;;) {
      const skipped = matchAt(SPACE, this.source, this.offset) ?? '';
      this.offset += skipped.length;
      const comment = matchAt(COMMENT, this.source, this.offset);
      if (comment === undefined) return;
      this.offset += comment.length;
    }
  }

  private token(char: string, start: number): Token {
    if (char === "'" || char === '"') return this.string(char, start);
    if (char === '`') return this.template(start);
    const word = matchAt(WORD, this.source, start);
    if (word !== undefined)
      return this.take({ kind: KEYWORDS.has(word) ? 'keyword' : 'identifier', text: word }, word.length);
    const digits = matchAt(NUMBER, this.source, start);
    if (digits !== undefined) {
      const after = this.source[start + digits.length];
      if (after !== undefined && /[A-Za-z0-9_$]/.test(after))
        throw syntaxError(this.source, start, `Malformed number: ${digits}${after}`);
      return this.take({ kind: 'number', text: digits, value: Number(digits) }, digits.length);
    }
    const sign = PUNCTUATION.find((text) => this.source.startsWith(text, start));
    if (sign === undefined) throw syntaxError(this.source, start, `${char} encountered.`);
    return this.take({ kind: 'punctuation', text: sign }, sign.length);
  }

  private take<T extends object>(token: T, length: number): T & At {
    const start = this.offset;
    this.offset += length;
    return { ...token, start, end: this.offset };
  }

  private string(quote: string, start: number): Token {
    this.offset += 1;
    let value = '';
    for (;;) {
      const char = this.source[this.offset];
      if (char === undefined || char === '\n' || char === '\r')
        throw syntaxError(this.source, start, 'Unterminated string.');
      this.offset += 1;
      if (char === quote) break;
      value += char === '\\' ? this.escape('') : char;
    }
    return { kind: 'string', text: this.source.slice(start, this.offset), value, start, end: this.offset };
  }

  private template(start: number): Token {
    this.offset += 1;
    const texts: string[] = [];
    const expressions: Token[][] = [];
    let text = '';
    for (;;) {
      const char = this.source[this.offset];
      if (char === undefined) throw syntaxError(this.source, start, 'Unterminated template literal.');
      this.offset += 1;
      if (char === '`') break;
      if (char === '$' && this.source[this.offset] === '{') {
        this.offset += 1;
        texts.push(text);
        text = '';
        expressions.push(this.tokens(true));
        this.offset += 1;
      } else text += char === '\\' ? this.escape('`$') : char;
    }
    return {
      kind: 'template',
      text: this.source.slice(start, this.offset),
      texts: [...texts, text],
      expressions,
      start,
      end: this.offset,
    };
  }

  /** After a backslash. An escape that is not one of the language's keeps its backslash: `'\d'` is two characters. */
  private escape(alsoThemselves: string): string {
    const char = this.source[this.offset];
    if (char === undefined) return '\\';
    this.offset += 1;
    if (alsoThemselves.includes(char)) return char;
    if (char === 'u') {
      const hex = matchAt(HEX4, this.source, this.offset);
      if (hex === undefined) return '\\u';
      this.offset += 4;
      return String.fromCharCode(parseInt(hex, 16));
    }
    return Object.hasOwn(ESCAPES, char) ? (ESCAPES[char] ?? '') : `\\${char}`;
  }
}

/** Splits the source into tokens, the last of kind `end`. Throws `ExpressionError` of kind `parse`. */
export function tokenize(source: string): readonly Token[] {
  return new Lexer(source).tokens(false);
}

/** Every identifier, literal and template counts as a leaf, property names and parameters too: the strict reading. */
export function countLeaves(tokens: readonly Token[]): number {
  return tokens.reduce((sum, token) => sum + leavesOf(token), 0);
}

function leavesOf(token: Token): number {
  switch (token.kind) {
    case 'identifier':
    case 'number':
    case 'string':
      return 1;
    case 'template':
      return token.expressions.reduce((sum, tokens) => sum + countLeaves(tokens), 1);
    case 'keyword':
      return ['null', 'true', 'false'].includes(token.text) ? 1 : 0;
    case 'punctuation':
    case 'end':
      return 0;
  }
}
