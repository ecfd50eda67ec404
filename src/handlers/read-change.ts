import type { ChangeView } from '../contract/panel';
import type { Ports } from '../ports/ports';
import { changeView } from './change-view';
import { governs } from '../policy/requirement';
import { readFactsFor } from './facts';
import { readingDue } from './from-jira/due';
import { callerOf, issueOf, type ResolverCall } from './resolver-call';
import { needsRefresh } from './staleness';
import { keptReadings } from './view/from-jira';

/** `change.read`: the panel's one call. Also the reconciler of this change: what Jira has beyond the ledger is queued. */
export async function readChange(ports: Ports, call: ResolverCall): Promise<ChangeView> {
  const accountId = callerOf(call);
  const [facts, viewer] = await Promise.all([readFactsFor(ports, issueOf(call)), ports.jira.readDecider(accountId)]);
  const { issueId } = facts.snapshot;
  const kept = keptReadings(ports, issueId);
  const view = await changeView(ports, facts, accountId, viewer, kept);
  const now = ports.clock.now();
  const stale = needsRefresh(facts, viewer, now) || readingDue((await kept).note, facts, now, 'touched');
  if (stale && governs(facts.policy, facts.snapshot))
    await ports.jobs.push({ job: 'refresh-change', issueId }, { onePerKey: `change-${issueId}` });
  return view;
}
