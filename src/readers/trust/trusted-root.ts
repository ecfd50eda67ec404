import { canonicalJson } from '../../ledger/canonical';
import { sha256Hex } from '../../ledger/hash';
import { isMembers, listAt, textAt } from '../members';
import { sigstoreRoot, type SigstoreRoot } from '../sigstore/root';
import type { KeysInText } from './keys-in-text';
import type { KeyProblem, KeyProblemCode } from './problems';

const PARTS = [
  ['certificateAuthorities', 'authorities', 'of certificates'],
  ['timestampAuthorities', 'stampers', 'of time stamps'],
  ['tlogs', 'logs', 'transparency logs'],
  ['ctlogs', 'certificateLogs', 'certificate logs'],
] as const satisfies readonly (readonly [string, keyof SigstoreRoot, string])[];

const failed = (code: KeyProblemCode): KeysInText => ({ keys: [], problems: [{ code, place: null }] });

/** A sigstore `trusted_root.json`. Each part has to be readable: one that is left out would be missed when it is needed. */
export function trustedRoots(text: string): KeysInText {
  const value = parsed(text);
  if (!isMembers(value)) return failed('not-json');
  const media = textAt(value, 'mediaType') ?? 'application/vnd.dev.sigstore.trustedroot';
  const parts = Object.fromEntries(PARTS.map(([name]) => [name, listAt(value, name)]));
  const count = PARTS.reduce((sum, [name]) => sum + listAt(value, name).length, 0);
  if (!media.startsWith('application/vnd.dev.sigstore.trustedroot') || count === 0 || count > 100)
    return failed('not-a-root');
  const problems = PARTS.flatMap(([name, member]) =>
    listAt(value, name).flatMap((one, i): readonly KeyProblem[] =>
      sigstoreRoot({ [name]: [one] })[member].length === 1 ? [] : [{ code: 'root-part', place: `${name} ${i + 1}` }],
    ),
  );
  const counts = PARTS.flatMap(([name, , words]) => {
    const { length } = listAt(value, name);
    return length === 0 ? [] : [`${length} ${words}`];
  });
  const material = problems.length === 0 ? written(parts) : '';
  if (material === undefined) return failed('not-json');
  const root = {
    kind: 'sigstore-root' as const,
    material,
    fingerprint: `sha256:${sha256Hex(material)}`,
    algorithm: counts.join(', ').slice(0, 200),
    namespaces: null,
    place: 'the file',
    called: textAt(value, 'certificateAuthorities', 0, 'uri')?.slice(0, 200) ?? '',
    principals: [],
    from: null,
    until: null,
  };
  return { keys: problems.length === 0 ? [root] : [], problems };
}

function written(parts: unknown): string | undefined {
  try {
    return canonicalJson(parts);
  } catch {
    // Half a surrogate, or deeper than any root: no JSON that anybody could hash.
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Said to be no JSON by the caller.
    return undefined;
  }
}
