import type { DatabaseSync } from 'node:sqlite';

/** Jira's tables. Ids are numbers given once and never again, written as text because that is how Jira's JSON has them. */
export function createTables(database: DatabaseSync): void {
  database.exec(`
CREATE TABLE IF NOT EXISTS jira_sequence (name TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_user (account_id TEXT PRIMARY KEY, user_name TEXT UNIQUE NOT NULL, display_name TEXT NOT NULL,
  email TEXT, account_type TEXT NOT NULL, active INTEGER NOT NULL, role TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_group (group_id TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_member (group_id TEXT NOT NULL, account_id TEXT NOT NULL, PRIMARY KEY (group_id, account_id)) STRICT;
CREATE TABLE IF NOT EXISTS jira_project (id TEXT PRIMARY KEY, key TEXT UNIQUE NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL,
  lead TEXT NOT NULL, last_number INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_issue_type (id TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL, description TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_status (id TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL, description TEXT NOT NULL, category TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_priority (id TEXT PRIMARY KEY, name TEXT NOT NULL, color TEXT NOT NULL, description TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_role (id TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL, description TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_role_actor (id TEXT PRIMARY KEY, project_id TEXT NOT NULL, role_id TEXT NOT NULL, kind TEXT NOT NULL, holder TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_grant (project_id TEXT NOT NULL, permission TEXT NOT NULL, role_id TEXT NOT NULL, PRIMARY KEY (project_id, permission, role_id)) STRICT;
CREATE TABLE IF NOT EXISTS jira_field (id TEXT PRIMARY KEY, key TEXT UNIQUE NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL,
  kind TEXT NOT NULL, read_only INTEGER NOT NULL, module_key TEXT, position INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_option (id TEXT PRIMARY KEY, field_id TEXT NOT NULL, value TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_context (id TEXT PRIMARY KEY, field_id TEXT NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL,
  projects TEXT NOT NULL, issue_types TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS jira_context_field ON jira_context (field_id);
CREATE TABLE IF NOT EXISTS jira_screen (id TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL, description TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_screen_field (screen_id TEXT NOT NULL, field_id TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (screen_id, field_id)) STRICT;
CREATE TABLE IF NOT EXISTS jira_screen_tab (id TEXT PRIMARY KEY, screen_id TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_screen_scheme (id TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL, description TEXT NOT NULL, screens TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_type_screen_scheme (id TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL, description TEXT NOT NULL, mappings TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_type_scheme (id TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL, description TEXT NOT NULL, default_type TEXT, types TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_project_scheme (project_id TEXT NOT NULL, kind TEXT NOT NULL, scheme_id TEXT NOT NULL, PRIMARY KEY (project_id, kind)) STRICT;
CREATE TABLE IF NOT EXISTS jira_issue (id TEXT PRIMARY KEY, key TEXT UNIQUE NOT NULL, project_id TEXT NOT NULL, issue_type_id TEXT NOT NULL,
  status_id TEXT NOT NULL, creator TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, status_changed TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_value (issue_id TEXT NOT NULL, field_id TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (issue_id, field_id)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS jira_history (id INTEGER PRIMARY KEY, issue_id TEXT NOT NULL, author TEXT NOT NULL, created TEXT NOT NULL, items TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS jira_history_issue ON jira_history (issue_id, id);
CREATE TABLE IF NOT EXISTS jira_comment (id TEXT PRIMARY KEY, issue_id TEXT NOT NULL, author TEXT NOT NULL, body TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS jira_comment_issue ON jira_comment (issue_id);
CREATE TABLE IF NOT EXISTS jira_attachment (id TEXT PRIMARY KEY, issue_id TEXT NOT NULL, author TEXT NOT NULL, file_name TEXT NOT NULL,
  mime_type TEXT NOT NULL, created TEXT NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS jira_attachment_issue ON jira_attachment (issue_id);
CREATE TABLE IF NOT EXISTS jira_link_type (id TEXT PRIMARY KEY, name TEXT NOT NULL, inward TEXT NOT NULL, outward TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_link (id TEXT PRIMARY KEY, type_id TEXT NOT NULL, inward TEXT NOT NULL, outward TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS jira_link_inward ON jira_link (inward);
CREATE INDEX IF NOT EXISTS jira_link_outward ON jira_link (outward);
CREATE TABLE IF NOT EXISTS jira_remote_link (id TEXT PRIMARY KEY, issue_id TEXT NOT NULL, link TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_development (issue_id TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL, state TEXT,
  updated TEXT NOT NULL, PRIMARY KEY (issue_id, kind, id)) STRICT;
CREATE TABLE IF NOT EXISTS jira_service_desk (project_id TEXT PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS jira_approval (id TEXT PRIMARY KEY, issue_id TEXT NOT NULL, approval TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_watcher (issue_id TEXT NOT NULL, account_id TEXT NOT NULL, PRIMARY KEY (issue_id, account_id)) STRICT;
CREATE TABLE IF NOT EXISTS jira_mail (id INTEGER PRIMARY KEY, queued TEXT NOT NULL, mail TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_app_block (project_id TEXT PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS jira_panel_pin (project_id TEXT NOT NULL, module_key TEXT NOT NULL, PRIMARY KEY (project_id, module_key)) STRICT;
CREATE TABLE IF NOT EXISTS jira_audit (id INTEGER PRIMARY KEY, author TEXT NOT NULL, created TEXT NOT NULL, summary TEXT NOT NULL,
  category TEXT NOT NULL, object TEXT NOT NULL, changes TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jira_property (owner TEXT NOT NULL, owner_id TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, updated TEXT NOT NULL,
  PRIMARY KEY (owner, owner_id, key)) STRICT, WITHOUT ROWID;
`);
  for (const [table, column, type] of ADDED) addColumn(database, table, column, type);
}

/** Columns that a data folder from before may lack. */
const ADDED = [
  ['jira_field', 'searcher', 'TEXT'],
  ['jira_field', 'trashed', 'TEXT'],
  ['jira_option', 'context_id', 'TEXT'],
  ['jira_option', 'disabled', 'INTEGER NOT NULL DEFAULT 0'],
  ['jira_screen_field', 'tab_id', 'TEXT'],
] as const;

function addColumn(database: DatabaseSync, table: string, column: string, type: string): void {
  const columns = database.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
  if (!columns.some(({ name }) => name === column)) database.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
}
