import { text, type Statements } from '../database';

/**
 * What administrators decide about the installed app: projects that an app access rule keeps from it, and projects whose
 * issues show its panel without being asked (`POST /forge/panel/action/bulk/async`).
 */
export class AppAccess {
  constructor(private readonly sql: Statements) {}

  blocks(projectId: string): boolean {
    return this.sql.one('SELECT 1 AS found FROM jira_app_block WHERE project_id = ?', projectId) !== undefined;
  }

  blocked(): readonly string[] {
    return this.sql
      .all('SELECT project_id FROM jira_app_block ORDER BY project_id')
      .map((row) => text(row, 'project_id'));
  }

  setBlocked(projectId: string, blocked: boolean): void {
    if (blocked) this.sql.run('INSERT OR IGNORE INTO jira_app_block VALUES (?)', projectId);
    else this.sql.run('DELETE FROM jira_app_block WHERE project_id = ?', projectId);
  }

  pinned(projectId: string, moduleKey: string): boolean {
    const sql = 'SELECT 1 AS found FROM jira_panel_pin WHERE project_id = ? AND module_key = ?';
    return this.sql.one(sql, projectId, moduleKey) !== undefined;
  }

  setPinned(projectId: string, moduleKey: string, pinned: boolean): void {
    if (pinned) this.sql.run('INSERT OR IGNORE INTO jira_panel_pin VALUES (?, ?)', projectId, moduleKey);
    else this.sql.run('DELETE FROM jira_panel_pin WHERE project_id = ? AND module_key = ?', projectId, moduleKey);
  }
}
