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
  'app-people',
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
  /** How the field is searched; null for one that was made without, which JQL then does not know. */
  readonly searcher: string | null;
  /** When it was put into the trash; null for one that is in use. */
  readonly trashed: string | null;
}

export const isCustom = ({ id }: Pick<FieldRecord, 'id'>): boolean => id.startsWith('customfield_');

/** Fields. One in the trash is found by `inTrash` and nowhere else; what issues hold in it is kept until it is deleted. */
export class Fields {
  constructor(
    private readonly sql: Statements,
    private readonly sequence: Sequence,
  ) {}

  all(): readonly FieldRecord[] {
    return this.sql.all('SELECT * FROM jira_field WHERE trashed IS NULL ORDER BY position').map(fieldOf);
  }

  /** By id or by the key of an app's field. */
  find(idOrKey: string): FieldRecord | undefined {
    const row = this.sql.one(
      'SELECT * FROM jira_field WHERE (id = ? OR key = ?) AND trashed IS NULL',
      idOrKey,
      idOrKey,
    );
    return row && fieldOf(row);
  }

  named(name: string): FieldRecord | undefined {
    return this.all().find((field) => field.name === name);
  }

  addSystem(field: { readonly id: string; readonly name: string; readonly kind: FieldKind }): void {
    this.#insert({
      ...field,
      key: field.id,
      description: '',
      readOnly: field.kind === 'system',
      moduleKey: null,
      searcher: null,
      trashed: null,
    });
  }

  /** A field of the site's own set-up: made once by its name. */
  createCustom(field: { readonly name: string; readonly description: string; readonly kind: FieldKind }): FieldRecord {
    return this.named(field.name) ?? this.addCustom({ ...field, searcher: null });
  }

  /** A new field, also when others have its name: names of custom fields are not unique in Jira. */
  addCustom(field: Pick<FieldRecord, 'name' | 'description' | 'kind' | 'searcher'>): FieldRecord {
    const id = `customfield_${this.sequence.next('field')}`;
    return this.#insert({ ...field, id, key: id, readOnly: false, moduleKey: null, trashed: null });
  }

  update(id: string, { name, description, searcher }: Pick<FieldRecord, 'name' | 'description' | 'searcher'>): void {
    this.sql.run(
      'UPDATE jira_field SET name = ?, description = ?, searcher = ? WHERE id = ?',
      name,
      description,
      searcher,
      id,
    );
  }

  inTrash(): readonly FieldRecord[] {
    return this.sql.all('SELECT * FROM jira_field WHERE trashed IS NOT NULL ORDER BY position').map(fieldOf);
  }

  /** Puts a field into the trash, or with null takes it out: everything about it is as it was. */
  trash(id: string, when: string | null): void {
    this.sql.run('UPDATE jira_field SET trashed = ? WHERE id = ?', when, id);
  }

  /** Deletes a field for good, with what issues hold in it. */
  remove(id: string): void {
    for (const table of ['jira_context', 'jira_option', 'jira_screen_field', 'jira_value'])
      this.sql.run(`DELETE FROM ${table} WHERE field_id = ?`, id);
    this.sql.run('DELETE FROM jira_field WHERE id = ?', id);
  }

  /** A field that an installed app brings; its id is given on installation and kept ever after. */
  createOfApp(field: {
    readonly key: string;
    readonly moduleKey: string;
    readonly name: string;
    readonly description: string;
    readonly type: string;
    readonly list: boolean;
    readonly readOnly: boolean;
  }): FieldRecord {
    return (
      this.find(field.key) ??
      this.#insert({
        ...field,
        id: `customfield_${this.sequence.next('field')}`,
        kind: field.type === 'user' && field.list ? 'app-people' : 'app',
        searcher: null,
        trashed: null,
      })
    );
  }

  #insert(field: FieldRecord): FieldRecord {
    this.sql.run(
      `INSERT OR IGNORE INTO jira_field (id, key, name, description, kind, read_only, module_key, searcher, position)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(position) + 1, 0) FROM jira_field))`,
      field.id,
      field.key,
      field.name,
      field.description,
      field.kind,
      field.readOnly ? 1 : 0,
      field.moduleKey,
      field.searcher,
    );
    return field;
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
    searcher: textOrNull(row, 'searcher'),
    trashed: textOrNull(row, 'trashed'),
  };
};
