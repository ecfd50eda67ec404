import * as z from '#zod';
import type { UnmatchedView } from '../../contract/people';
import { authorsOf, type Author } from '../../gate/authors';
import { didWith } from '../../gate/barred';
import { unmatchedKey, UNMATCHED_PREFIX } from '../../ledger/keys';
import { identitiesOf, identityKey, type Identity } from '../../policy/identity';
import { peopleMatching, type PeopleMap } from '../../policy/people';
import type { Ports } from '../../ports/ports';
import type { Facts } from '../facts';

const text = z.lazy(() => z.string());
const noted = z.lazy(() =>
  z.object({
    key: text,
    authors: z.array(
      z.object({
        person: z.object({
          displayName: z.exactOptional(text),
          email: z.exactOptional(text),
          login: z.exactOptional(text),
        }),
        source: text,
        name: text,
        did: text,
        accounts: z.array(text),
      }),
    ),
  }),
);
type Noted = z.infer<typeof noted>;

const isOpen = ({ known }: Author): boolean => known === 'unmatched' || known === 'unproved';

/**
 * Notes which authors of a change's evidence nobody knows yet, for the admin's list. Only a note for that list: nothing is
 * judged from it, and it goes once they are known.
 */
export async function noteUnmatched(ports: Ports, facts: Facts): Promise<void> {
  const key = unmatchedKey(facts.snapshot.issueId);
  const open = authorsOf(facts).filter(isOpen);
  const before = await ports.store.get(key);
  if (open.length === 0) {
    if (before !== undefined) await ports.store.delete(key);
    return;
  }
  const note: Noted = {
    key: facts.snapshot.key,
    authors: open.map(({ name, authored: [first], matches }) => {
      const { displayName, email, login } = first.person;
      return {
        person: {
          ...(displayName === undefined ? {} : { displayName }),
          ...(email === undefined ? {} : { email }),
          ...(login === undefined ? {} : { login }),
        },
        source: first.source,
        name,
        did: didWith(first),
        accounts: [...new Set(matches.map(({ accountId }) => accountId))],
      };
    }),
  };
  if (JSON.stringify(before) !== JSON.stringify(note)) await ports.store.set(key, note);
}

const PAGES = 5;

/** The authors that were noted, each once, without those whom the map knows meanwhile; says when the list was cut. */
export async function readUnmatched(
  ports: Pick<Ports, 'store'>,
  map: PeopleMap | undefined,
): Promise<{ readonly authors: readonly UnmatchedView[]; readonly complete: boolean }> {
  const found = new Map<string, UnmatchedView>();
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const { items, next } = await ports.store.list(UNMATCHED_PREFIX, cursor);
    for (const note of items.flatMap(({ value }) => noted.safeParse(value).data ?? [])) collect(found, note, map);
    if (next === undefined) return { authors: [...found.values()], complete: true };
    cursor = next;
  }
  return { authors: [...found.values()], complete: false };
}

function collect(found: Map<string, UnmatchedView>, { key, authors }: Noted, map: PeopleMap | undefined): void {
  for (const { person, source, name, did, accounts } of authors) {
    if (peopleMatching(map, person, source).length > 0) continue;
    const identities = offered(identitiesOf(person, source));
    const [first] = identities;
    if (first === undefined) continue;
    const known = found.get(identityKey(first));
    found.set(identityKey(first), {
      name,
      identities,
      did: known?.did ?? did,
      changes: [...new Set([...(known?.changes ?? []), key])],
      accounts: [...new Set([...(known?.accounts ?? []), ...accounts])],
    });
  }
}

/** A user name or an address says who it is; the name beside an address adds nothing to map. */
function offered(identities: readonly Identity[]): readonly Identity[] {
  const strong = identities.filter(({ kind }) => kind !== 'author');
  const keys = strong.map(identityKey);
  return strong.length === 0 ? identities : strong.filter((one, i) => keys.indexOf(identityKey(one)) === i);
}
