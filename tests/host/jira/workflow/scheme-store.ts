import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { isObject } from '../adf';
import { integer, json, Statements, text, type Row } from '../../database';

const TABLES = `
CREATE TABLE IF NOT EXISTS workflow_scheme_definition (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, description TEXT NOT NULL,
  content TEXT NOT NULL, draft TEXT, version_id TEXT NOT NULL, version_number INTEGER NOT NULL, modified TEXT NOT NULL, author TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS workflow_scheme_use (project_id TEXT PRIMARY KEY, scheme_id INTEGER NOT NULL) STRICT;
`;

/** The first id that a scheme is given, as on a Jira Cloud site. */
const FIRST_ID = 10_000;

/** Which workflow an issue type follows: workflow ids, by issue type id, and one for all others. */
export interface SchemeContent {
  readonly defaultWorkflowId: string;
  readonly byIssueType: Readonly<Record<string, string>>;
}

export interface SchemeRecord extends SchemeContent {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly versionId: string;
  readonly versionNumber: number;
  /** Who changed the scheme last, and when. */
  readonly author: string;
  readonly modified: string;
}

/** Changes to an active scheme that are not published yet. */
export interface SchemeDraft extends SchemeContent {
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly modified: string;
}

/** Workflow schemes, their drafts, and which of them a project uses. */
export class Schemes {
  private readonly sql: Statements;

  constructor(database: DatabaseSync) {
    database.exec(TABLES);
    this.sql = new Statements(database);
  }

  all(): readonly SchemeRecord[] {
    return this.sql.all('SELECT * FROM workflow_scheme_definition ORDER BY name').map(schemeOf);
  }

  find(id: string): SchemeRecord | undefined {
    return this.all().find((scheme) => scheme.id === id);
  }

  create(scheme: SchemeContent & Pick<SchemeRecord, 'name' | 'description' | 'author' | 'modified'>): SchemeRecord {
    const row = this.sql.one('SELECT COALESCE(MAX(id) + 1, ?) AS id FROM workflow_scheme_definition', FIRST_ID);
    const id = row === undefined ? FIRST_ID : integer(row, 'id');
    const made = { ...scheme, id: String(id), versionId: randomUUID(), versionNumber: 1 };
    this.sql.run(
      'INSERT INTO workflow_scheme_definition VALUES (?, ?, ?, ?, NULL, ?, ?, ?, ?)',
      id,
      made.name,
      made.description,
      contentText(made),
      made.versionId,
      made.versionNumber,
      made.modified,
      made.author,
    );
    return made;
  }

  /** Puts the scheme in the place of the one of the same id, as its next version. */
  replace(scheme: Omit<SchemeRecord, 'versionId' | 'versionNumber'>): void {
    this.sql.run(
      `UPDATE workflow_scheme_definition SET name = ?, description = ?, content = ?, version_id = ?,
       version_number = version_number + 1, modified = ?, author = ? WHERE id = ?`,
      scheme.name,
      scheme.description,
      contentText(scheme),
      randomUUID(),
      scheme.modified,
      scheme.author,
      Number(scheme.id),
    );
  }

  remove(id: string): void {
    this.sql.run('DELETE FROM workflow_scheme_definition WHERE id = ?', Number(id));
  }

  draft(id: string): SchemeDraft | undefined {
    const row = this.sql.one(
      'SELECT draft FROM workflow_scheme_definition WHERE id = ? AND draft IS NOT NULL',
      Number(id),
    );
    return row && draftOf(json(row, 'draft'));
  }

  setDraft(id: string, draft: SchemeDraft | undefined): void {
    const kept = draft === undefined ? null : JSON.stringify(draft);
    this.sql.run('UPDATE workflow_scheme_definition SET draft = ? WHERE id = ?', kept, Number(id));
  }

  ofProject(projectId: string): SchemeRecord | undefined {
    const row = this.sql.one(
      'SELECT d.* FROM workflow_scheme_definition d JOIN workflow_scheme_use u ON u.scheme_id = d.id WHERE u.project_id = ?',
      projectId,
    );
    return row && schemeOf(row);
  }

  projectsOf(id: string): readonly string[] {
    return this.sql
      .all(
        'SELECT project_id FROM workflow_scheme_use WHERE scheme_id = ? ORDER BY CAST(project_id AS INTEGER)',
        Number(id),
      )
      .map((row) => text(row, 'project_id'));
  }

  use(projectId: string, id: string): void {
    this.sql.run('INSERT OR REPLACE INTO workflow_scheme_use VALUES (?, ?)', projectId, Number(id));
  }
}

/** The workflow that issues of a type follow under a scheme. */
export const workflowIdOf = ({ byIssueType, defaultWorkflowId }: SchemeContent, issueTypeId: string): string =>
  byIssueType[issueTypeId] ?? defaultWorkflowId;

/** Every workflow of a scheme, each once. */
export const workflowIdsOf = ({ byIssueType, defaultWorkflowId }: SchemeContent): readonly string[] => [
  ...new Set([defaultWorkflowId, ...Object.values(byIssueType)]),
];

const contentText = ({ defaultWorkflowId, byIssueType }: SchemeContent): string =>
  JSON.stringify({ defaultWorkflowId, byIssueType });

const schemeOf = (row: Row): SchemeRecord => ({
  id: String(integer(row, 'id')),
  name: text(row, 'name'),
  description: text(row, 'description'),
  versionId: text(row, 'version_id'),
  versionNumber: integer(row, 'version_number'),
  author: text(row, 'author'),
  modified: text(row, 'modified'),
  ...contentOf(json(row, 'content')),
});

const words = (value: unknown): string => (typeof value === 'string' ? value : '');

function contentOf(kept: unknown): SchemeContent {
  const { defaultWorkflowId, byIssueType } = isObject(kept) ? kept : {};
  const pairs = Object.entries(isObject(byIssueType) ? byIssueType : {}).map(
    ([type, id]) => [type, words(id)] as const,
  );
  return { defaultWorkflowId: words(defaultWorkflowId), byIssueType: Object.fromEntries(pairs) };
}

function draftOf(kept: unknown): SchemeDraft {
  const { name, description, author, modified } = isObject(kept) ? kept : {};
  return {
    ...contentOf(kept),
    name: words(name),
    description: words(description),
    author: words(author),
    modified: words(modified),
  };
}
