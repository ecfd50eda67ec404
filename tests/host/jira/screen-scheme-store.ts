import { json, text, type Row, type Statements } from '../database';
import type { Place } from './context-store';
import { ProjectSchemes } from './project-schemes';
import type { Screens } from './screen-store';
import type { Sequence } from './sequence';

export type ScreenOperation = 'create' | 'edit' | 'view';

/** Screen ids by operation; one without its own screen has the default one. */
export type ScreenTypes = { readonly default: string } & { readonly [each in ScreenOperation]?: string };

export interface ScreenSchemeRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly screens: ScreenTypes;
}

/** Which screen scheme issues of a type have: scheme ids by issue type id, and one for all others as `default`. */
export interface TypeScreenSchemeRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly mappings: { readonly default: string } & Readonly<Record<string, string>>;
}

/** Screen schemes, and the issue type screen schemes that give them to projects. */
export class ScreenSchemes {
  readonly projects: ProjectSchemes;

  constructor(
    private readonly sql: Statements,
    private readonly sequence: Sequence,
    private readonly screens: Screens,
  ) {
    this.projects = new ProjectSchemes(sql, 'type-screen-scheme');
  }

  all(): readonly ScreenSchemeRecord[] {
    return this.sql.all('SELECT * FROM jira_screen_scheme ORDER BY CAST(id AS INTEGER)').map(schemeOf);
  }

  find(id: string): ScreenSchemeRecord | undefined {
    return this.all().find((scheme) => scheme.id === id);
  }

  create(scheme: Omit<ScreenSchemeRecord, 'id'>): ScreenSchemeRecord {
    const made = { ...scheme, id: this.sequence.next('screen-scheme') };
    const { id, name, description, screens } = made;
    this.sql.run('INSERT INTO jira_screen_scheme VALUES (?, ?, ?, ?)', id, name, description, JSON.stringify(screens));
    return made;
  }

  replace({ id, name, description, screens }: ScreenSchemeRecord): void {
    const kept = JSON.stringify(screens);
    this.sql.run(
      'UPDATE jira_screen_scheme SET name = ?, description = ?, screens = ? WHERE id = ?',
      name,
      description,
      kept,
      id,
    );
  }

  remove(id: string): void {
    this.sql.run('DELETE FROM jira_screen_scheme WHERE id = ?', id);
  }

  allForTypes(): readonly TypeScreenSchemeRecord[] {
    return this.sql.all('SELECT * FROM jira_type_screen_scheme ORDER BY CAST(id AS INTEGER)').map(typeSchemeOf);
  }

  findForTypes(id: string): TypeScreenSchemeRecord | undefined {
    return this.allForTypes().find((scheme) => scheme.id === id);
  }

  createForTypes(scheme: Omit<TypeScreenSchemeRecord, 'id'>): TypeScreenSchemeRecord {
    const made = { ...scheme, id: this.sequence.next('type-screen-scheme') };
    this.sql.run(
      'INSERT INTO jira_type_screen_scheme VALUES (?, ?, ?, ?)',
      made.id,
      made.name,
      made.description,
      JSON.stringify(made.mappings),
    );
    return made;
  }

  replaceForTypes({ id, name, description, mappings }: TypeScreenSchemeRecord): void {
    this.sql.run(
      'UPDATE jira_type_screen_scheme SET name = ?, description = ?, mappings = ? WHERE id = ?',
      name,
      description,
      JSON.stringify(mappings),
      id,
    );
  }

  removeForTypes(id: string): void {
    this.sql.run('DELETE FROM jira_type_screen_scheme WHERE id = ?', id);
  }

  /** Ids of the fields on the screen of an operation, for issues of this project and type. */
  fields({ projectId, issueTypeId }: Place, operation: ScreenOperation): readonly string[] {
    const forTypes = this.findForTypes(this.projects.of(projectId) ?? '');
    const scheme = forTypes && this.find(forTypes.mappings[issueTypeId] ?? forTypes.mappings.default);
    return scheme === undefined ? [] : this.screens.fields(scheme.screens[operation] ?? scheme.screens.default);
  }
}

const texts = (kept: unknown): { readonly default: string } & Readonly<Record<string, string>> => {
  const pairs = Object.entries(typeof kept === 'object' && kept !== null ? kept : {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return { default: '', ...Object.fromEntries(pairs) };
};

const schemeOf = (row: Row): ScreenSchemeRecord => ({
  id: text(row, 'id'),
  name: text(row, 'name'),
  description: text(row, 'description'),
  screens: texts(json(row, 'screens')),
});
const typeSchemeOf = (row: Row): TypeScreenSchemeRecord => ({
  id: text(row, 'id'),
  name: text(row, 'name'),
  description: text(row, 'description'),
  mappings: texts(json(row, 'mappings')),
});
