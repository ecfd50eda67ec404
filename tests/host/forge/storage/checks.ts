import * as z from 'zod/mini';
import { KVS } from '../limits';
import { StorageRefusal } from './refusal';

/** Codes: Forge "Key-Value Store error handling". */
export function checkKey(key: unknown): string {
  if (typeof key !== 'string' || key.length === 0)
    throw new StorageRefusal(400, 'KEY_TOO_SHORT', 'A key has 1 to 500 characters.');
  if (key.length > KVS.keyLength) throw new StorageRefusal(400, 'KEY_TOO_LONG', 'A key has 1 to 500 characters.');
  if (!KVS.keyPattern.test(key))
    throw new StorageRefusal(400, 'INVALID_KEY', `A key matches ${KVS.keyPattern.source}.`);
  return key;
}

/** The value as stored. 240 KiB (secrets 128 KiB) count in bytes of its JSON. Null cannot be stored. */
export function checkValue(value: unknown, mostBytes: number = KVS.valueBytes): string {
  if (value === undefined || value === null) {
    throw new StorageRefusal(400, 'INVALID_VALUE', 'A value is anything but null and undefined.');
  }
  const json = JSON.stringify(value);
  if (Buffer.byteLength(json) > mostBytes) {
    throw new StorageRefusal(
      400,
      'MAX_SIZE',
      `The value has ${Buffer.byteLength(json)} bytes, ${mostBytes} are allowed.`,
    );
  }
  if (depthOf(value) > KVS.depth)
    throw new StorageRefusal(400, 'MAX_DEPTH', `A value nests at most ${KVS.depth} deep.`);
  return json;
}

/** Levels of objects and arrays; a number or text has none. */
export function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce<number>((deepest, inner) => Math.max(deepest, depthOf(inner)), 0);
}

export const optionsSchema = z.optional(
  z.object({
    ttl: z.optional(z.object({ value: z.number(), unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']) })),
    keyPolicy: z.optional(z.enum(['OVERRIDE', 'FAIL_IF_EXISTS'])),
    returnValue: z.optional(z.enum(['PREVIOUS', 'LATEST'])),
    returnMetadataFields: z.optional(z.array(z.string())),
    metadataFields: z.optional(z.array(z.string())),
  }),
);
export type SetOptions = z.infer<typeof optionsSchema>;

const UNIT_SECONDS = { SECONDS: 1, MINUTES: 60, HOURS: 3600, DAYS: 24 * 3600 } as const;

/** When an item with these options ends, in site time. At most a year away. */
export function expiry(options: SetOptions, now: number): number | null {
  if (options?.ttl === undefined) return null;
  const seconds = options.ttl.value * UNIT_SECONDS[options.ttl.unit];
  if (!(seconds > 0) || seconds > KVS.ttlSeconds)
    throw new StorageRefusal(400, 'INVALID_TTL', 'A TTL is positive and at most a year.');
  return now + seconds * 1000;
}

export const conditionSchema = z.object({
  property: z.string(),
  condition: z.string(),
  values: z.array(z.unknown()),
});
export type Condition = z.infer<typeof conditionSchema>;
export const filtersSchema = z.union([
  z.strictObject({ and: z.array(conditionSchema) }),
  z.strictObject({ or: z.array(conditionSchema) }),
]);
export type Filters = z.infer<typeof filtersSchema>;

/** Conditions of entity queries and transactions, over one attribute of a stored value. */
export function meets(value: unknown, filters: Filters): boolean {
  const conditions = 'and' in filters ? filters.and : filters.or;
  if (conditions.length > KVS.conditions) throw new StorageRefusal(400, 'QUERY_WHERE_LIMIT', 'Too many conditions.');
  const each = (condition: Condition): boolean => holds(attribute(value, condition.property), condition);
  return 'and' in filters ? conditions.every(each) : conditions.some(each);
}

export function attribute(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

export function holds(actual: unknown, { condition, values }: Pick<Condition, 'condition' | 'values'>): boolean {
  const [first, second] = values;
  switch (condition) {
    case 'EXISTS':
      return actual !== undefined;
    case 'NOT_EXISTS':
      return actual === undefined;
    case 'EQUAL_TO':
      return actual === first;
    case 'NOT_EQUAL_TO':
      return actual !== first;
    case 'BEGINS_WITH':
      return typeof actual === 'string' && typeof first === 'string' && actual.startsWith(first);
    case 'CONTAINS':
      return typeof actual === 'string' && typeof first === 'string' && actual.includes(first);
    case 'NOT_CONTAINS':
      return typeof actual === 'string' && typeof first === 'string' && !actual.includes(first);
    case 'BETWEEN':
      return order(actual, first) >= 0 && order(actual, second) <= 0;
    case 'GREATER_THAN':
      return order(actual, first) > 0;
    case 'GREATER_THAN_EQUAL_TO':
      return order(actual, first) >= 0;
    case 'LESS_THAN':
      return order(actual, first) < 0;
    case 'LESS_THAN_EQUAL_TO':
      return order(actual, first) <= 0;
    default:
      throw new StorageRefusal(400, 'INVALID_FILTER_CONDITION', `There is no condition ${condition}.`);
  }
}

/** NaN, which is neither less nor more, for values that cannot be compared. */
export function order(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return NaN;
}
