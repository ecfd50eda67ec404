import { FIELDS, STATUSES, type FieldKey } from '../../../src/change/fields';
import { GROUPS, PEOPLE } from '../people';
import type { ProjectRecord } from './project-store';
import {
  CHANGE_STATUSES,
  CHG,
  DEFAULT_STATUSES,
  DESCRIPTIONS,
  ISSUE_TYPES,
  NEW,
  OPS,
  OPTIONS,
  PLAIN_FIELDS,
  PRIORITIES,
  SYSTEM_FIELDS,
} from './site-data';
import { addParticipants, createRoles, grantPermissions } from './site-permissions';
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

function createChangeFields(store: JiraStore): void {
  for (const { key, name, kind } of FIELDS) {
    if (key === 'summary' || key === 'description') continue;
    const field = store.fields.createCustom({ name, kind, description: DESCRIPTIONS[key] });
    for (const value of OPTIONS[key] ?? []) store.fields.addOption(field.id, value);
  }
}

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
