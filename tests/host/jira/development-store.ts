import { text, type Row, type Statements } from '../database';

/** What a development tool reported of an issue to Jira: a provider's data, which other apps only see counted or linked. */
export interface DevelopmentRecord {
  readonly issueId: string;
  readonly kind: 'commit' | 'pull-request' | 'branch' | 'build' | 'deployment';
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly state: string | null;
  readonly updated: string;
}

/** One approval of a request of Jira Service Management. */
export interface ApprovalRecord {
  readonly id: string;
  readonly issueId: string;
  readonly name: string;
  readonly finalDecision: 'approved' | 'declined' | 'pending';
  readonly created: string;
  readonly completed: string | null;
  readonly approvers: readonly { readonly accountId: string; readonly decision: 'approved' | 'declined' | 'pending' }[];
}

/** Development information, approvals, and which projects are service desks: made by others than Jira's own screens. */
export class OtherProducts {
  constructor(private readonly sql: Statements) {}

  report(record: DevelopmentRecord): void {
    const { issueId, kind, id, name, url, state, updated } = record;
    this.sql.run(
      'INSERT OR REPLACE INTO jira_development VALUES (?, ?, ?, ?, ?, ?, ?)',
      issueId,
      kind,
      id,
      name,
      url,
      state,
      updated,
    );
  }

  development(issueId: string): readonly DevelopmentRecord[] {
    return this.sql.all('SELECT * FROM jira_development WHERE issue_id = ? ORDER BY rowid', issueId).map(developmentOf);
  }

  makeServiceDesk(projectId: string): void {
    this.sql.run('INSERT OR IGNORE INTO jira_service_desk VALUES (?)', projectId);
  }

  isServiceDesk(projectId: string): boolean {
    return this.sql.one('SELECT project_id FROM jira_service_desk WHERE project_id = ?', projectId) !== undefined;
  }

  approve(approval: ApprovalRecord): void {
    this.sql.run(
      'INSERT OR REPLACE INTO jira_approval VALUES (?, ?, ?)',
      approval.id,
      approval.issueId,
      JSON.stringify(approval),
    );
  }

  approvals(issueId: string): readonly ApprovalRecord[] {
    return this.sql
      .all('SELECT approval FROM jira_approval WHERE issue_id = ? ORDER BY CAST(id AS INTEGER)', issueId)
      .map((row) => JSON.parse(text(row, 'approval')) as ApprovalRecord);
  }
}

const developmentOf = (row: Row): DevelopmentRecord => ({
  issueId: text(row, 'issue_id'),
  // Only `report` writes the column.
  kind: text(row, 'kind') as DevelopmentRecord['kind'],
  id: text(row, 'id'),
  name: text(row, 'name'),
  url: text(row, 'url'),
  state: row['state'] === null ? null : text(row, 'state'),
  updated: text(row, 'updated'),
});
