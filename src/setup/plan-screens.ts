import { FIELDS, type FieldKey } from '../change/fields';
import type { Observed, ObservedScreen } from './observed';
import { change, conflict, create, there, type PlanItem } from './plan-item';
import { isOurs, marked, SCREEN_NAMES, SCREEN_SCHEME, SCREENS, screenFields, type ScreenName } from './wanted';

const UNDO = 'Settings, Work items, Screens: delete it, once no screen scheme and no workflow uses it.';

/** The screens with their fields in order; one that is there and ours gets what it lacks. */
export function planScreens(
  observed: Observed,
  ids: Partial<Record<FieldKey, string>>,
  appFields: readonly string[],
): PlanItem[] {
  return SCREEN_NAMES.flatMap((screen) => {
    const { name } = SCREENS[screen];
    const description = marked(SCREENS[screen].description);
    const draft = {
      id: `screen:${screen}`,
      kind: 'screen' as const,
      title: `Screen ${name}`,
      wants: { name, description },
      undo: UNDO,
    };
    const found = observed.screens[screen];
    const made =
      found === undefined
        ? create(draft, { act: 'create-screen', name, description })
        : isOurs(found.description) || lacking(screen, found, ids, appFields)?.length === 0
          ? there(draft, [found.id])
          : conflict(draft, `A screen named "${name}" is there that set-up did not make: rename it.`);
    return made.state === 'conflict' ? [made] : [made, planContent(screen, found, ids, appFields)];
  });
}

type OnScreen = ReturnType<typeof screenFields>[number];

/** As people call it; Jira's own fields by their ids. */
const label = (one: OnScreen): string =>
  one === 'app' ? 'every field that the app writes' : (FIELDS.find(({ key }) => key === one)?.name ?? one);

const idsOf = (
  one: OnScreen,
  ids: Partial<Record<FieldKey, string>>,
  appFields: readonly string[],
): readonly (string | undefined)[] => {
  if (one === 'app') return appFields;
  const key = FIELDS.find((field) => field.key === one)?.key;
  return [key === undefined ? one : ids[key]];
};

const isMissing = (
  one: OnScreen,
  ids: Partial<Record<FieldKey, string>>,
  appFields: readonly string[],
  missing: readonly string[],
): boolean => idsOf(one, ids, appFields).some((id) => id !== undefined && missing.includes(id));

/** Field ids in the order of the screen; undefined while one of them is not there yet. */
function wantedIds(
  screen: ScreenName,
  ids: Partial<Record<FieldKey, string>>,
  appFields: readonly string[],
): readonly string[] | undefined {
  const wanted = screenFields(screen).flatMap((one) => idsOf(one, ids, appFields));
  return wanted.every((id) => id !== undefined) ? wanted : undefined;
}

const lacking = (
  screen: ScreenName,
  found: ObservedScreen,
  ids: Partial<Record<FieldKey, string>>,
  appFields: readonly string[],
): readonly string[] | undefined => wantedIds(screen, ids, appFields)?.filter((id) => !found.fields.includes(id));

function planContent(
  screen: ScreenName,
  found: ObservedScreen | undefined,
  ids: Partial<Record<FieldKey, string>>,
  appFields: readonly string[],
): PlanItem {
  const { name } = SCREENS[screen];
  const draft = {
    id: `screen-fields:${screen}`,
    kind: 'screen' as const,
    title: `Fields on ${name}`,
    wants: {
      screen: name,
      fields: screenFields(screen).map(label),
    },
    undo: UNDO,
  };
  const wanted = wantedIds(screen, ids, appFields);
  const missing = found === undefined ? wanted : lacking(screen, found, ids, appFields);
  if (found === undefined || wanted === undefined || missing === undefined)
    return create(draft, null, [`${screenFields(screen).map(label).join(', ')}.`]);
  if (missing.length === 0) return there(draft, [found.id]);
  const act = { act: 'add-to-screen' as const, screen, screenId: found.id, tabId: found.tabId, fields: missing };
  const says = [
    `Puts on it: ${screenFields(screen)
      .filter((one) => isMissing(one, ids, appFields, missing))
      .map(label)
      .join(', ')}.`,
  ];
  return found.fields.length === 0
    ? create(draft, act, says)
    : change(draft, act, { says, before: { fields: found.fields }, ids: [found.id] });
}

/** Which screen a change request is made, edited and shown with. */
export function planScreenScheme(observed: Observed): PlanItem {
  const description = marked('The screens of a change request.');
  const draft = {
    id: 'screen-scheme',
    kind: 'screen' as const,
    title: `Screen scheme ${SCREEN_SCHEME}`,
    wants: {
      name: SCREEN_SCHEME,
      description,
      screens: {
        default: SCREENS.view.name,
        create: SCREENS.create.name,
        edit: SCREENS.edit.name,
        view: SCREENS.view.name,
      },
    },
    undo: 'Settings, Work items, Screen schemes: delete it, once no work type screen scheme uses it.',
  };
  const [createId, editId, viewId] = [
    observed.screens.create?.id,
    observed.screens.edit?.id,
    observed.screens.view?.id,
  ];
  const found = observed.screenScheme;
  if (createId === undefined || editId === undefined || viewId === undefined)
    return found === null
      ? create(draft, null)
      : conflict(draft, `A screen scheme named "${SCREEN_SCHEME}" is there and its screens are not: rename it.`);
  const screens = { default: viewId, create: createId, edit: editId, view: viewId };
  if (found === null) return create(draft, { act: 'create-screen-scheme', name: SCREEN_SCHEME, description, screens });
  const has = (what: 'create' | 'edit' | 'view'): boolean =>
    (found.screens[what] ?? found.screens.default) === screens[what];
  return has('create') && has('edit') && has('view')
    ? there(draft, [found.id])
    : conflict(draft, `A screen scheme named "${SCREEN_SCHEME}" is there with other screens: rename it.`);
}
