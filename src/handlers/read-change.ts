import type { ChangeView } from '../contract/panel';
import type { Ports } from '../ports/ports';
import { changeView } from './change-view';
import { governs } from '../policy/requirement';
import { readFactsFor } from './facts';
import { callerOf, issueOf, type ResolverCall } from './resolver-call';
import { needsRefresh } from './staleness';

/** `change.read`: the panel's one call. Also the reconciler of this change: what Jira has beyond the ledger is queued. */
export async function readChange(ports: Ports, call: ResolverCall): Promise<ChangeView> {
  const accountId = callerOf(call);
  const [facts, viewer] = await Promise.all([readFactsFor(ports, issueOf(call)), ports.jira.readDecider(accountId)]);
  if (governs(facts.policy, facts.snapshot) && needsRefresh(facts, viewer, ports.clock.now())) {
    await ports.jobs.push(
      { job: 'refresh-change', issueId: facts.snapshot.issueId },
      { onePerKey: `change-${facts.snapshot.issueId}` },
    );
  }
  return changeView(ports, facts, accountId, viewer);
}
