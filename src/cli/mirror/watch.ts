import type { PublishedHead } from '../../ledger/published';
import type { Finding } from './findings';
import type { HeadPoint, KnownChange } from './state';

/** What the ledger inside a pack says: the hash of each entry in order. */
export interface PackLedger {
  readonly fileName: string;
  readonly hashes: readonly string[];
  readonly manifestDigest: string | null;
}

export const longest = ({ heads }: Pick<KnownChange, 'heads'>): HeadPoint | undefined =>
  heads.reduce<HeadPoint | undefined>(
    (best, one) => (best === undefined || one.entries > best.entries ? one : best),
    undefined,
  );

/**
 * Holds a head against every head that was seen before: a ledger only grows, so a shorter one was cut, and another hash at
 * the same length is another ledger.
 */
export function judgeHead(known: KnownChange, seen: PublishedHead | undefined, text: string): Finding | undefined {
  const last = longest(known);
  if (seen === undefined) {
    if (text !== '') return { code: 'head-unreadable', sentence: 'The field "Change ledger" holds no head.' };
    return last === undefined
      ? undefined
      : {
          code: 'head-missing',
          sentence: `The field "Change ledger" is empty; it named ${words(last)} before.`,
        };
  }
  const same = known.heads.find(({ entries }) => entries === seen.entries);
  if (same !== undefined && same.head !== seen.head)
    return {
      code: 'head-rewritten',
      sentence: `The ledger was rewritten: ${words(seen)} now, ${words(same)} before.`,
    };
  if (last !== undefined && seen.entries < last.entries)
    return {
      code: 'head-backwards',
      sentence: `The ledger was cut: ${words(seen)} now, ${words(last)} before.`,
    };
  return undefined;
}

/** Holds the ledger inside a pack against every head that was seen: each has to lie on it, as far as the pack goes. */
export function judgePack(known: KnownChange, pack: PackLedger): Finding | undefined {
  const off = known.heads.find(
    ({ entries, head }) => entries <= pack.hashes.length && pack.hashes[entries - 1] !== head,
  );
  return off === undefined
    ? undefined
    : {
        code: 'pack-rewritten',
        sentence: `The ledger in ${pack.fileName} is another one: its hash after ${off.entries} entries is ${pack.hashes[off.entries - 1] ?? ''}, ${words(off)} before.`,
      };
}

/** Adds a head that agrees with those that are known. */
export const withHead = (known: KnownChange, { entries, head }: HeadPoint): KnownChange =>
  entries === 0 || known.heads.some((one) => one.entries === entries)
    ? known
    : { ...known, heads: [...known.heads, { entries, head }].sort((a, b) => a.entries - b.entries) };

const words = ({ entries, head }: HeadPoint): string => `${entries} entries with last hash ${head}`;
