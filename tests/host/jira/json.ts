import { APP_ACCOUNT } from '../people';
import type { HistoryRecord } from './history-store';
import { jiraInstant } from './instants';
import type { UserRecord } from './people-store';
import type { IssueTypeRecord, ProjectRecord, StatusRecord } from './project-store';
import type { JiraStore } from './store';

/** Jira's small JSON beans: what the same person, status or option looks like wherever it is answered. */

const avatars = (base: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [16, 24, 32, 48].map((size) => [`${size}x${size}`, `${base}${base.includes('?') ? '&' : '?'}size=${size}`]),
  );

const appUser: UserRecord = {
  accountId: APP_ACCOUNT.accountId,
  userName: APP_ACCOUNT.userName,
  displayName: APP_ACCOUNT.displayName,
  email: null,
  accountType: 'app',
  active: true,
  is: 'the app',
};

/** The account of a person or of our own app, which is no user of the site but the author of what it does. */
export function account(store: JiraStore, accountId: string): UserRecord | undefined {
  return accountId === APP_ACCOUNT.accountId ? appUser : store.people.byId(accountId);
}

export function userJson(store: JiraStore, accountId: string): Readonly<Record<string, unknown>> {
  const user = account(store, accountId);
  const self = `${store.baseUrl}/rest/api/3/user?accountId=${encodeURIComponent(accountId)}`;
  if (user === undefined) return { self, accountId, accountType: 'unknown', active: false, displayName: 'Former user' };
  return {
    self,
    accountId,
    accountType: user.accountType,
    ...(user.email === null ? {} : { emailAddress: user.email }),
    avatarUrls: avatars(`${store.baseUrl}/secure/useravatar?owner=${encodeURIComponent(accountId)}`),
    displayName: user.displayName,
    active: user.active,
    timeZone: 'Etc/UTC',
  };
}

export function optionJson(store: JiraStore, id: string): unknown {
  const option = store.options.find(id);
  return { self: `${store.baseUrl}/rest/api/3/customFieldOption/${id}`, value: option?.value ?? '', id };
}

export function priorityJson(store: JiraStore, id: string): Readonly<Record<string, unknown>> {
  const priority = store.projects.priorities().find((each) => each.id === id);
  return {
    self: `${store.baseUrl}/rest/api/3/priority/${id}`,
    iconUrl: `${store.baseUrl}/images/icons/priorities/${(priority?.name ?? 'none').toLowerCase()}.svg`,
    name: priority?.name ?? '',
    id,
  };
}

/** Jira's three status categories with their ids, keys and colours. */
export const STATUS_CATEGORIES = {
  TODO: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  IN_PROGRESS: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  DONE: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
} as const;

export function statusJson(store: JiraStore, status: StatusRecord): Readonly<Record<string, unknown>> {
  const category = STATUS_CATEGORIES[status.category];
  return {
    self: `${store.baseUrl}/rest/api/3/status/${status.id}`,
    description: status.description,
    iconUrl: `${store.baseUrl}/images/icons/statuses/generic.png`,
    name: status.name,
    id: status.id,
    statusCategory: { self: `${store.baseUrl}/rest/api/3/statuscategory/${category.id}`, ...category },
  };
}

export function issueTypeJson(store: JiraStore, type: IssueTypeRecord): Readonly<Record<string, unknown>> {
  return {
    self: `${store.baseUrl}/rest/api/3/issuetype/${type.id}`,
    id: type.id,
    description: type.description,
    iconUrl: `${store.baseUrl}/rest/api/3/universal_avatar/view/type/issuetype/avatar/10318?size=medium`,
    name: type.name,
    subtask: false,
    avatarId: 10318,
    hierarchyLevel: 0,
  };
}

export function projectJson(store: JiraStore, project: ProjectRecord): Readonly<Record<string, unknown>> {
  return {
    self: `${store.baseUrl}/rest/api/3/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: store.others.isServiceDesk(project.id) ? 'service_desk' : 'software',
    simplified: false,
    avatarUrls: avatars(`${store.baseUrl}/rest/api/3/universal_avatar/view/type/project/avatar/10417`),
  };
}

/** One changelog entry. Our own reading of the recorded answers: `created` as text, `from` and `to` null where there is no id. */
export function historyJson(
  store: JiraStore,
  { id, author, created, items }: HistoryRecord,
): Readonly<Record<string, unknown>> {
  return { id, author: userJson(store, author), created: jiraInstant(created), items };
}
