import { base64 } from '../signature/base64';
import { signatureOf, type Signature } from '../signature/checks';
import { algorithmThatHolds, publicKey, spkiOf } from '../signature/public-key';
import type { Trust } from '../signature/trust';
import { isMembers, listAt, textAt } from '../members';
import { createHash } from 'node:crypto';

/** An envelope of secure-systems-lab/dsse, version 1. */
export interface DsseEnvelope {
  readonly payloadType: string;
  readonly payload: Buffer;
  readonly signatures: readonly { readonly keyId: string; readonly bytes: Buffer }[];
}

/** More than any real envelope has; each is tried with each registered key. */
const MAX_SIGNATURES = 32;

export const looksLikeEnvelope = (value: unknown): boolean =>
  isMembers(value) && textAt(value, 'payload') !== undefined && Array.isArray(value['signatures']);

/** Undefined when a member is missing, is no base64 in either form, or there is no signature, or more than 32. */
export function dsseEnvelope(value: unknown): DsseEnvelope | undefined {
  const payload = base64(textAt(value, 'payload'));
  const payloadType = textAt(value, 'payloadType');
  const signatures = listAt(value, 'signatures').map((one) => ({
    keyId: textAt(one, 'keyid') ?? '',
    bytes: base64(textAt(one, 'sig')),
  }));
  const whole = signatures.flatMap(({ keyId, bytes }) => (bytes === undefined ? [] : [{ keyId, bytes }]));
  if (payload === undefined || payloadType === undefined || whole.length !== signatures.length) return undefined;
  if (whole.length === 0 || whole.length > MAX_SIGNATURES) return undefined;
  return { payload, payloadType, signatures: whole };
}

/** What is signed: the pre-authentication encoding, `DSSEv1 SP LEN(type) SP type SP LEN(body) SP body` in bytes. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

/**
 * Checks an envelope against registered keys. `keyid` is a hint that anybody may write: every key is tried on every
 * signature. Verified if one holds, as the protocol has it; `by` names all whose key held, and `other-signatures` is
 * named as not checked while there are others. Invalid if only keys held that were withdrawn, or if none does and a
 * signature claims a registered one.
 */
export function verifyEnvelope(envelope: DsseEnvelope, trust: Pick<Trust, 'keys'>): Signature {
  const signed = preAuthenticationEncoding(envelope.payloadType, envelope.payload);
  const keys = trust.keys.flatMap(({ name, pem, keyId, withdrawn = false }) => {
    const key = publicKey(pem);
    return key === undefined ? [] : [{ name, key, withdrawn, ids: idsOf(name, spkiOf(key), keyId) }];
  });
  // The same key may be registered again after it was withdrawn: the registration that stands is found first.
  const ordered = keys.toSorted((a, b) => Number(a.withdrawn) - Number(b.withdrawn));
  const held = envelope.signatures.map(({ bytes }) => {
    for (const { name, key, withdrawn } of ordered) {
      const algorithm = algorithmThatHolds(key, signed, bytes);
      if (algorithm !== undefined) return { name, algorithm, withdrawn };
    }
    return undefined;
  });
  const good = held.filter((one) => one?.withdrawn === false);
  if (good.length > 0) {
    const outcomes = [
      ['signature', true],
      ['registered-key', true],
    ] as const;
    const others = good.length < held.length ? (['other-signatures'] as const) : [];
    const by = [...new Set(good.flatMap((one) => one?.name ?? []))].join(', ');
    return signatureOf(outcomes, by, good[0]?.algorithm ?? null, [...others, 'key-revocation']);
  }
  const withdrawn = held.find((one) => one !== undefined);
  if (withdrawn !== undefined) {
    const outcomes = [
      ['signature', true],
      ['registered-key', false],
    ] as const;
    return signatureOf(outcomes, null, withdrawn.algorithm, ['key-revocation']);
  }
  const claims = envelope.signatures.some(({ keyId }) => keyId !== '' && keys.some(({ ids }) => ids.has(keyId)));
  const outcomes = claims
    ? ([['signature', false]] as const)
    : ([
        ['signature', null],
        ['registered-key', null],
      ] as const);
  return signatureOf(outcomes, null, null, ['key-revocation']);
}

/** The forms in which tools write a key's id: as registered, and the SHA-256 of its DER in hexadecimal or base64. */
function idsOf(name: string, spki: Buffer, keyId: string | undefined): ReadonlySet<string> {
  const digest = createHash('sha256').update(spki).digest();
  const ids = [name, digest.toString('hex'), `SHA256:${digest.toString('hex')}`, digest.toString('base64')];
  return new Set(keyId === undefined ? ids : [...ids, keyId]);
}
