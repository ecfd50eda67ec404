import type { KeyView, TrustView } from '../../contract/trust';
import { disclosed } from '../../ledger/commitment';
import type { Person } from '../../ledger/entry';
import type { Ports } from '../../ports/ports';
import { stateAt, type RegisteredKey } from '../../readers/trust/registered';
import { mustAdminister } from '../policy/admins-only';
import { settleTrust, type SettledTrust, type TrustSaved } from './store';

/** `trust.read`: the registered signing keys, and who saved which version, and why. Jira administrators only. */
export async function readTrustView(ports: Ports): Promise<TrustView> {
  await mustAdminister(ports);
  return trustView(await settleTrust(ports), ports.clock.now());
}

export const trustView = ({ version, document, saves, breaks }: SettledTrust, now: Date): TrustView => ({
  version,
  keys: (document?.keys ?? []).map(({ key }) => keyView(key, now)).toReversed(),
  readable: document !== undefined,
  editable: breaks.length === 0,
  history: saves.toReversed().map(saveView),
});

function keyView(key: RegisteredKey, now: Date): KeyView {
  const { kind, name } = key.whose;
  return { ...key, whose: { kind, name }, state: stateAt(key, now) };
}

const saveView = (stored: TrustSaved): TrustView['history'][number] => ({
  version: stored.entry.body.version.split('.')[0] ?? '',
  at: stored.entry.at,
  by: disclosed<Person>(stored, stored.entry.body.by)?.displayName ?? null,
  changes: stored.entry.body.changes,
  reason: stored.entry.body.reason,
});
