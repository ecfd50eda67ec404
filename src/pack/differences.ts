import type { StatementsDocument } from '../readers/document';

/** One value before and after: null for one that was not there. */
export interface ValueChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a file states of one resource that was, or is to be, changed. Sensitive values were taken out when it was read. */
export interface Difference {
  readonly index: number;
  readonly title: string;
  readonly state: string | null;
  readonly at: string | null;
  readonly values: readonly ValueChange[];
  /** Values that the statement counts and does not hold. */
  readonly notShown: number;
}

/** The differences of configuration that a file states value by value, in the order of the file. */
export const differencesIn = ({ statements }: Pick<StatementsDocument, 'statements'>): readonly Difference[] =>
  statements.flatMap(({ kind, title, state, claimedAt, attributes }, index) => {
    if (kind !== 'configuration-difference') return [];
    const [before, after] = [valuesIn(attributes['before']), valuesIn(attributes['after'])];
    if (before === undefined || after === undefined) return [];
    const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
    const values = paths.map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }));
    return [{ index, title, state, at: claimedAt, values, notShown: Number(attributes['notShown'] ?? 0) || 0 }];
  });

/** Values by path; undefined for a text that holds none, such as the digest of one side. */
function valuesIn(text: string | undefined): ReadonlyMap<string, string> | undefined {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
    return new Map(Object.entries(parsed).map(([path, value]) => [path, String(value)]));
  } catch {
    // What a sender of another format wrote there is shown as the attribute that it is.
    return undefined;
  }
}
