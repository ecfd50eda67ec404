import { canonicalJson } from './canonical';
import { hashEntry } from './chain';
import { commitmentsIn, opens } from './commitment';
import { GENESIS, LEDGER_FORMAT } from './entry';
import type { Disclosure, EntryBodies, EntryKind, Sha256Hex, StoredEntry } from './entry';
import { ledgerEntryKey, ledgerHeadKey } from './keys';
import { LedgerError, readHeadNote, scan } from './read';
import type { LedgerStore } from './read';
import { isLedgerEntry } from './stored';

export { readLedger } from './read';

/** Every attempt that loses was won by another writer, so this many others must get in between before we give up. */
export const MAX_ATTEMPTS = 64;

/** Forge storage takes 240 KiB a value; the rest is left for its own encoding. */
export const MAX_ENTRY_BYTES = 236 * 1024;

/** A fact to record. `fact` names it: a chain holds each name once, however often it is handed in. */
export type Draft = {
  [K in EntryKind]: {
    readonly chain: string;
    readonly kind: K;
    readonly fact: string;
    readonly body: EntryBodies[K];
    readonly disclosures: Readonly<Record<Sha256Hex, Disclosure>>;
  };
}[EntryKind];

export interface Appended {
  readonly stored: StoredEntry;
  /** False when the chain already held the fact; `stored` is then the entry that does. */
  readonly added: boolean;
}

export interface Ledger {
  readonly store: LedgerStore;
  readonly now: Date;
}

/**
 * Records one fact: answers with its durable position, or throws and may be called again with the same draft.
 * Guarantees: one entry a fact; entries are created, never overwritten; writers at the same time all succeed, in some
 * order; a crash or an error before, after or between the writes leaves a chain that verifies and can go on.
 *
 * @throws LedgerError ENTRY_INVALID (a caller's mistake), ENTRY_TOO_LARGE, LEDGER_BUSY (try again later), or whatever
 *   the store threw.
 */
export async function appendEntry(ledger: Ledger, draft: Draft): Promise<Appended> {
  const [appended] = await appendEntries(ledger, draft.chain, [draft]);
  if (appended === undefined) throw new LedgerError('ENTRY_INVALID', 'nothing was appended');
  return appended;
}

/**
 * Records facts of one chain in the order given, reading the chain once. Each is durable before the next is tried: when
 * it throws, those before it are recorded, and handing in all of them again adds only the rest.
 */
export async function appendEntries(ledger: Ledger, chain: string, drafts: readonly Draft[]): Promise<Appended[]> {
  for (const draft of drafts) assertSound(draft, chain);
  const tail = new Tail(ledger, chain);
  await tail.catchUp();
  const appended: Appended[] = [];
  for (const draft of drafts) appended.push(await tail.append(draft));
  if (appended.some(({ added }) => added)) await tail.noteHead();
  return appended;
}

/**
 * As `appendEntries`, but stops at the first fact that the chain already held, and answers undefined then: for facts that
 * are named by their place in the chain, so that somebody else was there first. What was appended before it stays.
 */
export async function appendInTurn(
  ledger: Ledger,
  chain: string,
  drafts: readonly Draft[],
): Promise<readonly StoredEntry[] | undefined> {
  for (const draft of drafts) assertSound(draft, chain);
  const tail = new Tail(ledger, chain);
  await tail.catchUp();
  const stored: StoredEntry[] = [];
  for (const draft of drafts) {
    const appended = await tail.append(draft);
    if (!appended.added) return undefined;
    stored.push(appended.stored);
  }
  if (stored.length > 0) await tail.noteHead();
  return stored;
}

/** What is known of a chain while appending to it. */
class Tail {
  private readonly facts = new Map<string, StoredEntry>();
  private last: StoredEntry | undefined;
  private next = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly chain: string,
  ) {}

  async catchUp(): Promise<void> {
    const { entries, next } = await scan(this.ledger.store, this.chain, this.next);
    for (const stored of entries) this.remember(stored);
    this.next = next;
  }

  async append(draft: Draft): Promise<Appended> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const known = this.facts.get(draft.fact);
      if (known !== undefined) return { stored: known, added: false };
      const stored = this.seal(draft);
      const outcome = await this.ledger.store.create(ledgerEntryKey(this.chain, this.next), stored);
      if (outcome === 'created') {
        this.remember(stored);
        this.next += 1;
        return { stored, added: true };
      }
      await this.catchUp();
    }
    throw new LedgerError('LEDGER_BUSY', `chain ${this.chain}: ${MAX_ATTEMPTS} other entries got in first; try again`);
  }

  /**
   * Notes the newest entry. Only a hint: the entry itself is durable, so a failure here must not make the caller
   * believe that it is not. A note that knows more than we do is left alone: it is the trace of a removal, or ahead.
   */
  async noteHead(): Promise<void> {
    if (this.last === undefined) return;
    const { entry, hash } = this.last;
    try {
      const note = await readHeadNote(this.ledger.store, this.chain);
      if (note === undefined || note.seq < entry.seq) {
        await this.ledger.store.set(ledgerHeadKey(this.chain), { seq: entry.seq, hash });
      }
    } catch {
      // The next append notes a newer head; nothing reads the note to find an entry.
    }
  }

  private remember(stored: StoredEntry): void {
    this.last = stored;
    if (!this.facts.has(stored.entry.fact)) this.facts.set(stored.entry.fact, stored);
  }

  private seal(draft: Draft): StoredEntry {
    const entry: unknown = {
      format: LEDGER_FORMAT,
      chain: this.chain,
      seq: this.next,
      // Recomputed: the stored hash may have been altered, and the chain must go on from what the entry says.
      prev: this.last === undefined ? GENESIS : hashEntry(this.last.entry),
      at: this.ledger.now.toISOString(),
      kind: draft.kind,
      fact: draft.fact,
      body: draft.body,
    };
    if (!isLedgerEntry(entry)) throw new LedgerError('ENTRY_INVALID', `not a valid ${draft.kind} entry: ${draft.fact}`);
    const stored: StoredEntry = { entry, hash: hashEntry(entry), disclosures: draft.disclosures };
    const bytes = Buffer.byteLength(canonicalJson(stored));
    if (bytes > MAX_ENTRY_BYTES) {
      throw new LedgerError(
        'ENTRY_TOO_LARGE',
        `the entry takes ${bytes} bytes, at most ${MAX_ENTRY_BYTES} can be stored`,
      );
    }
    return stored;
  }
}

/** Nothing may be committed to without its value being kept, and nothing kept that no entry commits to. */
function assertSound(draft: Draft, chain: string): void {
  if (draft.chain !== chain)
    throw new LedgerError('ENTRY_INVALID', `a fact of chain ${draft.chain} was handed to ${chain}`);
  const committed = new Set(commitmentsIn(draft.body));
  for (const commitment of committed) {
    const disclosure = draft.disclosures[commitment];
    if (disclosure === undefined || !opens(disclosure, commitment)) {
      throw new LedgerError('ENTRY_INVALID', `${draft.kind}: no disclosure opens the commitment ${commitment}`);
    }
  }
  const unused = Object.keys(draft.disclosures).find((commitment) => !committed.has(commitment));
  if (unused !== undefined)
    throw new LedgerError('ENTRY_INVALID', `${draft.kind}: ${unused} is disclosed but not committed to`);
}
