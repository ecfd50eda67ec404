import { ExpressionError } from './error';
import type { Meter } from './limits';
import { FunctionValue, type ListValue, type Value } from './model';
import { equal, isList, toText, truthy, typeName } from './operators';

const MAX_JOINED = 10_000;

/** Hands out items one after the other and charges for those beyond the free ones, so that stopping early is cheap. */
function* metered(list: ListValue, meter: Meter): Generator<Value> {
  for (const [index, item] of list.entries()) {
    meter.item(index);
    yield item;
  }
}

function lambda(value: Value | undefined): (...args: readonly Value[]) => Value {
  if (!(value instanceof FunctionValue))
    throw new ExpressionError('type', `Expected Function, got ${typeName(value ?? null)}.`);
  return (...args) => value.call(args);
}

function flatten(items: Iterable<Value>): Value[] {
  const flat: Value[] = [];
  for (const item of items)
    if (isList(item)) flat.push(...item);
    else flat.push(item);
  return flat;
}

function reduce(list: ListValue, args: readonly Value[], meter: Meter): Value {
  const combine = lambda(args[0]);
  let result = args[1];
  for (const item of metered(list, meter)) result = result === undefined ? item : combine(result, item);
  if (result === undefined) throw new ExpressionError('type', 'Reduce of an empty List without an initial value.');
  return result;
}

function position(list: ListValue, value: Value, meter: Meter): number {
  let index = 0;
  for (const item of metered(list, meter)) {
    if (equal(item, value)) return index;
    index += 1;
  }
  return -1;
}

function slice(list: ListValue, args: readonly Value[], meter: Meter): Value {
  const [from, to] = args.map((arg) => {
    if (typeof arg !== 'number' || !Number.isFinite(arg))
      throw new ExpressionError('type', `Expected Number, got ${typeName(arg)}.`);
    return Math.trunc(arg);
  });
  const start = Math.min(from !== undefined && from < 0 ? Math.max(list.length + from, 0) : (from ?? 0), list.length);
  const part = list.slice(from, to);
  for (let index = start; index < start + part.length; index += 1) meter.item(index);
  return part;
}

function join(list: ListValue, args: readonly Value[], meter: Meter): Value {
  const separator = args.length === 0 ? ',' : args[0];
  if (typeof separator !== 'string')
    throw new ExpressionError('type', `Expected String, got ${typeName(separator ?? null)}.`);
  const joined = [...metered(list, meter)].map(toText).join(separator);
  return joined.length > MAX_JOINED ? `${joined.slice(0, MAX_JOINED)}...` : joined;
}

function sort(list: ListValue, args: readonly Value[], meter: Meter): Value {
  const comparator = lambda(args[0]);
  return [...metered(list, meter)].sort((left, right) => {
    const result = comparator(left, right);
    if (typeof result !== 'number')
      throw new ExpressionError('type', `A comparator must return Number, not ${typeName(result)}.`);
    return result;
  });
}

function find(list: ListValue, args: readonly Value[], meter: Meter, wanted: boolean): boolean {
  const test = lambda(args[0]);
  for (const item of metered(list, meter)) if (truthy(test(item)) === wanted) return true;
  return false;
}

function transform(list: ListValue, args: readonly Value[], meter: Meter): Value[] {
  const each = lambda(args[0]);
  return Array.from(metered(list, meter), (item) => each(item));
}

function filter(list: ListValue, args: readonly Value[], meter: Meter): Value {
  const test = lambda(args[0]);
  return [...metered(list, meter)].filter((item) => truthy(test(item)));
}

const METHODS: Readonly<Record<string, (list: ListValue, args: readonly Value[], meter: Meter) => Value>> = {
  map: transform,
  filter,
  some: (list, args, meter) => find(list, args, meter, true),
  every: (list, args, meter) => !find(list, args, meter, false),
  flatMap: (list, args, meter) => flatten(transform(list, args, meter)),
  flatten: (list, _, meter) => flatten(metered(list, meter)),
  includes: (list, args, meter) => position(list, args[0] ?? null, meter) >= 0,
  indexOf: (list, args, meter) => position(list, args[0] ?? null, meter),
  slice,
  concat: (list, args, meter) => [...metered(flatten([list, ...args]), meter)],
  reduce,
  join,
  sort,
};

/** A method of `List`, by a name of the type table. The list itself is never changed. */
export function callList(list: ListValue, method: string, args: readonly Value[], meter: Meter): Value {
  const run = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (run === undefined) throw new ExpressionError('property', `List has no method ${method}.`);
  return run(list, args, meter);
}
