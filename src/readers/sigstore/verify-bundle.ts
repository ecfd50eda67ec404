import { createHash, type KeyObject } from 'node:crypto';
import { preAuthenticationEncoding } from '../dsse/envelope';
import { signatureOf, type Outcome, type Signature } from '../signature/checks';
import { algorithmThatHolds, publicKey, spkiOf } from '../signature/public-key';
import type { Trust } from '../signature/trust';
import type { Bundle, LogEntry } from './bundle';
import { chainTo, identityOf, isLogged, isValidAt } from './certificate';
import { inclusionHolds, promiseHolds } from './log';
import { isAbout } from './log-content';
import { sigstoreRoot, within, type SigstoreRoot } from './root';
import { stampedAt } from './timestamp';

export interface Identity {
  readonly subject: string;
  readonly issuer: string;
}

/**
 * Checks a bundle offline. `artifact` is the signed file; without it a bundle over a file's digest is never verified.
 * With a certificate, verified needs all of: signature, chain to a root handed in, a certificate log's word, an entry of a
 * transparency log about exactly this and, from v0.2 on, its proof of inclusion, a proof of the time (the log's promise or
 * the stamp of an authority that was handed in), and an identity that was registered. Whatever else is there has to hold.
 */
export function verifyBundle(
  bundle: Bundle,
  trust: Pick<Trust, 'keys' | 'sigstoreRoot' | 'sigstoreIdentities'>,
  artifact?: Uint8Array,
): Signature & { readonly claimed: Identity | null } {
  const root = sigstoreRoot(trust.sigstoreRoot);
  const [leaf] = bundle.certificates;
  if (leaf === undefined) return byKey(bundle, trust, root, artifact);
  const stamps = stampOutcomes(bundle, root);
  const entries = bundle.entries.map((entry) => entryOutcomes(entry, bundle, root, leaf.raw, stamps.times));
  const times = [...stamps.times, ...entries.flatMap(({ time }) => time ?? [])];
  // A bundle that brings its own root asks to be believed on its own word.
  const bringsRoot = bundle.certificates.some((one) => one.subject === one.issuer);
  const chains = bringsRoot ? [] : times.map((at) => chainTo(root, leaf, at));
  const chain = chains.every((one) => one !== undefined) ? chains[0] : undefined;
  const claimed = identityOf(leaf) ?? null;
  const registered = trust.sigstoreIdentities.find(
    ({ subject, issuer }) => subject === claimed?.subject && issuer === claimed.issuer,
  );
  const { signature, algorithm } = signatureOutcome(bundle, leaf.publicKey, artifact);
  const outcomes: readonly Outcome[] = [
    ...signature,
    ['certificate-chain', chain === undefined ? null : true],
    ['certificate-time', times.length === 0 ? null : times.every((at) => isValidAt(leaf, at))],
    ['certificate-transparency', chain?.[0] === undefined ? null : isLogged(leaf, chain[0], root.certificateLogs)],
    ['certificate-identity', registered === undefined ? null : true],
    ...(entries.length === 0 ? NO_ENTRY : entries.flatMap((entry) => entry.outcomes)),
    ...stamps.outcomes,
  ];
  return { ...signatureOf(distinct(outcomes), registered?.name ?? null, algorithm), claimed };
}

const NO_ENTRY: readonly Outcome[] = [
  ['log-promise', null],
  ['log-inclusion', null],
  ['log-content', null],
];

/** A key of one's own needs no proof of the time; entries of a log that are there are checked as far as the log is known. */
function byKey(
  bundle: Bundle,
  trust: Pick<Trust, 'keys'>,
  root: SigstoreRoot,
  artifact: Uint8Array | undefined,
): Signature & { readonly claimed: null } {
  const keys = trust.keys.flatMap(({ name, pem, withdrawn = false }) => {
    const key = publicKey(pem);
    return key === undefined ? [] : [{ name, key, withdrawn }];
  });
  const tried = keys.map((one) => ({ ...one, ...signatureOutcome(bundle, one.key, artifact) }));
  const holding = tried.filter(({ algorithm }) => algorithm !== null);
  const held = holding.find(({ withdrawn }) => !withdrawn) ?? holding[0];
  if (held === undefined) {
    const outcomes = [
      ['signature', null],
      ['registered-key', null],
    ] as const;
    return { ...signatureOf(outcomes, null, null, ['key-revocation']), claimed: null };
  }
  const stamps = stampOutcomes(bundle, root);
  const entries = bundle.entries.map((entry) => entryOutcomes(entry, bundle, root, spkiOf(held.key), stamps.times));
  const outcomes = [
    ...held.signature,
    ['registered-key', !held.withdrawn] as const,
    ...(entries.length === 0 ? NO_ENTRY : entries.flatMap((entry) => entry.outcomes)),
    ...stamps.outcomes,
  ];
  // Of the log's checks only one that fails counts: who signed does not rest on the log.
  const needed = distinct(outcomes).filter(([check, held]) => held !== null || check === 'artifact');
  const besides = distinct(outcomes).flatMap(([check, held]) => (held === null && check !== 'artifact' ? [check] : []));
  return { ...signatureOf(needed, held.name, held.algorithm, [...besides, 'key-revocation']), claimed: null };
}

function stampOutcomes(
  { timestamps, content }: Bundle,
  root: SigstoreRoot,
): { readonly outcomes: readonly Outcome[]; readonly times: readonly number[] } {
  const signature = content.kind === 'message' ? content.signature : content.envelope.signatures[0]?.bytes;
  const stamped = timestamps.map((one) => stampedAt(one, signature ?? Buffer.alloc(0), root.stampers));
  return {
    outcomes: stamped.map((at) => ['timestamp-authority', typeof at === 'number' ? true : at] as const),
    times: stamped.filter((at) => typeof at === 'number'),
  };
}

function signatureOutcome(
  { content }: Bundle,
  key: KeyObject,
  artifact: Uint8Array | undefined,
): { readonly signature: readonly Outcome[]; readonly algorithm: string | null } {
  if (content.kind === 'dsse') {
    const { payloadType, payload, signatures } = content.envelope;
    const signed = preAuthenticationEncoding(payloadType, payload);
    const algorithm = algorithmThatHolds(key, signed, signatures[0]?.bytes ?? Buffer.alloc(0)) ?? null;
    return { signature: [['signature', algorithm !== null]], algorithm };
  }
  if (artifact === undefined)
    return {
      signature: [
        ['signature', null],
        ['artifact', null],
      ],
      algorithm: null,
    };
  const algorithm = algorithmThatHolds(key, artifact, content.signature) ?? null;
  const hash = { SHA2_256: 'sha256', SHA2_384: 'sha384', SHA2_512: 'sha512' }[content.algorithm];
  const same = hash !== undefined && createHash(hash).update(artifact).digest().equals(content.digest);
  return {
    signature: [
      ['signature', algorithm !== null],
      ['artifact', same],
    ],
    algorithm,
  };
}

function entryOutcomes(
  entry: LogEntry,
  bundle: Bundle,
  root: SigstoreRoot,
  signer: Buffer,
  stamped: readonly number[],
): { readonly outcomes: readonly Outcome[]; readonly time: number | null } {
  const log = root.logs.find(({ id }) => id === entry.logId);
  const promise = log === undefined ? null : promiseHolds(entry, log);
  const inclusion = log === undefined ? null : inclusionHolds(entry, log);
  const outcomes: Outcome[] = [['log-content', isAbout(entry, bundle, signer)]];
  // Rekor 2 gives no promise: the proof and an authority's stamp stand for it, within the time of the log.
  const dated = log !== undefined && stamped.length > 0 && stamped.every((at) => within(log.valid, at));
  if (promise !== null || inclusion !== true || !dated) outcomes.push(['log-promise', promise]);
  // In v0.1 the promise alone will do; a proof that is there has to hold all the same.
  if (bundle.version !== '0.1' || inclusion !== null) outcomes.push(['log-inclusion', inclusion]);
  return { outcomes, time: promise === true ? (entry.integratedTime ?? 0) * 1000 : null };
}

/** One outcome of each check: of several entries the worst. */
function distinct(outcomes: readonly Outcome[]): readonly Outcome[] {
  const worst = new Map<Outcome[0], boolean | null>();
  const rank = (held: boolean | null): number => (held === false ? 0 : held === null ? 1 : 2);
  for (const [check, held] of outcomes) {
    const known = worst.get(check);
    if (known === undefined || rank(held) < rank(known)) worst.set(check, held);
  }
  return [...worst];
}
