import type { KeyObject, X509Certificate } from 'node:crypto';
import { base64 } from '../signature/base64';
import { publicKey } from '../signature/public-key';
import { certificateIn } from '../signature/x509';
import { listAt, textAt, valueAt } from '../members';

/** Epoch milliseconds; the end is included and null while there is none. */
export interface Span {
  readonly from: number;
  readonly until: number | null;
}

export interface Authority {
  /** Issuers, the one of signing certificates first and the root last. */
  readonly chain: readonly X509Certificate[];
  readonly valid: Span;
}

export interface Log {
  /** Log id in base64: SHA-256 of its key, for Rekor 1 and certificate logs. */
  readonly id: string;
  readonly key: KeyObject;
  readonly valid: Span;
}

/** What a sigstore `trusted_root.json` states. Parts without a start of validity, or unreadable, are left out: not trusted. */
export interface SigstoreRoot {
  readonly authorities: readonly Authority[];
  /** Authorities for time stamps: the one that stamps first, where the root names it. */
  readonly stampers: readonly Authority[];
  readonly logs: readonly Log[];
  readonly certificateLogs: readonly Log[];
}

export function sigstoreRoot(value: unknown): SigstoreRoot {
  return {
    authorities: listAt(value, 'certificateAuthorities').flatMap(authorityOf),
    stampers: listAt(value, 'timestampAuthorities').flatMap(authorityOf),
    logs: listAt(value, 'tlogs').flatMap(logOf),
    certificateLogs: listAt(value, 'ctlogs').flatMap(logOf),
  };
}

function authorityOf(one: unknown): readonly Authority[] {
  const valid = spanOf(one);
  const chain = certificates(listAt(one, 'certChain', 'certificates'));
  return valid === undefined || chain === undefined || chain.length === 0 ? [] : [{ chain, valid }];
}

/** Undefined when one of them is no certificate. */
export function certificates(list: readonly unknown[]): readonly X509Certificate[] | undefined {
  if (list.length > 16) return undefined;
  try {
    return list.map((one) => certificateIn(base64(textAt(one, 'rawBytes')) ?? Buffer.alloc(0)));
  } catch {
    return undefined;
  }
}

function logOf(one: unknown): readonly Log[] {
  const bytes = base64(textAt(one, 'publicKey', 'rawBytes'));
  const key = bytes === undefined ? undefined : publicKey({ key: bytes, format: 'der', type: 'spki' });
  const valid = spanOf(valueAt(one, 'publicKey'));
  const id = textAt(one, 'logId', 'keyId');
  return key === undefined || valid === undefined || id === undefined ? [] : [{ id, key, valid }];
}

function spanOf(one: unknown): Span | undefined {
  const from = Date.parse(textAt(one, 'validFor', 'start') ?? '');
  const end = textAt(one, 'validFor', 'end');
  const until = end === undefined ? null : Date.parse(end);
  return Number.isNaN(from) || Number.isNaN(until ?? 0) ? undefined : { from, until };
}

export const within = ({ from, until }: Span, at: number): boolean => at >= from && (until === null || at <= until);
