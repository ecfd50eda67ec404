import { integer, text, textOrNull, type Row, type Statements } from '../database';
import type { Sequence } from './sequence';

/**
 * What a field holds, and so how it is read and written. `app` is a custom field of an installed app whose value is kept
 * as given; `system` is one that Jira itself keeps and nobody sets.
 */
export const FIELD_KINDS = [
  'line',
  'paragraph',
  'select',
  'multi-select',
  'user',
  'date-time',
  'labels',
  'priority',
  'app',
  'system',
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

export interface FieldRecord {
  readonly id: string;
  /** The id again, or `<appId>__LOCAL__<moduleKey>` for a field of an app. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly kind: FieldKind;
  /** Only the owning app writes it. */
  readonly readOnly: boolean;
  readonly moduleKey: string | null;
}

export interface OptionRecord {
  readonly id: string;
  readonly fieldId: string;
  readonly value: string;
}

export interface ScreenRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export type ScreenOperation = 'create' | 'edit' | 'view';

/** Fields, their options, and the screens that decide which fields a call may set. */
export class Fields {
  constructor(
    private readonly sql: Statements,
    private readonly sequence: Sequence,
  ) {}

  all(): readonly FieldRecord[] {
    return this.sql.all('SELECT * FROM jira_field ORDER BY position').map(fieldOf);
  }

  /** By id or by the key of an app's field. */
  find(idOrKey: string): FieldRecord | undefined {
    const row = this.sql.one('SELECT * FROM jira_field WHERE id = ? OR key = ?', idOrKey, idOrKey);
    return row && fieldOf(row);
  }

  named(name: string): FieldRecord | undefined {
    return this.all().find((field) => field.name === name);
  }

  addSystem(field: { readonly id: string; readonly name: string; readonly kind: FieldKind }): void {
    this.#insert({ ...field, key: field.id, description: '', readOnly: field.kind === 'system', moduleKey: null });
  }

  createCustom(field: { readonly name: string; readonly description: string; readonly kind: FieldKind }): FieldRecord {
    const known = this.named(field.name);
    if (known !== undefined) return known;
    const id = `customfield_${this.sequence.next('field')}`;
    return this.#insert({ ...field, id, key: id, readOnly: false, moduleKey: null });
  }

  /** A field that an installed app brings; its id is given on installation and kept ever after. */
  createOfApp(field: {
    readonly key: string;
    readonly moduleKey: string;
    readonly name: string;
    readonly description: string;
    readonly readOnly: boolean;
  }): FieldRecord {
    return (
      this.find(field.key) ?? this.#insert({ ...field, id: `customfield_${this.sequence.next('field')}`, kind: 'app' })
    );
  }

  #insert(field: FieldRecord): FieldRecord {
    this.sql.run(
      'INSERT OR IGNORE INTO jira_field VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT COUNT(*) FROM jira_field))',
      field.id,
      field.key,
      field.name,
      field.description,
      field.kind,
      field.readOnly ? 1 : 0,
      field.moduleKey,
    );
    return field;
  }

  options(fieldId: string): readonly OptionRecord[] {
    return this.sql.all('SELECT * FROM jira_option WHERE field_id = ? ORDER BY position', fieldId).map(optionOf);
  }

  option(id: string): OptionRecord | undefined {
    const row = this.sql.one('SELECT * FROM jira_option WHERE id = ?', id);
    return row && optionOf(row);
  }

  addOption(fieldId: string, value: string): OptionRecord {
    const options = this.options(fieldId);
    const known = options.find((option) => option.value === value);
    if (known !== undefined) return known;
    const id = this.sequence.next('option');
    this.sql.run('INSERT INTO jira_option VALUES (?, ?, ?, ?)', id, fieldId, value, options.length);
    return { id, fieldId, value };
  }

  screens(): readonly ScreenRecord[] {
    return this.sql.all('SELECT * FROM jira_screen ORDER BY CAST(id AS INTEGER)').map(screenOf);
  }

  screen(id: string): ScreenRecord | undefined {
    return this.screens().find((screen) => screen.id === id);
  }

  screenNamed(name: string): ScreenRecord | undefined {
    return this.screens().find((screen) => screen.name === name);
  }

  createScreen(name: string, description: string, fieldIds: readonly string[]): ScreenRecord {
    const known = this.screenNamed(name);
    if (known !== undefined) return known;
    const id = this.sequence.next('screen');
    this.sql.run('INSERT INTO jira_screen VALUES (?, ?, ?)', id, name, description);
    for (const fieldId of fieldIds) this.addToScreen(id, fieldId);
    return { id, name, description };
  }

  addToScreen(screenId: string, fieldId: string): void {
    const position = this.screenFields(screenId).length;
    this.sql.run('INSERT OR IGNORE INTO jira_screen_field VALUES (?, ?, ?)', screenId, fieldId, position);
  }

  /** Ids of the fields on a screen, in the screen's order: what a call through that screen may set. */
  screenFields(screenId: string): readonly string[] {
    return this.sql
      .all('SELECT field_id FROM jira_screen_field WHERE screen_id = ? ORDER BY position', screenId)
      .map((row) => text(row, 'field_id'));
  }

  useScreen(projectId: string, operation: ScreenOperation, screenId: string): void {
    this.sql.run('INSERT OR IGNORE INTO jira_project_screen VALUES (?, ?, ?)', projectId, operation, screenId);
  }

  /** Ids of the fields on the project's create, edit or view screen. */
  projectScreenFields(projectId: string, operation: ScreenOperation): readonly string[] {
    const row = this.sql.one(
      'SELECT screen_id FROM jira_project_screen WHERE project_id = ? AND operation = ?',
      projectId,
      operation,
    );
    return row === undefined ? [] : this.screenFields(text(row, 'screen_id'));
  }
}

const fieldOf = (row: Row): FieldRecord => {
  const kind = text(row, 'kind');
  return {
    id: text(row, 'id'),
    key: text(row, 'key'),
    name: text(row, 'name'),
    description: text(row, 'description'),
    kind: FIELD_KINDS.find((known) => known === kind) ?? 'system',
    readOnly: integer(row, 'read_only') === 1,
    moduleKey: textOrNull(row, 'module_key'),
  };
};
const optionOf = (row: Row): OptionRecord => ({
  id: text(row, 'id'),
  fieldId: text(row, 'field_id'),
  value: text(row, 'value'),
});
const screenOf = (row: Row): ScreenRecord => ({
  id: text(row, 'id'),
  name: text(row, 'name'),
  description: text(row, 'description'),
});
