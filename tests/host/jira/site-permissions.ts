import { PEOPLE } from '../people';
import { PROJECT_PERMISSIONS, type ProjectPermission } from './permission-keys';
import type { ProjectRecord } from './project-store';
import type { JiraStore } from './store';

const ROLES = {
  Administrators: 'Administer the project.',
  'Change participants': 'Ask for, decide on and carry out changes.',
  Auditors: 'See everything, change nothing.',
} as const;

/** The roles of every project. */
export function createRoles(store: JiraStore): void {
  for (const [name, description] of Object.entries(ROLES)) store.permissions.createRole(name, description);
}

const BROWSING = ['BROWSE_PROJECTS', 'VIEW_DEV_TOOLS'] as const;

const GRANTS: Readonly<Record<keyof typeof ROLES, readonly ProjectPermission[]>> = {
  Administrators: allPermissions(),
  'Change participants': [
    ...BROWSING,
    'CREATE_ISSUES',
    'EDIT_ISSUES',
    'TRANSITION_ISSUES',
    'LINK_ISSUES',
    'ASSIGNABLE_USER',
    'ADD_COMMENTS',
    'EDIT_OWN_COMMENTS',
    'DELETE_OWN_COMMENTS',
    'CREATE_ATTACHMENTS',
    'DELETE_OWN_ATTACHMENTS',
  ],
  Auditors: BROWSING,
};

function allPermissions(): readonly ProjectPermission[] {
  return Object.keys(PROJECT_PERMISSIONS).filter((key): key is ProjectPermission => key in PROJECT_PERMISSIONS);
}

/** By person, not by group: who may decide is a matter of groups, who may see and edit is not. */
export function grantPermissions(store: JiraStore, project: ProjectRecord): void {
  for (const role of store.permissions.roles()) {
    const name = (['Administrators', 'Change participants', 'Auditors'] as const).find((known) => known === role.name);
    if (name !== undefined) store.permissions.grant(project.id, role.id, GRANTS[name]);
  }
  const people = PEOPLE.map(({ userName }) => userName);
  addParticipants(
    store,
    project,
    people.filter((name) => name !== 'auditor' && name !== 'outsider'),
  );
  addActor(store, project, 'Auditors', 'auditor');
  addActor(store, project, 'Administrators', 'admin');
}

/** Lets people ask for, edit and move issues of a project. */
export function addParticipants(store: JiraStore, project: ProjectRecord, userNames: readonly string[]): void {
  for (const userName of userNames) addActor(store, project, 'Change participants', userName);
}

function addActor(store: JiraStore, project: ProjectRecord, roleName: keyof typeof ROLES, userName: string): void {
  const role = store.permissions.roles().find(({ name }) => name === roleName);
  const user = store.people.byUserName(userName);
  if (role !== undefined && user !== undefined) store.permissions.addActor(project.id, role.id, 'user', user.accountId);
}
