import * as z from 'zod/mini';
import type { SiteParts } from '../../contract';
import type { EntityDeclaration } from '../manifest';
import { KVS } from '../limits';
import { checkKey, checkValue, expiry, optionsSchema, type SetOptions } from './checks';
import { Entities, entityQuerySchema } from './entities';
import { Items, type Item, type Space } from './items';
import { StorageRefusal } from './refusal';
import { transact, transactionSchema } from './transaction';

export interface ServiceAnswer {
  /** Undefined: an empty answer. */
  readonly body: unknown;
  /** How many items were read or written, and their bytes. */
  readonly items: number;
  readonly bytes: number;
}

const keyed = z.object({ key: z.optional(z.unknown()), entityName: z.optional(z.string()), options: optionsSchema });
const valued = z.object({ ...keyed.def.shape, value: z.optional(z.unknown()) });
const query = z.object({
  limit: z.optional(z.int()),
  after: z.optional(z.nullable(z.string())),
  where: z.optional(z.array(z.object({ property: z.string(), condition: z.string(), values: z.array(z.unknown()) }))),
});

/** Paths that change something; the rest reads. */
export const isWrite = (path: string): boolean => !/(^|\/)(get|query)$/.test(path);

/**
 * The storage service behind @forge/kvs: POST /api/v1/{get,set,delete,query}, the same under secret/ and entity/,
 * transaction, and batch/{get,set,delete}. Everything a call writes is in the database before it is answered.
 */
export class StorageService {
  readonly items: Items;
  readonly #entities: Entities;

  constructor(
    private readonly parts: SiteParts,
    declared: readonly EntityDeclaration[],
  ) {
    this.items = new Items(parts);
    this.#entities = new Entities(this.items, declared);
  }

  /** Throws StorageRefusal. `path` is what follows /api/v1/. */
  call(path: string, body: unknown): ServiceAnswer {
    return isWrite(path) ? this.parts.transaction(() => this.#call(path, body)) : this.#call(path, body);
  }

  #call(path: string, body: unknown): ServiceAnswer {
    switch (path) {
      case 'get':
      case 'secret/get':
      case 'entity/get':
        return this.#get(this.#space(path, body), parsed(keyed, body));
      case 'set':
      case 'secret/set':
      case 'entity/set':
        return this.#set(this.#space(path, body), parsed(valued, body));
      case 'delete':
      case 'secret/delete':
      case 'entity/delete': {
        this.items.remove(this.#space(path, body), checkKey(parsed(keyed, body).key));
        return { body: undefined, items: 1, bytes: 0 };
      }
      case 'query':
        return this.#query(parsed(query, body));
      case 'entity/query': {
        const { data, cursor } = this.#entities.query(parsed(entityQuerySchema, body));
        return listing(data, cursor);
      }
      case 'transaction':
        return transact(this.items, this.#entities, parsed(transactionSchema, body), this.#now());
      case 'batch/get':
      case 'batch/set':
      case 'batch/delete':
        return this.#batch(path.slice('batch/'.length), body);
      default:
        throw new StorageRefusal(404, 'NOT_FOUND', `The storage service has no ${path}.`);
    }
  }

  #space(path: string, body: unknown): Space {
    if (path.startsWith('secret/')) return 'secret';
    if (!path.startsWith('entity/')) return 'plain';
    const { entityName, value } = parsed(z.object({ entityName: z.string(), value: z.optional(z.unknown()) }), body);
    return this.#entities.check(entityName, value);
  }

  #get(space: Space, { key }: { readonly key?: unknown }): ServiceAnswer {
    const item = this.items.get(space, checkKey(key));
    if (item === undefined) throw new StorageRefusal(404, 'KEY_NOT_FOUND', 'Nothing is stored under this key.');
    return { body: rowOf(item), items: 1, bytes: Buffer.byteLength(item.json) };
  }

  #set(
    space: Space,
    request: { readonly key?: unknown; readonly value?: unknown; readonly options?: SetOptions },
  ): ServiceAnswer {
    const { options } = request;
    const key = checkKey(request.key);
    const json = checkValue(request.value, space === 'secret' ? KVS.secretBytes : KVS.valueBytes);
    const before = this.items.get(space, key);
    if (options?.keyPolicy === 'FAIL_IF_EXISTS') {
      if (options.returnValue !== undefined) {
        throw new StorageRefusal(400, 'INVALID_OPTIONS', 'returnValue cannot go with FAIL_IF_EXISTS.');
      }
      if (before !== undefined)
        throw new StorageRefusal(409, 'KEY_CONFLICT', 'There is a value under this key already.');
    }
    const after = this.items.put(space, key, json, expiry(options, this.#now()));
    const wanted = options?.returnValue === 'PREVIOUS' ? before : options?.returnValue === 'LATEST' ? after : undefined;
    return { body: wanted && rowOf(wanted), items: 1, bytes: Buffer.byteLength(json) };
  }

  #query({ limit = KVS.page.standard, after, where = [] }: z.infer<typeof query>): ServiceAnswer {
    if (limit < 1 || limit > KVS.page.most) {
      throw new StorageRefusal(400, 'LIST_QUERY_LIMIT_EXCEEDED', `1 to ${KVS.page.most} a page.`);
    }
    const [condition, ...others] = where;
    if (
      others.length > 0 ||
      (condition !== undefined && (condition.property !== 'key' || condition.condition !== 'BEGINS_WITH'))
    ) {
      throw new StorageRefusal(
        400,
        'INVALID_FILTER_CONDITION',
        'Plain keys are queried by beginsWith on the key alone.',
      );
    }
    const [prefix] = condition?.values ?? [''];
    if (typeof prefix !== 'string') throw new StorageRefusal(400, 'INVALID_FILTER_VALUES', 'A prefix is a text.');
    const start = typeof after === 'string' ? Buffer.from(after, 'base64url').toString() : '';
    const found = this.items.page('plain', prefix, start, limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return listing(
      page,
      found.length > limit && last !== undefined ? Buffer.from(last.key).toString('base64url') : undefined,
    );
  }

  /** Each item stands for itself: some may succeed while others are refused. */
  #batch(operation: string, body: unknown): ServiceAnswer {
    const requests = parsed(z.array(valued), body);
    if (requests.length === 0 || requests.length > KVS.batch) {
      throw new StorageRefusal(400, 'BATCH_SIZE', `A batch has 1 to ${KVS.batch} items.`);
    }
    const successfulKeys: unknown[] = [];
    const failedKeys: unknown[] = [];
    let bytes = 0;
    for (const { options, ...request } of requests) {
      const entity = request.entityName === undefined ? {} : { entityName: request.entityName };
      const path = request.entityName === undefined ? operation : `entity/${operation}`;
      try {
        const ttl = options?.ttl === undefined ? {} : { options: { ttl: options.ttl } };
        const answer = this.#call(path, { ...request, ...ttl });
        bytes += answer.bytes;
        successfulKeys.push(
          operation === 'get' ? { ...entity, ...Object(answer.body) } : { key: request.key, ...entity },
        );
      } catch (error) {
        if (!(error instanceof StorageRefusal)) throw error;
        failedKeys.push({ key: request.key, ...entity, error: { code: error.code, message: error.message } });
      }
    }
    return { body: { successfulKeys, failedKeys }, items: requests.length, bytes };
  }

  #now(): number {
    return this.parts.clock.now().getTime();
  }
}

function parsed<T extends z.ZodMiniType>(schema: T, body: unknown): z.infer<T> {
  const result = z.safeParse(schema, body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new StorageRefusal(400, 'INVALID_REQUEST', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'malformed'}`);
}

function listing(items: readonly Item[], cursor: string | undefined): ServiceAnswer {
  return {
    body: { data: items.map(rowOf), ...(cursor === undefined ? {} : { cursor }) },
    items: items.length,
    bytes: items.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0),
  };
}

const rowOf = ({ key, json, createdAt, updatedAt, expiresAt }: Item) => ({
  key,
  value: JSON.parse(json) as unknown,
  createdAt,
  updatedAt,
  ...(expiresAt === null ? {} : { expireTime: expiresAt }),
});
