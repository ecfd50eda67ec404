import { Sizes, type Formula } from './formula';
import { charge, free, listType, literalType, plus, type Known } from './known';
import type { ArithmeticOperator, BinaryOperator, Node, NodeOf } from './syntax';
import {
  ANY,
  BOOLEAN,
  baseName,
  isAny,
  itemOf,
  join,
  listOf,
  named,
  NUMBER,
  parseType,
  printType,
  STRING,
  type StaticType,
} from './static-types';
import { CONSTRUCTORS, OBJECT_TYPES, VALUE_METHODS, type Cost, type MethodType } from './types';

/** A type error, with the part of the expression that it is about. */
export interface TypeProblem {
  readonly expression: string;
  readonly message: string;
}

type Environment = ReadonlyMap<string, StaticType>;

const ORDERED: ReadonlySet<string> = new Set(['Number', 'String', 'Date', 'CalendarDate']);
const ITERATING: ReadonlySet<string> = new Set(['map', 'filter', 'some', 'every', 'flatMap', 'reduce', 'sort']);

/** Infers types and counts expensive operations, syntactically: the same property read twice counts twice. */
export class Inference {
  readonly problems: TypeProblem[] = [];
  readonly sizes = new Sizes();
  private readonly lambdas = new Map<StaticType, { readonly node: NodeOf<'lambda'>; readonly scope: Environment }>();

  constructor(private readonly source: string) {}

  whole(node: Node, variables: Environment): { readonly type: StaticType; readonly cost: Formula } {
    const { type, cost, once } = this.infer(node, variables);
    return { type, cost: cost.plus(once) };
  }

  private text(node: Node): string {
    return this.source.slice(node.start, node.end);
  }

  private problem(node: Node, message: string): void {
    this.problems.push({ expression: this.text(node), message });
  }

  private all(
    nodes: readonly Node[],
    scope: Environment,
  ): { readonly types: readonly StaticType[]; readonly sum: Known } {
    const parts = nodes.map((node) => this.infer(node, scope));
    return { types: parts.map(({ type }) => type), sum: parts.reduce((sum, part) => plus(sum, part, ANY), free(ANY)) };
  }

  private infer(node: Node, scope: Environment): Known {
    switch (node.kind) {
      case 'literal':
        return free(literalType(node.value));
      case 'template':
        return { ...this.all(node.expressions, scope).sum, type: STRING };
      case 'identifier':
        return free(this.variable(node, scope));
      case 'list': {
        const { types, sum } = this.all(node.items, scope);
        return { ...sum, type: listType(types) };
      }
      case 'map': {
        const { types, sum } = this.all(
          node.entries.map(({ value }) => value),
          scope,
        );
        return {
          ...sum,
          type: { kind: 'record', fields: new Map(node.entries.map(({ key }, i) => [key, types[i] ?? ANY])) },
        };
      }
      case 'member':
        return this.member(node, scope, node.name, false);
      case 'index':
        return this.index(node, scope);
      case 'call':
        return this.call(node, scope);
      case 'new':
        return this.construct(node, scope);
      case 'lambda': {
        const type: StaticType = { kind: 'function', arity: node.parameters.length };
        this.lambdas.set(type, { node, scope });
        return free(type);
      }
      case 'unary':
        return this.unary(node, scope);
      case 'binary':
        return this.binary(node, scope);
      case 'conditional': {
        const { types, sum } = this.all([node.test, node.yes, node.no], scope);
        return { ...sum, type: join(types[1] ?? ANY, types[2] ?? ANY) };
      }
      case 'throw':
        return { ...this.infer(node.value, scope), type: ANY };
      case 'sequence':
        return this.sequence(node, scope);
      case 'try': {
        const inner = node.name === null ? scope : new Map([...scope, [node.name, named('Error')]]);
        const body = this.infer(node.body, scope);
        const handler = this.infer(node.handler, inner);
        return plus(body, handler, join(body.type, handler.type));
      }
    }
  }

  private variable(node: NodeOf<'identifier'>, scope: Environment): StaticType {
    const type = scope.get(node.name);
    if (type !== undefined) return type;
    if (node.name === 'JSON' || node.name === 'Number') return named(node.name === 'JSON' ? 'Any' : 'NumberFunction');
    this.problem(node, `Unknown identifier: ${node.name}.`);
    return ANY;
  }

  private sequence(node: NodeOf<'sequence'>, scope: Environment): Known {
    let inner = scope;
    let sum = free(ANY);
    for (const { name, value } of node.declarations) {
      const known = this.infer(value, inner);
      sum = plus(sum, known, ANY);
      inner = new Map([...inner, [name, known.type]]);
    }
    const body = this.infer(node.body, inner);
    return plus(sum, body, body.type);
  }

  private member(node: NodeOf<'member' | 'index'>, scope: Environment, name: string, lengthOnly: boolean): Known {
    const { target } = node;
    const wantsLength = name === 'length' && target.kind === 'member';
    const from = wantsLength ? this.member(target, scope, target.name, true) : this.infer(target, scope);
    const found = this.propertyOf(node, from.type, name);
    return charge(from, found.cost, lengthOnly, found.type);
  }

  private index(node: NodeOf<'index'>, scope: Environment): Known {
    if (node.index.kind === 'literal' && typeof node.index.value === 'string')
      return this.member(node, scope, node.index.value, false);
    const { types, sum } = this.all([node.target, node.index], scope);
    const [type = ANY] = types;
    if (type.kind === 'list' || type.kind === 'tuple') return { ...sum, type: itemOf(type) };
    return type.kind === 'named' && type.name === 'EntityProperties'
      ? charge(sum, 'each', false, ANY)
      : { ...sum, type: ANY };
  }

  private propertyOf(node: Node, type: StaticType, name: string): { readonly type: StaticType; readonly cost: Cost } {
    const base = baseName(type);
    if (type.kind === 'record') {
      const field = type.fields.get(name);
      if (field !== undefined) return { type: field, cost: 'free' };
    }
    const object = OBJECT_TYPES.get(base);
    const property = object?.properties.get(name);
    if (property !== undefined) return { type: parseType(property.type) ?? ANY, cost: property.cost };
    if (object?.open?.test(name) === true && !object.methods.has(name)) return { type: ANY, cost: 'each' };
    if (name === 'length' && (base === 'List' || base === 'String')) return { type: NUMBER, cost: 'free' };
    if (object?.methods.has(name) === true || VALUE_METHODS.get(base)?.has(name) === true)
      return { type: named('Method'), cost: 'free' };
    if (!isAny(type) && base !== 'Map')
      this.problem(
        node,
        base === 'null'
          ? 'Type null does not have any properties'
          : `Unrecognized property of type '${base}': "${name}".`,
      );
    return { type: ANY, cost: 'free' };
  }

  private call(node: NodeOf<'call'>, scope: Environment): Known {
    const { callee } = node;
    if (callee.kind === 'member') {
      const from = this.infer(callee.target, scope);
      const base = baseName(from.type);
      const method = OBJECT_TYPES.get(base)?.methods.get(callee.name) ?? VALUE_METHODS.get(base)?.get(callee.name);
      if (method !== undefined) return this.method(node, callee, from, method, scope);
    }
    const called = this.infer(callee, scope);
    const { types, sum } = this.all(node.args, scope);
    const known = plus(called, sum, ANY);
    if (called.type.kind === 'function') return this.applied(node, known, called.type, types);
    if (called.type.kind === 'named' && called.type.name === 'NumberFunction') return { ...known, type: NUMBER };
    if (!isAny(called.type) && baseName(called.type) !== 'Method')
      this.problem(node, `${printType(called.type)} is not a function.`);
    return known;
  }

  private applied(node: Node, known: Known, lambda: StaticType, args: readonly StaticType[]): Known {
    if (lambda.kind === 'function' && lambda.arity !== args.length)
      this.problem(node, `Wrong number of arguments: ${args.length}.`);
    const result = this.apply(lambda, args);
    return plus(known, result, result.type);
  }

  /** What a lambda returns and costs for these arguments. */
  private apply(lambda: StaticType, args: readonly StaticType[]): Known {
    const found = this.lambdas.get(lambda);
    if (found === undefined) return free(ANY);
    const bound = found.node.parameters.map((name, i): [string, StaticType] => [name, args[i] ?? ANY]);
    return this.infer(found.node.body, new Map([...found.scope, ...bound]));
  }

  private method(
    node: NodeOf<'call'>,
    callee: NodeOf<'member'>,
    from: Known,
    method: MethodType,
    scope: Environment,
  ): Known {
    const { types, sum } = this.all(node.args, scope);
    const variadic = method.parameters.at(-1)?.endsWith('...') === true;
    if (types.length < method.required || (!variadic && types.length > method.parameters.length))
      this.problem(node, `Wrong number of arguments for ${callee.name}: ${types.length}.`);
    types.forEach((type, i) => this.argument(node, callee.name, method.parameters[i] ?? 'Any', type));
    const known = charge(
      plus(from, sum, ANY),
      method.cost,
      false,
      this.returned(method, callee.name, from.type, types),
    );
    const lambda = types.find(({ kind }) => kind === 'function');
    if (lambda === undefined || !ITERATING.has(callee.name)) return known;
    return this.iterated(callee, known, from.type, lambda);
  }

  private argument(node: Node, method: string, wanted: string, given: StaticType): void {
    if (wanted.startsWith('Any') || isAny(given) || wanted === baseName(given)) return;
    this.problem(node, `${method} expects ${wanted}, got ${printType(given)}.`);
  }

  /** A lambda applied to every item: its costs times the size of the list, those of "once for the list" once. */
  private iterated(callee: NodeOf<'member'>, known: Known, list: StaticType, lambda: StaticType): Known {
    const item = itemOf(list);
    const args = callee.name === 'reduce' ? [ANY, item] : callee.name === 'sort' ? [item, item] : [item];
    const result = this.apply(lambda, args);
    const size =
      callee.target.kind === 'list'
        ? callee.target.items.length
        : result.cost.isZero()
          ? 0
          : this.sizes.nameOf(this.text(callee.target));
    const cost = known.cost.plus(result.cost.times(size)).plus(result.once);
    return { type: this.mapped(callee.name, known.type, result.type), cost, once: known.once };
  }

  private mapped(method: string, otherwise: StaticType, result: StaticType): StaticType {
    if (method === 'map') return listOf(result);
    if (method === 'flatMap')
      return result.kind === 'list' || result.kind === 'tuple' ? listOf(itemOf(result)) : listOf(result);
    return otherwise;
  }

  private returned(method: MethodType, name: string, self: StaticType, args: readonly StaticType[]): StaticType {
    if (method.returns === 'Self') return self.kind === 'tuple' ? listOf(itemOf(self)) : self;
    if (name === 'get' && self.kind === 'record') return ANY;
    if (name === 'concat' && args.every((arg) => printType(arg) === printType(self))) return self;
    return parseType(method.returns) ?? ANY;
  }

  private construct(node: NodeOf<'new'>, scope: Environment): Known {
    const { types, sum } = this.all(node.args, scope);
    const constructor = CONSTRUCTORS.get(node.name);
    if (constructor === undefined) {
      this.problem(node, `Unknown type: ${node.name}.`);
      return sum;
    }
    if (types.length < constructor.required || types.length > constructor.parameters.length)
      this.problem(node, `Wrong number of arguments for new ${node.name}: ${types.length}.`);
    types.forEach((type, i) => this.argument(node, `new ${node.name}`, constructor.parameters[i] ?? 'Any', type));
    return charge(sum, constructor.cost, false, named(constructor.returns));
  }

  private unary(node: NodeOf<'unary'>, scope: Environment): Known {
    if (node.operator === 'typeof' && node.operand.kind === 'identifier') return free(STRING);
    const operand = this.infer(node.operand, scope);
    if (node.operator === 'typeof') return { ...operand, type: STRING };
    if (node.operator === '!') return { ...operand, type: BOOLEAN };
    if (!isAny(operand.type) && baseName(operand.type) !== 'Number')
      this.problem(node, `Operator '-' can't be applied to ${printType(operand.type)}.`);
    return { ...operand, type: NUMBER };
  }

  private binary(node: NodeOf<'binary'>, scope: Environment): Known {
    const left = this.infer(node.left, scope);
    const right = this.infer(node.right, scope);
    return plus(left, right, this.combined(node, node.operator, left.type, right.type));
  }

  private combined(node: Node, operator: BinaryOperator, left: StaticType, right: StaticType): StaticType {
    switch (operator) {
      case '&&':
      case '||':
      case '??':
        return join(left, right);
      case '==':
      case '!=':
        return BOOLEAN;
      case '<':
      case '>':
      case '<=':
      case '>=':
        if (!isAny(left) && !isAny(right) && (baseName(left) !== baseName(right) || !ORDERED.has(baseName(left))))
          this.problem(node, `Can't compare ${printType(left)} to ${printType(right)}.`);
        return BOOLEAN;
      default:
        return this.arithmetic(node, operator, left, right);
    }
  }

  private arithmetic(node: Node, operator: ArithmeticOperator, left: StaticType, right: StaticType): StaticType {
    const bases = [left, right].map(baseName);
    if (operator === '+' && bases.includes('String')) return STRING;
    if (bases.every((base) => base === 'Number')) return NUMBER;
    if (bases.every((base) => base === 'Number' || base === 'Any')) return operator === '+' ? ANY : NUMBER;
    this.problem(node, `Operator '${operator}' can't be applied to ${printType(left)} and ${printType(right)}.`);
    return ANY;
  }
}
