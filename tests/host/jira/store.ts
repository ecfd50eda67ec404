import type { ForgeForJira, SiteClock, SiteParts } from '../contract';
import { Statements } from '../database';
import { AppAccess } from './app-access';
import { Audit } from './audit-store';
import { Contexts } from './context-store';
import { OtherProducts } from './development-store';
import { Fields } from './field-store';
import { Histories } from './history-store';
import { Issues } from './issue-store';
import { Links } from './link-store';
import { Mails } from './mail-store';
import { Notes } from './note-store';
import { Options } from './option-store';
import { People } from './people-store';
import { Permissions } from './permission-store';
import { Projects } from './project-store';
import { createTables } from './schema';
import { ScreenSchemes } from './screen-scheme-store';
import { Screens } from './screen-store';
import { Sequence } from './sequence';
import { TypeSchemes } from './type-scheme-store';

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
  readonly typeSchemes: TypeSchemes;
  readonly fields: Fields;
  readonly contexts: Contexts;
  readonly options: Options;
  readonly screens: Screens;
  readonly screenSchemes: ScreenSchemes;
  readonly issues: Issues;
  readonly histories: Histories;
  readonly notes: Notes;
  readonly audit: Audit;
  readonly links: Links;
  readonly others: OtherProducts;
  readonly mails: Mails;
  readonly appAccess: AppAccess;
}

/** Opens Jira's tables, made when they are not there. Nothing is in them until `createSite` has run. */
export function openStore(parts: SiteParts, forge: ForgeForJira, baseUrl: string): JiraStore {
  createTables(parts.database);
  const sql = new Statements(parts.database);
  const sequence = new Sequence(sql);
  const people = new People(sql);
  const typeSchemes = new TypeSchemes(sql, sequence);
  const projects = new Projects(sql, sequence, typeSchemes);
  const appAccess = new AppAccess(sql);
  const screens = new Screens(sql, sequence);
  return {
    baseUrl,
    clock: parts.clock,
    transaction: (work) => parts.transaction(work),
    forge,
    people,
    projects,
    permissions: new Permissions(sql, sequence, people, appAccess),
    typeSchemes,
    fields: new Fields(sql, sequence),
    contexts: new Contexts(sql, sequence),
    options: new Options(sql, sequence),
    screens,
    screenSchemes: new ScreenSchemes(sql, sequence, screens),
    issues: new Issues(sql, sequence, projects, parts.clock),
    histories: new Histories(sql, sequence),
    notes: new Notes(sql, sequence, parts.clock),
    audit: new Audit(sql, parts.clock),
    links: new Links(sql, sequence),
    others: new OtherProducts(sql),
    mails: new Mails(sql, parts.clock),
    appAccess,
  };
}
