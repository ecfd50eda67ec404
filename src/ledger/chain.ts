import { canonicalJson } from './canonical';
import { commitmentsIn, opens } from './commitment';
import { GENESIS, LEDGER_FORMAT } from './entry';
import type { LedgerEntry, Sha256Hex, StoredEntry } from './entry';
import { sha256Hex } from './hash';

export const BREAK_CHECKS = [
  'format',
  'chain',
  'seq',
  'prev',
  'hash',
  'at',
  'fact',
  'commitment',
  'head',
  'unreadable',
] as const;
export type BreakCheck = (typeof BREAK_CHECKS)[number];

/** One thing that does not hold. `seq` is the position in the chain, null when it concerns no single entry. */
export interface Break {
  readonly seq: number | null;
  readonly check: BreakCheck;
  readonly sentence: string;
}

/** The hash of an entry: SHA-256 over its RFC 8785 bytes in UTF-8. The next entry's `prev`. */
export function hashEntry(entry: LedgerEntry): Sha256Hex {
  return sha256Hex(canonicalJson(entry));
}

/**
 * Recomputes a chain from its entries alone and names every break, not only the first. Establishes: one format and one
 * chain, positions 0, 1, 2 …, each `prev` the hash of the entry before it, each stored hash the recomputed one, no
 * fact twice, every disclosure opening a commitment of its entry. An erased disclosure is not a break, and neither is
 * a clock that ran backwards. Says nothing about entries removed from the end: that needs a checkpoint.
 */
export function verifyChain(entries: readonly StoredEntry[]): Break[] {
  const breaks: Break[] = [];
  const facts = new Map<string, number>();
  const chain = entries[0]?.entry.chain;
  let prev: Sha256Hex = GENESIS;
  let expected = 0;
  for (const stored of entries) {
    const { entry } = stored;
    const report = (check: BreakCheck, sentence: string): void => {
      breaks.push({ seq: entry.seq, check, sentence: `entry ${entry.seq}: ${sentence}` });
    };
    checkEnvelope(entry, chain, report);
    if (entry.seq !== expected) report('seq', `stands where entry ${expected} belongs`);
    if (entry.prev !== prev) report('prev', `its prev ${entry.prev} is not the hash of the entry before it (${prev})`);
    const hash = recompute(entry);
    if (hash === undefined) report('format', 'has no canonical form (RFC 8785)');
    else if (hash !== stored.hash) report('hash', `its content hashes to ${hash}, stored is ${stored.hash}`);
    const first = facts.get(entry.fact);
    if (first === undefined) facts.set(entry.fact, entry.seq);
    else report('fact', `repeats the fact of entry ${first}`);
    checkDisclosures(stored, report);
    prev = hash ?? stored.hash;
    expected = entry.seq + 1;
  }
  return breaks;
}

type Report = (check: BreakCheck, sentence: string) => void;

function checkEnvelope(entry: LedgerEntry, chain: string | undefined, report: Report): void {
  const format: string = entry.format;
  if (format !== LEDGER_FORMAT) report('format', `its format is ${format}, not ${LEDGER_FORMAT}`);
  if (entry.chain !== chain) report('chain', `belongs to chain ${entry.chain}, not ${String(chain)}`);
  if (!isInstant(entry.at)) report('at', `its time ${entry.at} is not UTC with milliseconds`);
}

function checkDisclosures(stored: StoredEntry, report: Report): void {
  const committed = new Set(commitmentsIn(stored.entry.body));
  for (const [commitment, disclosure] of Object.entries(stored.disclosures)) {
    if (!committed.has(commitment)) report('commitment', `discloses ${commitment}, which it does not commit to`);
    else if (!opens(disclosure, commitment))
      report('commitment', `what is disclosed for ${commitment} is not what was committed to`);
  }
}

function recompute(entry: LedgerEntry): Sha256Hex | undefined {
  try {
    return hashEntry(entry);
  } catch {
    return undefined;
  }
}

/** UTC with milliseconds, a real date: `2026-03-02T09:00:00.000Z`. */
export function isInstant(text: string): boolean {
  const time = Date.parse(text);
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) &&
    !Number.isNaN(time) &&
    new Date(time).toISOString() === text
  );
}
