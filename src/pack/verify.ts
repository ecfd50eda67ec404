import { sha256Hex } from '../ledger/hash';
import { FILES, describeFile } from './files';
import type { PackFile } from './input';
import { looksLikeZip, unzipPack } from './unzip';
import type { Unzipped } from './unzip';
import { checkContentDigests, checkDeliveries } from './verify/digests';
import { checkCommitments, checkLedger } from './verify/ledger';
import { checkChecksums, checkFileList, checkManifest } from './verify/listing';
import { openPack } from './verify/opened';
import { Findings } from './verify/outcome';
import type { Check, PackBreak } from './verify/outcome';
import { checkFromJira } from './verify/from-jira';
import { checkFiles } from './verify/files';
import { checkHealthFile } from './verify/health';
import { checkKeys } from './verify/keys';
import { checkMeetings } from './verify/meetings';
import { checkRebuilt } from './verify/rebuilt';

export type { Check, PackBreak } from './verify/outcome';

export interface PackSummary {
  readonly change: string | null;
  readonly site: string | null;
  readonly generatedAt: string | null;
  readonly entries: number;
  /** The hash of the newest entry, to be compared with one kept elsewhere. */
  readonly head: string | null;
  /** SHA-256 of MANIFEST.sha256, which binds every file; the ledger records it once the pack is made. */
  readonly manifestDigest: string | null;
  readonly files: number;
}

export interface Verification {
  /** No break: the pack is consistent in itself. Not signed, so it could still have been rewritten whole. */
  readonly ok: boolean;
  readonly checks: readonly Check[];
  readonly breaks: readonly PackBreak[];
  readonly summary: PackSummary;
}

/** Says that the bytes are no evidence pack at all, so that nothing could be checked. */
export class NotAPack extends Error {
  override readonly name = 'NotAPack';
  readonly code = 'NOT_A_PACK';
}

/**
 * Checks an evidence pack from its bytes alone and names every break: the archive, the exact list of files, both
 * manifests, the ledger's chain, the commitments, the digests that decisions bind to, the deliveries, and every derived
 * file written again. Trusts nothing in the pack; judges the content of the files, not how the archive holds them.
 *
 * @throws NotAPack when the bytes are no ZIP, or one without a single file of a pack.
 */
export function verifyPack(bytes: Uint8Array): Verification {
  if (!looksLikeZip(bytes)) throw new NotAPack('not a ZIP archive');
  const { files, problems } = unzipPack(bytes);
  const names = [...files.map(({ name }) => name), ...problems.map(({ file }) => file ?? '')];
  if (!names.some(isOfPack)) throw new NotAPack('a ZIP archive, but none of its files belongs to an evidence pack');
  return verifyFiles(files, problems);
}

/** As `verifyPack` for files that are already unpacked, with what unpacking found wrong. */
export function verifyFiles(files: readonly PackFile[], problems: Unzipped['problems'] = []): Verification {
  const findings = new Findings();
  findings.check('archive', (report) => {
    for (const { file, sentence } of problems) report(file, sentence);
    return `${files.length} files unpacked`;
  });
  const pack = openPack(files);
  checkFileList(pack, findings);
  checkChecksums(pack, findings);
  checkManifest(pack, findings);
  const entries = checkLedger(pack, findings);
  const stored = checkCommitments(pack, entries, findings);
  checkContentDigests(stored, findings);
  const deliveries = checkDeliveries(pack, stored, findings);
  checkHealthFile(pack, findings);
  checkMeetings(pack, stored, findings);
  checkFromJira(pack, findings);
  const statements = checkFiles(pack, stored, findings);
  checkKeys(pack, stored, findings);
  checkRebuilt(pack, stored, { deliveries, statements }, findings);
  const { manifest } = pack;
  const checksums = pack.files.get(FILES.checksums);
  return {
    ok: findings.breaks.length === 0 && findings.checks.every(({ ok }) => ok),
    checks: findings.checks,
    breaks: findings.breaks,
    summary: {
      change: manifest?.change.key ?? null,
      site: manifest?.site ?? null,
      generatedAt: manifest?.generatedAt ?? null,
      entries: entries.length,
      head: stored.at(-1)?.hash ?? null,
      manifestDigest: checksums === undefined ? null : sha256Hex(checksums),
      files: files.length,
    },
  };
}

const isOfPack = (name: string): boolean =>
  name === FILES.checksums || name.startsWith('3.4.3') || describeFile(name) !== undefined;
