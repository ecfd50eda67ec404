import { openPgpKeys } from './openpgp-blocks';
import { pemKeys } from './pem-blocks';
import type { KeyProblem, KeyProblemCode } from './problems';
import { MAX_MATERIAL, type KeyMaterial } from './registered';
import { sshKeys } from './ssh-lines';
import { trustedRoots } from './trusted-root';

/** A key as a text states it, before anybody said whose it is. */
export interface KeyInText extends KeyMaterial {
  /** Where it stands: `line 3`, `block 1`. */
  readonly place: string;
  /** What the text calls it: a comment, a user id, a subject; '' when it does not. */
  readonly called: string;
  readonly principals: readonly string[];
  /** UTC ISO 8601; what the text says about the time in which it may be used. */
  readonly from: string | null;
  readonly until: string | null;
}

export interface KeysInText {
  readonly keys: readonly KeyInText[];
  readonly problems: readonly KeyProblem[];
}

/** What certificates in a text are good for: an authority looks the same in both cases. */
export type CertificateUse = 'signing' | 'time-stamps';

const MAX_TEXT = 200_000;
const MAX_KEYS = 200;

const only = (code: KeyProblemCode): KeysInText => ({ keys: [], problems: [{ code, place: null }] });

/**
 * The keys and roots in a text, in whichever of the known forms it is. Never throws. What is not understood whole is a
 * problem with its place, and a text with a problem is not to be registered in part: the line that was skipped would be
 * the one that somebody relies on. A private key is refused before anything else is looked at.
 */
export function keysInText(text: string, use: CertificateUse = 'signing'): KeysInText {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(text)) return only('private-key');
  if (text.length > MAX_TEXT) return only('too-large');
  if (text.trim() === '') return only('empty');
  if (/[\0\uFFFD]/.test(text)) return only('not-text');
  const found = formOf(text, use);
  if (found.keys.length > MAX_KEYS) return only('too-many');
  if (found.keys.length === 0 && found.problems.length === 0) return only('not-a-key');
  return { keys: found.keys, problems: [...found.problems, ...amongThemselves(found.keys)] };
}

function formOf(text: string, use: CertificateUse): KeysInText {
  if (text.trimStart().startsWith('{')) return trustedRoots(text);
  if (text.includes('-----BEGIN PGP ')) return openPgpKeys(text);
  if (text.includes('---- BEGIN SSH2 ')) return only('ssh2-form');
  return text.includes('-----BEGIN ') ? pemKeys(text, use) : sshKeys(text);
}

function amongThemselves(keys: readonly KeyInText[]): readonly KeyProblem[] {
  const prints = keys.map(({ fingerprint }) => fingerprint);
  return keys.flatMap(({ place, fingerprint, material, from, until }, i) => [
    ...(material.length > MAX_MATERIAL ? [{ code: 'too-large', place } as const] : []),
    ...(prints.indexOf(fingerprint) < i ? [{ code: 'there-twice', place } as const] : []),
    ...(from !== null && until !== null && until <= from ? [{ code: 'ends-before-start', place } as const] : []),
  ]);
}
