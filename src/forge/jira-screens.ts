import { route } from '@forge/api';
import * as z from '#zod';
import type { AskedAs } from '../ports/control-state';
import { jira } from './jira-http';
import { read, Unseen } from './looking';

/** Ids come as text from some of these routes and as numbers from others (Jira Cloud OpenAPI, "Screens"). */
const id = z.lazy(() => z.union([z.string(), z.number()]));
const page = <T extends z.ZodMiniType>(value: T) => z.looseObject({ values: z.array(value) });

const used = z.lazy(() => page(z.looseObject({ issueTypeScreenScheme: z.looseObject({ id }) })));
const mappings = z.lazy(() => page(z.looseObject({ issueTypeId: z.string(), screenSchemeId: id })));
const schemes = z.lazy(() =>
  page(z.looseObject({ screens: z.looseObject({ default: z.optional(id), view: z.optional(id) }) })),
);
const tabs = z.lazy(() => z.array(z.looseObject({ id })));
const fields = z.lazy(() => z.array(z.looseObject({ id: z.string() })));

/**
 * Ids of the fields on the screen that shows issues of a type: project → issue type screen scheme → screen scheme → its
 * view screen or else its default one → tabs → fields.
 *
 * @throws Unseen where Jira does not let whoever asks look.
 */
export async function shownFields(projectId: string, issueTypeId: string, as: AskedAs): Promise<readonly string[]> {
  const screen = await viewScreen(projectId, issueTypeId, as);
  const found: string[] = [];
  for (const tab of read(tabs, await jira(route`/rest/api/3/screens/${screen}/tabs`, { as }))) {
    const answer = await jira(route`/rest/api/3/screens/${screen}/tabs/${String(tab.id)}/fields`, { as });
    found.push(...read(fields, answer).map((field) => field.id));
  }
  return found;
}

async function viewScreen(projectId: string, issueTypeId: string, as: AskedAs): Promise<string> {
  const [ofProject] = read(
    used,
    await jira(route`/rest/api/3/issuetypescreenscheme/project?projectId=${projectId}`, { as }),
  ).values;
  if (ofProject === undefined) throw new Unseen('Jira names no screens of the project.');
  const scheme = String(ofProject.issueTypeScreenScheme.id);
  const mapped = read(
    mappings,
    await jira(route`/rest/api/3/issuetypescreenscheme/mapping?issueTypeScreenSchemeId=${scheme}`, { as }),
  ).values;
  const own =
    mapped.find((one) => one.issueTypeId === issueTypeId) ?? mapped.find((one) => one.issueTypeId === 'default');
  if (own === undefined) throw new Unseen('Jira names no screen scheme of the issue type.');
  const [screens] = read(
    schemes,
    await jira(route`/rest/api/3/screenscheme?id=${String(own.screenSchemeId)}`, { as }),
  ).values;
  const screen = screens?.screens.view ?? screens?.screens.default;
  if (screen === undefined) throw new Unseen('Jira names no screen that shows the issues.');
  return String(screen);
}
