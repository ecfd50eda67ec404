import * as z from 'zod/mini';
import { KVS } from '../limits';
import { checkKey, checkValue, expiry, filtersSchema, meets, optionsSchema, type Filters } from './checks';
import type { Entities } from './entities';
import type { Items } from './items';
import { StorageRefusal } from './refusal';
import type { ServiceAnswer } from './service';

const target = {
  key: z.optional(z.unknown()),
  entityName: z.optional(z.string()),
  conditions: z.optional(filtersSchema),
};

export const transactionSchema = z.object({
  set: z.optional(z.array(z.object({ ...target, value: z.optional(z.unknown()), options: optionsSchema }))),
  delete: z.optional(z.array(z.object(target))),
  check: z.optional(z.array(z.object(target))),
});
export type Transaction = z.infer<typeof transactionSchema>;

/**
 * All or nothing; the caller's database transaction undoes what was written when this throws. Forge "Transactions": at
 * most 25 operations, each key once, 4 MB, conditions on entities only and mandatory for a check.
 */
export function transact(items: Items, entities: Entities, request: Transaction, now: number): ServiceAnswer {
  const { set = [], delete: remove = [], check = [] } = request;
  const all = [...set, ...remove, ...check];
  if (all.length === 0 || all.length > KVS.operations) {
    throw new StorageRefusal(400, 'TRANSACTION_SIZE', `A transaction has 1 to ${KVS.operations} operations.`);
  }
  const names = new Set(all.map(({ entityName, key }) => `${entityName ?? ''} ${checkKey(key)}`));
  if (names.size < all.length) throw new StorageRefusal(400, 'DUPLICATE_KEY', 'A transaction names each key once.');
  const bytes = set.reduce((sum, { value }) => sum + Buffer.byteLength(checkValue(value)), 0);
  if (bytes > KVS.transactionBytes) throw new StorageRefusal(400, 'MAX_SIZE', 'A transaction writes at most 4 MB.');
  if (check.some(({ conditions }) => conditions === undefined)) {
    throw new StorageRefusal(400, 'INVALID_REQUEST', 'A check names its conditions.');
  }
  for (const operation of all) requireConditions(items, operation);
  for (const { key, entityName, value, options } of set) {
    const space = entityName === undefined ? 'plain' : entities.check(entityName, value);
    items.put(space, checkKey(key), checkValue(value), expiry(options, now));
  }
  for (const { key, entityName } of remove) {
    items.remove(entityName === undefined ? 'plain' : entities.check(entityName), checkKey(key));
  }
  return { body: undefined, items: all.length, bytes };
}

function requireConditions(
  items: Items,
  operation: {
    readonly key?: unknown;
    readonly entityName?: string | undefined;
    readonly conditions?: Filters | undefined;
  },
): void {
  const { key, entityName, conditions } = operation;
  if (conditions === undefined) return;
  if (entityName === undefined) {
    throw new StorageRefusal(400, 'INVALID_REQUEST', 'Conditions are for custom entities only.');
  }
  // "Exists and meets": nothing is known of a conditional set on a missing key, so it fails.
  const item = items.get(`entity:${entityName}`, checkKey(key));
  if (item === undefined || !meets(JSON.parse(item.json), conditions)) {
    throw new StorageRefusal(409, 'CONDITIONAL_CHECK_FAILED', `The conditions on ${String(key)} do not hold.`);
  }
}
