import { disclosed } from '../../ledger/commitment';
import type { Person, StoredEntry } from '../../ledger/entry';
import type { DiscrepancyCode, JiraShown } from '../../ledger/jira-entries';
import { COUNTED_WORDS, isCounted } from './held';

/** Something that was taken away after it was recorded, or that Jira knows of and the ledger does not. */
export interface Discrepancy {
  /** Its entry in the change's ledger. */
  readonly seq: number;
  readonly code: DiscrepancyCode;
  readonly subject: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Null where there is none, and once erased. */
  readonly what: JiraShown | null;
  readonly by: Person | null;
  readonly at: string | null;
  readonly foundAt: string;
  /** Null while it stands. */
  readonly resolved: { readonly at: string; readonly because: string } | null;
}

/** Every one that was ever found of a change, in the order in which they were found. */
export function discrepanciesIn(entries: readonly StoredEntry[]): readonly Discrepancy[] {
  const resolutions = new Map(
    entries.flatMap(({ entry }) =>
      entry.kind === 'discrepancy-resolved'
        ? [[entry.body.found, { at: entry.at, because: entry.body.because }] as const]
        : [],
    ),
  );
  return entries.flatMap((stored): Discrepancy[] => {
    const { entry } = stored;
    if (entry.kind !== 'discrepancy-found') return [];
    const { discrepancy, subject, attributes, what, by, at } = entry.body;
    return [
      {
        seq: entry.seq,
        code: discrepancy,
        subject,
        attributes,
        what: disclosed<JiraShown>(stored, what) ?? null,
        by: disclosed<Person>(stored, by) ?? null,
        at,
        foundAt: entry.at,
        resolved: resolutions.get(entry.seq) ?? null,
      },
    ];
  });
}

export const openDiscrepancies = (entries: readonly StoredEntry[]): readonly Discrepancy[] =>
  discrepanciesIn(entries).filter(({ resolved }) => resolved === null);

/** What it is and what to do next, for screens and packs; `when` writes a time. */
export function discrepancySentence(one: Discrepancy, when: (at: string) => string): string {
  const { code, subject, attributes, what } = one;
  const digest = attributes['sha256'];
  const kept = digest === undefined ? 'its content was not hashed' : `SHA-256 ${digest}`;
  switch (code) {
    case 'attachment-gone':
      return `The attachment ${quoted(what)} (id ${subject}, ${kept}) was taken off the change${byWhom(one, when)}.`;
    case 'attachment-replaced':
      return `The attachment ${quoted(what)} (id ${subject}, ${kept}) was replaced by another file of that name (id ${attributes['replacedBy'] ?? 'unknown'})${byWhom(one, when)}.`;
    case 'comment-gone':
      return `A comment by ${what?.people?.[0]?.displayName ?? 'somebody whose name is erased'} (id ${subject}) that counts for the change is not shown any more: it was deleted or restricted.`;
    case 'jira-knows-more': {
      const held = Number(attributes['held'] ?? '0');
      const [single, several] = isCounted(subject) ? COUNTED_WORDS[subject] : [subject, subject];
      const many = held === 1 ? `1 ${single}` : `${held} ${several}`;
      return `Jira knew of more ${several} of this change than the ${many} recorded here: a delivery never came, or a sender is not connected.`;
    }
  }
}

const quoted = (what: JiraShown | null): string => (what === null ? 'whose name is erased' : `"${what.title}"`);

function byWhom({ by, at }: Discrepancy, when: (at: string) => string): string {
  const who = by === null ? '' : ` by ${by.displayName ?? by.accountId ?? 'somebody'}`;
  return `${who}${at === null ? '' : ` on ${when(at)}`}`;
}
