import { integer, json, text, type Row, type Statements } from '../database';
import type { Sequence } from './sequence';

/**
 * One changed field, as Jira's changelog has it. `from` and `to` are ids (of an option, a status, an account) or null for
 * text, whose words are in `fromString` and `toString`. Jira adds the `tmp…` ids to assignee and reporter.
 */
export interface ChangeItem {
  readonly field: string;
  readonly fieldtype: 'jira' | 'custom';
  readonly fieldId: string;
  readonly from: string | null;
  readonly fromString: string | null;
  readonly to: string | null;
  readonly toString: string | null;
  readonly tmpFromAccountId?: string | null;
  readonly tmpToAccountId?: string | null;
}

export interface HistoryRecord {
  /** A decimal that grows with time over the whole site. */
  readonly id: string;
  readonly issueId: string;
  readonly author: string;
  readonly created: string;
  readonly items: readonly ChangeItem[];
}

/** The changelog: only ever appended to, and gone with its issue. */
export class Histories {
  constructor(
    private readonly sql: Statements,
    private readonly sequence: Sequence,
  ) {}

  append(entry: Omit<HistoryRecord, 'id'>): HistoryRecord {
    const id = this.sequence.next('history');
    this.sql.run(
      'INSERT INTO jira_history VALUES (?, ?, ?, ?, ?)',
      Number(id),
      entry.issueId,
      entry.author,
      entry.created,
      JSON.stringify(entry.items),
    );
    return { ...entry, id };
  }

  count(issueId: string): number {
    const row = this.sql.one('SELECT COUNT(*) AS entries FROM jira_history WHERE issue_id = ?', issueId);
    return row === undefined ? 0 : integer(row, 'entries');
  }

  page(issueId: string, order: 'oldest-first' | 'newest-first', startAt = 0, limit = -1): readonly HistoryRecord[] {
    const direction = order === 'oldest-first' ? 'ASC' : 'DESC';
    return this.sql
      .all(
        `SELECT * FROM jira_history WHERE issue_id = ? ORDER BY id ${direction} LIMIT ? OFFSET ?`,
        issueId,
        limit,
        startAt,
      )
      .map(historyOf);
  }

  remove(issueId: string): void {
    this.sql.run('DELETE FROM jira_history WHERE issue_id = ?', issueId);
  }
}

const historyOf = (row: Row): HistoryRecord => ({
  id: String(integer(row, 'id')),
  issueId: text(row, 'issue_id'),
  author: text(row, 'author'),
  created: text(row, 'created'),
  items: itemsOf(json(row, 'items')),
});

/** Only `append` writes the column, from `ChangeItem`s. */
function itemsOf(stored: unknown): readonly ChangeItem[] {
  if (!Array.isArray(stored)) throw new TypeError('A changelog entry holds no items');
  return stored.filter(isItem);
}

const isItem = (value: unknown): value is ChangeItem =>
  typeof value === 'object' && value !== null && 'fieldId' in value && typeof value.fieldId === 'string';
