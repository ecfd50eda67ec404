import { getAppContext, route } from '@forge/api';
import { appFieldIds, fieldIdsFromList, type AppFieldIds } from '../change/field-ids';
import type { FieldIds } from '../change/fields';
import { FIELD_IDS_KEY } from '../ledger/keys';
import { Unavailable } from '../ports/ports';
import { jira } from './jira-http';
import { forgeStore } from './store';

interface CachedFieldIds {
  readonly fields: FieldIds;
  readonly app: AppFieldIds;
}

const CACHE_SECONDS = 3_600;

/** What this invocation has read already. Never longer: the next one may be of another site. */
let known: { readonly invocation: string; readonly ids: CachedFieldIds } | undefined;

/**
 * The site's field ids by their names, read from Jira at most once an hour. Throws the mapping error that names a
 * missing or ambiguous field: a rule that cannot find its field refuses.
 */
export async function siteFieldIds(): Promise<CachedFieldIds> {
  const { invocationId: invocation } = getAppContext();
  if (known?.invocation !== invocation) known = { invocation, ids: await readFieldIds() };
  return known.ids;
}

async function readFieldIds(): Promise<CachedFieldIds> {
  const cached = (await forgeStore.get(FIELD_IDS_KEY)) as (CachedFieldIds & { readonly until?: number }) | undefined;
  // A lifetime of our own: Forge may hand out an expired value for up to 48 hours.
  if (cached?.until !== undefined && cached.until > Date.now()) return cached;
  const { status, json } = await jira(route`/rest/api/3/field`, { as: 'app' });
  if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for the list of fields`);
  const found: CachedFieldIds = { fields: fieldIdsFromList(json), app: appFieldIds(json) };
  await forgeStore.set(FIELD_IDS_KEY, { ...found, until: Date.now() + CACHE_SECONDS * 1_000 });
  return found;
}
