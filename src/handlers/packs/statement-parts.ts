import type { StoredEntry } from '../../ledger/entry';
import { fileEntries, MAX_STATEMENTS_BYTES, type StatementsPart } from '../../pack/statements';
import type { Ports } from '../../ports/ports';
import { peopleIn } from '../../readers/against';
import { readDocument } from '../../readers/document';
import { readStatements } from '../files/statements';

/** What a pack holds of the files that were handed in. */
export interface StatementParts {
  readonly parts: readonly StatementsPart[];
  /** Everybody whom the logs among them name, each once. */
  readonly logged: ReturnType<typeof peopleIn>;
}

/** What the files of a change state, as it is kept. What cannot be had says why. */
export async function readStatementParts(ports: Ports, entries: readonly StoredEntry[]): Promise<StatementParts> {
  const parts: StatementsPart[] = [];
  const logged = new Map<string, StatementParts['logged'][number]>();
  let total = 0;
  for (const { entry } of fileEntries(entries)) {
    const { statementsDigest: digest, format } = entry.body;
    if (digest === null) continue;
    const read = await readStatements(ports, entry.chain, digest);
    const missing = (because: string): StatementsPart => ({ state: 'missing', digest, because });
    if (read.state === 'erased') parts.push(missing('erased; the digest still stands in the ledger'));
    else if (read.state === 'damaged') parts.push(missing('what is stored is not what the entry commits to'));
    else {
      const bytes = new TextEncoder().encode(read.text);
      total += bytes.length;
      if (total > MAX_STATEMENTS_BYTES) parts.push(missing('too large for this pack; the app still holds it'));
      else {
        parts.push({ state: 'held', digest, bytes });
        const document = readDocument(read.text);
        const named = document === undefined ? [] : peopleIn(document, format);
        for (const one of named) logged.set(JSON.stringify(one), one);
      }
    }
  }
  return { parts, logged: [...logged.values()] };
}
