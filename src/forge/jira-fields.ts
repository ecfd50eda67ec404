import { getAppContext, route } from '@forge/api';
import { appFieldIds, fieldIdsFromList, type AppFieldIds } from '../change/field-ids';
import type { FieldIds } from '../change/fields';
import { policyFrom } from '../handlers/policy/store';
import { FIELD_IDS_KEY, POLICY_CURRENT_KEY } from '../ledger/keys';
import type { Policy } from '../policy/policy';
import { Unavailable } from '../ports/ports';
import { jira } from './jira-http';
import { forgeStore } from './store';

interface FoundFieldIds {
  readonly fields: FieldIds;
  readonly app: AppFieldIds;
}

/** Where this site has what is judged: by the policy's ids, the rest by name. */
export interface Site extends FoundFieldIds {
  readonly policy: Policy;
}

const CACHE_SECONDS = 3_600;

/** What this invocation has read already. Never longer: the next one may be of another site. */
let known: { readonly invocation: string; readonly site: Site } | undefined;

/**
 * The policy in force with the site's field ids, in one storage read; Jira is asked for its fields at most once an hour,
 * and again as soon as the policy holds other ids. Throws the mapping error that names a missing or ambiguous field: a
 * rule that cannot find its field refuses.
 */
export async function readSite(): Promise<Site> {
  const { invocationId: invocation } = getAppContext();
  if (known?.invocation !== invocation) known = { invocation, site: await lookedUp() };
  return known.site;
}

async function lookedUp(): Promise<Site> {
  const [stored, cached] = await forgeStore.getMany([POLICY_CURRENT_KEY, FIELD_IDS_KEY]);
  const policy = policyFrom(stored);
  const found = cached as (FoundFieldIds & { readonly until?: number; readonly held?: unknown }) | undefined;
  // A lifetime of our own: Forge may hand out an expired value for up to 48 hours.
  if (found?.until !== undefined && found.until > Date.now() && sameIds(found.held, policy.fields))
    return { policy, fields: found.fields, app: found.app };
  const { status, json } = await jira(route`/rest/api/3/field`, { as: 'app' });
  if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for the list of fields`);
  const ids: FoundFieldIds = { fields: fieldIdsFromList(json, policy.fields), app: appFieldIds(json) };
  await forgeStore.set(FIELD_IDS_KEY, { ...ids, held: policy.fields, until: Date.now() + CACHE_SECONDS * 1_000 });
  return { policy, ...ids };
}

const sameIds = (held: unknown, ids: Policy['fields']): boolean =>
  typeof held === 'object' &&
  held !== null &&
  Object.entries(ids).every(([key, id]) => (held as Readonly<Record<string, unknown>>)[key] === id);
