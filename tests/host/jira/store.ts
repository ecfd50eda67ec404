import type { ForgeForJira, SiteClock, SiteParts } from '../contract';
import { Statements } from '../database';
import { Fields } from './field-store';
import { Histories } from './history-store';
import { Issues } from './issue-store';
import { Notes } from './note-store';
import { People } from './people-store';
import { Permissions } from './permission-store';
import { Projects } from './project-store';
import { createTables } from './schema';
import { Sequence } from './sequence';

/**
 * Everything Jira keeps, over the site's one database. All of it is synchronous and joins the caller's transaction, so
 * that a change, its changelog entry and its product event become durable together or not at all.
 */
export interface JiraStore {
  /** Where the site answers, without a slash at the end: the start of every `self`. */
  readonly baseUrl: string;
  readonly clock: SiteClock;
  transaction<T>(work: () => T): T;
  readonly forge: ForgeForJira;
  readonly people: People;
  readonly projects: Projects;
  readonly permissions: Permissions;
  readonly fields: Fields;
  readonly issues: Issues;
  readonly histories: Histories;
  readonly notes: Notes;
}

/** Opens Jira's tables, made when they are not there. Nothing is in them until `createSite` has run. */
export function openStore(parts: SiteParts, forge: ForgeForJira, baseUrl: string): JiraStore {
  createTables(parts.database);
  const sql = new Statements(parts.database);
  const sequence = new Sequence(sql);
  const people = new People(sql);
  const projects = new Projects(sql, sequence);
  return {
    baseUrl,
    clock: parts.clock,
    transaction: (work) => parts.transaction(work),
    forge,
    people,
    projects,
    permissions: new Permissions(sql, sequence, people),
    fields: new Fields(sql, sequence),
    issues: new Issues(sql, sequence, projects, parts.clock),
    histories: new Histories(sql, sequence),
    notes: new Notes(sql, sequence, parts.clock),
  };
}
