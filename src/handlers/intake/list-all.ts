import type { Store } from '../../ports/ports';

export interface StoredItem {
  readonly key: string;
  readonly value: unknown;
}

/** Every item with the prefix, over all pages. Eventually consistent, like the query behind it. */
export async function listAll(store: Pick<Store, 'list'>, prefix: string): Promise<readonly StoredItem[]> {
  const items: StoredItem[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list(prefix, cursor);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}
