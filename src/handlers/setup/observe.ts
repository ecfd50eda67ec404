import { PARTS, type Part } from '../../setup/act';
import type { Choices } from '../../setup/choices';
import type { Observed, ObservedProject, ObservedScreen } from '../../setup/observed';
import { knownFieldIds, planFields } from '../../setup/plan-fields';
import { planIssueType } from '../../setup/plan-statuses';
import { SCREEN_NAMES, SCREEN_SCHEME, SCREENS, WORKFLOW, type ScreenName } from '../../setup/wanted';
import type { Policy } from '../../policy/policy';
import { policyInForce } from '../policy/store';
import type { SetupPorts } from './setup-ports';

const NOTHING: Omit<Observed, 'policy' | 'pinned'> = {
  fields: [],
  options: {},
  statuses: [],
  issueTypes: [],
  groups: [],
  screens: {},
  screenScheme: null,
  workflow: null,
  rules: { forge: [], system: [] },
  projects: {},
};

/** Looks at the site as the invoking person: at everything, or again at the parts that something has changed. */
export async function observe(
  { site, store }: SetupPorts,
  choices: Choices,
  pinned: readonly string[],
  again?: { readonly observed: Observed; readonly parts: readonly Part[] },
): Promise<Observed> {
  const parts = again?.parts ?? PARTS;
  const before = again?.observed ?? NOTHING;
  const look = <T>(part: Part, held: T, read: () => Promise<T>): Promise<T> =>
    parts.includes(part) ? read() : Promise.resolve(held);
  const policy = await policyInForce({ store });
  const [fields, statuses, issueTypes, groups, screens, screenScheme, workflow, rules] = await Promise.all([
    look('fields', before.fields, () => site.fields()),
    look('statuses', before.statuses, () => site.statuses()),
    look('issueTypes', before.issueTypes, () => site.issueTypes()),
    look('groups', before.groups, () => readGroups(site, choices, policy)),
    look('screens', before.screens, () => readScreens(site)),
    look('screenScheme', before.screenScheme, async () => (await site.screenScheme(SCREEN_SCHEME)) ?? null),
    look('workflow', before.workflow, async () => (await site.workflow(WORKFLOW)) ?? null),
    look('rules', before.rules, () => site.rules()),
  ]);
  const seen = {
    ...before,
    fields,
    statuses,
    issueTypes,
    groups,
    screens,
    screenScheme,
    workflow,
    rules,
    policy,
    pinned,
  };
  const [options, projects] = await Promise.all([
    look('options', before.options, () => readOptions(site, choices, seen)),
    look('projects', before.projects, () => readProjects(site, choices, seen)),
  ]);
  return { ...seen, options, projects };
}

type Site = SetupPorts['site'];

async function readGroups(site: Site, { roles }: Choices, { outsideProvider }: Policy): Promise<Observed['groups']> {
  const all = [...roles, ...(outsideProvider === null ? [] : [outsideProvider])];
  const wanted = all.map(({ group, groupId }) => (groupId === null ? { name: group } : { groupId }));
  const unique = [...new Map(wanted.map((one) => [JSON.stringify(one), one])).values()];
  const found = await Promise.all(unique.map((one) => site.group(one)));
  return found.filter((group) => group !== undefined);
}

async function readScreens(site: Site): Promise<Observed['screens']> {
  const found = await Promise.all(
    SCREEN_NAMES.map(async (screen): Promise<[ScreenName, ObservedScreen | undefined]> => [
      screen,
      await site.screen(SCREENS[screen].name),
    ]),
  );
  return Object.fromEntries(found.filter(([, screen]) => screen !== undefined));
}

async function readOptions(site: Site, choices: Choices, seen: Observed): Promise<Observed['options']> {
  const ids = knownFieldIds(planFields(choices, seen));
  const wanted = [ids.changeType, ids.impactedSystems].filter((id) => id !== undefined);
  return Object.fromEntries(await Promise.all(wanted.map(async (id) => [id, await site.options(id)] as const)));
}

async function readProjects(site: Site, choices: Choices, seen: Observed): Promise<Observed['projects']> {
  const [issueTypeId] = planIssueType(choices, seen).ids;
  const found = await Promise.all(
    choices.projects.map(async ({ id }): Promise<[string, ObservedProject | undefined]> => [
      id,
      await site.project(id, issueTypeId),
    ]),
  );
  return Object.fromEntries(found.filter((one): one is [string, ObservedProject] => one[1] !== undefined));
}
