import { statusMoves } from '../change/history';
import { disclosed } from '../ledger/commitment';
import type { Person, StoredEntry } from '../ledger/entry';
import type { GateFacts } from './recorded';
import type { Exception } from './verdict';
import { nameOf, when } from './words';

/** Moves of Jira's changelog that somebody has declared as break-glass. */
export const declaredMoves = (entries: readonly StoredEntry[]): ReadonlySet<string> =>
  new Set(
    entries.flatMap(({ entry }) =>
      entry.kind === 'break-glass' && entry.body.historyId !== null ? [entry.body.historyId] : [],
    ),
  );

/** Every declared use of break-glass, with who used it as far as Jira's changelog tells, and who declared it. */
export function breakGlassUsed({ snapshot, entries }: GateFacts): Exception[] {
  const moves = new Map(statusMoves(snapshot).map((move) => [move.historyId, move]));
  return entries.flatMap((stored): Exception[] => {
    const { entry } = stored;
    if (entry.kind !== 'break-glass') return [];
    const { historyId, usedAt, what, why, by } = entry.body;
    const person = disclosed<Person>(stored, by);
    const name = nameOf(snapshot, person?.accountId ?? null, person?.displayName);
    const move = historyId === null ? undefined : moves.get(historyId);
    const moved = move === undefined ? '' : ` (moved from ${move.from} to ${move.to} by ${nameOf(snapshot, move.by)})`;
    return [
      {
        code: 'break-glass-used',
        sentence: `Break-glass on ${when(usedAt)}${moved}, declared by ${name} on ${when(entry.body.at)}: ${what} Reason: ${why}`,
        at: usedAt,
      },
    ];
  });
}
