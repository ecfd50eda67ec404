import { text, type Statements } from '../database';

/** Which scheme of one kind each project has. */
export class ProjectSchemes {
  constructor(
    private readonly sql: Statements,
    private readonly kind: 'type-scheme' | 'type-screen-scheme',
  ) {}

  of(projectId: string): string | undefined {
    const row = this.sql.one(
      'SELECT scheme_id FROM jira_project_scheme WHERE project_id = ? AND kind = ?',
      projectId,
      this.kind,
    );
    return row && text(row, 'scheme_id');
  }

  projectsOf(schemeId: string): readonly string[] {
    return this.sql
      .all(
        'SELECT project_id FROM jira_project_scheme WHERE scheme_id = ? AND kind = ? ORDER BY CAST(project_id AS INTEGER)',
        schemeId,
        this.kind,
      )
      .map((row) => text(row, 'project_id'));
  }

  use(projectId: string, schemeId: string): void {
    this.sql.run('INSERT OR REPLACE INTO jira_project_scheme VALUES (?, ?, ?)', projectId, this.kind, schemeId);
  }
}
