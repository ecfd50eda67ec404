import { Cursor, OPERAND } from './cursor';
import { tokenize, type Token } from './lexer';
import type { BinaryOperator, Declaration, MapEntry, Node, UnaryOperator } from './syntax';

/** Lowest first. Every level is a left-associative repetition, so `1 < 2 < 3` parses and `??` mixes with `||`. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['??'],
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

class Parser extends Cursor {
  program(): Node {
    const node = this.sequence();
    this.expectEnd();
    return node;
  }

  /** One expression and nothing else: the inside of `${…}`. */
  alone(): Node {
    const node = this.expression();
    this.expectEnd();
    return node;
  }

  private sequence(): Node {
    const start = this.peek().start;
    const declarations: Declaration[] = [];
    for (let next = this.declaration(); next !== undefined; next = this.declaration()) declarations.push(next);
    this.accept('return');
    const body = this.body();
    this.accept(';');
    return declarations.length === 0 ? body : { kind: 'sequence', declarations, body, start, end: body.end };
  }

  private declaration(): Declaration | undefined {
    const explicit = this.accept('let');
    if (!explicit && !(this.peek().kind === 'identifier' && this.peek(1).text === '=')) return undefined;
    const name = this.identifier();
    this.expect('=');
    const value = this.expression();
    this.expect(';');
    return { name, value };
  }

  private body(): Node {
    if (this.is('if')) return this.nested(() => this.conditionalBody());
    if (this.is('try')) return this.nested(() => this.tryBody());
    return this.expression();
  }

  private conditionalBody(): Node {
    const start = this.expect('if').start;
    this.expect('(');
    const test = this.expression();
    this.expect(')');
    const yes = this.block();
    this.expect('else');
    const no = this.is('if') ? this.nested(() => this.conditionalBody()) : this.block();
    return { kind: 'conditional', test, yes, no, start, end: no.end };
  }

  private tryBody(): Node {
    const start = this.expect('try').start;
    const body = this.block();
    this.expect('catch');
    this.expect('(');
    const name = this.is(')') ? null : this.identifier();
    this.expect(')');
    const handler = this.block();
    return { kind: 'try', body, name, handler, start, end: handler.end };
  }

  private block(): Node {
    const start = this.expect('{').start;
    const node = this.nested(() => this.sequence());
    return { ...node, start, end: this.expect('}').end };
  }

  private expression(): Node {
    return this.nested(() => {
      const test = this.throwing();
      if (!this.accept('?')) return test;
      const yes = this.expression();
      this.expect(':');
      const no = this.expression();
      return { kind: 'conditional', test, yes, no, start: test.start, end: no.end };
    });
  }

  private throwing(): Node {
    const token = this.peek();
    if (!this.accept('throw')) return this.binary(0);
    const value = this.nested(() => this.throwing());
    return { kind: 'throw', value, start: token.start, end: value.end };
  }

  private binary(level: number): Node {
    const operators = LEVELS[level];
    if (operators === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const operator = operators.find((text) => this.is(text));
      if (operator === undefined) return left;
      this.position += 1;
      const right = this.binary(level + 1);
      left = { kind: 'binary', operator, left, right, start: left.start, end: right.end };
    }
  }

  private unary(): Node {
    const { start } = this.peek();
    const operator = (['!', '-', 'typeof'] as const satisfies readonly UnaryOperator[]).find((text) =>
      this.accept(text),
    );
    if (operator === undefined) return this.postfix();
    const operand = this.nested(() => this.unary());
    return { kind: 'unary', operator, operand, start, end: operand.end };
  }

  private postfix(): Node {
    let node = this.primary();
    if (node.kind === 'lambda') return node;
    for (let next = this.access(node); next !== undefined; next = this.access(node)) node = next;
    return node;
  }

  private access(target: Node): Node | undefined {
    const { start } = target;
    if (this.accept('(')) {
      const args = this.list(')');
      return { kind: 'call', callee: target, args, start, end: this.expect(')').end };
    }
    const optional = this.accept('?.');
    if (this.accept('[')) {
      const index = this.expression();
      return { kind: 'index', target, index, optional, start, end: this.expect(']').end };
    }
    if (!optional && !this.accept('.')) return undefined;
    const token = this.peek();
    if (token.kind !== 'identifier' && token.kind !== 'keyword') throw this.unexpected('IDENTIFIER');
    this.position += 1;
    return { kind: 'member', target, name: token.text, optional, start, end: token.end };
  }

  private primary(): Node {
    const token = this.peek();
    const { start, end } = token;
    switch (token.kind) {
      case 'number':
      case 'string':
        this.position += 1;
        return { kind: 'literal', value: token.value, start, end };
      case 'template':
        this.position += 1;
        return this.template(token);
      case 'identifier':
        if (this.peek(1).text === '=>') return this.lambda();
        this.position += 1;
        return { kind: 'identifier', name: token.text, start, end };
      case 'keyword':
        return this.keyword(token.text, start, end);
      case 'punctuation':
        return this.bracketed(token.text, start);
      case 'end':
        throw this.unexpected(OPERAND);
    }
  }

  private template(token: Extract<Token, { kind: 'template' }>): Node {
    const expressions = token.expressions.map((tokens) => this.nested(() => this.within(tokens).alone()));
    return { kind: 'template', texts: token.texts, expressions, start: token.start, end: token.end };
  }

  private within(tokens: readonly Token[]): Parser {
    const parser = new Parser(this.source, tokens);
    parser.depth = this.depth;
    return parser;
  }

  private keyword(text: string, start: number, end: number): Node {
    const literals = new Map([
      ['null', null],
      ['true', true],
      ['false', false],
    ]);
    const value = literals.get(text);
    if (value !== undefined) {
      this.position += 1;
      return { kind: 'literal', value, start, end };
    }
    if (text !== 'new') throw this.unexpected(OPERAND);
    this.position += 1;
    const name = this.identifier();
    this.expect('(');
    const args = this.list(')');
    return { kind: 'new', name, args, start, end: this.expect(')').end };
  }

  private bracketed(text: string, start: number): Node {
    if (text === '(') {
      if (this.parametersAhead()) return this.lambda();
      this.position += 1;
      const inner = this.expression();
      this.expect(')');
      // A parenthesised lambda is a value like any other: it may be called.
      return inner.kind === 'lambda'
        ? { kind: 'sequence', declarations: [], body: inner, start: inner.start, end: inner.end }
        : inner;
    }
    if (text === '[') {
      this.position += 1;
      const items = this.list(']');
      return { kind: 'list', items, start, end: this.expect(']').end };
    }
    if (text === '{') return this.map();
    throw this.unexpected(OPERAND);
  }

  private list(closing: string): Node[] {
    const items: Node[] = [];
    if (this.is(closing)) return items;
    do items.push(this.expression());
    while (this.accept(','));
    return items;
  }

  private map(): Node {
    const start = this.expect('{').start;
    const entries: MapEntry[] = [];
    if (!this.is('}'))
      do entries.push(this.entry());
      while (this.accept(','));
    return { kind: 'map', entries, start, end: this.expect('}').end };
  }

  private entry(): MapEntry {
    const token = this.peek();
    if (token.kind !== 'identifier' && token.kind !== 'keyword' && token.kind !== 'string')
      throw this.unexpected('IDENTIFIER or STRING');
    this.position += 1;
    this.expect(':');
    return { key: token.kind === 'string' ? token.value : token.text, value: this.expression() };
  }

  /** Whether the parenthesis here opens `(a, b) =>`. */
  private parametersAhead(): boolean {
    let ahead = 1;
    if (this.peek(ahead).text !== ')')
      for (;;) {
        if (this.peek(ahead).kind !== 'identifier') return false;
        ahead += 1;
        if (this.peek(ahead).text !== ',') break;
        ahead += 1;
      }
    return this.peek(ahead).text === ')' && this.peek(ahead + 1).text === '=>';
  }

  private lambda(): Node {
    const { start } = this.peek();
    const parameters: string[] = [];
    if (this.accept('(')) {
      if (!this.is(')'))
        do parameters.push(this.identifier());
        while (this.accept(','));
      this.expect(')');
    } else parameters.push(this.identifier());
    this.expect('=>');
    const body = this.is('{') && !this.mapAhead() ? this.block() : this.expression();
    return { kind: 'lambda', parameters, body, start, end: body.end };
  }

  /** After `=>`, `{ key :` opens a map, anything else a block. */
  private mapAhead(): boolean {
    const key = this.peek(1);
    return (key.kind === 'identifier' || key.kind === 'keyword' || key.kind === 'string') && this.peek(2).text === ':';
  }
}

/** Parses an expression. Throws `ExpressionError` of kind `parse` with 1-based line and column, and nothing else. */
export function parse(source: string): Node {
  return new Parser(source, tokenize(source)).program();
}
