import * as z from 'zod/mini';
import type { EntityDeclaration } from '../manifest';
import { KVS } from '../limits';
import { attribute, filtersSchema, holds, meets, order } from './checks';
import { StorageRefusal } from './refusal';
import type { Item, Items } from './items';

export const entityQuerySchema = z.object({
  entityName: z.string(),
  indexName: z.string(),
  partition: z.optional(z.array(z.unknown())),
  range: z.optional(z.object({ condition: z.string(), values: z.array(z.unknown()) })),
  filters: z.optional(filtersSchema),
  sort: z.optional(z.enum(['ASC', 'DESC'])),
  cursor: z.optional(z.string()),
  limit: z.optional(z.int()),
});
export type EntityQuery = z.infer<typeof entityQuerySchema>;

interface Index {
  /** The attribute that orders the index; undefined for the key itself. */
  readonly range: string | undefined;
  readonly partition: readonly string[];
}

/** Custom entities as the manifest declares them; Forge "Custom entities". */
export class Entities {
  constructor(
    private readonly items: Items,
    private readonly declared: readonly EntityDeclaration[],
  ) {}

  /** Refuses an entity that the manifest does not declare, and values whose attributes have another type. */
  check(name: string, value?: unknown): string {
    const entity = this.#declaration(name);
    for (const [attributeName, { type }] of Object.entries(value === undefined ? {} : entity.attributes)) {
      const actual = attribute(value, attributeName);
      if (actual !== undefined && !hasType(actual, type)) {
        throw new StorageRefusal(400, 'INVALID_ENTITY_VALUE', `${name}.${attributeName} is declared as ${type}.`);
      }
    }
    return `entity:${name}`;
  }

  query(query: EntityQuery): { readonly data: readonly Item[]; readonly cursor?: string } {
    const entity = this.#declaration(query.entityName);
    const index = indexOf(entity, query.indexName);
    const limit = query.limit ?? KVS.page.standard;
    if (limit < 1 || limit > KVS.page.most) {
      throw new StorageRefusal(400, 'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE', `1 to ${KVS.page.most} a page.`);
    }
    const matching = this.items
      .page(`entity:${query.entityName}`, '', '', Number.MAX_SAFE_INTEGER)
      .map((item) => ({ item, value: JSON.parse(item.json) as unknown }))
      .filter(({ item, value }) => selects(query, index, item.key, value))
      .sort(
        (a, b) =>
          order(positionOf(index, a.item.key, a.value), positionOf(index, b.item.key, b.value)) ||
          order(a.item.key, b.item.key),
      );
    if (query.sort === 'DESC') matching.reverse();
    const last = query.cursor === undefined ? '' : Buffer.from(query.cursor, 'base64url').toString();
    const start = query.cursor === undefined ? 0 : matching.findIndex(({ item }) => item.key === last) + 1;
    const data = matching.slice(start, start + limit).map(({ item }) => item);
    const end = data.at(-1);
    const more = start + limit < matching.length && end !== undefined;
    return { data, ...(more ? { cursor: Buffer.from(end.key).toString('base64url') } : {}) };
  }

  #declaration(name: string): EntityDeclaration {
    const entity = this.declared.find((one) => one.name === name);
    if (entity === undefined)
      throw new StorageRefusal(400, 'INVALID_ENTITY_NAME', `The manifest declares no entity ${name}.`);
    return entity;
  }
}

function indexOf(entity: EntityDeclaration, name: string): Index {
  if (name === 'by-key') return { range: undefined, partition: [] };
  for (const index of entity.indexes ?? []) {
    if (index === name) return { range: name, partition: [] };
    if (typeof index !== 'string' && index.name === name) {
      return { range: index.range[0], partition: index.partition ?? [] };
    }
  }
  throw new StorageRefusal(400, 'INVALID_ENTITY_INDEX', `The manifest declares no index ${name} of ${entity.name}.`);
}

const positionOf = (index: Index, key: string, value: unknown): unknown =>
  index.range === undefined ? key : attribute(value, index.range);

function selects(query: EntityQuery, index: Index, key: string, value: unknown): boolean {
  if (index.partition.length !== (query.partition ?? []).length) {
    throw new StorageRefusal(
      400,
      'INVALID_ENTITY_PARTITION',
      'A value for every attribute of the partition is needed.',
    );
  }
  const inPartition = index.partition.every((name, i) => attribute(value, name) === query.partition?.[i]);
  const position = positionOf(index, key, value);
  // An item without the attribute is not in the index.
  if (!inPartition || position === undefined) return false;
  if (query.range !== undefined && !holds(position, query.range)) return false;
  return query.filters === undefined || meets(value, query.filters);
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'any') return true;
  if (type === 'integer') return Number.isInteger(value) && Math.abs(Number(value)) <= 2 ** 31;
  return typeof value === (type === 'float' ? 'number' : type);
}
