import type { Person } from '../ledger/entry';

/** How somebody is known outside Jira. */
export type Identity =
  | { readonly kind: 'email'; readonly email: string }
  /** A user name at a sender: `source` as in the intake, such as `github`. */
  | { readonly kind: 'login'; readonly source: string; readonly login: string }
  /** What a commit says of its author, for a mailbox that several share, or a name without one (`email` is ''). */
  | { readonly kind: 'author'; readonly name: string; readonly email: string };

/** `dana+ci@example.test` is delivered to `dana@example.test`; upper and lower case are the same mailbox in practice. */
export const mailbox = (email: string): string => plain(email).replace(/\+[^@]*(?=@)/, '');

/** Whether two addresses or user names are the same to the letter, case aside; nothing is the same as nothing. */
export const sameText = (a: string, b: string): boolean => plain(a) !== '' && plain(a) === plain(b);

const plain = (text: string): string => text.normalize('NFC').trim().toLowerCase();

/**
 * The user name in an address that GitHub makes up for somebody who hides theirs, with or without the user's number
 * (docs.github.com, "Setting your commit email address"). Undefined for every other address.
 */
export const noreplyLogin = (email: string): string | undefined =>
  /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/.exec(plain(email))?.[1];

/**
 * Everything that a person at a sender is known by. A name alone names nobody, so it counts only together with an
 * address, or where neither address nor user name is there.
 */
export function identitiesOf({ email = '', login = '', displayName = '' }: Person, source: string): Identity[] {
  const hidden = noreplyLogin(email);
  const bare = plain(email) === '' && plain(login) === '';
  return [
    ...(plain(login) === '' ? [] : [{ kind: 'login', source, login } as const]),
    ...(hidden === undefined ? [] : [{ kind: 'login', source: 'github', login: hidden } as const]),
    ...(plain(email) === '' || hidden !== undefined ? [] : [{ kind: 'email', email } as const]),
    ...(plain(displayName) !== '' && (plain(email) !== '' || bare)
      ? [{ kind: 'author', name: displayName, email } as const]
      : []),
  ];
}

/** The same text for identities that are the same, letter case and a plus tag of an address aside. */
export function identityKey(identity: Identity): string {
  switch (identity.kind) {
    case 'email': {
      const login = noreplyLogin(identity.email);
      return login === undefined ? `email:${mailbox(identity.email)}` : `login:github:${login}`;
    }
    case 'login':
      return `login:${plain(identity.source)}:${plain(identity.login)}`;
    case 'author':
      return `author:${plain(identity.name)}:${mailbox(identity.email)}`;
  }
}

/**
 * What somebody at a sender is told apart by: the Atlassian account, whose user name another may have too, else the user
 * name, else the address, else the name.
 */
export function nameKey(person: Person, source: string): string {
  if (person.accountId !== undefined) return `account:${person.accountId}`;
  const [first] = identitiesOf(person, source);
  return first === undefined ? `nobody:${source}` : identityKey(first);
}
