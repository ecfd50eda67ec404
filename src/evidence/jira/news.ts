import type { JiraPartRead, JiraRecordKind } from '../../ledger/jira-entries';
import { digestOfShown, recordKey, type ShownPart, type ShownRecord } from './shown';
import type { StandingRecord } from './standing';

/** What one reading adds to what was known. */
export interface News {
  readonly found: readonly {
    readonly shown: ShownRecord;
    readonly state: 'there' | 'changed';
    readonly digest: string;
  }[];
  /** Recorded once, and not shown any more by a part that was read whole. */
  readonly gone: readonly StandingRecord[];
}

/**
 * Compares what Jira shows with what was recorded. Nothing is called gone by a part that could not be read whole, nor by
 * a person's view, which shows only what that person may see.
 */
export function newsOf(
  standing: ReadonlyMap<string, StandingRecord>,
  parts: ReadonlyMap<JiraRecordKind, ShownPart>,
  salt: string,
): News {
  const shown = [...parts.values()].flatMap(({ items }) => items);
  const keys = new Set(shown.map(recordKey));
  const found = shown.flatMap((one) => {
    const before = standing.get(recordKey(one));
    const digest = digestOfShown(one, salt);
    if (before !== undefined && before.state !== 'gone' && before.digest === digest) return [];
    const state = before === undefined || before.state === 'gone' ? ('there' as const) : ('changed' as const);
    return [{ shown: one, state, digest }];
  });
  const whole = new Set([...parts].flatMap(([kind, { because }]) => (because === null ? [kind] : [])));
  const gone = [...standing.values()].filter(
    (one) => one.state !== 'gone' && one.record !== 'development' && whole.has(one.record) && !keys.has(recordKey(one)),
  );
  return { found, gone };
}

/** Parts that were read otherwise than last time: whole now or not whole now, or not whole for another reason. */
export const partsNews = (
  before: ReadonlyMap<string, JiraPartRead>,
  now: readonly JiraPartRead[],
): readonly JiraPartRead[] =>
  now.filter(({ part, complete, because }) => {
    const last = before.get(part);
    return last === undefined ? !complete : last.complete !== complete || last.because !== because;
  });
