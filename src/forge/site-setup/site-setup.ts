import * as z from '#zod';
import type { SiteList, SiteSetup } from '../../ports/site-setup';
import { askJira, pageOf } from './ask-jira';
import { fields, group, issueTypes, options, rules, screen, screenScheme, statuses } from './parts';
import { perform } from './perform';
import { isCompanyManaged, project } from './project';
import { workflow } from './workflow';

const projectRow = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    key: z.string(),
    name: z.string(),
    style: z.optional(z.string()),
    simplified: z.optional(z.boolean()),
  }),
);
const groupRow = z.lazy(() => z.looseObject({ groupId: z.string(), name: z.string() }));
const personRow = z.lazy(() =>
  z.looseObject({
    accountId: z.string(),
    accountType: z.optional(z.string()),
    displayName: z.string(),
    active: z.optional(z.boolean()),
  }),
);

const MOST = 50;

/** A site's configuration on Forge, as the invoking person. */
export const forgeSiteSetup: SiteSetup = {
  async projects(query) {
    const narrowed = query === '' ? '' : `&query=${encodeURIComponent(query)}`;
    const page = pageOf(await askJira(`/rest/api/3/project/search?maxResults=${MOST}&orderBy=name${narrowed}`));
    const values = z.array(projectRow).parse(page.values);
    return {
      values: values.map((one) => ({
        id: one.id,
        key: one.key,
        name: one.name,
        companyManaged: isCompanyManaged(one),
      })),
      complete: page.isLast,
    };
  },

  async groups(query) {
    const json = await askJira(`/rest/api/3/groups/picker?query=${encodeURIComponent(query)}&maxResults=${MOST}`);
    const { groups, total } = z.looseObject({ groups: z.array(groupRow), total: z.optional(z.number()) }).parse(json);
    const values = groups.map(({ groupId, name }) => ({ groupId, name }));
    return { values, complete: total === undefined ? values.length < MOST : values.length >= total };
  },

  async people(query): Promise<SiteList<{ accountId: string; name: string }>> {
    if (query === '') return { values: [], complete: false };
    const list = z
      .array(personRow)
      .parse(await askJira(`/rest/api/3/user/search?query=${encodeURIComponent(query)}&maxResults=${MOST}`));
    const people = list.filter(({ accountType, active }) => accountType === 'atlassian' && active === true);
    return {
      values: people.map(({ accountId, displayName }) => ({ accountId, name: displayName })),
      complete: list.length < MOST,
    };
  },

  fields,
  options,
  statuses,
  issueTypes,
  group,
  screen,
  screenScheme,
  workflow,
  rules,
  project,
  perform,
};
