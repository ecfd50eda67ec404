import type { RegisterRow, WaitingKind } from '../../../src/contract/panel';

export interface RegisterFilter {
  /** Words that all have to be in key, summary or owner. */
  readonly text: string;
  readonly status: string | null;
  readonly changeType: string | null;
  readonly state: 'any' | 'mine' | 'open' | 'needs' | 'exceptions';
}

export const ANYTHING: RegisterFilter = { text: '', status: null, changeType: null, state: 'any' };

/** The rows that every part of the filter lets through, in their order. */
export function filterRows(rows: readonly RegisterRow[], filter: RegisterFilter): readonly RegisterRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = `${row.key} ${row.summary} ${row.owner ?? ''}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (filter.status === null || row.status === filter.status) &&
      (filter.changeType === null || row.changeType === filter.changeType) &&
      isInState(row, filter.state)
    );
  });
}

function isInState(row: RegisterRow, state: RegisterFilter['state']): boolean {
  switch (state) {
    case 'any':
      return true;
    case 'mine':
      return row.waitingForYou.length > 0;
    case 'open':
      return row.open;
    case 'needs':
      return !row.open;
    case 'exceptions':
      return row.exceptions > 0;
  }
}

/** The values that occur, each once, in order of the alphabet. */
export function valuesOf(rows: readonly RegisterRow[], pick: (row: RegisterRow) => string | null): readonly string[] {
  const values = new Set(rows.map(pick).filter((value) => value !== null));
  return [...values].sort((a, b) => a.localeCompare(b, 'en'));
}

/** What the viewer can do, as a button would say it. */
export const WAITING: Readonly<Record<WaitingKind, string>> = {
  complete: 'Fill in what is missing',
  decide: 'Decide',
  settle: 'Settle a required action',
  resubmit: 'Resubmit',
  review: 'Review afterwards',
  execute: 'Execute',
  record: 'Record what was done',
  close: 'Close',
  resolve: 'Say who an author is',
};

/** Changes whose retroactive review is overdue, the longest first. */
export const overdueReviews = (rows: readonly RegisterRow[]): readonly RegisterRow[] =>
  rows
    .filter(({ review }) => review?.overdue === true)
    .sort((a, b) => (a.review?.dueAt ?? '').localeCompare(b.review?.dueAt ?? ''));
