import type { DatabaseSync } from 'node:sqlite';

/** `making` until the site has been ready once: a start that is cut short before begins again from nothing. */
export type MakingState = 'none' | 'making' | 'made';

/** How far a site is, kept in its database. */
export class SiteState {
  constructor(private readonly database: DatabaseSync) {
    database.exec(
      'CREATE TABLE IF NOT EXISTS site_state (id INTEGER PRIMARY KEY CHECK (id = 1), making TEXT NOT NULL)',
    );
  }

  get(): MakingState {
    const row = this.database.prepare('SELECT making FROM site_state WHERE id = 1').get();
    return row === undefined ? 'none' : row['making'] === 'made' ? 'made' : 'making';
  }

  set(state: 'making' | 'made'): void {
    this.database
      .prepare('INSERT INTO site_state VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET making = excluded.making')
      .run(state);
  }
}
