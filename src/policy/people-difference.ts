import { canonicalJson } from '../ledger/canonical';
import type { MappedPerson, PeopleMap } from './people';

/**
 * What is different in a people map, in words without personal data, because they become part of a hashed entry.
 * Guarantees: empty exactly when the two say the same, whatever their versions are called.
 */
export function peopleDifferences(before: PeopleMap, after: PeopleMap): string[] {
  const known = new Map(before.people.map((one) => [one.id, one]));
  const kept = after.people.flatMap((now) => {
    const old = known.get(now.id);
    return old === undefined ? [] : [{ old, now }];
  });
  const added = after.people.filter(({ id }) => !known.has(id));
  const removed = before.people.filter(({ id }) => !after.people.some((now) => now.id === id));
  const found = [
    ...counted(added.filter(mayDecide).length, 'was added', 'were added'),
    ...counted(added.filter((one) => !mayDecide(one)).length, 'was added as', 'were added as', NOBODY),
    ...counted(removed.length, 'was removed', 'were removed'),
    ...PARTS.flatMap(([what, partOf]) =>
      counted(kept.filter(({ old, now }) => !same(partOf(old), partOf(now))).length, 'has', 'have', what),
    ),
  ];
  if (found.length > 0) return found;
  return same(before.people, after.people) ? [] : ['Only the order of the people changed.'];
}

const NOBODY = 'nobody who may decide here';

const mayDecide = ({ accounts }: MappedPerson): boolean => accounts.length > 0;

const PARTS: readonly [string, (one: MappedPerson) => unknown][] = [
  ['other Jira accounts', ({ accounts }) => accounts],
  ['other identities', ({ identities }) => identities],
  ['another name', ({ name }) => name],
  ['another organisation', ({ organisation }) => organisation],
];

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

function counted(count: number, one: string, many: string, rest = ''): string[] {
  if (count === 0) return [];
  const verb = count === 1 ? one : many;
  return [`${count} ${count === 1 ? 'person' : 'people'} ${verb}${rest === '' ? '' : ` ${rest}`}.`];
}
