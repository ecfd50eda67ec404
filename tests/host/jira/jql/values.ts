import { STATUS_CATEGORIES } from '../json';
import type { JiraStore } from '../store';

/** What a value in a query stands for: ids, or undefined when the site has no such thing. */

export function named(
  all: readonly { readonly id: string; readonly name: string }[],
  value: string,
): readonly string[] | undefined {
  const found = all.find(({ id, name }) => name.toLowerCase() === value.toLowerCase() || id === value);
  return found && [found.id];
}

export function findCategory(value: string): readonly string[] | undefined {
  const lower = value.toLowerCase();
  const found = Object.entries(STATUS_CATEGORIES).find(
    ([, { id, key, name }]) => name.toLowerCase() === lower || key === lower || String(id) === value,
  );
  return found && [found[0]];
}

/** By account id, e-mail or display name. */
export function findPerson(store: JiraStore, value: string): readonly string[] | undefined {
  const lower = value.toLowerCase();
  const found = store.people
    .all()
    .filter(
      (user) =>
        user.accountId === value || user.email?.toLowerCase() === lower || user.displayName.toLowerCase() === lower,
    );
  return found.length === 0 ? undefined : found.map(({ accountId }) => accountId);
}
