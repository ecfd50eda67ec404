import { CHANGE_SCREENS, CHG, DEFAULT_SCREEN, NEW, OPS } from './site-data';
import type { JiraStore } from './store';

/** The app's issue panel, by its key in the manifest. */
const PANEL = 'change-evidence-panel';

/**
 * The schemes of a new site: Jira's default ones, which its ordinary projects share, and those of CHG. A folder from
 * before there were schemes, contexts and tabs gains them. Whatever is there already stays as it is.
 */
export function giveSchemes(store: JiraStore): void {
  for (const field of [...store.fields.all(), ...store.fields.inTrash()])
    if (field.id.startsWith('customfield_')) store.contexts.giveDefault(field);
  store.links.giveTypes();
  for (const { id } of store.screens.all()) store.screens.giveDefaultTab(id);
  if (store.typeSchemes.all().length === 0) createTypeSchemes(store);
  if (store.screenSchemes.all().length === 0) createScreenSchemes(store);
}

function createTypeSchemes(store: JiraStore): void {
  const types = store.projects.issueTypes();
  const ofAll = { description: '', defaultTypeId: null, typeIds: types.map(({ id }) => id) };
  store.typeSchemes.create({
    ...ofAll,
    name: 'Default Issue Type Scheme',
    description:
      'Default issue type scheme is the list of global issue types. All newly created issue types will automatically be added to this scheme.',
  });
  for (const { key } of [CHG, OPS, NEW]) {
    const project = store.projects.find(key);
    if (project === undefined) continue;
    const wanted = key === CHG.key ? 'Change request' : 'Task';
    const typeIds = types.filter(({ name }) => name === wanted).map(({ id }) => id);
    const scheme = { ...ofAll, name: `${key}: Issue Type Scheme`, defaultTypeId: typeIds[0] ?? null, typeIds };
    store.typeSchemes.projects.use(project.id, store.typeSchemes.create(scheme).id);
    // In NEW nobody has shown the app's panel yet.
    if (key !== NEW.key) store.appAccess.setPinned(project.id, PANEL, true);
  }
}

function createScreenSchemes(store: JiraStore): void {
  const screen = (name: string): string => store.screens.named(name)?.id ?? '';
  const { screenSchemes } = store;
  const byDefault = screenSchemes.create({
    name: 'Default Screen Scheme',
    description: 'Default Screen Scheme',
    screens: { default: screen(DEFAULT_SCREEN) },
  });
  const forAll = screenSchemes.createForTypes({
    name: 'Default Issue Type Screen Scheme',
    description: 'The default issue type screen scheme',
    mappings: { default: byDefault.id },
  });
  for (const { key } of [OPS, NEW]) {
    const project = store.projects.find(key);
    if (project !== undefined) screenSchemes.projects.use(project.id, forAll.id);
  }
  const change = store.projects.find(CHG.key);
  if (change === undefined) return;
  const [create, edit, view] = [CHANGE_SCREENS.create, CHANGE_SCREENS.edit, CHANGE_SCREENS.view].map(screen);
  const screens = { default: view ?? '', create: create ?? '', edit: edit ?? '', view: view ?? '' };
  const own = screenSchemes.create({ name: 'CHG: Screen Scheme', description: '', screens });
  const forTypes = { name: 'CHG: Issue Type Screen Scheme', description: '', mappings: { default: own.id } };
  screenSchemes.projects.use(change.id, screenSchemes.createForTypes(forTypes).id);
}
