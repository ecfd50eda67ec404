import type { ChangeSnapshot } from '../change/snapshot';
import type { Break } from '../ledger/chain';
import { disclosed } from '../ledger/commitment';
import type { Committed, EntryBodies, Person, StoredEntry } from '../ledger/entry';
import type { PeopleMap } from '../policy/people';
import type { Policy } from '../policy/policy';

/** What everything here is judged from: the change as Jira has it now, and what was recorded of it. */
export interface GateFacts {
  readonly snapshot: ChangeSnapshot;
  readonly entries: readonly StoredEntry[];
  /** What reading the chain found wrong beyond the entries themselves, such as entries removed from its end. */
  readonly breaks?: readonly Break[];
  /** Earlier versions of the policy that its decisions name, by version. */
  readonly policies?: Readonly<Record<string, Policy>>;
  /** Who is who, as an admin knows it; without it every account is a person of its own. */
  readonly people?: PeopleMap;
  /** What is known of the project's other changes; absent where it was not asked for. */
  readonly surroundings?: Surroundings;
}

export interface Surroundings {
  /** Keys of emergency changes of the project whose retroactive review is overdue. */
  readonly overdueReviews: readonly string[];
  /** Open changes of the project with a change window. */
  readonly others: readonly {
    readonly key: string;
    readonly systems: readonly string[];
    readonly windowStart: string;
    readonly windowEnd: string;
  }[];
}

/** A recorded decision with the people who could be disclosed. */
export interface RecordedDecision {
  readonly seq: number;
  readonly body: EntryBodies['decision'];
  /** Null once it was erased, or when what is stored does not open the commitment: then the decision cannot count. */
  readonly accountId: string | null;
  readonly displayName: string | null;
  readonly owners: readonly Person[];
  /** Whose say it was; absent for one's own, null once that cannot be disclosed any more. */
  readonly behalf?: { readonly accountId: string; readonly displayName: string | null } | null;
}

/** A person who can still be told apart from others; null when not. */
export function named(
  stored: StoredEntry,
  committed: Committed,
): { readonly accountId: string; readonly displayName: string | null } | null {
  const person = disclosed<Person>(stored, committed);
  return person?.accountId === undefined
    ? null
    : { accountId: person.accountId, displayName: person.displayName ?? null };
}

/** Every decision of a chain, in the order of the ledger. */
export function recordedDecisions(entries: readonly StoredEntry[]): RecordedDecision[] {
  return entries
    .flatMap((stored) => {
      const { entry } = stored;
      if (entry.kind !== 'decision') return [];
      const by = disclosed<Person>(stored, entry.body.by);
      return {
        seq: entry.seq,
        body: entry.body,
        accountId: by?.accountId ?? null,
        displayName: by?.displayName ?? null,
        owners: entry.body.requiredActions.map(({ owner }) => disclosed<Person>(stored, owner) ?? {}),
        ...(entry.body.onBehalfOf === undefined ? {} : { behalf: named(stored, entry.body.onBehalfOf.person) }),
      };
    })
    .sort((a, b) => a.seq - b.seq);
}
