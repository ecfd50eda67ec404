import { malformed, tokenize, type Token } from './lexer';

export type Operator = '=' | '!=' | '~' | '!~' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not';

export type Operand =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'function'; readonly name: string; readonly arguments: readonly string[] }
  | { readonly kind: 'empty' };

export type Clause =
  | { readonly kind: 'and' | 'or'; readonly clauses: readonly Clause[] }
  | {
      readonly kind: 'test';
      readonly field: string;
      readonly operator: Operator;
      readonly operands: readonly Operand[];
    };

export interface Query {
  /** Undefined for a query that restricts nothing. */
  readonly where: Clause | undefined;
  readonly orderBy: readonly { readonly field: string; readonly descending: boolean | undefined }[];
}

/** The opposite test: as in Jira, `NOT a = b` is `a != b`, which leaves out issues where `a` is empty. */
const OPPOSITE: Readonly<Record<Operator, Operator>> = {
  '=': '!=',
  '!=': '=',
  '~': '!~',
  '!~': '~',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  in: 'not in',
  'not in': 'in',
  is: 'is not',
  'is not': 'is',
};

/** Reads a JQL query. @throws Refusal 400 in Jira's words, with line and character. */
export function parseJql(query: string): Query {
  return new Parser(query).query();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(private readonly source: string) {
    this.#tokens = tokenize(source);
  }

  query(): Query {
    const where = this.#ends() || this.#isWord('order') ? undefined : this.#or();
    const orderBy = this.#takeWord('order') ? this.#orderBy() : [];
    if (!this.#ends()) throw this.#expected("either 'OR' or 'AND'");
    return { where, orderBy };
  }

  #or(): Clause {
    const clauses = [this.#and()];
    while (this.#takeWord('or') || this.#takeSymbol('||')) clauses.push(this.#and());
    return join('or', clauses);
  }

  #and(): Clause {
    const clauses = [this.#not()];
    while (this.#takeWord('and') || this.#takeSymbol('&&')) clauses.push(this.#not());
    return join('and', clauses);
  }

  #not(): Clause {
    if (this.#takeWord('not') || this.#takeSymbol('!')) return negate(this.#not());
    if (!this.#takeSymbol('(')) return this.#test();
    const inner = this.#or();
    this.#requireSymbol(')');
    return inner;
  }

  #test(): Clause {
    const field = this.#field();
    const operator = this.#operator();
    if (operator === 'in' || operator === 'not in') return { kind: 'test', field, operator, operands: this.#list() };
    return { kind: 'test', field, operator, operands: [this.#operand()] };
  }

  /** A name; `cf[10100]`; or a name with a property, `development[commits].all`, given back as written. */
  #field(): string {
    const token = this.#next();
    if (token.kind !== 'word' && token.kind !== 'text') throw this.#expected('a field name', token);
    if (!this.#takeSymbol('[')) return token.text;
    const inside = this.#next().text;
    this.#requireSymbol(']');
    const rest = this.#peek();
    const property = rest.kind === 'word' && rest.text.startsWith('.') ? this.#next().text : '';
    return `${token.text}[${inside}]${property}`;
  }

  #operator(): Operator {
    const token = this.#next();
    const text = token.text.toLowerCase();
    const symbol = (['=', '!=', '~', '!~', '<', '<=', '>', '>='] as const).find(
      (each) => token.kind === 'symbol' && each === text,
    );
    if (symbol !== undefined) return symbol;
    if (token.kind === 'word' && text === 'in') return 'in';
    if (token.kind === 'word' && text === 'not' && this.#takeWord('in')) return 'not in';
    if (token.kind === 'word' && text === 'is') return this.#takeWord('not') ? 'is not' : 'is';
    throw this.#expected(
      "operator; the valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'",
      token,
    );
  }

  #list(): readonly Operand[] {
    if (!this.#takeSymbol('(')) return [this.#operand()];
    const operands = [this.#operand()];
    while (this.#takeSymbol(',')) operands.push(this.#operand());
    this.#requireSymbol(')');
    return operands;
  }

  #operand(): Operand {
    const token = this.#next();
    if (token.kind !== 'word' && token.kind !== 'text') throw this.#expected('either a value, list or function', token);
    if (token.kind === 'word' && this.#takeSymbol('('))
      return { kind: 'function', name: token.text, arguments: this.#arguments() };
    if (token.kind === 'word' && /^(empty|null)$/i.test(token.text)) return { kind: 'empty' };
    return { kind: 'value', text: token.text };
  }

  #arguments(): readonly string[] {
    const given: string[] = [];
    while (!this.#takeSymbol(')')) {
      const token = this.#next();
      if (token.kind !== 'word' && token.kind !== 'text') throw this.#expected("an argument or ')'", token);
      given.push(token.text);
      if (!this.#takeSymbol(',') && this.#peek().text !== ')') throw this.#expected("either ',' or ')'");
    }
    return given;
  }

  #orderBy(): Query['orderBy'] {
    if (!this.#takeWord('by')) throw this.#expected("'BY'");
    const keys = [this.#orderKey()];
    while (this.#takeSymbol(',')) keys.push(this.#orderKey());
    return keys;
  }

  #orderKey(): Query['orderBy'][number] {
    const field = this.#field();
    if (this.#takeWord('desc')) return { field, descending: true };
    return { field, descending: this.#takeWord('asc') ? false : undefined };
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', at: this.source.length };
  }

  #next(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  #ends = (): boolean => this.#peek().kind === 'end';
  #isWord = (word: string): boolean => this.#peek().kind === 'word' && this.#peek().text.toLowerCase() === word;

  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#at += 1;
    return true;
  }

  #takeSymbol(symbol: string): boolean {
    if (this.#peek().kind !== 'symbol' || this.#peek().text !== symbol) return false;
    this.#at += 1;
    return true;
  }

  #requireSymbol(symbol: string): void {
    if (!this.#takeSymbol(symbol)) throw this.#expected(`'${symbol}'`);
  }

  #expected(what: string, token = this.#peek()): Error {
    const got = token.kind === 'end' ? 'before the end of the query.' : `but got '${token.text}'.`;
    return malformed(this.source, token.at, `Expecting ${what} ${got}`);
  }
}

function join(kind: 'and' | 'or', clauses: readonly Clause[]): Clause {
  const [only, ...more] = clauses;
  return only !== undefined && more.length === 0 ? only : { kind, clauses };
}

function negate(clause: Clause): Clause {
  if (clause.kind === 'test') return { ...clause, operator: OPPOSITE[clause.operator] };
  return { kind: clause.kind === 'and' ? 'or' : 'and', clauses: clause.clauses.map(negate) };
}
