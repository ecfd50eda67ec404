import { text, type Row, type Statements } from '../database';
import type { Sequence } from './sequence';

export interface ScreenRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface TabRecord {
  readonly id: string;
  readonly screenId: string;
  readonly name: string;
}

/** Screens with their tabs: which fields a call through a screen may set. A field is on a screen once. */
export class Screens {
  constructor(
    private readonly sql: Statements,
    private readonly sequence: Sequence,
  ) {}

  all(): readonly ScreenRecord[] {
    return this.sql.all('SELECT * FROM jira_screen ORDER BY CAST(id AS INTEGER)').map(screenOf);
  }

  find(id: string): ScreenRecord | undefined {
    return this.all().find((screen) => screen.id === id);
  }

  named(name: string): ScreenRecord | undefined {
    return this.all().find((screen) => screen.name === name);
  }

  /** A screen of the site's own set-up: made once by its name. */
  create(name: string, description: string, fieldIds: readonly string[]): ScreenRecord {
    const known = this.named(name);
    if (known !== undefined) {
      this.giveDefaultTab(known.id);
      return known;
    }
    const screen = this.add(name, description);
    const tab = this.tabs(screen.id)[0];
    if (tab !== undefined) for (const fieldId of fieldIds) this.addField(tab, fieldId);
    return screen;
  }

  /** With Jira's default tab. */
  add(name: string, description: string): ScreenRecord {
    const id = this.sequence.next('screen');
    this.sql.run('INSERT INTO jira_screen VALUES (?, ?, ?)', id, name, description);
    this.addTab(id, DEFAULT_TAB);
    return { id, name, description };
  }

  replace({ id, name, description }: ScreenRecord): void {
    this.sql.run('UPDATE jira_screen SET name = ?, description = ? WHERE id = ?', name, description, id);
  }

  remove(id: string): void {
    for (const table of ['jira_screen_field', 'jira_screen_tab'])
      this.sql.run(`DELETE FROM ${table} WHERE screen_id = ?`, id);
    this.sql.run('DELETE FROM jira_screen WHERE id = ?', id);
  }

  tabs(screenId: string): readonly TabRecord[] {
    return this.sql.all('SELECT * FROM jira_screen_tab WHERE screen_id = ? ORDER BY position', screenId).map(tabOf);
  }

  addTab(screenId: string, name: string): TabRecord {
    const id = this.sequence.next('tab');
    this.sql.run('INSERT INTO jira_screen_tab VALUES (?, ?, ?, ?)', id, screenId, name, this.tabs(screenId).length);
    return { id, screenId, name };
  }

  renameTab(id: string, name: string): void {
    this.sql.run('UPDATE jira_screen_tab SET name = ? WHERE id = ?', name, id);
  }

  /** With its fields. */
  removeTab(id: string): void {
    this.sql.run('DELETE FROM jira_screen_field WHERE tab_id = ?', id);
    this.sql.run('DELETE FROM jira_screen_tab WHERE id = ?', id);
  }

  /** A screen from before there were tabs gets its one tab. */
  giveDefaultTab(screenId: string): void {
    if (this.tabs(screenId).length > 0) return;
    const { id } = this.addTab(screenId, DEFAULT_TAB);
    this.sql.run('UPDATE jira_screen_field SET tab_id = ? WHERE screen_id = ?', id, screenId);
  }

  /** Ids of the fields of all tabs of a screen, in its order. */
  fields(screenId: string): readonly string[] {
    return this.sql
      .all(
        `SELECT f.field_id FROM jira_screen_field f JOIN jira_screen_tab t ON t.id = f.tab_id
         WHERE f.screen_id = ? ORDER BY t.position, f.position`,
        screenId,
      )
      .map((row) => text(row, 'field_id'));
  }

  tabFields(tabId: string): readonly string[] {
    return this.sql
      .all('SELECT field_id FROM jira_screen_field WHERE tab_id = ? ORDER BY position', tabId)
      .map((row) => text(row, 'field_id'));
  }

  addField({ id, screenId }: TabRecord, fieldId: string): void {
    this.sql.run(
      `INSERT OR IGNORE INTO jira_screen_field (screen_id, tab_id, field_id, position)
       VALUES (?, ?, ?, (SELECT COALESCE(MAX(position) + 1, 0) FROM jira_screen_field WHERE tab_id = ?))`,
      screenId,
      id,
      fieldId,
      id,
    );
  }

  removeField(tabId: string, fieldId: string): void {
    this.sql.run('DELETE FROM jira_screen_field WHERE tab_id = ? AND field_id = ?', tabId, fieldId);
  }

  /** Gives the fields of a tab this order. */
  order(tabId: string, fieldIds: readonly string[]): void {
    for (const [position, fieldId] of fieldIds.entries())
      this.sql.run(
        'UPDATE jira_screen_field SET position = ? WHERE tab_id = ? AND field_id = ?',
        position,
        tabId,
        fieldId,
      );
  }

  /** The tabs that a field is on. */
  tabsWith(fieldId: string): readonly TabRecord[] {
    return this.sql
      .all(
        `SELECT t.* FROM jira_screen_tab t JOIN jira_screen_field f ON f.tab_id = t.id
         WHERE f.field_id = ? ORDER BY CAST(t.screen_id AS INTEGER)`,
        fieldId,
      )
      .map(tabOf);
  }
}

const DEFAULT_TAB = 'Field Tab';

const screenOf = (row: Row): ScreenRecord => ({
  id: text(row, 'id'),
  name: text(row, 'name'),
  description: text(row, 'description'),
});
const tabOf = (row: Row): TabRecord => ({
  id: text(row, 'id'),
  screenId: text(row, 'screen_id'),
  name: text(row, 'name'),
});
