import {
  FIELDS,
  CHANGE_TYPES,
  STATUSES,
  NO_CUI_SYSTEM,
  UNKNOWN_CUI_SYSTEM,
  type FieldKey,
  type Status,
} from '../../../src/change/fields';
import { GROUPS, PEOPLE } from '../people';
import type { FieldKind } from './field-store';
import { PROJECT_PERMISSIONS, type ProjectPermission } from './permission-keys';
import type { ProjectRecord, StatusCategory } from './project-store';
import type { JiraStore } from './store';

/**
 * What a new site is: `seeded` and `empty` have the projects CHG and OPS (the demo changes come through the public
 * routes, not from here), `bare` has one project NEW on Jira's default workflow and nothing set up for the app.
 */
export type SiteKind = 'seeded' | 'empty' | 'bare';

/** The Approve and Disapprove transitions go through these screens. */
export const SCREENS = { approve: 'Approve screen', disapprove: 'Disapprove screen' } as const;

/** Makes everything that is not there yet; run on an existing site it changes nothing. */
export function createSite(store: JiraStore, kind: SiteKind): void {
  store.transaction(() => {
    createPeople(store);
    for (const field of SYSTEM_FIELDS) store.fields.addSystem(field);
    for (const [id, name, color, description] of PRIORITIES)
      store.projects.createPriority({ id, name, color, description });
    createRoles(store);
    for (const [name, category] of DEFAULT_STATUSES) store.projects.createStatus(name, category);
    if (kind !== 'bare') createChangeFields(store);
    installAppFields(store);
    const plain = store.fields.createScreen('Default Screen', 'Allows to update all system fields.', PLAIN_FIELDS);
    if (kind === 'bare') createProject(store, NEW, 'Task', { create: plain.id, edit: plain.id, view: plain.id });
    else createChangeProjects(store, plain.id);
  });
}

function createPeople(store: JiraStore): void {
  for (const group of GROUPS) store.people.addGroup(group);
  const isNew = store.people.all().length === 0;
  for (const { groups, ...person } of PEOPLE) {
    store.people.add({ ...person, email: `${person.userName}@example.test`, active: true });
    // Membership is the administrator's from then on: a start must not undo what they changed.
    if (isNew)
      for (const name of groups)
        store.people.addMember(GROUPS.find((group) => group.name === name)?.groupId ?? '', person.accountId);
  }
}

type SystemField = readonly [id: string, name: string, kind?: FieldKind];

const SYSTEM_FIELDS = (
  [
    ['summary', 'Summary', 'line'],
    ['description', 'Description', 'paragraph'],
    ['issuetype', 'Issue Type'],
    ['project', 'Project'],
    ['status', 'Status'],
    ['creator', 'Creator'],
    ['reporter', 'Reporter', 'user'],
    ['assignee', 'Assignee', 'user'],
    ['priority', 'Priority', 'priority'],
    ['labels', 'Labels', 'labels'],
    ['created', 'Created'],
    ['updated', 'Updated'],
    ['statuscategorychangedate', 'Status Category Changed'],
    ['resolution', 'Resolution'],
    ['resolutiondate', 'Resolved'],
    ['duedate', 'Due date'],
    ['environment', 'Environment'],
    ['components', 'Components'],
    ['fixVersions', 'Fix versions'],
    ['versions', 'Affects versions'],
    ['issuelinks', 'Linked Issues'],
    ['subtasks', 'Sub-tasks'],
    ['attachment', 'Attachment'],
    ['comment', 'Comment'],
    ['watches', 'Watchers'],
    ['votes', 'Votes'],
  ] satisfies readonly SystemField[]
).map(([id, name, kind]) => ({ id, name, kind: kind ?? 'system' }));

const PRIORITIES = [
  ['1', 'Highest', '#d04437', 'This problem will block progress.'],
  ['2', 'High', '#f15C75', 'Serious problem that could block progress.'],
  ['3', 'Medium', '#f79232', 'Has the potential to affect progress.'],
  ['4', 'Low', '#707070', 'Minor problem or easily worked around.'],
  ['5', 'Lowest', '#999999', 'Trivial problem with little or no impact on progress.'],
] as const;

const DEFAULT_STATUSES = [
  ['To Do', 'TODO'],
  ['In Progress', 'IN_PROGRESS'],
  ['Done', 'DONE'],
] as const satisfies readonly (readonly [string, StatusCategory])[];

const CHANGE_STATUSES: Readonly<Record<Status, StatusCategory>> = {
  Proposed: 'TODO',
  Approved: 'IN_PROGRESS',
  Scheduled: 'IN_PROGRESS',
  Executed: 'IN_PROGRESS',
  Closed: 'DONE',
  Disapproved: 'DONE',
  Withdrawn: 'DONE',
};

const PLAIN_FIELDS = ['summary', 'description', 'reporter', 'assignee', 'priority', 'labels'] as const;

/** Systems that a change may touch: select options, to which a site adds its own. */
const SYSTEMS = [
  'CUI enclave firewall',
  'File server FS-01',
  'Identity provider',
  'Build pipeline',
  NO_CUI_SYSTEM,
  UNKNOWN_CUI_SYSTEM,
] as const;

const OPTIONS: Partial<Record<FieldKey, readonly string[]>> = { changeType: CHANGE_TYPES, impactedSystems: SYSTEMS };

function createChangeFields(store: JiraStore): void {
  for (const { key, name, kind } of FIELDS) {
    if (key === 'summary' || key === 'description') continue;
    const field = store.fields.createCustom({ name, kind, description: DESCRIPTIONS[key] });
    for (const value of OPTIONS[key] ?? []) store.fields.addOption(field.id, value);
  }
}

const DESCRIPTIONS: Readonly<Record<Exclude<FieldKey, 'summary' | 'description'>, string>> = {
  changeType: 'Standard, Normal, Emergency or Discovered.',
  owner: 'Who answers for the change from request to closure.',
  implementer: 'Who carries the change out.',
  scope: 'What is changed, and what is not.',
  impactedSystems: 'The systems that process, store or transmit CUI and are touched by the change.',
  justification: 'Why the change is needed.',
  securityImpactAnalysis: 'What the change does to the security of the impacted systems, before it is made.',
  testPlan: 'How it is shown that the change works and breaks nothing.',
  backoutPlan: 'How the change is taken back if it fails.',
  windowStart: 'The earliest time at which the change may be carried out.',
  windowEnd: 'The latest time at which the change may be carried out.',
  decisionBasis: 'Why the change was decided as it was.',
  requiredActions: 'What has to be done: one line each, "what @owner".',
};

/** The custom fields that the installed app brings; a later version of the app may bring more. */
export function installAppFields(store: JiraStore): void {
  for (const field of store.forge.modules.customFields) store.fields.createOfApp(field);
}

const idsOf = (store: JiraStore, wanted: (key: FieldKey) => boolean): readonly string[] =>
  FIELDS.filter(({ key }) => wanted(key)).map(
    ({ key, name }) => PLAIN_FIELDS.find((id) => id === key) ?? store.fields.named(name)?.id ?? '',
  );

const onlyWhenDeciding = (key: FieldKey): boolean => key === 'decisionBasis' || key === 'requiredActions';

function createChangeProjects(store: JiraStore, plainScreen: string): void {
  for (const status of STATUSES) store.projects.createStatus(status, CHANGE_STATUSES[status]);
  const asked = idsOf(store, (key) => !onlyWhenDeciding(key));
  const rest = PLAIN_FIELDS.filter((id) => !asked.includes(id));
  const create = store.fields.createScreen('Change request: create', 'What a change request is made with.', [
    ...asked,
    ...rest,
  ]);
  const edit = store.fields.createScreen('Change request: edit', 'What of a change request can be edited.', [
    ...asked,
    ...rest,
  ]);
  const apps = store.fields
    .all()
    .filter(({ kind }) => kind === 'app')
    .map(({ id }) => id);
  const all = [...idsOf(store, () => true), ...rest, ...apps];
  const view = store.fields.createScreen('Change request: view', 'What a change request shows.', all);
  const decided = idsOf(store, (key) => key !== 'summary' && key !== 'description');
  store.fields.createScreen(SCREENS.approve, 'Shown when a change is approved.', decided);
  store.fields.createScreen(SCREENS.disapprove, 'Shown when a change is disapproved.', idsOf(store, onlyWhenDeciding));
  createProject(store, CHG, 'Change request', { create: create.id, edit: edit.id, view: view.id });
  const ops = createProject(store, OPS, 'Task', { create: plainScreen, edit: plainScreen, view: plainScreen });
  addParticipants(store, ops, ['outsider']);
}

const CHG = {
  key: 'CHG',
  name: 'Changes to CUI systems',
  description: 'Every change to a system that holds CUI.',
  lead: 'admin',
} as const;
const OPS = {
  key: 'OPS',
  name: 'Operations',
  description: 'Everyday work, with a workflow without change control.',
  lead: 'admin',
} as const;
const NEW = { key: 'NEW', name: 'New project', description: 'Nothing is set up here yet.', lead: 'admin' } as const;

const ISSUE_TYPES: Readonly<Record<string, string>> = {
  'Change request': 'A change to be reviewed, decided on and logged before it is made.',
  Task: 'A small, distinct piece of work.',
};

function createProject(
  store: JiraStore,
  project: { readonly key: string; readonly name: string; readonly description: string; readonly lead: string },
  issueType: string,
  screens: { readonly create: string; readonly edit: string; readonly view: string },
): ProjectRecord {
  const isNew = store.projects.find(project.key) === undefined;
  const made = store.projects.create({ ...project, lead: store.people.byUserName(project.lead)?.accountId ?? '' });
  store.projects.useIssueType(made.id, store.projects.createIssueType(issueType, ISSUE_TYPES[issueType] ?? '').id);
  store.fields.useScreen(made.id, 'create', screens.create);
  store.fields.useScreen(made.id, 'edit', screens.edit);
  store.fields.useScreen(made.id, 'view', screens.view);
  if (isNew) grantPermissions(store, made);
  return made;
}

const ROLES = {
  Administrators: 'Administer the project.',
  'Change participants': 'Ask for, decide on and carry out changes.',
  Auditors: 'See everything, change nothing.',
} as const;

function createRoles(store: JiraStore): void {
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
    'ASSIGNABLE_USER',
    'ADD_COMMENTS',
    'CREATE_ATTACHMENTS',
    'DELETE_OWN_ATTACHMENTS',
  ],
  Auditors: BROWSING,
};

function allPermissions(): readonly ProjectPermission[] {
  return Object.keys(PROJECT_PERMISSIONS).filter((key): key is ProjectPermission => key in PROJECT_PERMISSIONS);
}

/** By person, not by group: who may decide is a matter of groups, who may see and edit is not. */
function grantPermissions(store: JiraStore, project: ProjectRecord): void {
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

function addParticipants(store: JiraStore, project: ProjectRecord, userNames: readonly string[]): void {
  for (const userName of userNames) addActor(store, project, 'Change participants', userName);
}

function addActor(store: JiraStore, project: ProjectRecord, roleName: keyof typeof ROLES, userName: string): void {
  const role = store.permissions.roles().find(({ name }) => name === roleName);
  const user = store.people.byUserName(userName);
  if (role !== undefined && user !== undefined) store.permissions.addActor(project.id, role.id, 'user', user.accountId);
}
