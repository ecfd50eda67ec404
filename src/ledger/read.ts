import { hashEntry, verifyChain } from './chain';
import type { Break } from './chain';
import type { Sha256Hex, StoredEntry } from './entry';
import { isSha256Hex } from './hash';
import { ledgerEntryKey, ledgerHeadKey } from './keys';
import { isStoredEntry } from './stored';

/** What reading and appending need of the storage; the `Store` port satisfies it. */
export interface LedgerStore {
  getMany(keys: readonly string[]): Promise<readonly unknown[]>;
  create(key: string, value: unknown): Promise<'created' | 'exists'>;
  set(key: string, value: unknown): Promise<void>;
}

/** Forge storage reads at most 25 keys in one batch. */
export const READ_BATCH = 25;

export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  constructor(
    readonly code: 'LEDGER_DAMAGED' | 'LEDGER_BUSY' | 'ENTRY_INVALID' | 'ENTRY_TOO_LARGE',
    message: string,
    readonly breaks: readonly Break[] = [],
  ) {
    super(message);
  }
}

/** The newest entry as its writer noted it, beside the chain. */
export interface HeadNote {
  readonly seq: number;
  readonly hash: Sha256Hex;
}

export interface Inspection {
  /** What could be read, in order; gaps are left out and reported. */
  readonly entries: readonly StoredEntry[];
  readonly breaks: readonly Break[];
}

/**
 * All entries of a change's chain, in order. Reads by key (strongly consistent), never by query.
 *
 * @throws LedgerError LEDGER_DAMAGED when a stored value is no entry at all. Whether the entries that are there hang
 *   together is for `verifyChain` to say; `inspectLedger` does both and throws for neither.
 */
export async function readLedger(store: Pick<LedgerStore, 'getMany'>, chain: string): Promise<StoredEntry[]> {
  const { entries, unreadable } = await scan(store, chain, 0);
  if (unreadable.length > 0) throw new LedgerError('LEDGER_DAMAGED', sentenceOf(unreadable), unreadable);
  return entries;
}

/**
 * Reads a chain and names everything wrong with it: what `verifyChain` finds, values that are no entries, and a head
 * note that knows an entry which is not there (entries were removed from the end, or the note was altered).
 */
export async function inspectLedger(store: Pick<LedgerStore, 'getMany'>, chain: string): Promise<Inspection> {
  // The note first: its entry was durable before it was written, so a race cannot look like a removal.
  const note = await readHeadNote(store, chain);
  return inspected(chain, note, await scan(store, chain, 0));
}

/**
 * As `inspectLedger`, with values under other keys in the same read: one call for a chain of at most 24 entries less
 * one for each of those keys, at most ten of them. Each value is as strongly consistent as read alone; together they are of no one instant.
 */
export async function inspectLedgerAnd(
  store: Pick<LedgerStore, 'getMany'>,
  chain: string,
  keys: readonly string[],
): Promise<Inspection & { readonly values: readonly unknown[] }> {
  const room = READ_BATCH - 1 - keys.length;
  const first = Array.from({ length: room }, (_, seq) => ledgerEntryKey(chain, seq));
  const [note, ...rest] = await store.getMany([ledgerHeadKey(chain), ...keys, ...first]);
  const values = rest.slice(0, keys.length);
  const batch = sorted(rest.slice(keys.length), 0);
  const more = rest.at(-1) === undefined ? undefined : await scan(store, chain, room);
  const found = inspected(chain, asHeadNote(note), {
    entries: [...batch.entries, ...(more?.entries ?? [])],
    unreadable: [...batch.unreadable, ...(more?.unreadable ?? [])],
  });
  // A note that is ahead of the entries may have been written between the two: what is looked at in order cannot be.
  const ahead = found.breaks.some(({ check }) => check === 'head');
  return { ...(ahead ? await inspectLedger(store, chain) : found), values };
}

function inspected(
  chain: string,
  note: HeadNote | undefined,
  { entries, unreadable }: Pick<Scan, 'entries' | 'unreadable'>,
): Inspection {
  const foreign = entries
    .filter(({ entry }) => entry.chain !== chain)
    .map(({ entry }) => foreignBreak(entry.seq, chain));
  return { entries, breaks: [...unreadable, ...foreign, ...verifyChain(entries), ...headBreaks(note, entries)] };
}

export async function readHeadNote(store: Pick<LedgerStore, 'getMany'>, chain: string): Promise<HeadNote | undefined> {
  const [value] = await store.getMany([ledgerHeadKey(chain)]);
  return asHeadNote(value);
}

function asHeadNote(value: unknown): HeadNote | undefined {
  if (typeof value !== 'object' || value === null || !('seq' in value) || !('hash' in value)) return undefined;
  const { seq, hash } = value;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0 || !isSha256Hex(hash)) return undefined;
  return { seq, hash };
}

export interface Scan {
  readonly entries: StoredEntry[];
  readonly unreadable: Break[];
  /** The first position that is free and that nothing was found behind. */
  readonly next: number;
}

/**
 * Reads from a position on, batch by batch, up to the first batch that ends on a free key. A free key inside a batch
 * with entries after it is a hole, so that appending goes behind it instead of hiding it.
 */
export async function scan(store: Pick<LedgerStore, 'getMany'>, chain: string, from: number): Promise<Scan> {
  const entries: StoredEntry[] = [];
  const unreadable: Break[] = [];
  let next = from;
  for (let start = from; ; start += READ_BATCH) {
    const seqs = Array.from({ length: READ_BATCH }, (_, i) => start + i);
    const values = await store.getMany(seqs.map((seq) => ledgerEntryKey(chain, seq)));
    const found = sorted(values, start);
    entries.push(...found.entries);
    unreadable.push(...found.unreadable);
    next = found.next ?? next;
    if (values[READ_BATCH - 1] === undefined) return { entries, unreadable, next };
  }
}

/** The values of consecutive positions, told apart; `next` follows the last that is there. */
function sorted(values: readonly unknown[], start: number) {
  const entries: StoredEntry[] = [];
  const unreadable: Break[] = [];
  let next: number | undefined;
  for (const [i, value] of values.entries()) {
    if (value === undefined) continue;
    const seq = start + i;
    next = seq + 1;
    if (isStoredEntry(value)) entries.push(value);
    else
      unreadable.push({
        seq,
        check: 'unreadable',
        sentence: `entry ${seq}: what is stored there is not a ledger entry`,
      });
  }
  return { entries, unreadable, next };
}

function headBreaks(note: HeadNote | undefined, entries: readonly StoredEntry[]): Break[] {
  if (note === undefined) return [];
  const noted = entries.find(({ entry }) => entry.seq === note.seq);
  if (noted !== undefined && hashEntry(noted.entry) === note.hash) return [];
  const what = noted === undefined ? 'is not there' : 'is not the one that was recorded';
  return [
    {
      seq: null,
      check: 'head',
      sentence: `the note of the newest entry names entry ${note.seq} with hash ${note.hash}, which ${what}`,
    },
  ];
}

const foreignBreak = (seq: number, chain: string): Break => ({
  seq,
  check: 'chain',
  sentence: `entry ${seq}: belongs to another chain than ${chain}`,
});

const sentenceOf = (breaks: readonly Break[]): string => breaks.map(({ sentence }) => sentence).join('; ');
