import type { SiteParts } from '../../contract';
import { Statements, type Row } from '../../database';
import { QUERY_LAG_MILLIS } from '../limits';

/** `plain`, `secret` or `entity:<name>`. Secrets and entities are apart from plain keys of the same name. */
export type Space = string;

export interface Item {
  readonly key: string;
  /** The value as JSON text. */
  readonly json: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Site time in milliseconds, or null when it does not expire. */
  readonly expiresAt: number | null;
}

const TABLES = `
CREATE TABLE IF NOT EXISTS kvs_items (
  space TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, expires_at INTEGER,
  PRIMARY KEY (space, key)
);
CREATE TABLE IF NOT EXISTS kvs_lag (
  id INTEGER PRIMARY KEY, space TEXT NOT NULL, key TEXT NOT NULL, json_before TEXT,
  visible_at INTEGER NOT NULL, visible_real INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS kvs_lag_by_key ON kvs_lag (space, key);
`;

/**
 * The stored items. Reading by key is strict; `page`, which queries use, shows a write only after a lag, by what the
 * key held before it. Forge: "Key-Value Store", consistency. Expired items are gone at once (Forge may keep them
 * readable for up to 48 hours, so nothing may rely on either).
 */
export class Items {
  readonly #sql: Statements;

  constructor(private readonly parts: SiteParts) {
    parts.database.exec(TABLES);
    this.#sql = new Statements(parts.database);
  }

  get(space: Space, key: string): Item | undefined {
    const row = this.#sql.one(
      'SELECT * FROM kvs_items WHERE space = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)',
      space,
      key,
      this.#now(),
    );
    return row === undefined ? undefined : itemOf(row);
  }

  /** Writes, keeping the creation time of an item that is there. `lagging` is false for writes from outside the app. */
  put(space: Space, key: string, json: string, expiresAt: number | null, lagging = true): Item {
    const before = this.get(space, key);
    const now = this.#now();
    const createdAt = before?.createdAt ?? now;
    this.#remember(space, key, before, lagging);
    this.#sql.run(
      `INSERT INTO kvs_items (space, key, json, created_at, updated_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (space, key) DO UPDATE SET json = excluded.json, created_at = excluded.created_at,
         updated_at = excluded.updated_at, expires_at = excluded.expires_at`,
      space,
      key,
      json,
      createdAt,
      now,
      expiresAt,
    );
    return { key, json, createdAt, updatedAt: now, expiresAt };
  }

  /** False when there was nothing. */
  remove(space: Space, key: string, lagging = true): boolean {
    const before = this.get(space, key);
    this.#remember(space, key, before, lagging);
    this.#sql.run('DELETE FROM kvs_items WHERE space = ? AND key = ?', space, key);
    return before !== undefined;
  }

  /** As a query sees it: keys with the prefix, in the order of their bytes, after `after`. */
  page(space: Space, prefix: string, after: string, limit: number): readonly Item[] {
    this.#forgetVisible();
    // Keys are ASCII, so this is above every key with the prefix.
    const end = `${prefix}\u{10ffff}`;
    const rows = this.#sql.all(
      `WITH asked (space, after, first, past, now) AS (VALUES (?, ?, ?, ?, ?)),
         stale AS (
           SELECT key, json_before FROM kvs_lag WHERE id IN
             (SELECT min(id) FROM kvs_lag, asked WHERE kvs_lag.space = asked.space GROUP BY key))
       SELECT key, json, created_at, updated_at, expires_at FROM kvs_items, asked
         WHERE kvs_items.space = asked.space AND key > after AND key >= first AND key < past
           AND (expires_at IS NULL OR expires_at > now) AND key NOT IN (SELECT key FROM stale)
       UNION ALL
       SELECT key, json_before, 0, 0, NULL FROM stale, asked
         WHERE json_before IS NOT NULL AND key > after AND key >= first AND key < past
       ORDER BY key LIMIT ?`,
      space,
      after,
      prefix,
      end,
      this.#now(),
      limit,
    );
    return rows.map(itemOf);
  }

  /** Strict, for looking at the storage from outside. */
  raw(prefix: string): readonly { readonly space: Space; readonly item: Item }[] {
    return this.#sql
      .all(
        `SELECT * FROM kvs_items WHERE space <> 'secret' AND (expires_at IS NULL OR expires_at > ?) ORDER BY space, key`,
        this.#now(),
      )
      .map((row) => ({ space: String(row['space']), item: itemOf(row) }))
      .filter(({ space, item }) => outsideKey(space, item.key).startsWith(prefix));
  }

  /** Makes every write visible to queries, as after a long enough wait. */
  settle(): void {
    this.parts.database.exec('DELETE FROM kvs_lag');
  }

  /** Keeps what queries go on seeing. Both clocks count, so that moving the site's back hides nothing for long. */
  #remember(space: Space, key: string, before: Item | undefined, lagging: boolean): void {
    if (!lagging) {
      this.#sql.run('DELETE FROM kvs_lag WHERE space = ? AND key = ?', space, key);
      return;
    }
    this.#forgetVisible();
    this.#sql.run(
      'INSERT INTO kvs_lag (space, key, json_before, visible_at, visible_real) VALUES (?, ?, ?, ?, ?)',
      space,
      key,
      before?.json ?? null,
      this.#now() + QUERY_LAG_MILLIS,
      Date.now() + QUERY_LAG_MILLIS,
    );
  }

  #forgetVisible(): void {
    this.#sql.run('DELETE FROM kvs_lag WHERE visible_at <= ? OR visible_real <= ?', this.#now(), Date.now());
  }

  #now(): number {
    return this.parts.clock.now().getTime();
  }
}

/** How an item is named outside: entities as `entity/<name>/<key>`. */
export const outsideKey = (space: Space, key: string): string =>
  space.startsWith('entity:') ? `entity/${space.slice('entity:'.length)}/${key}` : key;

/** The reverse of `outsideKey`. */
export function insideKey(outside: string): { readonly space: Space; readonly key: string } {
  const [, name, key] = /^entity\/([^/]+)\/([^]+)$/.exec(outside) ?? [];
  return name === undefined || key === undefined ? { space: 'plain', key: outside } : { space: `entity:${name}`, key };
}

function itemOf(row: Row): Item {
  return {
    key: String(row['key']),
    json: String(row['json']),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    expiresAt: row['expires_at'] === null ? null : Number(row['expires_at']),
  };
}
