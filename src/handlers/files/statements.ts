import { sha256Hex } from '../../ledger/hash';
import { statementsChunkKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { readEveryChunk, toChunks, writeChunks } from '../intake/chunks';

/** Writes what a file states, under the digest that its entry commits to; writing it again changes nothing. */
export async function storeStatements(ports: Ports, issueId: string, digest: string, text: string): Promise<void> {
  await writeChunks(ports.store, toChunks(text), (i) => statementsChunkKey(issueId, digest, i));
}

/** `erased`: nothing is there any more. `damaged`: what is there is not what the entry commits to. */
export type StoredStatements =
  { readonly state: 'held'; readonly text: string } | { readonly state: 'erased' } | { readonly state: 'damaged' };

export async function readStatements(
  ports: Pick<Ports, 'store'>,
  issueId: string,
  digest: string,
): Promise<StoredStatements> {
  const { text, found } = await readEveryChunk(ports.store, (i) => statementsChunkKey(issueId, digest, i));
  if (found === 0) return { state: 'erased' };
  return text === undefined || sha256Hex(text) !== digest ? { state: 'damaged' } : { state: 'held', text };
}

/** Takes away what a file states; the entry still commits to it. */
export async function deleteStatements(ports: Ports, issueId: string, digest: string): Promise<void> {
  const keyOf = (i: number): string => statementsChunkKey(issueId, digest, i);
  const { found } = await readEveryChunk(ports.store, keyOf);
  // The last first: broken off anywhere, what is left is still found from the first on.
  for (let i = found - 1; i >= 0; i -= 1) await ports.store.delete(keyOf(i));
}
