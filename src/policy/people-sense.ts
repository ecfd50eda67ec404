import { identityKey } from './identity';
import type { PeopleMap } from './people';

/** What keeps a map from being saved, one sentence each; empty when it makes sense. Names people: for the screen only. */
export function peopleProblems({ people }: PeopleMap): string[] {
  return [
    ...people.flatMap(({ name, accounts, identities }) =>
      accounts.length === 0 && identities.length === 0
        ? [`${name} has neither an account nor an identity: add one, or remove the person.`]
        : [],
    ),
    ...people.flatMap(({ name, accounts }) =>
      new Set(accounts).size < accounts.length ? [`An account of ${name} is there twice.`] : [],
    ),
    ...shared(people, ({ accounts }) => accounts, 'The same Jira account'),
    ...shared(people, ({ identities }) => identities.map(identityKey), 'The same identity'),
    ...repeated(people.map(({ id }) => id)).map((id) => `Two people have the id ${id}.`),
  ];
}

type People = PeopleMap['people'];

/** Something that two people cannot both have: it would make them one. */
function shared(people: People, keysOf: (one: People[number]) => readonly string[], what: string): string[] {
  const owners = new Map<string, Set<string>>();
  for (const one of people) {
    for (const key of keysOf(one)) owners.set(key, (owners.get(key) ?? new Set()).add(one.name));
  }
  const pairs = [...owners.values()].filter((names) => names.size > 1).map((names) => [...names].join(' and '));
  return [...new Set(pairs)].map((names) => `${what} belongs to ${names}: join them, or take it from one of them.`);
}

const repeated = (ids: readonly string[]): string[] => [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
