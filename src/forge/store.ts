import { isDeepStrictEqual } from 'node:util';
import { ForgeKvsAPIError, kvs, WhereConditions } from '@forge/kvs';
import type { Store } from '../ports/ports';
import { Unavailable } from '../ports/ports';
import { withRetry, type PlatformFailure } from './retry';

const BATCH = 25;
const PAGE = 100;
/** The SDK knows the first, the documentation names the second. */
const ABSENT = ['KEY_NOT_FOUND', 'NOT_FOUND'];

/** Storage on Forge KVS. FAIL_IF_EXISTS: Forge changelog CHANGE-3038; consistency and limits: "Key-Value Store limits". */
export const forgeStore: Store = {
  get: (key) => call(() => kvs.get<unknown>(key)),

  async getMany(keys) {
    const found = new Map<string, unknown>();
    for (let i = 0; i < keys.length; i += BATCH) {
      const batch = keys.slice(i, i + BATCH);
      const answer = await call(() => kvs.batchGet<unknown>(batch.map((key) => ({ key }))));
      for (const { key, value } of answer.successfulKeys) found.set(key, value);
      // A key that could not be read is not a key that is free: read it alone, where an error is an error.
      for (const { key, error } of answer.failedKeys) {
        if (!ABSENT.includes(error.code)) found.set(key, await forgeStore.get(key));
      }
    }
    return keys.map((key) => found.get(key));
  },

  create: (key, value, options) =>
    call(async (attempt) => {
      try {
        await kvs.set(key, value, { keyPolicy: 'FAIL_IF_EXISTS', ...ttl(options) });
        return 'created';
      } catch (failure) {
        if (!isConflict(failure)) throw failure;
        // After an unclear first attempt the value in the way may be our own.
        return attempt > 0 && isDeepStrictEqual(await kvs.get(key), plain(value)) ? 'created' : 'exists';
      }
    }),

  set: (key, value, options) => call(() => kvs.set(key, value, { keyPolicy: 'OVERRIDE', ...ttl(options) })),

  delete: (key) => call(() => kvs.delete(key)),

  list: (prefix, cursor) =>
    call(async () => {
      const query = kvs.query().where('key', WhereConditions.beginsWith(prefix)).limit(PAGE);
      const page = await (cursor === undefined ? query : query.cursor(cursor)).getMany<unknown>();
      return {
        items: page.results.map(({ key, value }) => ({ key, value })),
        ...(page.nextCursor === undefined ? {} : { next: page.nextCursor }),
      };
    }),
};

const ttl = (options?: { readonly ttlSeconds?: number }) =>
  options?.ttlSeconds === undefined ? {} : { ttl: { value: options.ttlSeconds, unit: 'SECONDS' as const } };

/** What JSON storage gives back for a value: undefined members are gone. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function call<T>(work: (attempt: number) => Promise<T>): Promise<T> {
  try {
    return await withRetry(work, classify);
  } catch (failure) {
    if (classify(failure).transient) throw new Unavailable('storage', 'Storage did not answer', { cause: failure });
    throw failure;
  }
}

/** Status 409 is documented for a taken key, its code is not: go by the status first. */
const isConflict = (failure: unknown): boolean =>
  failure instanceof ForgeKvsAPIError && (failure.responseDetails.status === 409 || failure.code === 'KEY_CONFLICT');

function classify(failure: unknown): PlatformFailure {
  if (!(failure instanceof ForgeKvsAPIError)) return { transient: failure instanceof TypeError };
  const { status } = failure.responseDetails;
  return { transient: status === 429 || status >= 500 };
}
