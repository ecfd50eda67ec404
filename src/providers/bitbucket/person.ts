import type * as z from '#zod';
import { clean, type Context } from '../github/statement';
import type { Account, Commit, envelope } from './schemas';

/** What a delivery says beside its resource; `action` is what the event's name says happened. */
export const contextOf = ({ repository, actor }: z.infer<typeof envelope>, action: string | null): Context => ({
  repository: typeof repository?.full_name === 'string' ? clean(repository.full_name, 255) : null,
  action,
  sender: personOf(actor),
});

/** A nickname can be changed and is nobody's alone, so the account, which is that of Jira, stands beside it. */
export function personOf(account: Account) {
  if (account === null || account === undefined) return null;
  const { display_name: name, nickname, username, account_id: accountId } = account;
  return { name, login: nickname ?? username, accountId };
}

/** The author of a commit: `Dana <dana@example.test>` as git has it, with the account that Bitbucket knows for it. */
export function authorOf(author: Commit['author']) {
  if (author === null || author === undefined) return null;
  const { raw, user, ...account } = author;
  const known = personOf(user ?? account);
  const [, name, email] = /^([^<]*?) *<([^<>\s]+@[^<>\s]+)>$/.exec(raw?.slice(0, 1000) ?? '') ?? [];
  return { ...known, name: name ?? known?.name ?? raw, email };
}

/** The type of an account that is no person's, such as an app or a team. */
export const typeOf = (account: Account): string | null =>
  account?.type === null || account?.type === 'user' ? null : (account?.type ?? null);
