import { plainText } from '../adf';
import type { DevelopmentRecord } from '../development-store';
import type { FieldRecord } from '../field-store';
import type { IssueRecord, IssueValues } from '../issue-store';
import { Refusal } from '../refusal';
import type { JiraStore } from '../store';
import { findCategory, findPerson, named } from './values';

/** An issue as a query looks at it. */
export interface Candidate {
  readonly issue: IssueRecord;
  readonly values: IssueValues;
}

interface Named {
  /** As the query wrote it, for messages. */
  readonly name: string;
}

/**
 * A field as a query sees it: ids to choose from, words to search in, points in time, issue keys, or a number. `read`
 * answers nothing for an empty field.
 */
export type JqlField = Named &
  (
    | {
        readonly kind: 'choice';
        readonly read: (candidate: Candidate) => readonly string[];
        /** The ids that a value in the query stands for; undefined when the site has no such value. */
        readonly find: (value: string) => readonly string[] | undefined;
        /** Also takes `~`. */
        readonly words?: (candidate: Candidate) => readonly string[];
        readonly people?: boolean;
      }
    | { readonly kind: 'words'; readonly read: (candidate: Candidate) => readonly string[] }
    | { readonly kind: 'date'; readonly read: (candidate: Candidate) => readonly number[] }
    | { readonly kind: 'key'; readonly read: (candidate: Candidate) => readonly string[] }
    | { readonly kind: 'number'; readonly read: (candidate: Candidate) => readonly number[] }
  );

/** The field that a query names: a system field, a custom field by name (any case) or `cf[N]`, or development information. */
export function jqlField(store: JiraStore, name: string): JqlField {
  const lower = name.toLowerCase();
  if (/^development\[[a-z]+\](\.[a-z]+)?$/.test(lower)) return reported(store, name, lower);
  const system = systemField(store, name, ALIASES[lower] ?? lower);
  if (system !== undefined) return system;
  const number = /^cf\[(\d+)\]$/.exec(lower)?.[1];
  const wanted = number === undefined ? undefined : `customfield_${number}`;
  const field = store.fields
    .all()
    .find((each) => (wanted === undefined ? each.name.toLowerCase() === lower : each.id === wanted));
  if (field === undefined || field.kind === 'system') {
    throw new Refusal(400, `Field '${name}' does not exist or you do not have permission to view it.`);
  }
  return keptField(store, name, field);
}

const ALIASES: Readonly<Record<string, string>> = {
  id: 'key',
  issue: 'key',
  issuekey: 'key',
  type: 'issuetype',
  createddate: 'created',
  updateddate: 'updated',
  'issue type': 'issuetype',
};

const REPORTED: Readonly<Record<string, DevelopmentRecord['kind']>> = {
  'development[commits].all': 'commit',
  'development[pullrequests].all': 'pull-request',
  'development[branches].all': 'branch',
  'development[builds].all': 'build',
  'development[deployments].all': 'deployment',
};

/** What development tools reported, counted; of states and reviews nothing is ever reported here. */
const reported = (store: JiraStore, name: string, lower: string): JqlField => ({
  name,
  kind: 'number',
  read: ({ issue }) => [store.others.development(issue.id).filter(({ kind }) => kind === REPORTED[lower]).length],
});

function systemField(store: JiraStore, name: string, id: string): JqlField | undefined {
  switch (id) {
    case 'key':
      return { name, kind: 'key', read: ({ issue }) => [issue.key] };
    case 'project':
      return choice(
        name,
        ({ issue }) => [issue.projectId],
        (value) => {
          const found =
            store.projects.find(value) ??
            store.projects.all().find((project) => project.name.toLowerCase() === value.toLowerCase());
          return found && [found.id];
        },
      );
    case 'status':
      return choice(
        name,
        ({ issue }) => [issue.statusId],
        (value) => {
          const found = store.projects.status(value) ?? store.projects.statusNamed(value);
          return found && [found.id];
        },
      );
    case 'statuscategory':
      return choice(name, ({ issue }) => [store.projects.status(issue.statusId)?.category ?? ''], findCategory);
    case 'issuetype':
      return choice(
        name,
        ({ issue }) => [issue.issueTypeId],
        (value) => named(store.projects.issueTypes(), value),
      );
    case 'creator':
      return {
        ...choice(
          name,
          ({ issue }) => [issue.creator],
          (value) => findPerson(store, value),
        ),
        people: true,
      };
    case 'created':
    case 'updated':
      return { name, kind: 'date', read: ({ issue }) => [Date.parse(issue[id])] };
    case 'resolution':
      return choice(
        name,
        () => [],
        () => undefined,
      );
    case 'text':
      return { name, kind: 'words', read: (candidate) => allWords(store, candidate) };
    case 'comment':
      return { name, kind: 'words', read: ({ issue }) => commentWords(store, issue) };
    default:
      return undefined;
  }
}

type Choice = Extract<JqlField, { kind: 'choice' }>;

const choice = (name: string, read: Choice['read'], find: Choice['find']): Choice => ({
  name,
  kind: 'choice',
  read,
  find,
});

/** A field whose value is kept per issue: system or custom. */
function keptField(store: JiraStore, name: string, field: FieldRecord): JqlField {
  const kept = ({ values }: Candidate) => values.get(field.id);
  const one = (candidate: Candidate) => listOf(kept(candidate));
  switch (field.kind) {
    case 'line':
      return { name, kind: 'words', read: one };
    case 'paragraph':
      return {
        name,
        kind: 'words',
        read: (candidate) => listOf(kept(candidate) === undefined ? undefined : plainText(kept(candidate))),
      };
    case 'date-time':
      return { name, kind: 'date', read: (candidate) => one(candidate).map(Date.parse) };
    case 'user':
      return { ...choice(name, one, (value) => findPerson(store, value)), people: true };
    case 'app-people':
      return { ...choice(name, one, (value) => findPerson(store, value)), people: true };
    case 'priority':
      return choice(name, one, (value) => named(store.projects.priorities(), value));
    case 'select':
    case 'multi-select':
      return choice(name, one, (value) => {
        const options = store.options.ofField(field.id);
        const found =
          options.find((option) => option.value.toLowerCase() === value.toLowerCase()) ??
          options.find(({ id }) => id === value);
        return found && [found.id];
      });
    case 'labels':
      return choice(name, one, (value) => [value]);
    default:
      // A text of an app's: compared whole, and searched by its words (forge-platform reference, "jira:customField").
      return { ...choice(name, one, (value) => [value]), words: one };
  }
}

function listOf(value: unknown): readonly string[] {
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? value.map(String) : [typeof value === 'string' ? value : JSON.stringify(value)];
}

function commentWords(store: JiraStore, issue: IssueRecord): readonly string[] {
  return store.notes.comments(issue.id).map(({ body }) => plainText(body));
}

/** `text ~`: summary, description, every text of the issue's own, and comments. */
function allWords(store: JiraStore, { issue, values }: Candidate): readonly string[] {
  const texts = store.fields.all().flatMap((field) => {
    const value = values.get(field.id);
    if (value === undefined || (field.kind !== 'line' && field.kind !== 'paragraph')) return [];
    return field.kind === 'paragraph' ? [plainText(value)] : listOf(value);
  });
  return [...texts, ...commentWords(store, issue)];
}
