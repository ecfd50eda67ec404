import { issueKey } from '../ledger/keys';
import type { Ports } from '../ports/ports';
import { governs } from '../policy/requirement';
import { barDeciders } from './authors/bar';
import { matchAuthors } from './authors/match';
import { enterInCalendar } from './calendar';
import { readFacts } from './facts';
import { refreshGateFields } from './gate-fields';
import { recordHistory } from './record-history';
import { recordMarkings } from './markings';
import { noteUnmatched } from './people/unmatched';

/** The job behind every product event of an issue: ledger and read-only fields follow what Jira has now. Idempotent. */
export async function refreshChange(ports: Ports, issueId: string): Promise<void> {
  const facts = await readFacts(ports, issueId);
  if (facts === undefined || !governs(facts.policy, facts.snapshot)) return;
  // The index of known changes, which the hourly reconciler walks.
  await ports.store.set(issueKey(issueId), { key: facts.snapshot.key, status: facts.snapshot.status });
  const marked = await recordMarkings(ports, await recordHistory(ports, facts));
  const up = await barDeciders(ports, await matchAuthors(ports, marked));
  await noteUnmatched(ports, up);
  await enterInCalendar(ports, up);
  await refreshGateFields(ports, up);
}
