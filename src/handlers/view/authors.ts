import type { AuthorView } from '../../contract/people';
import type { Author } from '../../gate/authors';
import { authorsOf } from '../../gate/authors';
import { didWith } from '../../gate/barred';
import { disclosed } from '../../ledger/commitment';
import type { Person } from '../../ledger/entry';
import { senderName } from '../../providers/names';
import type { Facts } from '../facts';

/** Everybody who authored evidence of the change, whether it is settled who they are, and how that is known. */
export function authorViews(facts: Facts): readonly AuthorView[] {
  const names = accountNames(facts);
  return authorsOf(facts).map((author) => {
    const { authored, name, known, matches, resolution } = author;
    const [{ evidence, index }] = authored;
    const accounts = [...new Set(matches.map(({ accountId }) => accountId))];
    return {
      evidence,
      index,
      name,
      identity: identityText(author),
      did: [...new Set(authored.map(didWith))],
      known,
      accounts: accounts.map((id) => names.get(id) ?? 'an account whose name is not known'),
      how: how(author),
      resolution:
        resolution === null
          ? null
          : {
              account: resolution.accountId === null ? null : (names.get(resolution.accountId) ?? null),
              by: resolution.byName,
              basis: resolution.basis,
              at: resolution.at,
            },
    };
  });
}

function identityText({ authored }: Author): string {
  const parts = authored.flatMap(({ person, source }) => [
    ...(person.login === undefined ? [] : [`${person.login} at ${senderName(source)}`]),
    ...(person.email === undefined ? [] : [person.email]),
  ]);
  return [...new Set(parts)].join(', ');
}

function how({ known, matches, resolution }: Author): string {
  const by = (wanted: string): boolean => matches.some((match) => match.by === wanted);
  if (known === 'unproved')
    return by('e-mail')
      ? 'Jira shows this e-mail address; no verified signature proves who used it.'
      : 'The sender names this account of Atlassian; no verified signature proves who used it.';
  if (known === 'unmatched') return 'Nobody knows yet whose account this is.';
  if (resolution !== null)
    return resolution.accountId === null ? 'Nobody who may decide here.' : 'Said by a named person.';
  if (known === 'nobody') return 'Nobody who may decide here, by the people map.';
  return by('admin-map') ? 'By the people map.' : 'Jira shows this e-mail address, and a verified signature proves it.';
}

/** Names of accounts as Jira says now, then as the ledger recorded them, then as the people map calls the person. */
function accountNames({ snapshot, entries, people }: Facts): ReadonlyMap<string, string> {
  const recorded = entries.flatMap((stored) =>
    stored.entry.kind === 'author-matched' || stored.entry.kind === 'author-resolved'
      ? [disclosed<Person>(stored, stored.entry.body.account)]
      : stored.entry.kind === 'evidence'
        ? stored.entry.body.people.map(({ person }) => disclosed<Person>(stored, person))
        : [],
  );
  return new Map([
    ...people.people.flatMap(({ accounts, name }) => accounts.map((id) => [id, name] as const)),
    ...recorded.flatMap((person) =>
      person?.accountId === undefined || person.displayName === undefined
        ? []
        : [[person.accountId, person.displayName] as const],
    ),
    ...Object.entries(snapshot.names),
  ]);
}
