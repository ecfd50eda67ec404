import type { StoredEntry } from '../../ledger/entry';
import { sha256Hex } from '../../ledger/hash';
import { summaryOf } from '../../readers/summary';
import { FILES, statementsFile } from '../files';
import { documentIn, fileEntries, settleStatements, type FileEntry, type StatementsPart } from '../statements';
import { canonicalJson } from '../../ledger/canonical';
import { count } from '../text';
import type { OpenedPack } from './opened';
import type { Findings } from './outcome';

type Report = (file: string | null, sentence: string) => void;

/**
 * What files state is what their entries commit to, by digest, and the counts in an entry are those of its statements.
 * Answers the statements for the rebuild.
 */
export function checkFiles(pack: OpenedPack, entries: readonly StoredEntry[], findings: Findings): StatementsPart[] {
  const found: StatementsPart[] = [];
  findings.check('files', (report) => {
    const files = fileEntries(entries).filter(({ entry }) => entry.body.statementsDigest !== null);
    for (const stored of files) found.push(take(pack, stored, report));
    const known = new Set(files.map(({ entry }) => statementsFile(entry.body.statementsDigest ?? '')));
    for (const name of pack.files.keys())
      if (name.startsWith('3.4.3-b_statements_') && !known.has(name)) report(name, 'belongs to no entry of the ledger');
    const { records } = settleStatements(entries, found);
    if (pack.manifest !== undefined && canonicalJson(pack.manifest.statements ?? []) !== canonicalJson(records))
      report(FILES.manifest, 'its list of statements is not what the ledger and the files give');
    const held = records.filter(({ state }) => state === 'held').length;
    return `${count(fileEntries(entries).length, 'file')} handed in, the statements of ${held} of ${records.length} here`;
  });
  return found;
}

function take(pack: OpenedPack, { entry }: FileEntry, report: Report): StatementsPart {
  const digest = entry.body.statementsDigest ?? '';
  const name = statementsFile(digest);
  const bytes = pack.files.get(name);
  if (bytes === undefined) {
    const stated = pack.manifest?.statements?.find((one) => one.entry === entry.seq && one.state === 'missing');
    if (stated?.because === undefined || stated.because === null) {
      report(name, 'is missing, and the pack does not say why');
      return { state: 'missing', digest, because: 'not in the pack' };
    }
    return { state: 'missing', digest, because: stated.because };
  }
  const actual = sha256Hex(bytes);
  const document = documentIn(bytes, digest);
  if (actual !== digest) report(name, `hashes to ${actual}, entry ${entry.seq} recorded ${digest}`);
  else if (document === undefined) report(name, 'is no document of statements of this format');
  else {
    const { statements, claimed, effects, signatures } = entry.body;
    const said = { statements, claimed, effects, signatures };
    if (canonicalJson(summaryOf(document.statements)) !== canonicalJson(said))
      report(FILES.ledger, `entry ${entry.seq}: its counts and times are not those of what the file states`);
  }
  return { state: 'held', digest, bytes };
}
