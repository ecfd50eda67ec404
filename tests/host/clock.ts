import type { DatabaseSync } from 'node:sqlite';
import type { SiteClock } from './contract';
import { integer } from './database';

/**
 * The site's clock: the machine's clock plus an offset kept in the database, so that it ticks on from where it was put,
 * also across a restart. `machine` is the machine's clock in milliseconds; tests hand in their own.
 */
export function openClock(database: DatabaseSync, machine: () => number = Date.now): SiteClock {
  database.exec(
    'CREATE TABLE IF NOT EXISTS site_clock (id INTEGER PRIMARY KEY CHECK (id = 1), offset_ms INTEGER NOT NULL)',
  );
  const row = database.prepare('SELECT offset_ms FROM site_clock WHERE id = 1').get();
  let offset = row === undefined ? 0 : integer(row, 'offset_ms');
  const keep = database.prepare(
    'INSERT INTO site_clock (id, offset_ms) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET offset_ms = excluded.offset_ms',
  );
  return {
    now: () => new Date(machine() + offset),
    set(now) {
      if (Number.isNaN(now.getTime())) throw new RangeError('The clock can only be put to a real instant');
      const next = now.getTime() - machine();
      keep.run(Math.round(next));
      offset = Math.round(next);
    },
    offset: () => offset,
  };
}
