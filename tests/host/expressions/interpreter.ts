import { Access, checkArguments } from './access';
import { Caught } from './caught';
import { construct, type Surroundings } from './constructors';
import { ExpressionError } from './error';
import { GLOBALS } from './globals';
import { toJson } from './json';
import { placeOf } from './lexer';
import { FunctionValue, type Value } from './model';
import { arithmetic, bounded, compare, isMap, toText, truthy, typeName } from './operators';
import type { Scope } from './scope';
import type { Node, NodeOf } from './syntax';
import { CONSTRUCTORS } from './types';

/** Deep enough for any expression within the step limit that is not a runaway recursion, and safe for the stack. */
const MAX_DEPTH = 800;
const OPTIONAL = new Set(['null', 'property', 'index']);

export class Interpreter {
  private readonly access: Access;
  private depth = 0;

  constructor(
    private readonly source: string,
    private readonly around: Surroundings,
  ) {
    this.access = new Access(around.meter, around.timeZone);
  }

  /** The value of a node. An error is given the place where it happened, the innermost one. */
  run(node: Node, scope: Scope, lengthOnly = false): Value {
    this.depth += 1;
    try {
      if (this.depth > MAX_DEPTH) throw new ExpressionError('limit', 'The evaluation is nested too deeply.');
      return this.visit(node, scope, lengthOnly);
    } catch (error) {
      if (!(error instanceof ExpressionError) || error.place !== undefined) throw error;
      throw new ExpressionError(error.kind, error.message, {
        snippet: this.text(node),
        place: placeOf(this.source, node.start),
      });
    } finally {
      this.depth -= 1;
    }
  }

  private text(node: Node): string {
    return this.source.slice(node.start, node.end);
  }

  private visit(node: Node, scope: Scope, lengthOnly: boolean): Value {
    switch (node.kind) {
      case 'literal':
        return node.value;
      case 'template':
        return bounded(node.texts.map((text, i) => text + this.part(node.expressions[i], scope)).join(''));
      case 'identifier':
        return this.variable(node.name, scope);
      case 'list':
        return node.items.map((item) => this.run(item, scope));
      case 'map':
        return new Map(node.entries.map(({ key, value }) => [key, this.run(value, scope)]));
      case 'member':
      case 'index':
        return this.property(node, scope, lengthOnly);
      case 'call':
        return this.call(node, scope);
      case 'new':
        return this.construct(node, scope);
      case 'lambda':
        return this.lambda(node, scope);
      case 'unary':
        return this.unary(node, scope);
      case 'binary':
        return this.binary(node, scope);
      case 'conditional':
        return this.run(truthy(this.run(node.test, scope)) ? node.yes : node.no, scope);
      case 'throw':
        return this.fail(this.run(node.value, scope));
      case 'sequence':
        return this.sequence(node, scope);
      case 'try':
        return this.attempt(node, scope);
    }
  }

  private part(node: Node | undefined, scope: Scope): string {
    return node === undefined ? '' : toText(this.run(node, scope));
  }

  private variable(name: string, scope: Scope): Value {
    this.around.meter.count('steps');
    const bound = scope.find(name);
    const value = bound === undefined ? GLOBALS.get(name) : bound;
    if (value === undefined) throw new ExpressionError('identifier', `Unknown identifier: ${name}.`);
    return value;
  }

  private property(node: NodeOf<'member' | 'index'>, scope: Scope, lengthOnly: boolean): Value {
    const { target } = node;
    const onlyLength = node.kind === 'member' && node.name === 'length';
    const value = this.run(target, scope, onlyLength);
    this.around.meter.count('steps');
    const key = node.kind === 'index' ? this.run(node.index, scope) : node.name;
    const computed = node.kind === 'index' ? { computed: this.text(node.index) } : {};
    const asked = { target: this.text(target), lengthOnly, ...computed };
    try {
      return node.kind === 'index' ? this.access.index(value, key, asked) : this.access.member(value, node.name, asked);
    } catch (error) {
      if (node.optional && error instanceof ExpressionError && OPTIONAL.has(error.kind)) return null;
      throw error;
    }
  }

  private call(node: NodeOf<'call'>, scope: Scope): Value {
    const callee = this.run(node.callee, scope);
    if (callee === null) throw new ExpressionError('null', 'Type null does not have any properties');
    if (!(callee instanceof FunctionValue)) throw new ExpressionError('type', `${typeName(callee)} is not a function.`);
    const args = node.args.map((arg) => this.run(arg, scope));
    this.around.meter.count('steps');
    return callee.call(args);
  }

  private lambda(node: NodeOf<'lambda'>, scope: Scope): Value {
    const { parameters, body } = node;
    return new FunctionValue('lambda', (args) => {
      if (args.length !== parameters.length)
        throw new ExpressionError(
          'type',
          `A lambda of ${parameters.length} parameters was given ${args.length} arguments.`,
        );
      this.around.meter.count('steps');
      return this.run(body, scope.with(parameters.map((name, i) => [name, args[i] ?? null])));
    });
  }

  private construct(node: NodeOf<'new'>, scope: Scope): Value {
    const constructor = CONSTRUCTORS.get(node.name);
    if (constructor === undefined) throw new ExpressionError('identifier', `Unknown type: ${node.name}.`);
    const args = node.args.map((arg) => this.run(arg, scope));
    this.around.meter.count('steps');
    checkArguments(`new ${node.name}`, constructor, args);
    if (constructor.cost !== 'free') this.around.meter.count('expensiveOperations');
    return construct(node.name, args[0], this.around);
  }

  private unary(node: NodeOf<'unary'>, scope: Scope): Value {
    const { operator, operand } = node;
    if (
      operator === 'typeof' &&
      operand.kind === 'identifier' &&
      scope.find(operand.name) === undefined &&
      !GLOBALS.has(operand.name)
    )
      return 'undefined';
    const value = this.run(operand, scope);
    this.around.meter.count('steps');
    if (operator === 'typeof') return typeName(value);
    if (operator === '!') return !truthy(value);
    if (typeof value !== 'number')
      throw new ExpressionError('type', `Operator '-' can't be applied to ${typeName(value)}.`);
    return -value;
  }

  private binary(node: NodeOf<'binary'>, scope: Scope): Value {
    const { operator } = node;
    const left = this.run(node.left, scope);
    this.around.meter.count('steps');
    switch (operator) {
      case '&&':
        return truthy(left) ? this.run(node.right, scope) : left;
      case '||':
        return truthy(left) ? left : this.run(node.right, scope);
      case '??':
        return left === null ? this.run(node.right, scope) : left;
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return arithmetic(operator, left, this.run(node.right, scope));
      case '==':
      case '!=':
      case '<':
      case '>':
      case '<=':
      case '>=':
        return compare(operator, left, this.run(node.right, scope));
    }
  }

  private sequence(node: NodeOf<'sequence'>, scope: Scope): Value {
    const inner = node.declarations.reduce(
      (outer, { name, value }) => outer.with([[name, this.run(value, outer)]]),
      scope,
    );
    return this.run(node.body, inner);
  }

  private fail(value: Value): never {
    if (value instanceof Caught) throw value.error;
    throw new ExpressionError(
      'throw',
      isMap(value) || Array.isArray(value) ? JSON.stringify(toJson(value)) : toText(value),
    );
  }

  private attempt(node: NodeOf<'try'>, scope: Scope): Value {
    try {
      return this.run(node.body, scope);
    } catch (error) {
      // Whoever is over a limit stays over it: no expression may outlive its budget by catching.
      if (!(error instanceof ExpressionError) || error.kind === 'limit') throw error;
      return this.run(node.handler, node.name === null ? scope : scope.with([[node.name, new Caught(error)]]));
    }
  }
}
