import * as z from 'zod/mini';
import { Refusal } from '../refusal';
import type { PathParams, RestCall, Route } from '../router';
import type { JiraStore } from '../store';
import { bodyOf } from './body';
import { knownMappings, mapping, namedTypeScreenScheme, replaced, type SchemeWork } from './type-screen-scheme';

/** Which screen scheme the issue types of an issue type screen scheme have. */
export function typeScreenMappingRoutes(store: JiraStore): readonly Route[] {
  const one = '/rest/api/3/issuetypescreenscheme/{issueTypeScreenSchemeId}';
  const ofOne = (work: SchemeWork) => (call: RestCall, params: PathParams) =>
    work(store, call, namedTypeScreenScheme(store, call, params.get('issueTypeScreenSchemeId')));
  return [
    { method: 'PUT', path: `${one}/mapping`, handle: ofOne(addMappings) },
    { method: 'PUT', path: `${one}/mapping/default`, handle: ofOne(setDefault) },
    { method: 'POST', path: `${one}/mapping/remove`, handle: ofOne(removeMappings) },
  ];
}

const added = z.object({ issueTypeMappings: z.array(mapping) });

const addMappings: SchemeWork = (store, call, scheme) => {
  const given = knownMappings(store, bodyOf(added, call).issueTypeMappings);
  const taken = Object.keys(given).find((id) => scheme.mappings[id] !== undefined);
  if (taken !== undefined)
    throw new Refusal(400, `The issue type with ID '${taken}' is mapped to a screen scheme already.`);
  return replaced(store, { ...scheme, mappings: { ...scheme.mappings, ...given } });
};

const byDefault = z.object({ screenSchemeId: z.string() });

const setDefault: SchemeWork = (store, call, scheme) => {
  const { screenSchemeId } = bodyOf(byDefault, call);
  knownMappings(store, [{ issueTypeId: 'default', screenSchemeId }]);
  return replaced(store, { ...scheme, mappings: { ...scheme.mappings, default: screenSchemeId } });
};

const removed = z.object({ issueTypeIds: z.array(z.string()) });

const removeMappings: SchemeWork = (store, call, scheme) => {
  const { issueTypeIds } = bodyOf(removed, call);
  const missing = issueTypeIds.find((id) => id === 'default' || scheme.mappings[id] === undefined);
  if (missing !== undefined) throw new Refusal(404, `The issue type with ID '${missing}' is not mapped.`);
  const left = Object.entries(scheme.mappings).filter(([id]) => !issueTypeIds.includes(id));
  return replaced(store, {
    ...scheme,
    mappings: { ...Object.fromEntries(left), default: scheme.mappings.default },
  });
};
