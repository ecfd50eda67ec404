import type { FoundKeyView, KeyKindView, KeyView } from '../../../src/contract/trust';
import type { Tone } from './evidence';

/** What a kind of key is called, and what it is good for. */
export const KEY_KINDS: Readonly<Record<KeyKindView, { readonly name: string; readonly proves: string }>> = {
  ssh: { name: 'SSH key', proves: 'signatures of commits' },
  openpgp: { name: 'OpenPGP key', proves: 'signatures of commits' },
  'public-key': { name: 'Public key', proves: 'attestations' },
  'sigstore-root': { name: 'Sigstore trusted root', proves: 'sigstore bundles, together with an identity' },
  'signing-authority': { name: 'Root of certificates', proves: 'sigstore bundles, together with an identity' },
  'stamping-authority': { name: 'Root of time stamps', proves: 'the time of sigstore bundles' },
  identity: { name: 'Certificate identity', proves: 'sigstore bundles, together with a root' },
};

export const KEY_STATES: Readonly<Record<KeyView['state'], readonly [string, Tone]>> = {
  'in-force': ['In force', 'good'],
  'not-yet': ['Not yet in force', 'waiting'],
  ended: ['Ended', 'neutral'],
  revoked: ['Revoked', 'bad'],
};

/** "git only"; null when it may sign anything. */
export const namespaceWords = (namespaces: readonly string[] | null): string | null =>
  namespaces === null ? null : `for ${namespaces.join(', ')} only`;

/** The first addresses, and how many more there are; null without any. */
export function principalWords(principals: readonly string[]): string | null {
  if (principals.length === 0) return null;
  const more = principals.length - 3;
  return more > 1 ? `${principals.slice(0, 3).join(', ')} and ${more} more` : principals.join(', ');
}

/** What a new key is called until somebody calls it otherwise. */
export const firstLabel = ({ called, kind }: Pick<FoundKeyView, 'called' | 'kind'>): string =>
  called.trim() === '' ? KEY_KINDS[kind].name : called.trim();

/** A fingerprint in short: its start, after what says of which form it is. */
export const shortPrint = (fingerprint: string): string => {
  const [form, digits] = fingerprint.includes(':') ? fingerprint.split(/:(.*)/s) : ['', fingerprint];
  const short = (digits ?? '').slice(0, 16);
  return form === '' ? `${short}…` : `${form ?? ''}:${short}…`;
};

/** "Version 2" for `trust-2`; a version that is called otherwise stays as it is. */
export const versionName = (version: string): string => version.replace(/^trust-(?=\d+$)/, 'Version ');

/** What a save did, with each key called as it is in the list: "Imani, work laptop (key-2) was registered". */
export const namingKeys = (text: string, keys: readonly Pick<KeyView, 'id' | 'label'>[]): string =>
  text.replaceAll(/\bkey-\d+\b/g, (id) => {
    const key = keys.find((one) => one.id === id);
    return key === undefined ? id : `${key.label} (${id})`;
  });
