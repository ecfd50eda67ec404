import { FIELDS } from './fields';
import type { FieldKey } from './fields';
import type { AccountId, ChangeSnapshot, HistoryEntry } from './snapshot';

/** The `historyHead` of a change without history. */
export const NO_HISTORY = '0';

/**
 * Orders Jira's changelog ids, decimal strings of any length, by value. They grow with time and no clock is involved.
 *
 * @throws RangeError when one is no decimal number.
 */
export function compareHistoryIds(a: string, b: string): -1 | 0 | 1 {
  const x = digits(a);
  const y = digits(b);
  if (x.length !== y.length) return x.length < y.length ? -1 : 1;
  return x === y ? 0 : x < y ? -1 : 1;
}

function digits(id: string): string {
  if (!/^\d+$/.test(id)) throw new RangeError(`not a changelog id: ${id}`);
  return id.replace(/^0+(?=\d)/, '');
}

/** The newest id of a changelog, or '0'. */
export function newestHistoryId(history: readonly HistoryEntry[]): string {
  return history.reduce((newest, { id }) => (compareHistoryIds(id, newest) > 0 ? id : newest), NO_HISTORY);
}

/** One edit of controlled fields: who, when, and which. */
export interface ControlledEdit {
  readonly entry: HistoryEntry;
  readonly fields: readonly FieldKey[];
}

const CONTROLLED: ReadonlySet<string> = new Set(FIELDS.filter(({ controlled }) => controlled).map(({ key }) => key));

const isControlled = (field: string): field is FieldKey => CONTROLLED.has(field);

/** Every changelog entry that touches a controlled field, oldest first. */
export function controlledEdits(snapshot: ChangeSnapshot): ControlledEdit[] {
  return snapshot.history.flatMap((entry) => {
    const fields = [...new Set(entry.items.map(({ field }) => field))].filter(isControlled);
    return fields.length === 0 ? [] : [{ entry, fields }];
  });
}

/** Edits of controlled fields newer than the given changelog id, also those that were taken back later. */
export function editsSince(snapshot: ChangeSnapshot, head: string): ControlledEdit[] {
  return controlledEdits(snapshot).filter(({ entry }) => compareHistoryIds(entry.id, head) > 0);
}

/** Whether the changelog that was read reaches back to the given id, so that nothing newer can have been missed. */
export function reachesBackTo(snapshot: ChangeSnapshot, head: string): boolean {
  if (snapshot.historyComplete) return true;
  const oldest = snapshot.history[0];
  return oldest !== undefined && compareHistoryIds(oldest.id, head) <= 0;
}

/** One change of status, with Jira's names of the statuses. */
export interface StatusMove {
  readonly historyId: string;
  readonly at: string;
  readonly by: AccountId | null;
  readonly from: string;
  readonly to: string;
  /** Jira's ids of the two statuses, where the changelog has them. */
  readonly fromId: string | null;
  readonly toId: string | null;
}

/** Every change of status, oldest first. */
export function statusMoves(snapshot: ChangeSnapshot): StatusMove[] {
  return snapshot.history.flatMap((entry) =>
    entry.items
      .filter(({ field }) => field === 'status')
      .map((item) => ({
        historyId: entry.id,
        at: entry.at,
        by: entry.author,
        from: item.fromText ?? '',
        to: item.toText ?? '',
        fromId: item.from,
        toId: item.to,
      })),
  );
}

/** The newest move back into Proposed, which lifts every earlier decision. */
export function latestResubmission(snapshot: ChangeSnapshot): StatusMove | undefined {
  return statusMoves(snapshot).findLast(({ to }) => to === 'Proposed');
}
