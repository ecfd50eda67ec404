import { integer, text, type Row, type Statements } from '../database';
import type { Sequence } from './sequence';
import type { TypeSchemes } from './type-scheme-store';

export interface ProjectRecord {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly lead: string;
}

export interface IssueTypeRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export type StatusCategory = 'TODO' | 'IN_PROGRESS' | 'DONE';

export interface StatusRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly category: StatusCategory;
}

export interface PriorityRecord {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

/** Projects, issue types, statuses and priorities. Everything made by name is made once: a second call finds the first. */
export class Projects {
  constructor(
    private readonly sql: Statements,
    private readonly sequence: Sequence,
    private readonly typeSchemes: TypeSchemes,
  ) {}

  all(): readonly ProjectRecord[] {
    return this.sql.all('SELECT * FROM jira_project ORDER BY key').map(projectOf);
  }

  /** By id or by key; keys are matched without regard to case, as Jira does. */
  find(idOrKey: string): ProjectRecord | undefined {
    const row = this.sql.one('SELECT * FROM jira_project WHERE id = ? OR key = ?', idOrKey, idOrKey.toUpperCase());
    return row && projectOf(row);
  }

  create(project: Omit<ProjectRecord, 'id'>): ProjectRecord {
    const known = this.find(project.key);
    if (known !== undefined) return known;
    const id = this.sequence.next('project');
    const { key, name, description, lead } = project;
    this.sql.run('INSERT INTO jira_project VALUES (?, ?, ?, ?, ?, 0)', id, key, name, description, lead);
    return { ...project, id };
  }

  /** The number of the project's next issue; never given twice, also after a deletion. */
  nextNumber(projectId: string): number {
    this.sql.run('UPDATE jira_project SET last_number = last_number + 1 WHERE id = ?', projectId);
    const row = this.sql.one('SELECT last_number FROM jira_project WHERE id = ?', projectId);
    if (row === undefined) throw new RangeError(`No project ${projectId}`);
    return integer(row, 'last_number');
  }

  issueTypes(): readonly IssueTypeRecord[] {
    return this.sql.all('SELECT * FROM jira_issue_type ORDER BY id').map(issueTypeOf);
  }

  issueType(id: string): IssueTypeRecord | undefined {
    return this.issueTypes().find((type) => type.id === id);
  }

  /** In the order of the project's issue type scheme. */
  issueTypesOf(projectId: string): readonly IssueTypeRecord[] {
    return this.typeSchemes.typesOf(projectId).flatMap((id) => this.issueType(id) ?? []);
  }

  createIssueType(name: string, description: string): IssueTypeRecord {
    const known = this.issueTypes().find((type) => type.name === name);
    if (known !== undefined) return known;
    const id = this.sequence.next('issue-type');
    this.sql.run('INSERT INTO jira_issue_type VALUES (?, ?, ?)', id, name, description);
    this.typeSchemes.addToDefault(id);
    return { id, name, description };
  }

  replaceIssueType({ id, name, description }: IssueTypeRecord): void {
    this.sql.run('UPDATE jira_issue_type SET name = ?, description = ? WHERE id = ?', name, description, id);
  }

  removeIssueType(id: string): void {
    this.sql.run('DELETE FROM jira_issue_type WHERE id = ?', id);
  }

  statuses(): readonly StatusRecord[] {
    return this.sql.all('SELECT * FROM jira_status ORDER BY CAST(id AS INTEGER)').map(statusOf);
  }

  status(id: string): StatusRecord | undefined {
    const row = this.sql.one('SELECT * FROM jira_status WHERE id = ?', id);
    return row && statusOf(row);
  }

  statusNamed(name: string): StatusRecord | undefined {
    return this.statuses().find((status) => status.name.toLowerCase() === name.toLowerCase());
  }

  createStatus(name: string, category: StatusCategory, description = ''): StatusRecord {
    const known = this.statusNamed(name);
    if (known !== undefined) return known;
    const id = this.sequence.next('status');
    this.sql.run('INSERT INTO jira_status VALUES (?, ?, ?, ?)', id, name, description, category);
    return { id, name, description, category };
  }

  removeStatus(id: string): void {
    this.sql.run('DELETE FROM jira_status WHERE id = ?', id);
  }

  updateStatus(status: StatusRecord): void {
    const { id, name, description, category } = status;
    this.sql.run(
      'UPDATE jira_status SET name = ?, description = ?, category = ? WHERE id = ?',
      name,
      description,
      category,
      id,
    );
  }

  priorities(): readonly PriorityRecord[] {
    return this.sql.all('SELECT * FROM jira_priority ORDER BY id').map(priorityOf);
  }

  createPriority({ id, name, color, description }: PriorityRecord): void {
    this.sql.run('INSERT OR IGNORE INTO jira_priority VALUES (?, ?, ?, ?)', id, name, color, description);
  }
}

const projectOf = (row: Row): ProjectRecord => ({
  id: text(row, 'id'),
  key: text(row, 'key'),
  name: text(row, 'name'),
  description: text(row, 'description'),
  lead: text(row, 'lead'),
});
const issueTypeOf = (row: Row): IssueTypeRecord => ({
  id: text(row, 'id'),
  name: text(row, 'name'),
  description: text(row, 'description'),
});
const statusOf = (row: Row): StatusRecord => {
  const category = text(row, 'category');
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    description: text(row, 'description'),
    category: category === 'DONE' || category === 'IN_PROGRESS' ? category : 'TODO',
  };
};
const priorityOf = (row: Row): PriorityRecord => ({
  id: text(row, 'id'),
  name: text(row, 'name'),
  color: text(row, 'color'),
  description: text(row, 'description'),
});
