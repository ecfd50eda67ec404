import { disclosed } from '../ledger/commitment';
import type { LedgerEntry, Person, StoredEntry } from '../ledger/entry';
import { isWhole } from './fact';

type EvidenceEntry = LedgerEntry<'evidence'>;

/** Where a fact names its change when the app read it out of a file. */
export const FROM_A_FILE = 'file-content';

/** Whether the app read the fact out of a file that was handed in, and no sender stated it. */
export const isFromFile = ({ body }: EvidenceEntry): boolean => body.namedBy.includes(FROM_A_FILE);

/** The name of a fact that was read out of a file, apart from what a sender states of the same thing. */
export const factInFile = (digest: string, fact: string): string => `file:${digest.slice(0, 16)}:${fact}`;

/**
 * What senders stated of the very thing that was read out of a file of the same delivery, by what was read: the file
 * itself, named by its digest, or the fact, by its id. A reader takes both for one piece of evidence; both stay in the
 * ledger.
 */
export function statedBesides<T extends { readonly entry: EvidenceEntry }>(
  facts: readonly T[],
): ReadonlyMap<T, readonly T[]> {
  const said = new Map<string, T[]>();
  for (const fact of facts) {
    const { provenance, evidence } = fact.entry.body;
    if (isFromFile(fact.entry)) continue;
    const key = `${provenance.bodyDigest} ${evidence}`;
    said.set(key, [...(said.get(key) ?? []), fact]);
  }
  return new Map(
    facts
      .filter(({ entry }) => isFromFile(entry))
      .flatMap((read) => {
        const { provenance, evidence } = read.entry.body;
        const same = (said.get(`${provenance.bodyDigest} ${evidence}`) ?? []).filter((one) => isOf(read, one));
        return same.length === 0 ? [] : [[read, same] as const];
      }),
  );
}

const isOf = <T extends { readonly entry: EvidenceEntry }>({ entry: read }: T, { entry: { body } }: T): boolean =>
  body.id === read.body.id || (isWhole(body) && read.fact.startsWith(factInFile(body.id.replace(/^sha256:/, ''), '')));

/**
 * Whose registered keys signed what was read out of a file, as the ledger names them: by kind and id of the fact. Nobody for
 * one that is not recorded as evidence of its own, and for a name that was erased.
 */
export function signersInFile(
  entries: readonly StoredEntry[],
  digest: string,
): (kind: string, id: string) => readonly string[] {
  const named = new Map<string, readonly string[]>();
  for (const stored of entries) {
    const { entry } = stored;
    if (entry.kind !== 'evidence' || !entry.fact.startsWith(factInFile(digest, ''))) continue;
    const { evidence, id, people } = entry.body;
    const signers = people.flatMap(({ role, person }) =>
      role === 'signer' ? (disclosed<Person>(stored, person)?.displayName ?? []) : [],
    );
    named.set(`${evidence} ${id}`, signers);
  }
  return (kind, id) => named.get(`${kind} ${id}`) ?? [];
}
