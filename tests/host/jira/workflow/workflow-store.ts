import type { DatabaseSync } from 'node:sqlite';
import { integer, json, Statements, text, textOrNull, type Row } from '../../database';
import { isObject } from '../adf';
import { Schemes, workflowIdOf, workflowIdsOf } from './scheme-store';
import {
  CONFIG_LIMIT,
  isSystemRule,
  type AppRule,
  type RuleKind,
  type RuleRecord,
  type SystemRule,
  type TransitionRecord,
  type WorkflowRecord,
} from './model';

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
CREATE TABLE IF NOT EXISTS workflow_detail (workflow_id TEXT PRIMARY KEY, detail TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS workflow_history (workflow_id TEXT NOT NULL, version INTEGER NOT NULL, author TEXT NOT NULL, written TEXT NOT NULL,
  workflow TEXT NOT NULL, PRIMARY KEY (workflow_id, version)) STRICT;
CREATE TABLE IF NOT EXISTS workflow_task (id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, task TEXT NOT NULL) STRICT;
`;

/** What every past version of a workflow keeps: who wrote it, when, and all of it. */
export interface HistoryVersion {
  readonly workflowId: string;
  readonly version: number;
  readonly author: string;
  readonly written: string;
  readonly workflow: WorkflowRecord;
}

/** Workflows with their history, and the schemes that give them to projects. */
export class Workflows {
  readonly schemes: Schemes;
  private readonly sql: Statements;

  constructor(database: DatabaseSync) {
    database.exec(TABLES);
    this.sql = new Statements(database);
    this.schemes = new Schemes(database);
  }

  all(): readonly WorkflowRecord[] {
    return this.sql.all('SELECT * FROM workflow_definition ORDER BY name').map((row) => this.#workflow(row));
  }

  named(name: string): WorkflowRecord | undefined {
    return this.all().find((workflow) => workflow.name === name);
  }

  find(id: string): WorkflowRecord | undefined {
    const row = this.sql.one('SELECT * FROM workflow_definition WHERE id = ?', id);
    return row && this.#workflow(row);
  }

  /** The workflow that issues of this type follow in a project; without a type, the one of all types not named. */
  ofProject(projectId: string, issueTypeId = ''): WorkflowRecord | undefined {
    const scheme = this.schemes.ofProject(projectId);
    return scheme && this.find(workflowIdOf(scheme, issueTypeId));
  }

  /** Schemes, published or as a draft, that name a workflow. */
  inSchemes(workflowId: string): readonly string[] {
    return this.schemes
      .all()
      .filter((scheme) => {
        const draft = this.schemes.draft(scheme.id);
        return [scheme, ...(draft === undefined ? [] : [draft])].some((each) =>
          workflowIdsOf(each).includes(workflowId),
        );
      })
      .map(({ id }) => id);
  }

  /** What a data folder from before there were schemes has for a project. */
  withoutScheme(projectId: string): string | undefined {
    const row = this.sql.one('SELECT workflow_id FROM workflow_scheme WHERE project_id = ?', projectId);
    return row && text(row, 'workflow_id');
  }

  /**
   * `author` is the account that the history names.
   * @throws RangeError when a rule's configuration is over 32 KB.
   */
  create(workflow: WorkflowRecord, author: string): void {
    const { id, name, description, versionId, versionNumber, created, updated } = workflow;
    const row = [id, name, description, versionId, versionNumber, created, updated];
    this.sql.run('INSERT INTO workflow_definition VALUES (?, ?, ?, ?, ?, ?, ?)', ...row);
    for (const [position, status] of workflow.statusIds.entries())
      this.sql.run('INSERT INTO workflow_status VALUES (?, ?, ?)', id, status, position);
    for (const [position, transition] of workflow.transitions.entries()) this.#addTransition(id, transition, position);
    this.sql.run('INSERT OR REPLACE INTO workflow_detail VALUES (?, ?)', id, JSON.stringify(detailOf(workflow)));
    this.sql.run(
      'INSERT OR REPLACE INTO workflow_history VALUES (?, ?, ?, ?, ?)',
      id,
      versionNumber,
      author,
      updated,
      JSON.stringify(workflow),
    );
  }

  /** Puts the workflow in the place of the one of the same id. */
  replace(workflow: WorkflowRecord, author: string): void {
    this.remove(workflow.id);
    this.create(workflow, author);
  }

  /** Takes the workflow away; its history stays. */
  remove(id: string): void {
    for (const table of ['status', 'transition', 'link', 'rule', 'detail'])
      this.sql.run(`DELETE FROM workflow_${table} WHERE workflow_id = ?`, id);
    this.sql.run('DELETE FROM workflow_definition WHERE id = ?', id);
  }

  /** Newest first. */
  history(workflowId: string): readonly HistoryVersion[] {
    return this.sql
      .all('SELECT * FROM workflow_history WHERE workflow_id = ? ORDER BY version DESC', workflowId)
      .map((row) => ({
        workflowId,
        version: integer(row, 'version'),
        author: text(row, 'author'),
        written: text(row, 'written'),
        workflow: recordOf(json(row, 'workflow')),
      }));
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
      const { kind, moduleKey, ari, config } = isSystemRule(rule) ? asRow(rule) : rule;
      if (config !== null) checkSize(config);
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
    const { transitions, ...rest } = this.#detail(id);
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
      ...rest,
      transitions: this.sql
        .all('SELECT * FROM workflow_transition WHERE workflow_id = ? ORDER BY position', id)
        .map((each) => ({ ...this.#transition(id, each), ...transitions[text(each, 'id')] })),
    };
  }

  #detail(workflowId: string): WorkflowDetail {
    const row = this.sql.one('SELECT detail FROM workflow_detail WHERE workflow_id = ?', workflowId);
    const kept = row === undefined ? undefined : json(row, 'detail');
    return isDetail(kept) ? kept : { transitions: {} };
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

/** What is kept of a workflow beside what the engine reads. */
interface WorkflowDetail extends Pick<WorkflowRecord, 'startPointLayout' | 'statusDetails'> {
  readonly transitions: Readonly<Record<string, Pick<TransitionRecord, 'conditions' | 'description' | 'properties'>>>;
}

function detailOf({ startPointLayout, statusDetails, transitions }: WorkflowRecord): WorkflowDetail {
  const each = transitions.map(({ id, conditions, description, properties }) => {
    const detail = {
      ...(conditions === undefined ? {} : { conditions }),
      ...(description === undefined ? {} : { description }),
      ...(properties === undefined ? {} : { properties }),
    };
    return [id, detail] as const;
  });
  return {
    ...(startPointLayout === undefined ? {} : { startPointLayout }),
    ...(statusDetails === undefined ? {} : { statusDetails }),
    transitions: Object.fromEntries(each),
  };
}

/** Only `create` writes the column. */
const isDetail = (value: unknown): value is WorkflowDetail => isObject(value) && isObject(value.transitions);

const isRecord = (value: unknown): value is WorkflowRecord => isObject(value) && Array.isArray(value.transitions);

function recordOf(kept: unknown): WorkflowRecord {
  if (!isRecord(kept)) throw new TypeError('A version of a workflow holds no workflow');
  return kept;
}

/** A rule of Jira's own is kept as one of a module without an extension, its parameters as the configuration. */
const asRow = (rule: SystemRule): Omit<AppRule, 'id'> => ({
  kind: rule.kind,
  moduleKey: rule.ruleKey,
  ari: '',
  config: JSON.stringify(rule.parameters),
});

const ruleOf = (row: Row): RuleRecord => {
  const kind = KINDS.find((known) => known === text(row, 'kind')) ?? 'condition';
  const [id, moduleKey, ari] = [text(row, 'id'), text(row, 'module_key'), text(row, 'ari')];
  return ari === ''
    ? { id, kind, ruleKey: moduleKey, parameters: parametersOf(json(row, 'config')) }
    : { id, kind, moduleKey, ari, config: textOrNull(row, 'config') };
};

function parametersOf(kept: unknown): Readonly<Record<string, string>> {
  const pairs = Object.entries(isObject(kept) ? kept : {});
  return Object.fromEntries(pairs.map(([name, value]) => [name, typeof value === 'string' ? value : '']));
}
