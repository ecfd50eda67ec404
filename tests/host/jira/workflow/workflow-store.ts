import type { DatabaseSync } from 'node:sqlite';
import { integer, Statements, text, textOrNull, type Row } from '../../database';
import { CONFIG_LIMIT, type RuleKind, type RuleRecord, type TransitionRecord, type WorkflowRecord } from './model';

const KINDS: readonly RuleKind[] = ['condition', 'validator', 'post-function'];
const TYPES: readonly TransitionRecord['type'][] = ['INITIAL', 'GLOBAL', 'DIRECTED'];

const TABLES = `
CREATE TABLE IF NOT EXISTS workflow_definition (id TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL, description TEXT NOT NULL,
  version_id TEXT NOT NULL, version_number INTEGER NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS workflow_status (workflow_id TEXT NOT NULL, status_id TEXT NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (workflow_id, status_id)) STRICT;
CREATE TABLE IF NOT EXISTS workflow_transition (workflow_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
  to_status TEXT NOT NULL, screen_id TEXT, position INTEGER NOT NULL, PRIMARY KEY (workflow_id, id)) STRICT;
CREATE TABLE IF NOT EXISTS workflow_link (workflow_id TEXT NOT NULL, transition_id TEXT NOT NULL, from_status TEXT NOT NULL,
  PRIMARY KEY (workflow_id, transition_id, from_status)) STRICT;
CREATE TABLE IF NOT EXISTS workflow_rule (id TEXT PRIMARY KEY, workflow_id TEXT NOT NULL, transition_id TEXT NOT NULL, kind TEXT NOT NULL,
  module_key TEXT NOT NULL, ari TEXT NOT NULL, config TEXT, position INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS workflow_scheme (project_id TEXT PRIMARY KEY, workflow_id TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS workflow_task (id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, task TEXT NOT NULL) STRICT;
`;

/** Workflows, and which of them a project uses. */
export class Workflows {
  private readonly sql: Statements;

  constructor(database: DatabaseSync) {
    database.exec(TABLES);
    this.sql = new Statements(database);
  }

  all(): readonly WorkflowRecord[] {
    return this.sql.all('SELECT * FROM workflow_definition ORDER BY name').map((row) => this.#workflow(row));
  }

  named(name: string): WorkflowRecord | undefined {
    return this.all().find((workflow) => workflow.name === name);
  }

  /** The workflow that a project's issues follow; on this site every issue type of a project follows the same. */
  ofProject(projectId: string): WorkflowRecord | undefined {
    const row = this.sql.one(
      'SELECT d.* FROM workflow_definition d JOIN workflow_scheme s ON s.workflow_id = d.id WHERE s.project_id = ?',
      projectId,
    );
    return row && this.#workflow(row);
  }

  projectsOf(workflowId: string): readonly string[] {
    return this.sql
      .all('SELECT project_id FROM workflow_scheme WHERE workflow_id = ? ORDER BY project_id', workflowId)
      .map((row) => text(row, 'project_id'));
  }

  use(projectId: string, workflowId: string): void {
    this.sql.run('INSERT OR IGNORE INTO workflow_scheme VALUES (?, ?)', projectId, workflowId);
  }

  /** @throws RangeError when a rule's configuration is over 32 KB. */
  create(workflow: WorkflowRecord): void {
    const { id, name, description, versionId, versionNumber, created, updated } = workflow;
    const row = [id, name, description, versionId, versionNumber, created, updated];
    this.sql.run('INSERT INTO workflow_definition VALUES (?, ?, ?, ?, ?, ?, ?)', ...row);
    for (const [position, status] of workflow.statusIds.entries())
      this.sql.run('INSERT INTO workflow_status VALUES (?, ?, ?)', id, status, position);
    for (const [position, transition] of workflow.transitions.entries()) this.#addTransition(id, transition, position);
  }

  /** Puts the workflow in the place of the one of the same id. */
  replace(workflow: WorkflowRecord): void {
    for (const table of ['status', 'transition', 'link', 'rule'])
      this.sql.run(`DELETE FROM workflow_${table} WHERE workflow_id = ?`, workflow.id);
    this.sql.run('DELETE FROM workflow_definition WHERE id = ?', workflow.id);
    this.create(workflow);
  }

  #addTransition(workflowId: string, transition: TransitionRecord, position: number): void {
    const { id, name, type, to, screenId, from, rules } = transition;
    this.sql.run(
      'INSERT INTO workflow_transition VALUES (?, ?, ?, ?, ?, ?, ?)',
      workflowId,
      id,
      name,
      type,
      to,
      screenId,
      position,
    );
    for (const status of from) this.sql.run('INSERT INTO workflow_link VALUES (?, ?, ?)', workflowId, id, status);
    for (const [at, rule] of rules.entries()) {
      if (rule.config !== null) checkSize(rule.config);
      const { kind, moduleKey, ari, config } = rule;
      this.sql.run(
        'INSERT INTO workflow_rule VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        rule.id,
        workflowId,
        id,
        kind,
        moduleKey,
        ari,
        config,
        at,
      );
    }
  }

  #workflow(row: Row): WorkflowRecord {
    const id = text(row, 'id');
    return {
      id,
      name: text(row, 'name'),
      description: text(row, 'description'),
      versionId: text(row, 'version_id'),
      versionNumber: integer(row, 'version_number'),
      created: text(row, 'created'),
      updated: text(row, 'updated'),
      statusIds: this.sql
        .all('SELECT status_id FROM workflow_status WHERE workflow_id = ? ORDER BY position', id)
        .map((each) => text(each, 'status_id')),
      transitions: this.sql
        .all('SELECT * FROM workflow_transition WHERE workflow_id = ? ORDER BY position', id)
        .map((each) => this.#transition(id, each)),
    };
  }

  #transition(workflowId: string, row: Row): TransitionRecord {
    const id = text(row, 'id');
    const type = text(row, 'type');
    return {
      id,
      name: text(row, 'name'),
      type: TYPES.find((known) => known === type) ?? 'DIRECTED',
      from: this.sql
        .all(
          'SELECT from_status FROM workflow_link WHERE workflow_id = ? AND transition_id = ? ORDER BY CAST(from_status AS INTEGER)',
          workflowId,
          id,
        )
        .map((each) => text(each, 'from_status')),
      to: text(row, 'to_status'),
      screenId: textOrNull(row, 'screen_id'),
      rules: this.sql
        .all(
          'SELECT * FROM workflow_rule WHERE workflow_id = ? AND transition_id = ? ORDER BY position',
          workflowId,
          id,
        )
        .map(ruleOf),
    };
  }

  /** Bulk operations, kept so that their progress can be asked for after a restart. */
  addTask(accountId: string, task: unknown): string {
    const row = this.sql.one(
      'INSERT INTO workflow_task (account_id, task) VALUES (?, ?) RETURNING id',
      accountId,
      JSON.stringify(task),
    );
    return String(row === undefined ? '' : integer(row, 'id'));
  }

  /** Bulk operations that the death of an earlier process broke off: what they had done stays, the rest is not done. */
  buryTasks(): void {
    this.sql.run(
      `UPDATE workflow_task SET task = json_set(task, '$.status', 'DEAD') WHERE json_extract(task, '$.status') = 'RUNNING'`,
    );
  }

  updateTask(id: string, task: unknown): void {
    this.sql.run('UPDATE workflow_task SET task = ? WHERE id = ?', JSON.stringify(task), Number(id));
  }

  task(id: string): { readonly accountId: string; readonly task: unknown } | undefined {
    const row = /^\d{1,15}$/.test(id)
      ? this.sql.one('SELECT * FROM workflow_task WHERE id = ?', Number(id))
      : undefined;
    return row && { accountId: text(row, 'account_id'), task: JSON.parse(text(row, 'task')) as unknown };
  }
}

function checkSize(config: string): void {
  if (Buffer.byteLength(config) > CONFIG_LIMIT)
    throw new RangeError(
      `A rule's configuration has at most ${CONFIG_LIMIT} bytes, this one has ${Buffer.byteLength(config)}.`,
    );
}

const ruleOf = (row: Row): RuleRecord => {
  const kind = text(row, 'kind');
  return {
    id: text(row, 'id'),
    kind: KINDS.find((known) => known === kind) ?? 'condition',
    moduleKey: text(row, 'module_key'),
    ari: text(row, 'ari'),
    config: textOrNull(row, 'config'),
  };
};
