import type { SiteParts } from '../../contract';
import { integer, Statements, text, textOrNull, type Row } from '../../database';

export type DeliveryKind = 'event' | 'post-function' | 'job' | 'scheduled';

export interface RetryNote {
  readonly reason: string;
  readonly data?: unknown;
}

/** One delivery that is owed: kept until the function has returned, so it is made at least once. */
export interface Delivery {
  readonly id: number;
  readonly kind: DeliveryKind;
  readonly moduleKey: string;
  readonly functionKey: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Site time, milliseconds. */
  readonly dueAt: number;
  readonly bornAt: number;
  /** Waiting that drain skipped, so that 24 hours of retries end although the clock stood still. */
  readonly skipped: number;
  /** 0 for the first. */
  readonly attempt: number;
  readonly retry: RetryNote | null;
  readonly jobId: string | null;
  readonly concurrency: { readonly key: string; readonly limit: number } | null;
  readonly isCopy: boolean;
}

export type NewDelivery = Omit<Delivery, 'id' | 'bornAt' | 'skipped' | 'attempt' | 'retry'>;

const TABLES = `
CREATE TABLE IF NOT EXISTS forge_deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, module_key TEXT NOT NULL, function_key TEXT NOT NULL,
  payload TEXT NOT NULL, due_at INTEGER NOT NULL, born_at INTEGER NOT NULL, skipped INTEGER NOT NULL DEFAULT 0,
  attempt INTEGER NOT NULL DEFAULT 0, retry TEXT, job_id TEXT, concurrency TEXT, is_copy INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending', error TEXT
);
CREATE INDEX IF NOT EXISTS forge_deliveries_due ON forge_deliveries (state, due_at);
CREATE TABLE IF NOT EXISTS forge_jobs (
  job_id TEXT PRIMARY KEY, success INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS forge_schedule (module_key TEXT PRIMARY KEY, next_at INTEGER NOT NULL);
`;

export class DeliveryRows {
  readonly #sql: Statements;

  constructor(private readonly parts: SiteParts) {
    parts.database.exec(TABLES);
    this.#sql = new Statements(parts.database);
  }

  add(row: NewDelivery): void {
    this.#sql.run(
      `INSERT INTO forge_deliveries (kind, module_key, function_key, payload, due_at, born_at, job_id, concurrency, is_copy)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      row.kind,
      row.moduleKey,
      row.functionKey,
      JSON.stringify(row.payload),
      Math.round(row.dueAt),
      this.now(),
      row.jobId,
      row.concurrency === null ? null : JSON.stringify(row.concurrency),
      row.isCopy ? 1 : 0,
    );
  }

  /** The first rows by due time; only those that are due, unless `skipWaiting`. */
  next(skipWaiting: boolean, except: readonly number[], limit: number): readonly Delivery[] {
    const until = skipWaiting ? Number.MAX_SAFE_INTEGER : this.now();
    return this.#sql
      .all(
        `SELECT * FROM forge_deliveries WHERE state = 'pending' AND due_at <= ?
           AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY due_at, id LIMIT ?`,
        until,
        JSON.stringify(except),
        limit,
      )
      .map(deliveryOf);
  }

  counts(): { readonly pending: number; readonly dead: number } {
    const count = (state: string): number => {
      const row = this.#sql.one('SELECT count(*) AS n FROM forge_deliveries WHERE state = ?', state);
      return row === undefined ? 0 : integer(row, 'n');
    };
    return { pending: count('pending'), dead: count('dead') };
  }

  /** The dead, for whoever asks why: what they were and how their last attempt ended. */
  dead(): readonly {
    readonly kind: string;
    readonly function: string;
    readonly attempts: number;
    readonly error: string;
  }[] {
    return this.#sql.all(`SELECT * FROM forge_deliveries WHERE state = 'dead' ORDER BY id LIMIT 100`).map((row) => ({
      kind: text(row, 'kind'),
      function: text(row, 'function_key'),
      attempts: integer(row, 'attempt') + 1,
      error: textOrNull(row, 'error') ?? '',
    }));
  }

  delivered({ id, jobId, isCopy }: Delivery): void {
    this.parts.transaction(() => {
      this.#sql.run('DELETE FROM forge_deliveries WHERE id = ?', id);
      if (jobId !== null && !isCopy)
        this.#sql.run('UPDATE forge_jobs SET success = success + 1 WHERE job_id = ?', jobId);
    });
  }

  again({ id }: Delivery, dueAt: number, skipped: number, note: RetryNote): void {
    this.#sql.run(
      'UPDATE forge_deliveries SET attempt = attempt + 1, due_at = ?, skipped = ?, retry = ? WHERE id = ?',
      Math.round(dueAt),
      Math.round(skipped),
      JSON.stringify(note),
      id,
    );
  }

  /** Given up, and kept. */
  bury({ id, jobId, isCopy }: Delivery, error: string): void {
    this.parts.transaction(() => {
      this.#sql.run(`UPDATE forge_deliveries SET state = 'dead', error = ? WHERE id = ?`, error, id);
      if (jobId !== null && !isCopy) this.#sql.run('UPDATE forge_jobs SET failed = failed + 1 WHERE job_id = ?', jobId);
    });
  }

  addJob(jobId: string): void {
    this.#sql.run('INSERT OR IGNORE INTO forge_jobs (job_id) VALUES (?)', jobId);
  }

  jobStats(
    jobId: string,
  ): { readonly success: number; readonly inProgress: number; readonly failed: number } | undefined {
    const job = this.#sql.one('SELECT * FROM forge_jobs WHERE job_id = ?', jobId);
    const open = this.#sql.one(
      `SELECT count(*) AS n FROM forge_deliveries WHERE job_id = ? AND state = 'pending' AND is_copy = 0`,
      jobId,
    );
    if (job === undefined || open === undefined) return undefined;
    return { success: integer(job, 'success'), inProgress: integer(open, 'n'), failed: integer(job, 'failed') };
  }

  cancelJob(jobId: string): void {
    this.#sql.run(`DELETE FROM forge_deliveries WHERE job_id = ? AND state = 'pending'`, jobId);
  }

  isPending(moduleKey: string): boolean {
    const row = this.#sql.one(
      `SELECT 1 FROM forge_deliveries WHERE module_key = ? AND kind = 'scheduled' AND state = 'pending'`,
      moduleKey,
    );
    return row !== undefined;
  }

  scheduledFor(moduleKey: string): number | undefined {
    const row = this.#sql.one('SELECT next_at FROM forge_schedule WHERE module_key = ?', moduleKey);
    return row === undefined ? undefined : integer(row, 'next_at');
  }

  schedule(moduleKey: string, at: number): void {
    this.#sql.run(
      'INSERT INTO forge_schedule VALUES (?, ?) ON CONFLICT (module_key) DO UPDATE SET next_at = excluded.next_at',
      moduleKey,
      Math.round(at),
    );
  }

  /** A clock that is put back takes what is owed along: the waiting that is left stays the same. */
  shift(by: number): void {
    const millis = Math.round(by);
    this.#sql.run(
      `UPDATE forge_deliveries SET due_at = due_at + ?, born_at = born_at + ? WHERE state = 'pending'`,
      millis,
      millis,
    );
    this.#sql.run('UPDATE forge_schedule SET next_at = next_at + ?', millis);
  }

  now(): number {
    return this.parts.clock.now().getTime();
  }
}

function deliveryOf(row: Row): Delivery {
  const retry = textOrNull(row, 'retry');
  const concurrency = textOrNull(row, 'concurrency');
  return {
    id: integer(row, 'id'),
    kind: text(row, 'kind') as DeliveryKind,
    moduleKey: text(row, 'module_key'),
    functionKey: text(row, 'function_key'),
    payload: JSON.parse(text(row, 'payload')) as Readonly<Record<string, unknown>>,
    dueAt: integer(row, 'due_at'),
    bornAt: integer(row, 'born_at'),
    skipped: integer(row, 'skipped'),
    attempt: integer(row, 'attempt'),
    retry: retry === null ? null : (JSON.parse(retry) as RetryNote),
    jobId: textOrNull(row, 'job_id'),
    concurrency: concurrency === null ? null : (JSON.parse(concurrency) as { key: string; limit: number }),
    isCopy: integer(row, 'is_copy') === 1,
  };
}
