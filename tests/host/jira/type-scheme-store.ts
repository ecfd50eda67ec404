import { json, text, textOrNull, type Row, type Statements } from '../database';
import { ProjectSchemes } from './project-schemes';
import type { Sequence } from './sequence';

/** Which issue types a project has, in their order. */
export interface TypeSchemeRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly defaultTypeId: string | null;
  readonly typeIds: readonly string[];
}

/** The first scheme is the one that Jira makes by itself: every issue type that is made is added to it. */
export const isDefault = ({ id }: Pick<TypeSchemeRecord, 'id'>): boolean => id === '10000';

/** Issue type schemes, and which of them a project has. */
export class TypeSchemes {
  readonly projects: ProjectSchemes;

  constructor(
    private readonly sql: Statements,
    private readonly sequence: Sequence,
  ) {
    this.projects = new ProjectSchemes(sql, 'type-scheme');
  }

  all(): readonly TypeSchemeRecord[] {
    return this.sql.all('SELECT * FROM jira_type_scheme ORDER BY CAST(id AS INTEGER)').map(schemeOf);
  }

  find(id: string): TypeSchemeRecord | undefined {
    return this.all().find((scheme) => scheme.id === id);
  }

  create(scheme: Omit<TypeSchemeRecord, 'id'>): TypeSchemeRecord {
    const made = { ...scheme, id: this.sequence.next('type-scheme') };
    this.sql.run(
      'INSERT INTO jira_type_scheme VALUES (?, ?, ?, ?, ?)',
      made.id,
      made.name,
      made.description,
      made.defaultTypeId,
      JSON.stringify(made.typeIds),
    );
    return made;
  }

  replace({ id, name, description, defaultTypeId, typeIds }: TypeSchemeRecord): void {
    this.sql.run(
      'UPDATE jira_type_scheme SET name = ?, description = ?, default_type = ?, types = ? WHERE id = ?',
      name,
      description,
      defaultTypeId,
      JSON.stringify(typeIds),
      id,
    );
  }

  /** What becomes of every new issue type. */
  addToDefault(issueTypeId: string): void {
    const scheme = this.all().find(isDefault);
    if (scheme === undefined || scheme.typeIds.includes(issueTypeId)) return;
    this.replace({ ...scheme, typeIds: [...scheme.typeIds, issueTypeId] });
  }

  remove(id: string): void {
    this.sql.run('DELETE FROM jira_type_scheme WHERE id = ?', id);
  }

  /** Ids of the issue types of a project. */
  typesOf(projectId: string): readonly string[] {
    return this.find(this.projects.of(projectId) ?? '')?.typeIds ?? [];
  }
}

const schemeOf = (row: Row): TypeSchemeRecord => {
  const kept = json(row, 'types');
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    description: text(row, 'description'),
    defaultTypeId: textOrNull(row, 'default_type'),
    typeIds: Array.isArray(kept) ? kept.filter((each): each is string => typeof each === 'string') : [],
  };
};
