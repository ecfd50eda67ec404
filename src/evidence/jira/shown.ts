import { canonicalJson } from '../../ledger/canonical';
import type { Sha256Hex } from '../../ledger/entry';
import { sha256Hex } from '../../ledger/hash';
import type { JiraPart, JiraPartRead, JiraRecordKind, JiraShown } from '../../ledger/jira-entries';

/** Somebody as Jira names them. */
export interface ShownPerson {
  readonly accountId: string;
  readonly displayName: string;
}

/** One thing as Jira shows it now. */
export interface ShownRecord {
  readonly record: JiraRecordKind;
  readonly id: string;
  /** No personal data and no text: see `JiraRecord`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly what: JiraShown;
  readonly by: ShownPerson | null;
  /** UTC ISO 8601. */
  readonly at: string | null;
}

/** Everything of one kind as far as Jira answered. What an incomplete part does not show is not therefore gone. */
export interface ShownPart<T extends ShownRecord = ShownRecord> {
  readonly items: readonly T[];
  /** Null when it is everything, else the reason why it is not, as a sentence. */
  readonly because: string | null;
}

/** How a part was read, for the ledger. */
export const partRead = (part: JiraPart, { items, because }: ShownPart): JiraPartRead => ({
  part,
  complete: because === null,
  found: items.length,
  because,
});

export const recordKey = ({ record, id }: { readonly record: JiraRecordKind; readonly id: string }): string =>
  `${record}:${id}`;

/**
 * What tells one state of a thing from another: ids, attributes, texts, and who by account, not what anybody is called.
 * Salted, so that a short text cannot be guessed from it once the text itself is erased.
 */
export function digestOfShown({ record, id, attributes, what, by, at }: ShownRecord, salt: string): Sha256Hex {
  const people = (what.people ?? []).map(({ accountId, did }) => [accountId, did]);
  const { title, text = null, url = null } = what;
  return sha256Hex(
    canonicalJson({ salt, record, id, attributes, title, text, url, people, by: by?.accountId ?? null, at }),
  );
}
