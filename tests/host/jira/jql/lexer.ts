import { Refusal } from '../refusal';

/** A piece of a query. `word` is unquoted (names, values, operators in words), `text` was quoted. */
export interface Token {
  readonly kind: 'word' | 'text' | 'symbol' | 'end';
  readonly text: string;
  /** From 0. */
  readonly at: number;
}

const SYMBOLS = ['!=', '!~', '<=', '>=', '&&', '||', '=', '~', '<', '>', '(', ')', ',', '[', ']', '!'] as const;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Splits a query. @throws Refusal 400 in Jira's words for a quote that never ends. */
export function tokenize(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const token = /\s/.test(query.charAt(at)) ? undefined : readToken(query, at);
    if (token !== undefined) tokens.push(token.token);
    at = token?.next ?? at + 1;
  }
  return [...tokens, { kind: 'end', text: '', at: query.length }];
}

interface Read {
  readonly token: Token;
  readonly next: number;
}

function readToken(query: string, at: number): Read {
  const first = query.charAt(at);
  if (first === '"' || first === "'") return readQuoted(query, at, first);
  const symbol = SYMBOLS.find((each) => query.startsWith(each, at));
  if (symbol !== undefined) return { token: { kind: 'symbol', text: symbol, at }, next: at + symbol.length };
  const word = /^[^\s"'=!~<>()[\],&|]+/.exec(query.slice(at))?.[0];
  if (word === undefined)
    throw malformed(
      query,
      at,
      `The character '${first}' is a reserved JQL character. You must enclose it in a string.`,
    );
  return { token: { kind: 'word', text: word, at }, next: at + word.length };
}

function readQuoted(query: string, start: number, quote: string): Read {
  let text = '';
  for (let at = start + 1; at < query.length; at += 1) {
    const character = query.charAt(at);
    if (character === quote) return { token: { kind: 'text', text, at: start }, next: at + 1 };
    if (character === '\\') {
      at += 1;
      const escaped = query.charAt(at);
      text += ESCAPES[escaped] ?? escaped;
    } else text += character;
  }
  throw malformed(query, start, `The quoted string '${query.slice(start + 1)}' has not been completed.`);
}

/** A query that cannot be read, as Jira says it. */
export function malformed(query: string, at: number, sentence: string): Refusal {
  const before = query.slice(0, at).split('\n');
  return new Refusal(
    400,
    `Error in the JQL Query: ${sentence} (line ${before.length}, character ${(before.at(-1) ?? '').length + 1})`,
  );
}
