import type { EvidenceItem } from '../evidence/item';
import type { Person } from '../ledger/entry';
import type { Statement } from './reader';
import type { KeyHolder } from './trust/registered';

/** More signed facts than any real file has; further ones stay in its statements. */
export const MAX_RECORDED = 500;
const MAX_SUBJECTS = 100;

/** What an entry may repeat of a signed fact: identifiers and results of checks, nothing that names a person. */
const PLAIN = [
  'signature',
  'signatureAlgorithm',
  'signatureChecked',
  'signatureNotChecked',
  'signatureKind',
  'objectFormat',
  'predicateType',
  'payloadType',
  'subjects',
  'signatures',
  'bundle',
];
const KEY_ID = /^key-\d{1,9}$/;

/**
 * The facts of a file that are recorded as evidence of their own, because the deploy gate and the rules about authors ask
 * for them: signatures of commits and what is attested of commits and artifacts, by digest. Whose key has signed stands
 * among the people, as the key was registered.
 */
export function evidenceOf(
  statements: readonly Statement[],
  holders: Readonly<Record<string, KeyHolder>>,
): readonly EvidenceItem[] {
  return statements
    .filter(({ kind }) => kind === 'commit-signature' || kind === 'attestation')
    .slice(0, MAX_RECORDED)
    .map((statement) => itemOf(statement, holders));
}

function itemOf(
  { kind, id, repository, title, state, commits, attributes, people, claimedAt, touches }: Statement,
  holders: Readonly<Record<string, KeyHolder>>,
): EvidenceItem {
  const plain = PLAIN.flatMap((name) => (attributes[name] === undefined ? [] : [[name, attributes[name]] as const]));
  const { signedBy = '' } = attributes;
  const [first, ...more] = subjectsOf(attributes, touches);
  return {
    kind,
    id,
    repository,
    title,
    url: null,
    state,
    commits: [...new Set(commits)],
    attributes: {
      ...Object.fromEntries(plain),
      ...(KEY_ID.test(signedBy) ? { signedBy } : {}),
      ...(first === undefined ? {} : { subjectDigest: first }),
      ...Object.fromEntries(more.map((digest, i) => [`subjectDigest${i + 2}`, digest])),
    },
    people: [...people, ...signersOf(signedBy, holders).map((person) => ({ role: 'signer' as const, person }))],
    claimedAt,
  };
}

function subjectsOf(attributes: Statement['attributes'], touches: readonly string[]): readonly string[] {
  const named = [attributes['subjectDigest'] ?? '', ...touches].map((name) => name.toLowerCase());
  return [...new Set(named)].filter((name) => /^sha256:[0-9a-f]{64}$/.test(name)).slice(0, MAX_SUBJECTS);
}

/** Whose the registered keys are that a verified signature names; never what a signature says about itself. */
function signersOf(signedBy: string, holders: Readonly<Record<string, KeyHolder>>): readonly Person[] {
  const ids = signedBy.split(/[\s,]+/);
  return ids.flatMap((id): readonly Person[] => {
    const whose = Object.hasOwn(holders, id) ? holders[id] : undefined;
    if (whose === undefined) return [];
    return [
      whose.kind === 'account' ? { accountId: whose.accountId, displayName: whose.name } : { displayName: whose.name },
    ];
  });
}
