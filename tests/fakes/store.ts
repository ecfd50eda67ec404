import type { Clock, Store } from '../../src/ports/ports';

export type StoreOperation = 'get' | 'getMany' | 'create' | 'set' | 'delete' | 'list';

/** 'before': nothing is done, then an error. 'after': it is done, then an error, as when an answer is lost. */
export type Fault = 'before' | 'after';

export interface StoreCall {
  /** 1 for the first call since the store was made. */
  readonly n: number;
  readonly operation: StoreOperation;
  readonly keys: readonly string[];
}

export class StoreFault extends Error {
  override readonly name = 'StoreFault';
}

interface Kept {
  readonly json: string;
  readonly expires: number | null;
}

/** developer.atlassian.com, "KVS and Custom Entity Store limits". */
const KEY = /^(?!\s+$)[a-zA-Z0-9:._\s\-#]{1,500}$/;
const MAX_VALUE_BYTES = 240 * 1024;
const MAX_DEPTH = 31;
const MAX_BATCH = 25;
const PAGE = 100;

/**
 * The `Store` port in memory, with Forge's limits. `faultAt` decides for each call whether it fails, and how; `pause` is
 * awaited before and after the work of each call, so that a test can interleave callers as it likes.
 */
export class FakeStore implements Store {
  readonly calls: StoreCall[] = [];
  faultAt: (call: StoreCall) => Fault | undefined = () => undefined;
  pause: () => Promise<void> = () => Promise.resolve();
  private readonly values = new Map<string, Kept>();

  constructor(private readonly clock: Clock = { now: () => new Date('2026-03-02T09:00:00.000Z') }) {}

  get(key: string): Promise<unknown> {
    return this.perform('get', [key], () => this.read(key));
  }

  getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    // The port takes any number and reads in batches of 25, so one call here may be several on Forge.
    const batches = Array.from({ length: Math.ceil(keys.length / MAX_BATCH) }, (_, i) =>
      keys.slice(i * MAX_BATCH, (i + 1) * MAX_BATCH),
    );
    return batches.reduce<Promise<unknown[]>>(
      async (before, batch) => [
        ...(await before),
        ...(await this.perform('getMany', batch, () => batch.map((key) => this.read(key)))),
      ],
      Promise.resolve([]),
    );
  }

  async create(key: string, value: unknown, options?: { readonly ttlSeconds?: number }): Promise<'created' | 'exists'> {
    const json = encode(value);
    return this.perform('create', [key], () => {
      if (this.read(key) !== undefined) return 'exists';
      this.write(key, json, options?.ttlSeconds);
      return 'created';
    });
  }

  async set(key: string, value: unknown, options?: { readonly ttlSeconds?: number }): Promise<void> {
    const json = encode(value);
    return this.perform('set', [key], () => {
      this.write(key, json, options?.ttlSeconds);
    });
  }

  delete(key: string): Promise<void> {
    return this.perform('delete', [key], () => {
      this.values.delete(key);
    });
  }

  list(prefix: string, cursor?: string): ReturnType<Store['list']> {
    return this.perform('list', [prefix], () => {
      const keys = [...this.values.keys()]
        .filter((key) => key.startsWith(prefix) && (cursor === undefined || key > cursor))
        .sort();
      const page = keys.slice(0, PAGE);
      const items = page.flatMap((key) => {
        const value = this.read(key);
        return value === undefined ? [] : [{ key, value }];
      });
      const last = page.at(-1);
      return keys.length > PAGE && last !== undefined ? { items, next: last } : { items };
    });
  }

  /** Alters a value behind the app's back; undefined removes it. */
  tamper(key: string, value: unknown): void {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, { json: JSON.stringify(value), expires: null });
  }

  /** Everything stored, in key order. */
  dump(): [string, unknown][] {
    const all = [...this.values.keys()].sort().map((key): [string, unknown] => [key, this.read(key)]);
    return all.filter(([, value]) => value !== undefined);
  }

  private async perform<T>(operation: StoreOperation, keys: readonly string[], work: () => T): Promise<T> {
    for (const key of keys) if (!KEY.test(key)) throw new RangeError(`not a storage key: ${JSON.stringify(key)}`);
    await this.pause();
    const call = { n: this.calls.length + 1, operation, keys };
    this.calls.push(call);
    const fault = this.faultAt(call);
    if (fault === 'before') throw new StoreFault(`${operation} failed before it did anything`);
    const result = work();
    await this.pause();
    if (fault === 'after') throw new StoreFault(`${operation} failed after it was done`);
    return result;
  }

  private read(key: string): unknown {
    const kept = this.values.get(key);
    if (kept === undefined || (kept.expires !== null && kept.expires <= this.clock.now().getTime())) return undefined;
    const value: unknown = JSON.parse(kept.json);
    return value;
  }

  private write(key: string, json: string, ttlSeconds: number | undefined): void {
    const expires = ttlSeconds === undefined ? null : this.clock.now().getTime() + ttlSeconds * 1000;
    this.values.set(key, { json, expires });
  }
}

function encode(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined || value === null) throw new RangeError('neither null nor undefined can be stored');
  if (Buffer.byteLength(json) > MAX_VALUE_BYTES) throw new RangeError('a value takes at most 240 KiB');
  if (depthOf(value) > MAX_DEPTH) throw new RangeError('a value has at most 31 levels');
  return json;
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
