import { integer, json, text, type Row, type Statements } from '../database';
import type { SiteClock } from '../contract';

export interface AuditRecord {
  readonly id: number;
  readonly author: string;
  readonly created: string;
  readonly summary: string;
  readonly category: string;
  readonly object: AuditObject;
  readonly changes: readonly AuditChange[];
}

/** What was changed. */
export interface AuditObject {
  readonly id: string;
  readonly name: string;
  /** Jira's word for it: `CUSTOM_FIELD`, `GROUP`, `WORKFLOW`, … */
  readonly type: string;
}

export type AuditChange = readonly [field: string, from: string, to: string];

/** Jira's audit log: what administrators changed in the configuration. */
export class Audit {
  constructor(
    private readonly sql: Statements,
    private readonly clock: SiteClock,
  ) {}

  /** Call it in the transaction of the change. Values that did not change are left out. */
  record(
    { accountId }: { readonly accountId: string },
    summary: string,
    category: string,
    object: AuditObject,
    changes: readonly AuditChange[] = [],
  ): void {
    const changed = changes.filter(([, from, to]) => from !== to);
    this.sql.run(
      'INSERT INTO jira_audit (author, created, summary, category, object, changes) VALUES (?, ?, ?, ?, ?, ?)',
      accountId,
      this.clock.now().toISOString(),
      summary,
      category,
      JSON.stringify(object),
      JSON.stringify(changed),
    );
  }

  /** Newest first. */
  all(): readonly AuditRecord[] {
    return this.sql.all('SELECT * FROM jira_audit ORDER BY id DESC').map(recordOf);
  }
}

const recordOf = (row: Row): AuditRecord => ({
  id: integer(row, 'id'),
  author: text(row, 'author'),
  created: text(row, 'created'),
  summary: text(row, 'summary'),
  category: text(row, 'category'),
  // Only `record` writes these columns.
  object: json(row, 'object') as AuditObject,
  changes: json(row, 'changes') as readonly AuditChange[],
});
