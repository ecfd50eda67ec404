import type { PolicyView } from '../../contract/policy';
import { disclosed } from '../../ledger/commitment';
import type { Person } from '../../ledger/entry';
import { DEFAULT_POLICY } from '../../policy/policy';
import { policySummary } from '../../policy/summary';
import type { Ports } from '../../ports/ports';
import { policyNotices } from '../view/nobody-left';
import { mustAdminister } from './admins-only';
import { settlePolicy, type SavedEntry, type Settled } from './store';

/** `policy.read`: the policy in force, in plain language and as a form takes it, and who saved which version, and why. */
export async function readPolicy(ports: Ports): Promise<PolicyView> {
  await mustAdminister(ports);
  const settled = await settlePolicy(ports);
  const notices = settled.policy === undefined ? [] : await policyNotices(ports, settled.policy);
  return policyView(settled, notices);
}

export function policyView({ version, policy, saves }: Settled, notices: PolicyView['notices']): PolicyView {
  const shown = policy ?? { ...DEFAULT_POLICY, version };
  const inForce = saves.entries.find(({ entry }) => entry.body.version === version);
  return {
    version,
    policy: shown,
    readable: policy !== undefined,
    summary: policy === undefined ? [] : policySummary(policy),
    savedAt: inForce?.entry.at ?? null,
    by: inForce === undefined ? null : savedBy(inForce),
    history: saves.entries.toReversed().map(saveView),
    notices,
    intact: saves.breaks.length === 0,
    editable: saves.breaks.length === 0,
  };
}

const saveView = (stored: SavedEntry): PolicyView['history'][number] => ({
  version: stored.entry.body.version,
  at: stored.entry.at,
  by: savedBy(stored),
  changes: stored.entry.body.changes,
  reason: stored.entry.body.reason,
});

const savedBy = (stored: SavedEntry): string | null =>
  disclosed<Person>(stored, stored.entry.body.by)?.displayName ?? null;
