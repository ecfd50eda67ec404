import { readLedger } from '../ledger/append';
import { hiddenKey, issueKey } from '../ledger/keys';
import { publishedText } from '../ledger/published';
import type { Ports } from '../ports/ports';
import { governs } from '../policy/requirement';
import { barDeciders } from './authors/bar';
import { matchAuthors } from './authors/match';
import { enterInCalendar } from './calendar';
import { readFacts, readMembers, type Facts } from './facts';
import { readFromJiraIfDue } from './from-jira/read';
import { refreshGateFields } from './gate-fields';
import { membersOfRun } from './members-of-run';
import { publishHead } from './publish-head';
import { recordHistory } from './record-history';
import { recordMarkings } from './markings';
import { noteUnmatched } from './people/unmatched';
import { tellPeople } from './tell-people';

/**
 * The job behind every product event of an issue: ledger, read-only fields and what people are told follow what Jira has
 * now. Idempotent. `run` names the hourly run that it belongs to, whose jobs share what they read.
 */
export async function refreshChange(ports: Ports, issueId: string, run?: string): Promise<void> {
  const facts = await readFacts(ports, issueId);
  if (facts === undefined) return noteHidden(ports, issueId);
  if (!governs(facts.policy, facts.snapshot)) return;
  await seeAgain(ports, issueId);
  // The index of known changes, which the hourly reconciler walks.
  await ports.store.set(issueKey(issueId), { key: facts.snapshot.key, status: facts.snapshot.status });
  const marked = await recordMarkings(ports, await recordHistory(ports, facts));
  const up = await barDeciders(ports, await matchAuthors(ports, marked));
  await noteUnmatched(ports, up);
  await enterInCalendar(ports, up);
  const members = run === undefined ? await readMembers(ports, up.policy) : await membersOfRun(ports, up.policy, run);
  await refreshGateFields(ports, up, members);
  await tellPeople(ports, up, members);
  await publishLedger(ports, await readFromJiraIfDue(ports, up, run === undefined ? 'touched' : 'hourly'));
}

/** Only where the field is not what these facts say: an hourly run over a change that stands still reads nothing more. */
async function publishLedger(ports: Ports, { snapshot, entries }: Facts): Promise<void> {
  const shown = snapshot.gateFields?.ledger;
  if (shown !== undefined && (shown ?? '') !== publishedText(entries))
    await publishHead(ports, snapshot.issueId, shown);
}

/** A change that the app knew and that Jira does not show it any more, save one that was deleted. */
async function noteHidden({ store }: Ports, issueId: string): Promise<void> {
  const known = await store.get(issueKey(issueId));
  if (known === undefined) return;
  const entries = await readLedger(store, issueId);
  if (entries.some(({ entry }) => entry.kind === 'change-deleted')) return;
  await store.set(hiddenKey(issueId), known);
}

async function seeAgain({ store }: Ports, issueId: string): Promise<void> {
  if ((await store.get(hiddenKey(issueId))) !== undefined) await store.delete(hiddenKey(issueId));
}
