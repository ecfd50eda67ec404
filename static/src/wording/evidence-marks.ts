import type { EvidenceView } from '../../../src/contract/panel';
import { inWords, skewWords, toneOf } from './evidence';
import { signatureMark } from './signatures';
import type { Mark } from './signatures';

/** A fact with what is said of its signature; null where there is nothing to say. */
export interface MarkedItem {
  readonly item: EvidenceView;
  readonly mark: Mark | null;
}

/** A commit's signature stands beside the commit too; for a signature itself the mark says more than its bare state. */
export const marksOf = (items: readonly EvidenceView[], signatures: ReadonlyMap<string, Mark>): readonly MarkedItem[] =>
  items.map((item) => ({
    item,
    mark:
      item.kind === 'commit-signature'
        ? signatureMark(item)
        : item.kind === 'commit'
          ? (signatures.get(item.id) ?? null)
          : null,
  }));

/** The fact's own state, unless a mark says it better. */
export const stateMark = ({ item: { state, kind }, mark }: MarkedItem): Mark | null =>
  state === null || (kind === 'commit-signature' && mark !== null)
    ? null
    : { text: inWords(state), tone: toneOf(state) };

/** Everything that is marked at a fact, as it is shown beside its title. */
export function marks(marked: MarkedItem): readonly Mark[] {
  const { item, mark } = marked;
  const skew = skewWords(item.skew);
  return [
    mark,
    stateMark(marked),
    skew?.flag === true ? { text: skew.text, tone: 'warning' as const } : null,
    item.redacted ? { text: 'Redacted', tone: 'warning' as const } : null,
  ].filter((one) => one !== null);
}

/** Something failed, does not verify or was taken out: nobody should have to unfold it. */
export const needsALook = (marked: MarkedItem): boolean =>
  marks(marked).some(({ tone }) => tone === 'bad' || tone === 'warning');

/** How the facts of one kind stand, each mark once and in their order, with how many bear it where these are several. */
export function summaryOf(items: readonly MarkedItem[]): readonly Mark[] {
  const counted = new Map<string, { readonly mark: Mark; readonly count: number }>();
  for (const mark of items.flatMap(marks))
    counted.set(mark.text, { mark, count: (counted.get(mark.text)?.count ?? 0) + 1 });
  return [...counted.values()].map(({ mark, count }) =>
    count === 1 ? mark : { ...mark, text: `${count} × ${mark.text}` },
  );
}
