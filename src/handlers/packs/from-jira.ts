import { jiraChain } from '../../ledger/keys';
import { inspectLedger } from '../../ledger/read';
import type { FromJiraPart } from '../../pack/from-jira';
import type { Ports } from '../../ports/ports';
import type { ChangeSnapshot } from '../../change/snapshot';
import { governs } from '../../policy/requirement';
import { withLedger } from '../facts';
import { readNote } from '../from-jira/note';
import { readFromJira } from '../from-jira/read';

/** Jira is read once more before a pack is made, so that it says what was there at export. */
export async function readBeforeExport(ports: Ports, snapshot: ChangeSnapshot): Promise<void> {
  if (ports.records === undefined) return;
  const facts = await withLedger(ports, snapshot);
  if (governs(facts.policy, snapshot)) await readFromJira(ports, ports.records, facts);
}

/** What was read, as it is kept; what does not hold is said in it. */
export async function readFromJiraPart(ports: Ports, issueId: string): Promise<FromJiraPart> {
  const { entries, breaks } = await inspectLedger(ports.store, jiraChain(issueId));
  const note = await readNote(ports, issueId);
  return {
    entries,
    lastRead: note === undefined ? null : { readAt: note.readAt, parts: note.parts },
    breaksAtExport: breaks.map(({ sentence }) => sentence),
  };
}
