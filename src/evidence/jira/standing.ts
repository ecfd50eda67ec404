import { disclosed } from '../../ledger/commitment';
import type { Person, Sha256Hex, StoredEntry } from '../../ledger/entry';
import type { JiraPart, JiraPartRead, JiraRecord, JiraRecordKind, JiraShown } from '../../ledger/jira-entries';
import { recordKey } from './shown';

export type JiraRead = StoredEntry<'jira-read'>;

/** One thing of Jira's as the readings so far found it, with the newest values that are not erased. */
export interface StandingRecord {
  readonly record: JiraRecordKind;
  readonly id: string;
  readonly state: JiraRecord['state'];
  readonly digest: Sha256Hex;
  readonly attributes: Readonly<Record<string, string>>;
  /** Null once erased. */
  readonly what: JiraShown | null;
  readonly by: Person | null;
  readonly at: string | null;
  /** The reading that first found it, and the one that found it as it is now. */
  readonly firstSeenAt: string;
  readonly changedAt: string;
  /** How often it was found changed. */
  readonly changes: number;
  /** Of what is gone: who took it away and when, as far as Jira's history says. */
  readonly gone: { readonly by: Person | null; readonly at: string | null } | null;
  /** Whose view showed it; null for the app's own, or where the name was erased. */
  readonly viewer: Person | null;
}

export const readingsIn = (chain: readonly StoredEntry[]): readonly JiraRead[] =>
  chain.filter((stored): stored is JiraRead => stored.entry.kind === 'jira-read');

/** Everything that the readings found, in the order in which each was first found. */
export function standingRecords(chain: readonly StoredEntry[]): ReadonlyMap<string, StandingRecord> {
  const standing = new Map<string, Standing>();
  for (const stored of readingsIn(chain)) {
    for (const record of stored.entry.body.records) {
      const key = recordKey(record);
      const before = standing.get(key);
      standing.set(
        key,
        before === undefined ? new Standing(place(stored, record)) : before.next(place(stored, record)),
      );
    }
  }
  return standing;
}

/** One state of a thing, and the entry that says it. */
interface Place {
  readonly stored: JiraRead;
  readonly found: JiraRecord;
}
const place = (stored: JiraRead, found: JiraRecord): Place => ({ stored, found });

/** Values are opened when they are asked for: of thousands of comments most are only counted. */
class Standing implements StandingRecord {
  constructor(
    private readonly last: Place,
    /** The newest state in which it was there. */
    private readonly shown: Place = last,
    private readonly first: Place = last,
    readonly changes = 0,
  ) {}

  next(last: Place): Standing {
    const { state } = last.found;
    const shown = state === 'gone' ? this.shown : last;
    return new Standing(last, shown, this.first, this.changes + (state === 'changed' ? 1 : 0));
  }

  get record(): JiraRecordKind {
    return this.last.found.record;
  }
  get id(): string {
    return this.last.found.id;
  }
  get state(): JiraRecord['state'] {
    return this.last.found.state;
  }
  get digest(): Sha256Hex {
    return this.shown.found.digest;
  }
  get attributes(): Readonly<Record<string, string>> {
    return this.shown.found.attributes;
  }
  get what(): JiraShown | null {
    return disclosed<JiraShown>(this.shown.stored, this.shown.found.what) ?? null;
  }
  get by(): Person | null {
    return disclosed<Person>(this.shown.stored, this.shown.found.by) ?? null;
  }
  get at(): string | null {
    return this.shown.found.at;
  }
  get firstSeenAt(): string {
    return this.first.stored.entry.body.readAt;
  }
  get changedAt(): string {
    return this.last.stored.entry.body.readAt;
  }
  get gone(): StandingRecord['gone'] {
    const { stored, found } = this.last;
    return found.state === 'gone' ? { by: disclosed<Person>(stored, found.by) ?? null, at: found.at } : null;
  }
  get viewer(): Person | null {
    return disclosed<Person>(this.last.stored, this.last.stored.entry.body.viewer) ?? null;
  }
}

/** How each part was read last, by the entries of the ledger. */
export function lastParts(chain: readonly StoredEntry[]): ReadonlyMap<JiraPart, JiraPartRead> {
  return new Map(readingsIn(chain).flatMap(({ entry }) => entry.body.parts.map((part) => [part.part, part] as const)));
}
