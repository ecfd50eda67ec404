import type { KeyHolder } from '../readers/trust/registered';
import type { KeysPart } from './keys';

/** Whose registered key made a signature. Fingerprint and holder are null where the key itself is not in the pack. */
export interface Signer {
  readonly key: string;
  readonly whose: string | null;
  readonly fingerprint: string | null;
}

const KEY_ID = /^key-\d{1,9}$/;

/**
 * The registered keys that the attribute `signedBy` names, which is what a check here found and no claim of the file. A
 * key's number is never used again, so its holder and fingerprint are the same in every version.
 */
export function signersOf(signedBy: string | undefined, keys: readonly KeysPart[]): readonly Signer[] {
  const named = new Set((signedBy ?? '').split(/[\s,]+/).filter((id) => KEY_ID.test(id)));
  const opened = keys.flatMap((part) => part.keys.map(({ key }) => key));
  return [...named].map((id) => {
    const key = opened.find((one) => one.id === id);
    return key === undefined
      ? { key: id, whose: null, fingerprint: null }
      : { key: id, whose: holderText(key.whose), fingerprint: key.fingerprint };
  });
}

const holderText = (whose: KeyHolder): string =>
  whose.kind === 'account' ? `${whose.name} (account ${whose.accountId})` : whose.name;

/** "Acme MSP, with the registered key key-1 (SHA256:…)". */
export const signerText = ({ key, whose, fingerprint }: Signer): string =>
  whose === null || fingerprint === null
    ? `the registered key ${key}, which is not in this pack`
    : `${whose}, with the registered key ${key} (${fingerprint})`;
