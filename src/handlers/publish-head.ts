import { publishedText } from '../ledger/published';
import { inspectLedger } from '../ledger/read';
import type { Ports } from '../ports/ports';

const ATTEMPTS = 5;

/**
 * Brings the field "Change ledger" in line with the ledger. Whoever writes looks again afterwards and writes again when
 * the ledger grew meanwhile, so two that write at the same time cannot leave the older of two heads there for good: who
 * copies heads would take it for a ledger that was cut.
 *
 * @param shown what the field holds, as it was read.
 */
export async function publishHead(
  ports: Pick<Ports, 'store' | 'publishing'>,
  issueId: string,
  shown: string | null,
): Promise<void> {
  let written = shown ?? '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const text = publishedText((await inspectLedger(ports.store, issueId)).entries);
    if (text === written) return;
    await ports.publishing.writeLedgerHead(issueId, text);
    written = text;
  }
}
