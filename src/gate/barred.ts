import { participants } from '../change/participants';
import type { Participation } from '../change/participants';
import type { AccountId } from '../change/snapshot';
import { accountsOf } from '../policy/people';
import { authorsBarred } from './authors';
import type { Authorship } from './authors';
import type { GateFacts } from './recorded';

type Barred = ReadonlyMap<AccountId, readonly Participation[]>;

/**
 * Everybody who took part in the change as Jira knows it, judged per person: every account of somebody who took part with
 * one of them (law 3, "two accounts known to be one person count as one").
 */
export function tookPart({ snapshot, people }: Pick<GateFacts, 'snapshot' | 'people'>): Barred {
  const own = participants(snapshot);
  const found = new Map(own);
  for (const [accountId, how] of own) {
    for (const other of accountsOf(people, accountId).slice(1)) {
      const there = found.get(other) ?? [];
      const more = how
        .filter(({ code }) => !there.some((one) => one.code === code))
        .map(({ code, sentence }) => ({ code, sentence: `${sentence} with another account` }));
      found.set(other, [...there, ...more]);
    }
  }
  return found;
}

/**
 * Everybody who may not decide from now on: those who took part, and those who authored linked evidence. A decision that
 * is already there is not touched by this; evidence closes a gate only by an entry that says so (ruling 8).
 */
export function barredFrom(facts: GateFacts): Barred {
  const found = new Map(tookPart(facts));
  for (const [accountId, matches] of authorsBarred(facts)) {
    const authored = [...new Set(matches.map(({ authorship }) => didWith(authorship)))];
    const [first] = authored;
    if (first === undefined) continue;
    const more = authored.length === 1 ? '' : ` and ${authored.length - 1} more`;
    const sentence = `${first}${more}`;
    found.set(accountId, [...(found.get(accountId) ?? []), { code: 'author', sentence }]);
  }
  return found;
}

/** "authored commit 6dcb09b5b5", which completes "you …" and "she …" alike. */
export function didWith({ role, kind, id }: Pick<Authorship, 'role' | 'kind' | 'id'>): string {
  const isCommit = kind === 'commit' || kind === 'commit-signature';
  const what = isCommit ? `commit ${id.slice(0, 10)}` : `${kind.replaceAll('-', ' ')} ${id}`;
  if (role === 'committer') return `committed ${what}`;
  if (role === 'signer') return `signed ${what}`;
  if (kind === 'pull-request') return `opened ${what}`;
  if (role === 'author') return isCommit ? `authored ${what}` : `authored what ${what} is about`;
  return `triggered ${what}`;
}
