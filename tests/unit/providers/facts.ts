import type { Parsed } from '../../../src/evidence/item';

/** What a body says, short enough for a table: each fact with its state, commits, keys and people. */
export function factsOf(parsed: Parsed): unknown {
  if (parsed.outcome !== 'evidence') return `${parsed.outcome}: ${parsed.reason}`;
  return parsed.items.map(({ item, names }) => ({
    fact: `${item.kind} ${item.id}`,
    in: item.repository,
    state: item.state,
    commits: item.commits.map((id) => id.slice(0, 4)),
    names: names.map(({ key, places }) => `${key} by ${places.join(', ')}`),
    people: item.people.map(
      ({ role, person }) => `${role} ${person.login ?? person.email ?? person.displayName ?? ''}`,
    ),
    at: item.claimedAt,
  }));
}

export const SHA_A = 'a'.repeat(40);
export const SHA_B = 'b'.repeat(40);
export const ZEROS = '0'.repeat(40);
