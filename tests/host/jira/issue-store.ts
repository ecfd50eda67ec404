import type { SiteClock } from '../contract';
import { integer, json, text, type Row, type Statements } from '../database';
import { changeItem, type FieldValue } from './field-values';
import type { ChangeItem, HistoryRecord } from './history-store';
import type { Projects } from './project-store';
import type { Sequence } from './sequence';
import type { JiraStore } from './store';

export interface IssueRecord {
  readonly id: string;
  readonly key: string;
  readonly projectId: string;
  readonly issueTypeId: string;
  readonly statusId: string;
  readonly creator: string;
  readonly created: string;
  readonly updated: string;
  readonly statusChanged: string;
}

/** Kept values by field id: summary, description, reporter, assignee, priority, labels and custom fields. */
export type IssueValues = ReadonlyMap<string, FieldValue>;

/** What one mutation does. Everything in it becomes one changelog entry. */
export interface IssueChange {
  readonly issueId: string;
  /** The account that the changelog shows as the author. */
  readonly author: string;
  readonly values?: IssueValues;
  readonly statusId?: string;
  /** Changelog items of what is kept elsewhere, such as an attachment. */
  readonly items?: readonly ChangeItem[];
  readonly withoutHistory?: boolean;
}

/** Issues and their field values. No permission, no screen and no event is looked at here: `issue-changes.ts` does that. */
export class Issues {
  constructor(
    private readonly sql: Statements,
    private readonly sequence: Sequence,
    private readonly projects: Projects,
    private readonly clock: SiteClock,
  ) {}

  /** By id or by key, without regard to case. */
  find(idOrKey: string): IssueRecord | undefined {
    const row = this.sql.one('SELECT * FROM jira_issue WHERE id = ? OR key = ?', idOrKey, idOrKey.toUpperCase());
    return row && issueOf(row);
  }

  /** Newest first. */
  inProject(projectId: string): readonly IssueRecord[] {
    return this.sql
      .all('SELECT * FROM jira_issue WHERE project_id = ? ORDER BY CAST(id AS INTEGER) DESC', projectId)
      .map(issueOf);
  }

  /** How many issues of all projects have a type. */
  ofType(issueTypeId: string): number {
    const row = this.sql.one('SELECT COUNT(*) AS n FROM jira_issue WHERE issue_type_id = ?', issueTypeId);
    return row === undefined ? 0 : integer(row, 'n');
  }

  values(issueId: string): IssueValues {
    const rows = this.sql.all('SELECT field_id, value FROM jira_value WHERE issue_id = ?', issueId);
    return new Map(rows.map((row) => [text(row, 'field_id'), json(row, 'value')]));
  }

  insert(issue: {
    readonly projectId: string;
    readonly issueTypeId: string;
    readonly statusId: string;
    readonly creator: string;
    readonly values: IssueValues;
  }): IssueRecord {
    const project = this.projects.find(issue.projectId);
    if (project === undefined) throw new RangeError(`No project ${issue.projectId}`);
    const id = this.sequence.next('issue');
    const key = `${project.key}-${this.projects.nextNumber(project.id)}`;
    const now = this.clock.now().toISOString();
    const { projectId, issueTypeId, statusId, creator } = issue;
    this.sql.run(
      'INSERT INTO jira_issue VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      key,
      projectId,
      issueTypeId,
      statusId,
      creator,
      now,
      now,
      now,
    );
    for (const [fieldId, value] of issue.values) this.#setValue(id, fieldId, value);
    return { id, key, projectId, issueTypeId, statusId, creator, created: now, updated: now, statusChanged: now };
  }

  /**
   * Writes what differs from the issue as it is and appends the one changelog entry that says so.
   * Undefined when nothing differs: then nothing is written and the issue is as recent as before.
   */
  update(store: JiraStore, change: IssueChange): HistoryRecord | undefined {
    const issue = this.find(change.issueId);
    if (issue === undefined) throw new RangeError(`No issue ${change.issueId}`);
    const items = [
      ...this.#valueItems(store, issue, change),
      ...this.#statusItems(store, issue, change),
      ...(change.items ?? []),
    ];
    if (items.length === 0) return undefined;
    const now = this.clock.now().toISOString();
    for (const [fieldId, value] of change.values ?? []) this.#setValue(issue.id, fieldId, value);
    this.sql.run('UPDATE jira_issue SET updated = ? WHERE id = ?', now, issue.id);
    if (change.statusId !== undefined && change.statusId !== issue.statusId) {
      this.sql.run(
        'UPDATE jira_issue SET status_id = ?, status_changed = ? WHERE id = ?',
        change.statusId,
        now,
        issue.id,
      );
    }
    const entry = { issueId: issue.id, author: change.author, created: now, items };
    return change.withoutHistory === true ? { ...entry, id: '0' } : store.histories.append(entry);
  }

  remove(issueId: string): void {
    for (const table of [
      'jira_value',
      'jira_history',
      'jira_comment',
      'jira_attachment',
      'jira_watcher',
      'jira_remote_link',
      'jira_development',
      'jira_approval',
    ]) {
      this.sql.run(`DELETE FROM ${table} WHERE issue_id = ?`, issueId);
    }
    this.sql.run("DELETE FROM jira_property WHERE owner = 'issue' AND owner_id = ?", issueId);
    this.sql.run('DELETE FROM jira_link WHERE inward = ? OR outward = ?', issueId, issueId);
    this.sql.run('DELETE FROM jira_issue WHERE id = ?', issueId);
  }

  touch(issueId: string): void {
    this.sql.run('UPDATE jira_issue SET updated = ? WHERE id = ?', this.clock.now().toISOString(), issueId);
  }

  /** Takes an option that is deleted from every issue that has it. */
  forgetOption(fieldId: string, optionId: string): void {
    for (const row of this.sql.all('SELECT * FROM jira_value WHERE field_id = ?', fieldId)) {
      const value: unknown = json(row, 'value');
      const left = Array.isArray(value) ? value.filter((each) => each !== optionId) : value === optionId ? null : value;
      this.#setValue(text(row, 'issue_id'), fieldId, left);
    }
  }

  #setValue(issueId: string, fieldId: string, value: FieldValue): void {
    if (isEmpty(value)) this.sql.run('DELETE FROM jira_value WHERE issue_id = ? AND field_id = ?', issueId, fieldId);
    else this.sql.run('INSERT OR REPLACE INTO jira_value VALUES (?, ?, ?)', issueId, fieldId, JSON.stringify(value));
  }

  #valueItems(store: JiraStore, issue: IssueRecord, { values }: IssueChange): readonly ChangeItem[] {
    if (values === undefined) return [];
    const before = this.values(issue.id);
    const changed = store.fields.all().filter(({ id }) => values.has(id) && !same(before.get(id), values.get(id)));
    return changed.map((field) => changeItem(store, field, before.get(field.id), values.get(field.id)));
  }

  #statusItems(store: JiraStore, issue: IssueRecord, { statusId }: IssueChange): readonly ChangeItem[] {
    if (statusId === undefined || statusId === issue.statusId) return [];
    return [
      {
        field: 'status',
        fieldtype: 'jira',
        fieldId: 'status',
        from: issue.statusId,
        fromString: store.projects.status(issue.statusId)?.name ?? null,
        to: statusId,
        toString: store.projects.status(statusId)?.name ?? null,
      },
    ];
  }
}

const isEmpty = (value: FieldValue): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** Lists of options are sets: an order of their own is no change. */
function same(before: FieldValue, after: FieldValue): boolean {
  if (isEmpty(before) || isEmpty(after)) return isEmpty(before) && isEmpty(after);
  if (Array.isArray(before) && Array.isArray(after)) {
    return asSet(before) === asSet(after);
  }
  return JSON.stringify(before) === JSON.stringify(after);
}

const asSet = (list: readonly unknown[]): string => JSON.stringify(list.map((each) => JSON.stringify(each)).sort());

const issueOf = (row: Row): IssueRecord => ({
  id: text(row, 'id'),
  key: text(row, 'key'),
  projectId: text(row, 'project_id'),
  issueTypeId: text(row, 'issue_type_id'),
  statusId: text(row, 'status_id'),
  creator: text(row, 'creator'),
  created: text(row, 'created'),
  updated: text(row, 'updated'),
  statusChanged: text(row, 'status_changed'),
});
