import { ExpressionError } from './error';
import { FunctionValue, type Value } from './model';
import { bounded, toText, typeName } from './operators';

const MAX_REPEAT = 100;

const text = (value: Value | undefined): string => {
  if (typeof value !== 'string') throw new ExpressionError('type', `Expected String, got ${typeName(value ?? null)}.`);
  return value;
};

const whole = (value: Value | undefined): number => {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new ExpressionError('type', `Expected Number, got ${typeName(value ?? null)}.`);
  return Math.trunc(value);
};

/** A count of `repeat`, `padStart` and `padEnd`: at most 100, a fraction is cut off. */
function atMost100(value: Value | undefined): number {
  const count = whole(value);
  if (count > MAX_REPEAT) throw new ExpressionError('limit', `${count} is too many, limit: ${MAX_REPEAT}.`);
  if (count < 0) throw new ExpressionError('type', 'A negative count.');
  return count;
}

function pattern(value: Value | undefined): RegExp {
  const source = text(value);
  try {
    return new RegExp(source, 'g');
  } catch {
    throw new ExpressionError('type', `"${source}" is not a regular expression.`);
  }
}

const groups = (match: RegExpExecArray | RegExpMatchArray): readonly Value[] =>
  Array.from(match, (group: string | undefined) => group ?? null);

/** Every match; a String stands for itself, a lambda is given the match. */
function replace(self: string, args: readonly Value[]): Value {
  const replacement = args[1] ?? null;
  return bounded(
    self.replace(pattern(args[0]), (match) => {
      if (replacement instanceof FunctionValue) return toText(replacement.call([match]));
      return text(replacement);
    }),
  );
}

const METHODS: Readonly<Record<string, (self: string, args: readonly Value[]) => Value>> = {
  trim: (self) => self.trim(),
  padStart: (self, args) => self.padStart(atMost100(args[0]), args.length > 1 ? text(args[1]) : ' '),
  padEnd: (self, args) => self.padEnd(atMost100(args[0]), args.length > 1 ? text(args[1]) : ' '),
  toLowerCase: (self) => self.toLowerCase(),
  toUpperCase: (self) => self.toUpperCase(),
  split: (self, args) => self.split(text(args[0])),
  repeat: (self, args) => bounded(self.repeat(atMost100(args[0]))),
  replace,
  match: (self, args) => {
    const match = pattern(args[0]).exec(self);
    return match === null ? null : groups(match);
  },
  matchAll: (self, args) => [...self.matchAll(pattern(args[0]))].map(groups),
  includes: (self, args) => self.includes(text(args[0])),
  indexOf: (self, args) => self.indexOf(text(args[0])),
  slice: (self, args) => self.slice(...args.map(whole)),
};

/** A method of `String`, by a name of the type table. */
export function callString(self: string, method: string, args: readonly Value[]): Value {
  const run = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (run === undefined) throw new ExpressionError('property', `String has no method ${method}.`);
  return run(self, args);
}
