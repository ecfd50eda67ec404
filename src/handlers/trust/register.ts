import type { FoundKeysView, TrustView } from '../../contract/trust';
import {
  inspectKeysPayload,
  registerKeysPayload,
  type KeySourcePayload,
  type RegisterKeysPayload,
} from '../../contract/trust-payloads';
import type { Ports } from '../../ports/ports';
import { identityMaterial } from '../../readers/trust/identity';
import { keysInText, type KeyInText, type KeysInText } from '../../readers/trust/keys-in-text';
import { sayProblem } from '../../readers/trust/problems';
import { stateAt, type KeyHolder, type RegisteredKey } from '../../readers/trust/registered';
import { mustAdminister } from '../policy/admins-only';
import { refuse } from '../refusal';
import { callerOf, parsed, type ResolverCall } from '../resolver-call';
import { trustView } from './read';
import { saveTrust } from './save';
import { settleTrust } from './store';

/** `trust.inspect`: what a text holds and whether it is registered already; changes nothing. Jira administrators only. */
export async function inspectKeys(ports: Ports, call: ResolverCall): Promise<FoundKeysView> {
  await mustAdminister(ports);
  const { source } = parsed(inspectKeysPayload, call.payload);
  const { keys, problems } = keysOf(source);
  const { document } = await settleTrust(ports);
  const known = (document?.keys ?? []).map(({ key }) => key);
  return {
    keys: keys.map((key) => ({
      ...described(key),
      registeredAs: standing(known, key.fingerprint, ports.clock.now())?.id ?? null,
    })),
    problems: problems.map(sayProblem),
  };
}

/**
 * `trust.register`: registers keys of a text, or a certificate identity, each with a label and whose it is. The text is read
 * anew, and one with a problem is refused whole. A key that is registered and good, now or from a later time on, is not
 * registered twice; one that was revoked or has ended may be registered again, under a new number.
 *
 * Refusals: 400 keys-problems, unknown-account, there-already, too-large; 403; 409 as `saveTrust`.
 */
export async function registerKeys(ports: Ports, call: ResolverCall): Promise<TrustView> {
  const accountId = callerOf(call);
  await mustAdminister(ports);
  const payload = parsed(registerKeysPayload, call.payload);
  const wanted = await withHolders(ports, payload);
  const now = ports.clock.now();
  const settled = await saveTrust(ports, {
    basedOn: payload.basedOn,
    accountId,
    reason: payload.reason,
    alter: (before, next) => registered(before, wanted, next, now),
    isIn: (keys) =>
      wanted.every((one) =>
        keys.some(({ fingerprint, label }) => fingerprint === one.fingerprint && label === one.label),
      ),
  });
  return trustView(settled, ports.clock.now());
}

const described = ({
  fingerprint,
  kind,
  algorithm,
  place,
  called,
  principals,
  namespaces,
  from,
  until,
}: KeyInText) => ({
  fingerprint,
  kind,
  algorithm,
  place,
  called,
  principals,
  namespaces,
  from,
  until,
});

const materialOf = ({ kind, material, fingerprint, algorithm, namespaces, principals }: KeyInText) => ({
  kind,
  material,
  fingerprint,
  algorithm,
  namespaces,
  principals,
});

type Described = Omit<RegisteredKey, 'id' | 'registeredAt' | 'revoked'>;

function keysOf(source: KeySourcePayload): KeysInText {
  if (source.form === 'text') return keysInText(source.text, source.use);
  const { issuer, subject } = source;
  const identity: KeyInText = {
    ...identityMaterial(issuer, subject),
    place: 'identity',
    called: subject.slice(0, 200),
    principals: [subject.slice(0, 320)],
    from: null,
    until: null,
  };
  return { keys: [identity], problems: [] };
}

/** @throws Refused 400 with a sentence for each problem. */
async function withHolders(ports: Ports, { source, keys: named }: RegisterKeysPayload): Promise<readonly Described[]> {
  const { keys, problems } = keysOf(source);
  const sentences = problems.map(sayProblem);
  const wanted: Described[] = [];
  for (const { fingerprint, label, whose, from, until } of named) {
    const found = keys.find((key) => key.fingerprint === fingerprint);
    if (found === undefined) sentences.push(`The text holds no key with the fingerprint ${fingerprint}.`);
    else if (from !== null && until !== null && until <= from) sentences.push(`"${label}" ends before it starts.`);
    else {
      wanted.push({ ...materialOf(found), label, whose: await holderOf(ports, whose), from, until });
    }
  }
  if (new Set(named.map(({ fingerprint }) => fingerprint)).size < named.length)
    sentences.push('The same key is to be registered twice.');
  if (sentences.length > 0) throw refuse(400, 'keys-problems', sentences.join(' '), sentences);
  return wanted;
}

async function holderOf(ports: Ports, whose: RegisterKeysPayload['keys'][number]['whose']): Promise<KeyHolder> {
  if (whose.kind === 'organisation') return whose;
  const person = await ports.jira.readDecider(whose.accountId);
  if (person === undefined)
    throw refuse(400, 'unknown-account', 'Jira does not know an account that a key is to belong to. Choose another.');
  return { ...whose, name: person.displayName.slice(0, 200) || 'Somebody without a name' };
}

/** The registration of the same key that is good, or will be. */
const standing = (keys: readonly RegisteredKey[], fingerprint: string, now: Date): RegisteredKey | undefined =>
  keys.find((key) => key.fingerprint === fingerprint && ['in-force', 'not-yet'].includes(stateAt(key, now)));

function registered(
  before: readonly RegisteredKey[],
  wanted: readonly Described[],
  next: number,
  now: Date,
): readonly RegisteredKey[] {
  const twice = wanted.flatMap(({ fingerprint }) => standing(before, fingerprint, now) ?? []);
  if (twice.length > 0) {
    const names = twice.map(({ id, label }) => `${id} ("${label}")`).join(', ');
    throw refuse(400, 'there-already', `Registered already: ${names}. Nothing was saved.`);
  }
  const added = wanted.map((one, i) => ({
    ...one,
    id: `key-${next + i}`,
    registeredAt: now.toISOString(),
    revoked: null,
  }));
  return [...before, ...added];
}
