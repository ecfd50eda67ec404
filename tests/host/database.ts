import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** The version of everything the site keeps in its data folder. A folder of a newer version is refused, never guessed at. */
export const SITE_VERSION = 1;

/** The data folder cannot be used; the message is one line that says why and is fit for the person who started the site. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

export interface SiteDatabase {
  readonly database: DatabaseSync;
  /** True when this call made the folder's database: seeding and `--now` apply then, and only then. */
  readonly isNew: boolean;
  /**
   * Runs `work` in one transaction and returns its value; a throw undoes everything it wrote. A nested call joins the
   * outer transaction; its own throw undoes its own writes alone. Synchronous: nothing else runs in between.
   */
  readonly transaction: <T>(work: () => T) => T;
  readonly close: () => void;
}

/**
 * Opens the site's one database in `folder`, made when it is not there; ':memory:' keeps nothing. Each part of the site
 * creates its own tables under its own prefix (`jira_`, `forge_`, …) with `CREATE TABLE IF NOT EXISTS`.
 *
 * Write-ahead log with `synchronous=NORMAL`: a committed transaction survives the death of the process (`kill -9`), which
 * is what the site promises; the death of the machine may lose the last ones (https://www.sqlite.org/wal.html, section 1).
 *
 * @throws DataFolderError when the folder cannot be read or written, or is of a newer version.
 */
export function openDatabase(folder: string): SiteDatabase {
  const database = openFile(folder);
  const version = readVersion(database, folder);
  if (version > SITE_VERSION) {
    database.close();
    throw new DataFolderError(
      `The data folder ${folder} is of version ${version}; this site knows versions up to ${SITE_VERSION}. Start the newer site, or choose another folder with --data.`,
    );
  }
  if (version === 0) database.exec(`PRAGMA user_version = ${SITE_VERSION}`);
  return { database, isNew: version === 0, transaction: transactions(database), close: () => database.close() };
}

function openFile(folder: string): DatabaseSync {
  try {
    if (folder !== ':memory:') mkdirSync(folder, { recursive: true });
    const database = new DatabaseSync(folder === ':memory:' ? folder : join(folder, 'site.sqlite'));
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 2000',
    );
    return database;
  } catch (cause) {
    throw new DataFolderError(`The data folder ${folder} cannot be used: ${reason(cause)}`, { cause });
  }
}

function readVersion(database: DatabaseSync, folder: string): number {
  try {
    const row = database.prepare('PRAGMA user_version').get();
    return row === undefined ? 0 : integer(row, 'user_version');
  } catch (cause) {
    throw new DataFolderError(`The data folder ${folder} cannot be read: ${reason(cause)}`, { cause });
  }
}

function reason(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? cause.name) : String(cause);
}

function transactions(database: DatabaseSync): SiteDatabase['transaction'] {
  let depth = 0;
  return <T>(work: () => T): T => {
    const name = `nested_${depth}`;
    database.exec(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`);
    depth += 1;
    try {
      const value = work();
      depth -= 1;
      database.exec(depth === 0 ? 'COMMIT' : `RELEASE ${name}`);
      return value;
    } catch (error) {
      if (database.isTransaction) {
        depth = name === 'nested_0' ? 0 : Number(name.slice('nested_'.length));
        database.exec(depth === 0 ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`);
      } else {
        depth = 0;
      }
      throw error;
    }
  };
}

/** A row as SQLite answers it. */
export type Row = Readonly<Record<string, unknown>>;

/** The text in a column; a row that has none there is a defect of the site and throws. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`Column ${column} holds no text`);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`Column ${column} holds no number`);
  return value;
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new TypeError(`Column ${column} holds no bytes`);
  return value;
}

/** The JSON kept in a text column. */
export function json(row: Row, column: string): unknown {
  return JSON.parse(text(row, column));
}

/** What may be bound to a statement. */
export type Bound = string | number | null | Uint8Array;

/** Statements over one database, prepared once each. Answers are plain rows; read them with `text`, `integer`, … */
export class Statements {
  readonly #prepared = new Map<string, StatementSync>();

  constructor(private readonly database: DatabaseSync) {}

  one(sql: string, ...values: readonly Bound[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, ...values: readonly Bound[]): readonly Row[] {
    return this.#prepare(sql).all(...values);
  }

  /** How many rows it changed. */
  run(sql: string, ...values: readonly Bound[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  #prepare(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}
