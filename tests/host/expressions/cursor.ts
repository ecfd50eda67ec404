import { syntaxError, type Token } from './lexer';

/** What Jira lists where an operand is missing (its API's example of a syntax error). */
export const OPERAND = '!, -, typeof, (, IDENTIFIER, null, true, false, NUMBER, STRING, TEMPLATE_LITERAL, new, [ or {';

/** Deeper nesting than any expression within Jira's limits needs, and shallow enough for the machine's stack. */
const MAX_DEPTH = 200;

/** A place in a list of tokens: looks ahead, takes what it expects, and says in Jira's words what it met instead. */
export class Cursor {
  protected position = 0;
  protected depth = 0;

  constructor(
    protected readonly source: string,
    private readonly tokens: readonly Token[],
  ) {}

  protected nested<T>(parse: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH)
      throw syntaxError(this.source, this.peek().start, 'The expression is nested too deeply.');
    const result = parse();
    this.depth -= 1;
    return result;
  }

  protected peek(ahead = 0): Token {
    const last = this.tokens.length - 1;
    const token = this.tokens[Math.min(this.position + ahead, last)];
    if (token === undefined)
      throw syntaxError(this.source, this.source.length, `${OPERAND} expected, EOF encountered.`);
    return token;
  }

  protected is(text: string): boolean {
    const token = this.peek();
    return (token.kind === 'punctuation' || token.kind === 'keyword') && token.text === text;
  }

  protected accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.position += 1;
    return true;
  }

  protected expect(text: string): Token {
    const token = this.peek();
    if (!this.accept(text)) throw this.unexpected(text);
    return token;
  }

  protected expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.unexpected('EOF');
  }

  protected identifier(): string {
    const token = this.peek();
    if (token.kind !== 'identifier') throw this.unexpected('IDENTIFIER');
    this.position += 1;
    return token.text;
  }

  protected unexpected(expected: string): Error {
    const token = this.peek();
    return syntaxError(this.source, token.start, `${expected} expected, ${token.text} encountered.`);
  }
}
