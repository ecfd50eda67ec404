import { integer, text, type Row, type Statements } from '../database';
import type { Sequence } from './sequence';

export interface OptionRecord {
  readonly id: string;
  readonly fieldId: string;
  readonly contextId: string;
  readonly value: string;
  /** Kept by the issues that hold it, and offered to no others. */
  readonly disabled: boolean;
}

/** The options of select fields, each in one context of its field. */
export class Options {
  constructor(
    private readonly sql: Statements,
    private readonly sequence: Sequence,
  ) {}

  /** Of all contexts of a field. */
  ofField(fieldId: string): readonly OptionRecord[] {
    return this.sql.all('SELECT * FROM jira_option WHERE field_id = ? ORDER BY position', fieldId).map(optionOf);
  }

  ofContext(contextId: string): readonly OptionRecord[] {
    return this.sql.all('SELECT * FROM jira_option WHERE context_id = ? ORDER BY position', contextId).map(optionOf);
  }

  find(id: string): OptionRecord | undefined {
    const row = this.sql.one('SELECT * FROM jira_option WHERE id = ?', id);
    return row && optionOf(row);
  }

  add(option: Omit<OptionRecord, 'id'>): OptionRecord {
    const id = this.sequence.next('option');
    const { fieldId, contextId, value, disabled } = option;
    this.sql.run(
      `INSERT INTO jira_option (id, field_id, context_id, value, disabled, position)
       VALUES (?, ?, ?, ?, ?, (SELECT COALESCE(MAX(position) + 1, 0) FROM jira_option WHERE field_id = ?))`,
      id,
      fieldId,
      contextId,
      value,
      disabled ? 1 : 0,
      fieldId,
    );
    return { ...option, id };
  }

  replace({ id, value, disabled }: OptionRecord): void {
    this.sql.run('UPDATE jira_option SET value = ?, disabled = ? WHERE id = ?', value, disabled ? 1 : 0, id);
  }

  remove(id: string): void {
    this.sql.run('DELETE FROM jira_option WHERE id = ?', id);
  }

  /** Gives the options of one context this order. */
  order(inOrder: readonly string[]): void {
    for (const [position, id] of inOrder.entries())
      this.sql.run('UPDATE jira_option SET position = ? WHERE id = ?', position, id);
  }
}

const optionOf = (row: Row): OptionRecord => ({
  id: text(row, 'id'),
  fieldId: text(row, 'field_id'),
  contextId: text(row, 'context_id'),
  value: text(row, 'value'),
  disabled: integer(row, 'disabled') === 1,
});
