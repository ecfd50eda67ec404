import { savePolicyPayload } from '../../contract/payloads';
import type { PolicyView } from '../../contract/policy';
import { appendEntry } from '../../ledger/append';
import { canonicalJson } from '../../ledger/canonical';
import { disclosed } from '../../ledger/commitment';
import type { Person } from '../../ledger/entry';
import { POLICY_CHAIN, POLICY_CURRENT_KEY, policyKey } from '../../ledger/keys';
import { policyDifferences } from '../../policy/difference';
import { policyDigest } from '../../policy/digest';
import type { Policy } from '../../policy/policy';
import { policySchema } from '../../policy/schema';
import { policyProblems } from '../../policy/sense';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { callerOf, parsed, type ResolverCall } from '../resolver-call';
import { mustAdminister } from './admins-only';
import { policyNotices } from '../view/nobody-left';
import { policyView } from './read';
import { isSave, settlePolicy, type SavedEntry, type Settled } from './store';

/** Forge storage takes 240 KiB a value; the rest is for its own encoding. */
export const MAX_POLICY_BYTES = 200 * 1024;

const NUMBERS = 100;

/**
 * `policy.save`: a new version, in force when this answers. The version's document is created first, then the ledger
 * gets its entry, which is the commit point, then the copy in force follows: broken off anywhere, the version before or
 * this one is in force, and the ledger has every version that ever was. A version has one successor: of two saves that
 * are based on the same version one is refused and nothing of the other is lost. Numbers of saves that were broken off
 * or refused are not used again.
 *
 * Refusals: 400 with a sentence for each problem, 403, 409 not-in-force, unchanged, ledger-broken.
 */
export async function savePolicy(ports: Ports, call: ResolverCall): Promise<PolicyView> {
  const accountId = callerOf(call);
  await mustAdminister(ports);
  const { basedOn, policy: given, reason } = parsed(savePolicyPayload, call.payload);
  const policy = sound(given);
  const settled = await settlePolicy(ports);
  if (settled.version !== basedOn) return answerConflict(ports, settled, { basedOn, policy, accountId });
  const broken = settled.saves.breaks[0];
  if (broken !== undefined) {
    const message = `No policy is saved on a ledger that does not verify: ${broken.sentence}.`;
    throw refuse(409, 'ledger-broken', message);
  }
  const changes = differences(settled.policy, policy);
  if (changes.length === 0) {
    throw refuse(409, 'unchanged', `This is what the policy ${basedOn} says already, so there is nothing to save.`);
  }
  const saved = await createVersion(ports, policy, basedOn);
  const stored = await announce(ports, saved, { basedOn, changes, reason, accountId });
  if (stored.entry.body.version !== saved.version) {
    return answerConflict(ports, await settlePolicy(ports), { basedOn, policy, accountId });
  }
  await ports.store.set(POLICY_CURRENT_KEY, saved);
  await queueRefreshes(ports);
  return saidSaved(ports, await settlePolicy(ports));
}

/** It is saved whatever Jira answers about the groups now. */
async function saidSaved(ports: Ports, settled: Settled): Promise<PolicyView> {
  try {
    return policyView(settled, settled.policy === undefined ? [] : await policyNotices(ports, settled.policy));
  } catch (failure) {
    ports.log.error('who is left under a saved policy could not be told', failure);
    return policyView(settled, []);
  }
}

/** @throws Refused 400: the shape first, then the sense, one sentence for each problem. */
function sound(given: unknown): Policy {
  const policy = parsed(policySchema, given);
  const problems = policyProblems(policy);
  const bytes = Buffer.byteLength(canonicalJson(policy));
  if (bytes > MAX_POLICY_BYTES) {
    problems.push(`The policy takes ${bytes} bytes and at most ${MAX_POLICY_BYTES} can be stored: shorten templates.`);
  }
  if (problems.length > 0) throw refuse(400, 'policy-problems', problems.join(' '), problems);
  return policy;
}

function differences(before: Policy | undefined, after: Policy): readonly string[] {
  return before === undefined
    ? ['The version before cannot be read from storage any more; this one was saved whole.']
    : policyDifferences(before, after);
}

interface Attempt {
  readonly basedOn: string;
  readonly policy: Policy;
  readonly accountId: string;
}

/**
 * The one who saved the same before, and whose answer was lost, is answered again; everybody else is told who was first
 * and sends again, based on that.
 */
async function answerConflict(
  ports: Ports,
  settled: Settled,
  { basedOn, policy, accountId }: Attempt,
): Promise<PolicyView> {
  const next = settled.saves.entries.find(({ entry }) => entry.fact === factOf(basedOn));
  const own = next !== undefined && disclosed<Person>(next, next.entry.body.by)?.accountId === accountId;
  if (own && policyDigest({ ...policy, version: next.entry.body.version }) === next.entry.body.policyDigest)
    return saidSaved(ports, settled);
  const who =
    next === undefined ? 'Somebody' : (disclosed<Person>(next, next.entry.body.by)?.displayName ?? 'Somebody');
  ports.log.info('a policy was not saved because another is in force', { basedOn, inForce: settled.version });
  throw refuse(
    409,
    'not-in-force',
    `${who} saved the policy meanwhile: ${settled.version} is in force, and yours is based on ${basedOn}. Nothing of yours was saved. Look at theirs and save yours again.`,
  );
}

/** Created once under the first number that is free, or that an attempt with the same content took. */
async function createVersion(ports: Ports, policy: Policy, basedOn: string): Promise<Policy> {
  const first = Number(/^policy-(\d+)$/.exec(basedOn)?.[1] ?? '0') + 1;
  for (let number = first; number < first + NUMBERS; number += 1) {
    const named = { ...policy, version: `policy-${number}` };
    const key = policyKey(named.version);
    if ((await ports.store.create(key, named)) === 'created') return named;
    const there = await ports.store.get(key);
    if (there !== undefined && canonicalJson(there) === canonicalJson(named)) return named;
  }
  throw refuse(503, 'busy', 'Many saves of the policy were broken off. Tell the people who look after this app.');
}

/** A version has one successor: the ledger holds this name once. */
const factOf = (basedOn: string): string => `policy-after:${basedOn}`;

async function announce(
  ports: Ports,
  saved: Policy,
  save: {
    readonly basedOn: string;
    readonly changes: readonly string[];
    readonly reason: string;
    readonly accountId: string;
  },
): Promise<SavedEntry> {
  const person = await ports.jira.readDecider(save.accountId);
  const disclosing = new Disclosing(ports.random);
  const { stored } = await appendEntry(
    { store: ports.store, now: ports.clock.now() },
    {
      chain: POLICY_CHAIN,
      kind: 'policy-saved',
      fact: factOf(save.basedOn),
      body: {
        version: saved.version,
        policyDigest: policyDigest(saved),
        previous: save.basedOn,
        changes: save.changes,
        by: disclosing.person(save.accountId, person?.displayName),
        reason: save.reason,
      },
      disclosures: disclosing.disclosures,
    },
  );
  if (!isSave(stored)) throw new Error(`entry ${stored.entry.seq} has the name of a policy`);
  return stored;
}

/** Deciding groups may have changed. The policy is in force already, and the hourly reconciler refreshes all the same. */
async function queueRefreshes(ports: Ports): Promise<void> {
  try {
    await ports.jobs.push({ job: 'refresh-all' }, { onePerKey: 'refresh-all' });
  } catch (failure) {
    ports.log.error('the changes were not queued after a save of the policy and wait for the reconciler', failure);
  }
}
