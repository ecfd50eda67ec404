import { callCalendarDate, callInstant } from './dates';
import { ExpressionError } from './error';
import { toJson } from './json';
import type { Meter } from './limits';
import { callList } from './lists';
import { CalendarDate, FunctionValue, Instant, JiraObject, type Value } from './model';
import { equal, isList, isMap, toText, typeName } from './operators';
import { callString } from './strings';
import { OBJECT_TYPES, VALUE_METHODS, type Cost, type MethodType, type ObjectType } from './types';

/** How a property was asked for, for the price and for the message when there is none. */
export interface Asked {
  /** The source of the target, `issue` in `issue.key`. */
  readonly target: string;
  /** The source of a computed key, `'a' + 'b'`. */
  readonly computed?: string;
  /** Only the length of what it returns is wanted. */
  readonly lengthOnly: boolean;
}

/** Refuses arguments that a method does not take: wrong number, wrong type. */
export function checkArguments(name: string, method: MethodType, args: readonly Value[]): void {
  const variadic = method.parameters.at(-1)?.endsWith('...') === true;
  if (args.length < method.required || (!variadic && args.length > method.parameters.length))
    throw new ExpressionError('type', `Wrong number of arguments for ${name}: ${args.length}.`);
  args.forEach((arg, i) => {
    const wanted = method.parameters[i] ?? 'Any...';
    if (!wanted.startsWith('Any') && wanted !== typeName(arg))
      throw new ExpressionError('type', `${name} expects ${wanted}, got ${typeName(arg)}.`);
  });
}

/** Reads properties, indexes and methods of values, charging the meter as the type table says. */
export class Access {
  private readonly loaded = new Map<JiraObject, Map<string, Value>>();

  constructor(
    private readonly meter: Meter,
    private readonly zone: string,
  ) {}

  /** `target.name`. Throws kind `null` on null and `property` on what the type does not have. */
  member(target: Value, name: string, asked: Asked): Value {
    if (target instanceof JiraObject) return this.ofObject(target, name, asked);
    return this.ofValue(target, name, asked);
  }

  /** `target[key]`. Throws kind `index` outside of a list. */
  index(target: Value, key: Value, asked: Asked): Value {
    if (target !== null && isList(target) && typeof key === 'number') {
      const item = Number.isInteger(key) && key >= 0 ? target[key] : undefined;
      if (item === undefined)
        throw new ExpressionError('index', `Index ${key} is outside of a List of ${target.length}.`);
      return item;
    }
    if (target === null) throw nothing();
    if (typeof key !== 'string')
      throw new ExpressionError('type', `${typeName(target)} can't be indexed by ${typeName(key)}.`);
    if (target instanceof JiraObject && target.type === 'EntityProperties') return this.entityProperty(target, key);
    return this.member(target, key, asked);
  }

  private ofValue(target: Exclude<Value, JiraObject>, name: string, asked: Asked): Value {
    if (target === null) throw nothing();
    if (isMap(target)) {
      const value = target.get(name);
      if (value !== undefined) return value;
    }
    if (name === 'length' && (typeof target === 'string' || isList(target))) return target.length;
    const type = typeName(target);
    const method = VALUE_METHODS.get(type)?.get(name);
    if (method !== undefined) return bind(name, method, (args) => this.callValue(target, name, args));
    if (isMap(target)) return null;
    throw unrecognized(asked, name, type, [...(VALUE_METHODS.get(type)?.keys() ?? [])]);
  }

  private callValue(target: Value, name: string, args: readonly Value[]): Value {
    if (typeof target === 'string') return callString(target, name, args);
    if (target instanceof Instant) return callInstant(target, name, args, this.zone);
    if (target instanceof CalendarDate) return callCalendarDate(target, name, args);
    if (isMap(target)) return callMap(target, name, args);
    if (isList(target)) return callList(target, name, args, this.meter);
    throw new ExpressionError('property', `${typeName(target)} has no method ${name}.`);
  }

  private ofObject(target: JiraObject, name: string, asked: Asked): Value {
    const type = OBJECT_TYPES.get(target.type);
    if (type === undefined) throw new ExpressionError('type', `Unknown type '${target.type}'.`);
    const declared = type.properties.get(name);
    if (declared !== undefined) return this.load(target, name, declared.cost, asked.lengthOnly);
    const method = type.methods.get(name);
    if (method !== undefined) return bind(name, method, (args) => this.callObject(target, name, method.cost, args));
    if (target.type === 'EntityProperties') return this.entityProperty(target, name);
    if (!target.extraNames().includes(name)) throw unrecognized(asked, name, target.type, namesOf(type, target));
    return this.load(target, name, 'each', false);
  }

  /** Charges, loads and remembers: the same property of the same object costs once. */
  private load(target: JiraObject, name: string, cost: Cost, lengthOnly: boolean): Value {
    if (cost !== 'free')
      this.meter.load(cost === 'once' || (cost === 'lengthOnce' && lengthOnly) ? target.batch : target, name);
    const known = this.loaded.get(target) ?? new Map<string, Value>();
    const before = known.get(name);
    if (before !== undefined) return before;
    const value = target.property(name) ?? null;
    this.loaded.set(target, known.set(name, value));
    return value;
  }

  private entityProperty(target: JiraObject, key: string): Value {
    return this.load(target, `property ${key}`, 'each', false);
  }

  private callObject(target: JiraObject, name: string, cost: Cost, args: readonly Value[]): Value {
    if (target.type === 'EntityProperties' && name === 'get')
      return this.entityProperty(target, toText(args[0] ?? null));
    if (cost !== 'free')
      this.meter.load(
        target,
        `${name}(${args.map((arg) => (arg instanceof JiraObject ? arg.identity : JSON.stringify(toJson(arg)))).join()})`,
      );
    if (name === 'getNewestChangelog') return newestChangelog(target, args);
    const run = target.methods()[name];
    if (run === undefined) throw new ExpressionError('property', `${target.type} has no method ${name} here.`);
    return run(args);
  }
}

const nothing = (): ExpressionError => new ExpressionError('null', 'Type null does not have any properties');

function bind(name: string, method: MethodType, call: (args: readonly Value[]) => Value): FunctionValue {
  return new FunctionValue(name, (args) => {
    checkArguments(name, method, args);
    return call(args);
  });
}

function namesOf(type: ObjectType, target: JiraObject): string[] {
  return [...type.properties.keys(), ...type.methods.keys(), ...target.extraNames()];
}

function unrecognized(asked: Asked, name: string, type: string, available: readonly string[]): ExpressionError {
  const computed = asked.computed === undefined ? '' : ` (${asked.computed})`;
  const names = [...available].sort().map((known) => `'${known}'`);
  return new ExpressionError(
    'property',
    `Unrecognized property of \`${asked.target}\`: "${name}"${computed}. Available properties of type '${type}' are: ${names.join(', ')}`,
  );
}

function callMap(target: ReadonlyMap<string, Value>, name: string, args: readonly Value[]): Value {
  const [key, value] = args;
  if (name === 'entries') return [...target].map(([at, item]) => [at, item]);
  if (typeof key !== 'string') throw new ExpressionError('type', 'A Map has String keys.');
  return name === 'get' ? (target.get(key) ?? null) : new Map(target).set(key, value ?? null);
}

/** The newest entry with an item of this field (by id or name) and the given values. */
function newestChangelog(issue: JiraObject, args: readonly Value[]): Value {
  const [field, wanted] = args;
  const changelogs = issue.property('changelogs') ?? null;
  if (!isList(changelogs)) return null;
  const matches = (item: Value): boolean =>
    item instanceof JiraObject &&
    (item.property('fieldId') === field || item.property('field') === field) &&
    (wanted === undefined ||
      (isMap(wanted) && [...wanted].every(([key, value]) => equal(item.property(key) ?? null, value))));
  const found = changelogs.find((entry) => {
    const items = entry instanceof JiraObject ? (entry.property('items') ?? null) : null;
    return isList(items) && items.some(matches);
  });
  return found ?? null;
}
