import type { EntryBodies, StoredEntry } from '../../ledger/entry';
import { nameOfFinding, type Finding } from './finding';
import type { Health } from './health';

/** A finding that the ledger has as open, with the position of the entry that says so. */
export interface OpenFinding {
  readonly seq: number;
  readonly since: string;
  readonly body: EntryBodies['health-found'];
}

/** What the chain named `health` has as open, oldest first. */
export function openFindings(entries: readonly StoredEntry[]): OpenFinding[] {
  const open = new Map<string, OpenFinding>();
  for (const { entry } of entries) {
    if (entry.kind === 'health-found')
      open.set(nameOfFinding(entry.body), { seq: entry.seq, since: entry.at, body: entry.body });
    if (entry.kind === 'health-resolved') open.delete(nameOfFinding(entry.body));
  }
  return [...open.values()];
}

export interface HealthChanges {
  /** Findings that the ledger does not have as open; `episode` counts how often it was found before. */
  readonly found: readonly { readonly finding: Finding; readonly episode: number }[];
  readonly resolved: readonly OpenFinding[];
}

/** What is new since the last check. The same finding is recorded once for as long as it lasts. */
export function healthChanges(
  entries: readonly StoredEntry[],
  { findings, unsettled }: Pick<Health, 'findings' | 'unsettled'>,
): HealthChanges {
  const open = openFindings(entries);
  const names = new Set(findings.map(nameOfFinding));
  const known = new Set(open.map(({ body }) => nameOfFinding(body)));
  const episodes = (name: string): number =>
    entries.filter(({ entry }) => entry.kind === 'health-found' && nameOfFinding(entry.body) === name).length;
  return {
    found: findings
      .filter((one) => !known.has(nameOfFinding(one)))
      .map((one) => ({ finding: one, episode: episodes(nameOfFinding(one)) })),
    resolved: open.filter(({ body }) => {
      return !names.has(nameOfFinding(body)) && !unsettled.some((code) => code === body.code);
    }),
  };
}
