import { CHANGE_TYPES, FIELD_KEYS, NO_CUI_SYSTEM, STATUSES, UNKNOWN_CUI_SYSTEM } from './fields';
import type { ChangeType, FieldKey, Status } from './fields';

/**
 * Where a site keeps the change request, by Jira's ids: an id outlives a renaming and says the same in every language.
 * Null: the thing is found by its English name. Nothing falls back from an id to a name.
 */
export interface SiteIds {
  /** Field ids such as `customfield_10010`. Summary and Description are Jira's own and have fixed ids. */
  readonly fields: Readonly<Record<FieldKey, string | null>>;
  readonly statuses: Readonly<Record<Status, string | null>>;
  /** Option ids of the field Change type. */
  readonly changeTypes: Readonly<Record<ChangeType, string | null>>;
  /** Option ids of the two answers of Impacted CUI systems that name no system. */
  readonly systems: { readonly none: string | null; readonly unknown: string | null };
  /** Project ids by the keys of the policy; a key that is not here is found by key. */
  readonly projectIds: Readonly<Record<string, string>>;
  /** Issue type ids by the names of the policy; a name that is not here is found by name. */
  readonly issueTypeIds: Readonly<Record<string, string>>;
}

const byName = <K extends string>(keys: readonly K[]): Readonly<Record<K, null>> =>
  Object.fromEntries(keys.map((key) => [key, null])) as Record<K, null>;

/** Everything is found by name. */
export const BY_NAME: SiteIds = {
  fields: byName(FIELD_KEYS),
  statuses: byName(STATUSES),
  changeTypes: byName(CHANGE_TYPES),
  systems: { none: null, unknown: null },
  projectIds: {},
  issueTypeIds: {},
};

/** Our words with the id that Jira has for each; null or absent where the word is found by itself. */
export type WordIds = Readonly<Record<string, string | null>>;

/** A thing of Jira as an answer names it. Its name may be in any language, or absent. */
export interface Named {
  readonly id?: string | null | undefined;
  readonly name: string;
}

/**
 * Our word for a thing of Jira. By its id where a word is held by id; something else that merely bears the name of such a
 * word is told apart from it, so that a renamed or second thing never passes for the one that was chosen.
 */
export function ourWord(ids: WordIds, { id, name }: Named): string {
  if (id !== undefined && id !== null) {
    const held = Object.entries(ids).find(([, heldId]) => heldId === id);
    if (held !== undefined) return held[0];
  }
  return Object.hasOwn(ids, name) && ids[name] !== null ? `${name} (another one of this name)` : name;
}

/** The answers of Impacted CUI systems that mean something to the rules. */
export const systemWords = ({ systems }: Pick<SiteIds, 'systems'>): WordIds => ({
  [NO_CUI_SYSTEM]: systems.none,
  [UNKNOWN_CUI_SYSTEM]: systems.unknown,
});
