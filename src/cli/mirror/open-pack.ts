import { hashEntry } from '../../ledger/chain';
import { ParseError, parseCanonicalJson } from '../../ledger/parse';
import { isLedgerEntry } from '../../ledger/stored';
import { FILES } from '../../pack/files';
import { unzipPack } from '../../pack/unzip';
import { NotAPack, verifyPack } from '../../pack/verify';
import type { PackLedger } from './watch';

export interface OpenedPack extends PackLedger {
  /** The chain that its ledger is: the id. Null for a pack without entries. */
  readonly chain: string | null;
  /** What the verifier found wrong, a sentence each. */
  readonly breaks: readonly string[];
}

/** Verifies a pack as `verify` does and takes out the hashes of its ledger. Never throws for what the bytes are. */
export function openPack(fileName: string, bytes: Uint8Array): OpenedPack {
  try {
    const { breaks, summary, ok } = verifyPack(bytes);
    const sentences = breaks.map(({ file, sentence }) => `${file ?? 'the archive'}: ${sentence}`);
    const { chain, hashes } = ledgerIn(bytes);
    const unsaid = ok || sentences.length > 0 ? [] : ['a check could not be made'];
    return { fileName, chain, hashes, manifestDigest: summary.manifestDigest, breaks: [...sentences, ...unsaid] };
  } catch (error) {
    if (!(error instanceof NotAPack)) throw error;
    return { fileName, chain: null, hashes: [], manifestDigest: null, breaks: [error.message] };
  }
}

function ledgerIn(bytes: Uint8Array): { chain: string | null; hashes: string[] } {
  const file = unzipPack(bytes).files.find(({ name }) => name === FILES.ledger);
  const lines = new TextDecoder().decode(file?.bytes).split('\n');
  const hashes: string[] = [];
  let chain: string | null = null;
  for (const line of lines) {
    const entry = entryOf(line);
    // What cannot be read is a break already; behind it no position is certain.
    if (entry === undefined) break;
    chain ??= entry.chain;
    hashes.push(hashEntry(entry));
  }
  return { chain, hashes };
}

function entryOf(line: string) {
  try {
    const value = line === '' ? undefined : parseCanonicalJson(new TextEncoder().encode(line));
    return isLedgerEntry(value) ? value : undefined;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
