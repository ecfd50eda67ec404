import { fromJson, JiraObject, type Entities, type Value } from '../../expressions';
import { issueJson } from '../issue-json';
import { issueTypeJson, projectJson, statusJson, STATUS_CATEGORIES, userJson, account } from '../json';
import type { ChangeItem, HistoryRecord } from '../history-store';
import type { IssueRecord, IssueValues } from '../issue-store';
import type { CommentRecord } from '../note-store';
import type { StatusRecord } from '../project-store';
import { jiraInstant } from '../instants';
import { fieldJson } from '../field-values';
import type { JiraStore } from '../store';
import { at, Bean, date, document, properties, type Reader } from './bean';

/**
 * Jira's entities as expressions see them, over the site's database. Everything is read when it is asked for; what a
 * read costs is the interpreter's business. Source: Jira expressions type reference.
 */

/** What an expression sees of an issue whose screen values are not written yet. */
export interface IssueAsSeen {
  readonly issue: IssueRecord;
  readonly values: IssueValues;
  /** The comment that comes with the transition: its id is null. */
  readonly comment?: { readonly author: string; readonly body: unknown };
}

/** Makes the entities; one instance for one evaluation, so that the same person is the same object. */
export class EntityReader {
  private readonly users = new Map<string, JiraObject>();

  constructor(
    private readonly store: JiraStore,
    /** The account whose permissions decide what `new Issue(…)` finds; the app sees everything. */
    private readonly sees: (projectId: string) => boolean,
  ) {}

  user(accountId: string): JiraObject {
    const known = this.users.get(accountId);
    if (known !== undefined) return known;
    const { store } = this;
    const record = account(store, accountId);
    const groups = (): Value => store.people.groupsOf(accountId).map(({ name }) => name);
    const made = new Bean(
      'User',
      accountId,
      {
        accountId,
        displayName: record?.displayName ?? null,
        locale: 'en_US',
        timeZone: 'UTC',
        active: record?.active ?? false,
        avatarUrls: () => fromJson(userJson(store, accountId).avatarUrls),
        groups,
        groupIds: () => store.people.groupsOf(accountId).map(({ groupId }) => groupId),
        properties: () => properties(() => new Map()),
      },
      () => userJson(store, accountId),
      { methods: { getProjectRoles: ([project]) => this.#roles(accountId, project) } },
    );
    this.users.set(accountId, made);
    return made;
  }

  #roles(accountId: string, project: Value | undefined): Value {
    const id = project instanceof JiraObject ? String(project.identity) : '';
    return this.store.permissions
      .rolesOf(accountId, id)
      .map(
        (role) =>
          new Bean(
            'ProjectRole',
            role.id,
            { id: Number(role.id), name: role.name, description: role.description },
            () => role,
          ),
      );
  }

  #person(accountId: unknown): Value {
    return typeof accountId === 'string' ? this.user(accountId) : null;
  }

  project(id: string): JiraObject | null {
    const { store } = this;
    const record = store.projects.find(id);
    if (record === undefined) return null;
    return new Bean(
      'Project',
      record.id,
      {
        id: Number(record.id),
        key: record.key,
        name: record.name,
        style: 'classic',
        projectTypeKey: 'software',
        lead: () => this.#person(record.lead),
        properties: () => properties(() => store.notes.properties('project', record.id)),
      },
      () => projectJson(store, record),
    );
  }

  status(id: string): JiraObject | null {
    const record = this.store.projects.status(id);
    return record === undefined ? null : this.#status(record);
  }

  #status(record: StatusRecord): JiraObject {
    const category = STATUS_CATEGORIES[record.category];
    const inner = new Bean('StatusCategory', String(category.id), { ...category }, () => category);
    const { id, name, description } = record;
    return new Bean('IssueStatus', id, { id: Number(id), name, description, category: inner }, () =>
      statusJson(this.store, record),
    );
  }

  issue(seen: IssueAsSeen, batch?: object): JiraObject {
    const { issue, values } = seen;
    const { store } = this;
    return new Bean(
      'Issue',
      issue.id,
      { ...this.#plain(seen), ...this.#loaded(seen) },
      () => issueJson(store, issue, EVERYTHING),
      {
        ...(batch === undefined ? {} : { batch }),
        extra: () => customFields(store),
        dynamic: (name) => (customFields(store).includes(name) ? this.#custom(name, values) : null),
      },
    );
  }

  #plain({ issue, values }: IssueAsSeen): Readonly<Record<string, Value | Reader>> {
    const { store } = this;
    const text = (field: string): Value => fromJson(values.get(field));
    return {
      id: Number(issue.id),
      key: issue.key,
      summary: () => text('summary'),
      description: () => document(values.get('description')),
      dueDate: () => date(values.get('duedate')),
      created: at(issue.created),
      updated: at(issue.updated),
      status: () => this.status(issue.statusId),
      issueType: () => this.#issueType(issue.issueTypeId),
      priority: () => {
        const priority = store.projects.priorities().find(({ id }) => id === values.get('priority'));
        if (priority === undefined) return null;
        const { id, name, description } = priority;
        return new Bean('IssuePriority', id, { id: Number(id), name, description }, () => priority);
      },
    };
  }

  #issueType(id: string): Value {
    const type = this.store.projects.issueType(id);
    if (type === undefined) return null;
    const { name, description } = type;
    return new Bean('IssueType', id, { id: Number(id), name, description, hierarchyLevel: 0 }, () =>
      issueTypeJson(this.store, type),
    );
  }

  /** What costs an expensive operation, and lists that nothing on this site fills. */
  #loaded(seen: IssueAsSeen): Readonly<Record<string, Value | Reader>> {
    const { issue, values } = seen;
    const { store } = this;
    const nothing = {
      childIssues: [],
      voters: [],
      watchers: [],
      versions: [],
      fixVersions: [],
      components: [],
      worklogs: [],
      subtasks: [],
      links: [],
      closedSprints: [],
    };
    return {
      ...nothing,
      votes: 0,
      watches: 0,
      labels: () => fromJson(values.get('labels') ?? []),
      project: () => this.project(issue.projectId),
      reporter: () => this.#person(values.get('reporter')),
      assignee: () => this.#person(values.get('assignee')),
      creator: () => this.#person(issue.creator),
      properties: () => properties(() => store.notes.properties('issue', issue.id)),
      changelogs: () => this.#changelogs(issue.id),
      comments: () => this.#comments(seen),
      attachments: () => this.#attachments(issue.id),
    };
  }

  /** A custom field is the REST JSON; an empty paragraph is '' on a transition, a person is a Map of id and name. */
  #custom(name: string, values: IssueValues): Value {
    const field = this.store.fields.find(name);
    if (field === undefined) return null;
    const value = values.get(field.id) ?? null;
    if (value === null) return field.kind === 'paragraph' ? '' : null;
    if (field.kind === 'user' && typeof value === 'string')
      return fromJson({ accountId: value, displayName: account(this.store, value)?.displayName ?? null });
    return fromJson(fieldJson(this.store, field, value));
  }

  /** Newest first. */
  #changelogs(issueId: string): Value {
    const batch = {};
    return this.store.histories.page(issueId, 'newest-first').map((entry) => this.#changelog(entry, batch));
  }

  #changelog(entry: HistoryRecord, batch: object): JiraObject {
    const { id, created, items } = entry;
    const readers = {
      id,
      created: at(created),
      author: () => this.user(entry.author),
      items: () => items.map(changelogItem),
    };
    return new Bean('Changelog', id, readers, () => ({ id, created: jiraInstant(created), items }), { batch });
  }

  /** Oldest first; the one being typed comes last. */
  #comments({ issue, comment }: IssueAsSeen): Value {
    const batch = {};
    const kept = this.store.notes.comments(issue.id).map((one) => this.#comment(one, batch));
    if (comment === undefined) return kept;
    const typed = {
      id: null,
      author: this.user(comment.author),
      body: document(comment.body),
      properties: properties(() => new Map()),
    };
    return [...kept, new Bean('Comment', null, typed, () => ({ id: null, body: comment.body }), { batch })];
  }

  #comment(record: CommentRecord, batch: object): JiraObject {
    const { id, author, body, created, updated } = record;
    const readers = {
      id: Number(id),
      author: () => this.user(author),
      body: document(body),
      created: at(created),
      updated: at(updated),
      properties: () => properties(() => new Map()),
    };
    return new Bean('Comment', id, readers, () => ({ id, body, created: jiraInstant(created) }), { batch });
  }

  #attachments(issueId: string): Value {
    return this.store.notes.attachments(issueId).map(({ id, author, fileName, mimeType, created, size }) => {
      const readers = {
        id: Number(id),
        author: () => this.user(author),
        filename: fileName,
        size,
        mimeType,
        created: at(created),
      };
      return new Bean('Attachment', id, readers, () => ({ id, filename: fileName, mimeType, size }));
    });
  }

  /** What the constructors find: null for what is not there or not visible. */
  entities(): Entities {
    const { store } = this;
    return {
      issue: (idOrKey) => {
        const issue = store.issues.find(idOrKey);
        return issue === undefined || !this.sees(issue.projectId)
          ? null
          : this.issue({ issue, values: store.issues.values(issue.id) });
      },
      user: (accountId) => (account(store, accountId) === undefined ? null : this.user(accountId)),
      project: (idOrKey) => {
        const project = store.projects.find(idOrKey);
        return project === undefined || !this.sees(project.id) ? null : this.project(project.id);
      },
    };
  }
}

const EVERYTHING = { fields: ['*all'], expand: new Set<string>(), properties: [] } as const;

const customFields = (store: JiraStore): readonly string[] =>
  store.fields.all().flatMap(({ id }) => (id.startsWith('customfield_') ? [id] : []));

function changelogItem(item: ChangeItem): JiraObject {
  const { field, fieldId, from, fromString, to, toString } = item;
  return new Bean('ChangelogItem', null, { field, fieldId, from, fromString, to, toString }, () => item);
}
