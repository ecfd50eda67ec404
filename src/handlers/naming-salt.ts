import type { Facts } from './facts';

/**
 * What names of facts are salted with where they stand for a person or a text: the salt that opened the ledger. It is
 * kept beside the entry and erased with it, and then no name in the hashed entries can be traced by guessing.
 */
export const namingSalt = ({ snapshot, entries }: Pick<Facts, 'snapshot' | 'entries'>): string =>
  Object.values(entries[0]?.disclosures ?? {})[0]?.salt ?? snapshot.issueId;
