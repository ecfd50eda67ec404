import * as z from '#zod';
import type {
  ObservedField,
  ObservedGroup,
  ObservedIssueType,
  ObservedOptions,
  ObservedRules,
  ObservedScreen,
  ObservedScreenScheme,
  ObservedStatus,
} from '../../setup/observed';
import { allPages, askJira } from './ask-jira';

/** The parts of a site that belong to no project. Paths and shapes: Jira Cloud OpenAPI. */

const text = (value: string): string => encodeURIComponent(value);
const idText = z.lazy(() => z.union([z.string(), z.number()]));

const field = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    name: z.string(),
    key: z.optional(z.string()),
    schema: z.optional(z.nullable(z.looseObject({ custom: z.optional(z.string()) }))),
    scope: z.optional(z.nullable(z.unknown())),
  }),
);

/** Fields of the site; those that belong to one team-managed project are left out. */
export async function fields(): Promise<readonly ObservedField[]> {
  const list = z.array(field).parse(await askJira('/rest/api/3/field'));
  return list
    .filter(({ scope }) => scope === undefined || scope === null)
    .map(({ id, name, key, schema }) => ({ id, name, key: key ?? id, type: schema?.custom ?? null }));
}

const context = z.lazy(() => z.looseObject({ id: idText, isGlobalContext: z.boolean(), isAnyIssueType: z.boolean() }));
const option = z.lazy(() => z.looseObject({ id: idText, value: z.string() }));

export async function options(fieldId: string): Promise<ObservedOptions> {
  const path = `/rest/api/3/field/${text(fieldId)}/context`;
  const contexts = z.array(context).parse(await allPages(path));
  const whole = contexts.find((one) => one.isGlobalContext && one.isAnyIssueType);
  if (whole === undefined) return { contextId: null, options: [] };
  const list = z.array(option).parse(await allPages(`${path}/${whole.id}/option`));
  return { contextId: String(whole.id), options: list.map(({ id, value }) => ({ id: String(id), value })) };
}

const status = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    name: z.string(),
    description: z.optional(z.nullable(z.string())),
    statusCategory: z.enum(['TODO', 'IN_PROGRESS', 'DONE']),
    scope: z.optional(z.nullable(z.looseObject({ type: z.string() }))),
  }),
);

export async function statuses(): Promise<readonly ObservedStatus[]> {
  const list = z.array(status).parse(await allPages('/rest/api/3/statuses/search'));
  return list
    .filter(({ scope }) => scope?.type !== 'PROJECT')
    .map(({ id, name, description, statusCategory }) => ({
      id,
      name,
      description: description ?? '',
      category: statusCategory,
    }));
}

const issueType = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    name: z.string(),
    subtask: z.optional(z.boolean()),
    hierarchyLevel: z.optional(z.number()),
    scope: z.optional(z.nullable(z.looseObject({ type: z.string() }))),
  }),
);

export async function issueTypes(): Promise<readonly ObservedIssueType[]> {
  const list = z.array(issueType).parse(await askJira('/rest/api/3/issuetype'));
  return list
    .filter(({ scope }) => scope?.type !== 'PROJECT')
    .map(({ id, name, subtask, hierarchyLevel }) => ({
      id,
      name,
      subtask: subtask ?? (hierarchyLevel !== undefined && hierarchyLevel < 0),
    }));
}

const groupShape = z.lazy(() => z.looseObject({ groupId: z.string(), name: z.string() }));
const member = z.lazy(() => z.looseObject({ accountId: z.string() }));

export async function group(
  wanted: { readonly groupId: string } | { readonly name: string },
): Promise<ObservedGroup | undefined> {
  const query = 'groupId' in wanted ? `groupId=${text(wanted.groupId)}` : `groupName=${text(wanted.name)}`;
  const [found] = z.array(groupShape).parse(await allPages(`/rest/api/3/group/bulk?${query}`));
  if (found === undefined) return undefined;
  const people = await allPages(`/rest/api/3/group/member?groupId=${text(found.groupId)}&includeInactiveUsers=true`);
  return {
    groupId: found.groupId,
    name: found.name,
    members: z
      .array(member)
      .parse(people)
      .map(({ accountId }) => accountId),
  };
}

const named = z.lazy(() =>
  z.looseObject({ id: idText, name: z.string(), description: z.optional(z.nullable(z.string())) }),
);
const tab = z.lazy(() => z.looseObject({ id: idText }));
const onTab = z.lazy(() => z.looseObject({ id: z.string() }));

export async function screen(name: string): Promise<ObservedScreen | undefined> {
  const found = z
    .array(named)
    .parse(await allPages(`/rest/api/3/screens?queryString=${text(name)}`))
    .find((one) => one.name === name);
  if (found === undefined) return undefined;
  const tabs = z.array(tab).parse(await askJira(`/rest/api/3/screens/${found.id}/tabs`));
  const lists = await Promise.all(
    tabs.map(async ({ id }) =>
      z.array(onTab).parse(await askJira(`/rest/api/3/screens/${found.id}/tabs/${id}/fields`)),
    ),
  );
  return {
    id: String(found.id),
    description: found.description ?? '',
    tabId: String(tabs[0]?.id ?? ''),
    fields: lists.flat().map(({ id }) => id),
  };
}

const screenSchemeShape = z.lazy(() =>
  z.looseObject({
    id: idText,
    name: z.string(),
    description: z.optional(z.nullable(z.string())),
    screens: z.looseObject({
      default: z.optional(idText),
      create: z.optional(idText),
      edit: z.optional(idText),
      view: z.optional(idText),
    }),
  }),
);

export async function screenScheme(name: string): Promise<ObservedScreenScheme | undefined> {
  const list = z.array(screenSchemeShape).parse(await allPages(`/rest/api/3/screenscheme?queryString=${text(name)}`));
  const found = list.find((one) => one.name === name);
  if (found === undefined) return undefined;
  const screens = (['default', 'create', 'edit', 'view'] as const).flatMap((what) => {
    const id = found.screens[what];
    return id === undefined ? [] : [[what, String(id)] as const];
  });
  return { id: String(found.id), description: found.description ?? '', screens: Object.fromEntries(screens) };
}

const capabilities = z.lazy(() =>
  z.looseObject({
    forgeRules: z.optional(z.array(z.looseObject({ id: z.string(), ruleKey: z.string(), ruleType: z.string() }))),
    systemRules: z.optional(z.array(z.looseObject({ ruleKey: z.string() }))),
  }),
);

export async function rules(): Promise<ObservedRules> {
  const { forgeRules = [], systemRules = [] } = capabilities.parse(await askJira('/rest/api/3/workflows/capabilities'));
  return {
    forge: forgeRules.map(({ id, ruleKey, ruleType }) => ({ id, ruleKey, ruleType })),
    system: systemRules.map(({ ruleKey }) => ruleKey),
  };
}
