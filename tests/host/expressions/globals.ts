import { ExpressionError } from './error';
import { fromJson, toJson } from './json';
import { FunctionValue, type Value } from './model';
import { bounded, typeName } from './operators';

/** Names that every expression has beside its context: `Number(x)`, `JSON.stringify`, `JSON.parse`. */
export const GLOBALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['Number', new FunctionValue('Number', (args) => toNumber(only('Number', args)))],
  [
    'JSON',
    new Map<string, Value>([
      [
        'stringify',
        new FunctionValue('stringify', (args) => bounded(JSON.stringify(toJson(only('JSON.stringify', args))))),
      ],
      ['parse', new FunctionValue('parse', (args) => parseJson(only('JSON.parse', args)))],
    ]),
  ],
]);

function only(name: string, args: readonly Value[]): Value {
  const [value] = args;
  if (value === undefined || args.length > 1)
    throw new ExpressionError('type', `Wrong number of arguments for ${name}: ${args.length}.`);
  return value;
}

function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\s*[+-]?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/.test(value) ? Number(value) : NaN;
}

function parseJson(value: Value): Value {
  if (typeof value !== 'string')
    throw new ExpressionError('type', `JSON.parse expects String, got ${typeName(value)}.`);
  try {
    return fromJson(JSON.parse(value));
  } catch {
    throw new ExpressionError('type', 'JSON.parse: the text is not JSON.');
  }
}
