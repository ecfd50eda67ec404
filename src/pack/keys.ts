import { commitmentOf } from '../ledger/commitment';
import type { StoredEntry } from '../ledger/entry';
import { versionName, versionNumber, type KeyCommitment, type SaltedKey } from '../readers/trust/commitments';

/**
 * One version of the registered signing keys as far as a change rests on it: the commitments of all its keys, whose digest
 * is in its name, and those keys opened that made a verified signature. Nobody else's key leaves with a pack.
 */
export interface KeysPart {
  readonly version: string;
  readonly commitments: readonly KeyCommitment[];
  readonly keys: readonly SaltedKey[];
}

/** The versions against which signatures in files of the change were verified, each once, sorted. */
export const keyVersionsNamed = (entries: readonly StoredEntry[]): string[] =>
  [
    ...new Set(
      entries.flatMap(({ entry }) =>
        entry.kind === 'file-read' && entry.body.signatures.verified > 0 ? [entry.body.trustVersion] : [],
      ),
    ),
  ].sort();

const ID = /^key-[1-9]\d{0,5}$/;

/** The keys that verified facts of the change name as theirs who signed. */
export const keysNamed = (entries: readonly StoredEntry[]): readonly string[] => [
  ...new Set(
    entries.flatMap(({ entry }) => {
      if (entry.kind !== 'evidence' || entry.body.state !== 'verified') return [];
      const { signature, signedBy = '' } = entry.body.attributes;
      return signature === undefined ? [] : signedBy.split(/[\s,]+/).filter((id) => ID.test(id));
    }),
  ),
];

/** The value of the file. */
export const keysFile = (parts: readonly KeysPart[]): unknown => ({ versions: parts });

/** What does not hold: a version that is not what its name says, a key that is not the one committed to or is not there. */
export function keyBreaks(parts: readonly KeysPart[], entries: readonly StoredEntry[]): string[] {
  const versions = keyVersionsNamed(entries);
  const there = parts.map(({ version }) => version);
  const opened = new Set(parts.flatMap(({ keys }) => keys.map(({ key }) => key.id)));
  return [
    ...versions.filter((one) => !there.includes(one)).map((one) => `the signing keys ${one} are missing`),
    ...there.filter((one) => !versions.includes(one)).map((one) => `no verified signature rests on ${one}`),
    ...(versions.length === 0
      ? []
      : keysNamed(entries)
          .filter((id) => !opened.has(id))
          .map((id) => `${id} signed something that was verified, and is missing`)),
    ...parts.flatMap(partBreaks),
  ];
}

function partBreaks({ version, commitments, keys }: KeysPart): string[] {
  if (versionName(versionNumber(version), commitments) !== version)
    return [`the signing keys ${version} are not those that the ledger names`];
  return keys.flatMap(({ salt, key }) =>
    commitments.some(({ id, commitment }) => id === key.id && commitment === commitmentOf({ salt, value: key }))
      ? []
      : [`${key.id} of ${version} is not the key that was registered`],
  );
}
