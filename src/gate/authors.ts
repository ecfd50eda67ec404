import type { AccountId } from '../change/snapshot';
import { refutedCommits } from '../evidence/expected';
import { disclosed } from '../ledger/commitment';
import type { EntryBodies, Person, StoredEntry } from '../ledger/entry';
import { nameKey, sameText } from '../policy/identity';
import { accountsOf, peopleMatching } from '../policy/people';
import { signersFor, verifiedCommits } from './verified-commits';
import { latestResolutions } from './resolutions';
import type { Resolution } from './resolutions';
import type { GateFacts } from './recorded';

/** One person whom one fact of evidence names as somebody who made what is changed, or deployed it. */
export interface Authorship {
  /** The evidence entry and the person's place in its list, from 0. */
  readonly evidence: number;
  readonly index: number;
  readonly role: string;
  readonly kind: string;
  readonly id: string;
  readonly source: string;
  /** A verified signature of the commit was made with this person's own address. */
  readonly signed: boolean;
  /** Accounts whose registered key has signed the commit, in which this person's address is the committer's. */
  readonly signers: readonly AccountId[];
  readonly person: Person;
}

export type MatchedBy = EntryBodies['decision-barred']['matchedBy'];

/** An account that an author may be. */
export interface AuthorMatch {
  readonly accountId: AccountId;
  readonly by: MatchedBy;
  readonly authorship: Authorship;
}

/** Somebody at a sender who authored evidence of this change, with everything they authored. */
export interface Author {
  /** The same for all evidence of one identity. */
  readonly key: string;
  readonly name: string;
  readonly authored: readonly [Authorship, ...Authorship[]];
  /** Accounts that are barred because of it: any match is enough (ruling 9). */
  readonly matches: readonly AuthorMatch[];
  /**
   * Whether it is settled who this is: by the admin's map, by a named person, or by an address that Jira shows together
   * with a verified signature. `unproved`: only an address says so, and anybody can write one into a commit, or only the
   * sender, by the Atlassian account that it has for somebody.
   */
  readonly known: 'account' | 'nobody' | 'unproved' | 'unmatched';
  readonly resolution: Resolution | null;
}

/** Everybody who authored evidence of a change, one an identity, in the order in which they first appear. */
export function authorsOf(facts: Pick<GateFacts, 'entries' | 'people'>): Author[] {
  const byKey = new Map<string, [Authorship, ...Authorship[]]>();
  for (const authorship of authorshipsIn(facts.entries)) {
    const key = nameKey(authorship.person, authorship.source);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [authorship]);
    else known.push(authorship);
  }
  const shown = shownByJira(facts.entries);
  const resolutions = latestResolutions(facts.entries);
  return [...byKey].map(([key, authored]) => {
    const resolution = resolutions.get(key) ?? null;
    return { key, name: nameOf(authored), authored, resolution, ...judged(authored, facts, shown, resolution) };
  });
}

/** Accounts barred by what evidence says, each with all that bars it, all accounts of one person alike. */
export function authorsBarred(
  facts: Pick<GateFacts, 'entries' | 'people'>,
): ReadonlyMap<AccountId, readonly AuthorMatch[]> {
  const found = new Map<AccountId, AuthorMatch[]>();
  for (const match of authorsOf(facts).flatMap(({ matches }) => matches)) {
    for (const accountId of accountsOf(facts.people, match.accountId))
      found.set(accountId, [...(found.get(accountId) ?? []), match]);
  }
  return found;
}

const DEPLOYMENTS: readonly string[] = ['deployment', 'deployment-status'];

/**
 * Law 3: authors and committers of commits, whose key has signed one, authors of pull requests, whoever triggered a deployment. Not reviewers, and
 * not who merely pushed, merged or started a run.
 */
const isAuthor = (kind: string, role: string): boolean =>
  role === 'author' ||
  role === 'committer' ||
  (kind === 'commit-signature' && role === 'signer') ||
  (DEPLOYMENTS.includes(kind) && (role === 'creator' || role === 'actor'));

export function authorshipsIn(entries: readonly StoredEntry[]): Authorship[] {
  const verified = verifiedCommits(entries);
  const refuted = refutedCommits(entries);
  return entries.flatMap((stored) => {
    const { entry } = stored;
    if (entry.kind !== 'evidence') return [];
    const people = entry.body.people.map(({ role, person }) => ({ role, person: disclosed<Person>(stored, person) }));
    return people.flatMap(({ role, person }, index): Authorship[] => {
      // Erased: nobody can be told by it any more; what it showed before stands in entries of its own.
      if (person === undefined || !isAuthor(entry.body.evidence, role)) return [];
      if (role === 'committer' && isSendersOwn(person) && people.some((other) => other.role === 'author')) return [];
      const { evidence: kind, id, provenance } = entry.body;
      const ofCommit = kind === 'commit' || kind === 'commit-signature';
      const signed = !refuted.has(id) && isSigned(entry.body, role, people);
      const signers = ofCommit ? signersFor(verified, id, role, person) : [];
      return [{ evidence: entry.seq, index, role, kind, id, source: provenance.source, signed, signers, person }];
    });
  });
}

/** GitHub commits in its own name what somebody merges or edits in the browser (docs.github.com, "web-flow"). */
const isSendersOwn = ({ email = '', login = '' }: Person): boolean =>
  sameText(email, 'noreply@github.com') || login === 'web-flow';

type Shown = readonly { readonly role: string; readonly person: Person | undefined }[];

/** The committer signs. An author is proved by it only where the committer is the same. */
function isSigned({ evidence, attributes }: EntryBodies['evidence'], role: string, people: Shown): boolean {
  if (evidence !== 'commit' || attributes['signature'] !== 'verified') return false;
  const addressOf = (wanted: string) => people.find((one) => one.role === wanted)?.person?.email ?? '';
  return role === 'committer' || sameText(addressOf('author'), addressOf('committer'));
}

interface ShownAccount {
  readonly accountId: AccountId;
  readonly address: string;
  readonly exact: boolean;
}

/** Accounts that Jira showed with an author's address, as recorded. */
function shownByJira(entries: readonly StoredEntry[]): readonly ShownAccount[] {
  return entries.flatMap((stored) => {
    const { entry } = stored;
    if (entry.kind !== 'author-matched') return [];
    const accountId = disclosed<Person>(stored, entry.body.account)?.accountId;
    const address = personAt(entries, entry.body)?.email;
    return accountId === undefined || address === undefined
      ? []
      : [{ accountId, address, exact: entry.body.address === 'same' }];
  });
}

/** The person at a place of an evidence entry; undefined when there is none or they were erased. */
export function personAt(
  entries: readonly StoredEntry[],
  { evidence, index }: { readonly evidence: number; readonly index: number },
): Person | undefined {
  const stored = entries.find(({ entry }) => entry.seq === evidence);
  if (stored?.entry.kind !== 'evidence') return undefined;
  const committed = stored.entry.body.people[index]?.person;
  return committed === undefined ? undefined : disclosed<Person>(stored, committed);
}

function judged(
  authored: readonly Authorship[],
  { people }: Pick<GateFacts, 'people'>,
  shown: readonly ShownAccount[],
  resolution: Resolution | null,
): Pick<Author, 'matches' | 'known'> {
  const each = authored.map((authorship) => {
    const mapped = peopleMatching(people, authorship.person, authorship.source);
    const mailed = shown.filter(({ address }) => sameText(address, authorship.person.email ?? ''));
    const named = authorship.person.accountId;
    const match = (by: MatchedBy) => (accountId: AccountId) => ({ accountId, by, authorship });
    return {
      mapped,
      matches: [
        ...mapped.flatMap(({ accounts }) => accounts).map(match('admin-map')),
        ...mailed.map(({ accountId }) => accountId).map(match('e-mail')),
        ...(named === undefined ? [] : [match('atlassian-account')(named)]),
        ...(resolution?.accountId === null || resolution === null ? [] : [match('resolution')(resolution.accountId)]),
      ],
      proved: mapped.length > 0 || isProved(authorship, mailed, people),
      hinted: mailed.length > 0 || named !== undefined,
    };
  });
  const matches = each.flatMap((one) => one.matches);
  const settled = resolution !== null || each.every(({ proved }) => proved);
  if (settled) return { matches, known: matches.length > 0 ? 'account' : 'nobody' };
  return { matches, known: each.every(({ proved, hinted }) => proved || hinted) ? 'unproved' : 'unmatched' };
}

/**
 * By an address that Jira shows, together with a signature that the sender verified, or that a key has made which was
 * registered for that very person: a key of somebody else proves nothing of the address in a commit. Whoever holds the key
 * is known by the registration itself.
 */
function isProved(
  { role, signed, signers, person }: Authorship,
  mailed: readonly ShownAccount[],
  people: GateFacts['people'],
): boolean {
  if (role === 'signer') return person.accountId !== undefined;
  return mailed.some(
    ({ accountId, exact }) =>
      exact && (signed || accountsOf(people, accountId).some((account) => signers.includes(account))),
  );
}

function nameOf(authored: readonly Authorship[]): string {
  const of = (member: 'displayName' | 'login' | 'email') =>
    authored.map(({ person }) => person[member]).find((text) => text !== undefined && text !== '');
  return of('displayName') ?? of('login') ?? of('email') ?? 'Somebody without a name';
}
