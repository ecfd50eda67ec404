import type { TrustView } from '../../contract/trust';
import { revokeKeyPayload } from '../../contract/trust-payloads';
import type { Ports } from '../../ports/ports';
import type { RegisteredKey } from '../../readers/trust/registered';
import { mustAdminister } from '../policy/admins-only';
import { refuse } from '../refusal';
import { callerOf, parsed, type ResolverCall } from '../resolver-call';
import { trustView } from './read';
import { saveTrust } from './save';

/**
 * `trust.revoke`: from a time on nothing that reaches the app is verified by the key, whatever time a signature claims. The
 * key stays in the list; a revocation is never taken back, it can only be set to an earlier time.
 *
 * Refusals: 400 invalid, 404 unknown-key, 409 revoked-earlier, and as `saveTrust`; 403.
 */
export async function revokeKey(ports: Ports, call: ResolverCall): Promise<TrustView> {
  const accountId = callerOf(call);
  await mustAdminister(ports);
  const { basedOn, key: id, from, reason } = parsed(revokeKeyPayload, call.payload);
  const at = ports.clock.now().toISOString();
  const settled = await saveTrust(ports, {
    basedOn,
    accountId,
    reason,
    alter: (before) => revoked(before, id, { from, at }),
    isIn: (keys) => keys.some((key) => key.id === id && key.revoked?.from === from),
  });
  return trustView(settled, ports.clock.now());
}

function revoked(
  before: readonly RegisteredKey[],
  id: string,
  revocation: NonNullable<RegisteredKey['revoked']>,
): readonly RegisteredKey[] {
  const key = before.find((one) => one.id === id);
  if (key === undefined) throw refuse(404, 'unknown-key', `No key was registered as ${id}.`);
  if (key.revoked !== null && key.revoked.from <= revocation.from)
    throw refuse(
      409,
      'revoked-earlier',
      `${id} is revoked from ${key.revoked.from} already. A revocation can be set to an earlier time, and is never taken back.`,
    );
  return before.map((one) => (one.id === id ? { ...one, revoked: revocation } : one));
}
