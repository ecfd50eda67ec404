import { FIELDS, STATUSES, type FieldKey } from '../../../src/change/fields';
import { GROUPS, PEOPLE } from '../people';
import type { ProjectRecord, Projects } from './project-store';
import { giveSchemes } from './site-schemes';
import {
  CHANGE_STATUSES,
  CHANGE_SCREENS,
  CHG,
  DEFAULT_SCREEN,
  DEFAULT_STATUSES,
  DESCRIPTIONS,
  ISSUE_TYPES,
  NEW,
  OPS,
  OPTIONS,
  PLAIN_FIELDS,
  PRIORITIES,
  SCREENS,
  SYSTEM_FIELDS,
} from './site-data';
import { addParticipants, createRoles, grantPermissions } from './site-permissions';
import type { JiraStore } from './store';

/**
 * What a new site is: `seeded` and `empty` have the projects CHG and OPS (the demo changes come through the public
 * routes, not from here), `bare` has one project NEW on Jira's default workflow and nothing set up for the app.
 */
export type SiteKind = 'seeded' | 'empty' | 'bare';

/**
 * Makes a new site. An existing one only gains what a newer version brings: what an administrator renamed, deleted or
 * took away stays so.
 */
export function createSite(store: JiraStore, kind: SiteKind): void {
  store.transaction(() => {
    const isNew = store.people.all().length === 0;
    for (const field of SYSTEM_FIELDS) store.fields.addSystem(field);
    for (const [id, name, color, description] of PRIORITIES)
      store.projects.createPriority({ id, name, color, description });
    createRoles(store);
    if (isNew) {
      createPeople(store);
      for (const [name, category] of DEFAULT_STATUSES) store.projects.createStatus(name, category);
      if (kind !== 'bare') createChangeFields(store);
    }
    installAppFields(store);
    if (isNew) {
      createScreens(store, kind);
      createProjects(store, kind);
    }
    giveSchemes(store);
  });
}

function createPeople(store: JiraStore): void {
  for (const group of GROUPS) store.people.addGroup(group);
  for (const { groups, ...person } of PEOPLE) {
    store.people.add({ ...person, email: `${person.userName}@example.test`, active: true });
    for (const name of groups)
      store.people.addMember(GROUPS.find((group) => group.name === name)?.groupId ?? '', person.accountId);
  }
}

function createChangeFields(store: JiraStore): void {
  for (const { key, name, kind } of FIELDS) {
    if (key === 'summary' || key === 'description') continue;
    const field = store.fields.createCustom({ name, kind, description: DESCRIPTIONS[key] });
    store.contexts.giveDefault(field);
    addOptions(store, field.id, OPTIONS[key] ?? []);
  }
}

function addOptions(store: JiraStore, fieldId: string, values: readonly string[]): void {
  const [context] = store.contexts.of(fieldId);
  if (context === undefined || store.options.ofContext(context.id).length > 0) return;
  for (const value of values) store.options.add({ fieldId, contextId: context.id, value, disabled: false });
}

/** The custom fields that the installed app brings; a later version of the app may bring more. */
export function installAppFields(store: JiraStore): void {
  for (const field of store.forge.modules.customFields) store.contexts.giveDefault(store.fields.createOfApp(field));
}

const idsOf = (store: JiraStore, wanted: (key: FieldKey) => boolean): readonly string[] =>
  FIELDS.filter(({ key }) => wanted(key)).map(
    ({ key, name }) => PLAIN_FIELDS.find((id) => id === key) ?? store.fields.named(name)?.id ?? '',
  );

const onlyWhenDeciding = (key: FieldKey): boolean => key === 'decisionBasis' || key === 'requiredActions';

function createScreens(store: JiraStore, kind: SiteKind): void {
  store.screens.create(DEFAULT_SCREEN, 'Allows to update all system fields.', PLAIN_FIELDS);
  if (kind === 'bare') return;
  const asked = idsOf(store, (key) => !onlyWhenDeciding(key));
  const rest = PLAIN_FIELDS.filter((id) => !asked.includes(id));
  const apps = store.fields
    .all()
    .filter(({ kind: of }) => of === 'app' || of === 'app-people')
    .map(({ id }) => id);
  const all = [...idsOf(store, () => true), ...rest, ...apps];
  store.screens.create(CHANGE_SCREENS.create, 'What a change request is made with.', [...asked, ...rest]);
  store.screens.create(CHANGE_SCREENS.edit, 'What of a change request can be edited.', [...asked, ...rest]);
  store.screens.create(CHANGE_SCREENS.view, 'What a change request shows.', all);
  const decided = idsOf(store, (key) => key !== 'summary' && key !== 'description');
  store.screens.create(SCREENS.approve, 'Shown when a change is approved.', decided);
  store.screens.create(SCREENS.disapprove, 'Shown when a change is disapproved.', idsOf(store, onlyWhenDeciding));
}

function createProjects(store: JiraStore, kind: SiteKind): void {
  const lead = store.people.byUserName('admin')?.accountId ?? '';
  const create = (project: Parameters<Projects['create']>[0]): ProjectRecord => {
    const made = store.projects.create({ ...project, lead });
    grantPermissions(store, made);
    return made;
  };
  store.projects.createIssueType('Task', ISSUE_TYPES.Task);
  if (kind === 'bare') {
    create(NEW);
    return;
  }
  for (const status of STATUSES) store.projects.createStatus(status, CHANGE_STATUSES[status]);
  store.projects.createIssueType('Change request', ISSUE_TYPES['Change request']);
  create(CHG);
  addParticipants(store, create(OPS), ['outsider']);
}
