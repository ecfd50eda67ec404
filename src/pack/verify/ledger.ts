import { hashEntry, verifyChain } from '../../ledger/chain';
import { commitmentsIn, opens } from '../../ledger/commitment';
import { GENESIS } from '../../ledger/entry';
import type { Disclosure, LedgerEntry, Sha256Hex, StoredEntry } from '../../ledger/entry';
import { ParseError, parseCanonicalJson } from '../../ledger/parse';
import { isLedgerEntry } from '../../ledger/stored';
import { FILES } from '../files';
import type { OpenedPack } from './opened';
import type { Findings } from './outcome';

type Report = (file: string | null, sentence: string) => void;

/** The ledger in the pack: its lines, its chain, and that it ends where the manifest says. */
export function checkLedger(pack: OpenedPack, findings: Findings): readonly LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  findings.check('ledger', (report) => {
    const bytes = pack.files.get(FILES.ledger);
    if (bytes === undefined) return { notDone: `${FILES.ledger} is missing` };
    for (const [i, line] of readLines(bytes, FILES.ledger, report).entries()) {
      if (isLedgerEntry(line)) entries.push(line);
      else if (line !== undefined) report(FILES.ledger, `line ${i + 1} is not a ledger entry`);
    }
    const stored = entries.map((entry) => ({ entry, hash: hashEntry(entry), disclosures: {} }));
    for (const { sentence } of verifyChain(stored)) report(FILES.ledger, sentence);
    const head = stored.at(-1)?.hash ?? GENESIS;
    const { manifest } = pack;
    if (manifest !== undefined) {
      const { ledger, change } = manifest;
      if (ledger.entries !== entries.length)
        report(FILES.ledger, `holds ${entries.length} entries, ${FILES.manifest} says ${ledger.entries}`);
      if (ledger.head !== head) report(FILES.ledger, `its last hash is ${head}, ${FILES.manifest} says ${ledger.head}`);
      const chain = entries[0]?.chain;
      if (chain !== undefined && chain !== change.issueId)
        report(FILES.ledger, `is the chain of issue ${chain}, not of ${change.issueId}`);
    }
    return `${entries.length} entries, last hash ${head}`;
  });
  return entries;
}

/** Every disclosed value opens a commitment in the ledger; answers the entries with what they disclose. */
export function checkCommitments(
  pack: OpenedPack,
  entries: readonly LedgerEntry[],
  findings: Findings,
): readonly StoredEntry[] {
  const disclosures = new Map<Sha256Hex, Disclosure>();
  const committed = new Set(entries.flatMap(({ body }) => commitmentsIn(body)));
  findings.check('commitments', (report) => {
    const bytes = pack.files.get(FILES.disclosures);
    if (bytes === undefined) return { notDone: `${FILES.disclosures} is missing` };
    let last = '';
    for (const [i, line] of readLines(bytes, FILES.disclosures, report).entries()) {
      if (line === undefined) continue;
      const at = `line ${i + 1}`;
      const disclosure = readDisclosure(line);
      if (disclosure === undefined) {
        report(FILES.disclosures, `${at} is not a disclosure`);
        continue;
      }
      const { commitment, salt, value } = disclosure;
      if (commitment <= last) report(FILES.disclosures, `${at} is out of order or repeated`);
      last = commitment;
      if (!committed.has(commitment))
        report(FILES.disclosures, `${at} discloses ${commitment}, which no entry commits to`);
      else if (!opens({ salt, value }, commitment))
        report(FILES.disclosures, `${at}: its value is not what entry commitment ${commitment} was made of`);
      else disclosures.set(commitment, { salt, value });
    }
    const erased = [...committed].filter((commitment) => !disclosures.has(commitment)).length;
    return `${disclosures.size} of ${committed.size} commitments opened, ${erased} erased or not disclosed`;
  });
  return entries.map((entry) => ({ entry, hash: hashEntry(entry), disclosures: pick(entry, disclosures) }));
}

function pick(entry: LedgerEntry, disclosures: ReadonlyMap<Sha256Hex, Disclosure>): Record<Sha256Hex, Disclosure> {
  const own = commitmentsIn(entry.body).flatMap((commitment) => {
    const disclosure = disclosures.get(commitment);
    return disclosure === undefined ? [] : [[commitment, disclosure] as const];
  });
  return Object.fromEntries(own);
}

function readDisclosure(line: unknown): (Disclosure & { commitment: Sha256Hex }) | undefined {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return undefined;
  if (
    Object.keys(line).join() !== 'commitment,salt,value' ||
    !('commitment' in line && 'salt' in line && 'value' in line)
  )
    return undefined;
  const { commitment, salt, value } = line;
  if (typeof commitment !== 'string' || typeof salt !== 'string' || !/^[0-9a-f]{64}$/.test(salt)) return undefined;
  return { commitment, salt, value };
}

/** The values of a file with one RFC 8785 text a line; undefined for a line that is none, which is reported. */
function readLines(bytes: Uint8Array, name: string, report: Report): unknown[] {
  const values: unknown[] = [];
  let from = 0;
  while (from < bytes.length) {
    const end = bytes.indexOf(0x0a, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end);
    if (end === -1) report(name, 'its last line is cut off: it does not end with a line feed');
    try {
      values.push(parseCanonicalJson(line));
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      report(name, `line ${values.length + 1}: ${error.message}`);
      values.push(undefined);
    }
    from = (end === -1 ? bytes.length : end) + 1;
  }
  return values;
}
