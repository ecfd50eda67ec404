import { ExpressionError } from './error';
import { CalendarDate, FunctionValue, Instant, JiraObject, type Value } from './model';
import type { ArithmeticOperator, ComparisonOperator } from './syntax';

export function typeName(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value === 'number') return 'Number';
  if (typeof value === 'string') return 'String';
  if (value instanceof Instant) return 'Date';
  if (value instanceof CalendarDate) return 'CalendarDate';
  if (value instanceof FunctionValue) return 'Function';
  if (value instanceof JiraObject) return value.type;
  return value instanceof Map ? 'Map' : 'List';
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isMap = (value: Value): value is ReadonlyMap<string, Value> => value instanceof Map;

/** As in JavaScript: false, null, 0, NaN and '' are false; an empty list or map is true. */
export const truthy = (value: Value): boolean =>
  value !== null && value !== false && value !== '' && value !== 0 && !Number.isNaN(value);

/** No coercion: values of different types are unequal. Lists and maps by content, entities by identity, NaN never. */
export function equal(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left instanceof Instant && right instanceof Instant) return left.millis === right.millis;
  if (left instanceof CalendarDate && right instanceof CalendarDate) return left.iso === right.iso;
  if (left instanceof JiraObject && right instanceof JiraObject)
    return left.type === right.type && left.identity !== null && left.identity === right.identity;
  if (isList(left) && isList(right))
    return left.length === right.length && left.every((item, i) => equal(item, right[i] ?? null));
  if (isMap(left) && isMap(right))
    return (
      left.size === right.size &&
      [...left].every(([key, value]) => right.has(key) && equal(value, right.get(key) ?? null))
    );
  return false;
}

/** Negative, zero or positive; NaN when a side is NaN. Only Numbers, Strings, Dates and CalendarDates, of one type. */
function order(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left === right ? 0 : left - right;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : Number(left > right);
  if (left instanceof Instant && right instanceof Instant) return left.millis - right.millis;
  if (left instanceof CalendarDate && right instanceof CalendarDate) return order(left.iso, right.iso);
  throw new ExpressionError('type', `Can't compare ${typeName(left)} to ${typeName(right)}.`);
}

export function compare(operator: ComparisonOperator, left: Value, right: Value): boolean {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case '<':
      return order(left, right) < 0;
    case '>':
      return order(left, right) > 0;
    case '<=':
      return order(left, right) <= 0;
    case '>=':
      return order(left, right) >= 0;
  }
}

export function arithmetic(operator: ArithmeticOperator, left: Value, right: Value): Value {
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string'))
    return bounded(toText(left) + toText(right));
  if (typeof left !== 'number' || typeof right !== 'number')
    throw new ExpressionError(
      'type',
      `Operator '${operator}' can't be applied to ${typeName(left)} and ${typeName(right)}.`,
    );
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
}

const MAX_TEXT = 1_000_000;

/** A text that an expression built; far more than any rule needs is refused before it eats the machine's memory. */
export function bounded(text: string): string {
  if (text.length > MAX_TEXT)
    throw new ExpressionError('limit', `The text is too long (${text.length}), limit: ${MAX_TEXT}.`);
  return text;
}

/** How `+`, templates and `join` write a value. What no public text says how to write is refused. */
export function toText(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Instant) return new Date(value.millis).toISOString();
  if (value instanceof CalendarDate) return value.iso;
  throw new ExpressionError('type', `${typeName(value)} can't be converted to String.`);
}
