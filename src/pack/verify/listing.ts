import { sha256Hex } from '../../ledger/hash';
import { FILES, describeFile } from '../files';
import { checksumsFile } from '../manifest';
import type { Manifest } from '../manifest';
import type { PackFile } from '../input';
import { jsonFile } from '../text';
import type { OpenedPack } from './opened';
import type { Findings } from './outcome';

/**
 * Earlier policies and meetings are there only when a decision names one, people only when the map knows one of the
 * change, what Jira held only in packs since it was read, what is made of files only when one was handed in,
 * signing keys only when a signature was verified.
 */
const OPTIONAL: readonly string[] = [
  FILES.policies,
  FILES.people,
  FILES.meetings,
  FILES.fromJira,
  FILES.keys,
  FILES.files,
  FILES.matching,
];
const REQUIRED: readonly string[] = Object.values(FILES).filter((name) => !OPTIONAL.includes(name));

/** The list of files is exact: every one that a pack has and that its manifests name, and no other. */
export function checkFileList(pack: OpenedPack, findings: Findings): void {
  findings.check('file-list', (report) => {
    const named = new Set([
      ...REQUIRED,
      ...(pack.manifest?.files ?? []).map(({ name }) => name),
      ...namesInChecksums(pack.files.get(FILES.checksums)),
    ]);
    for (const name of named) if (!pack.files.has(name)) report(name, 'is missing');
    for (const name of pack.files.keys()) {
      if (!named.has(name)) report(name, 'is not one of the files that the pack names');
      else if (describeFile(name) === undefined && name !== FILES.manifest && name !== FILES.checksums) {
        report(name, 'has a name that no file of a pack has');
      }
    }
    return `${pack.files.size} files, ${named.size} named`;
  });
}

/** `MANIFEST.sha256` is, byte for byte, what the files give. */
export function checkChecksums(pack: OpenedPack, findings: Findings): void {
  findings.check('checksums', (report) => {
    const stated = pack.files.get(FILES.checksums);
    if (stated === undefined) return { notDone: `${FILES.checksums} is missing` };
    const others = filesOf(pack).filter(({ name }) => name !== FILES.checksums);
    const lines = linesOf(stated);
    for (const { name, bytes } of others) {
      const digest = lines.get(name);
      if (digest === undefined) report(FILES.checksums, `has no line for ${name}`);
      else if (digest !== sha256Hex(bytes))
        report(name, `its SHA-256 is ${sha256Hex(bytes)}, ${FILES.checksums} says ${digest}`);
    }
    // Whatever the lines say one by one, the file as a whole has exactly one right form.
    if (!equal(stated, checksumsFile(others).bytes)) report(FILES.checksums, 'is not what the files give');
    return `${others.length} files compared with ${FILES.checksums}`;
  });
}

/** `manifest.json` has its form and agrees with the bytes of every file. */
export function checkManifest(pack: OpenedPack, findings: Findings): void {
  findings.check('manifest', (report) => {
    const { manifest } = pack;
    if (manifest === undefined) {
      if (pack.manifestRefused !== null) report(FILES.manifest, `cannot be read: ${pack.manifestRefused}`);
      return { notDone: `${FILES.manifest} is ${pack.manifestRefused === null ? 'missing' : 'not readable'}` };
    }
    const bytes = pack.files.get(FILES.manifest);
    if (bytes !== undefined && !equal(bytes, jsonFile(manifest)))
      report(FILES.manifest, 'is not in the form that a pack is written in');
    compareFiles(pack, manifest, report);
    for (const { sentence } of manifest.ledger.breaksAtExport) {
      report(FILES.ledger, `the ledger did not hold together when this pack was made: ${sentence}`);
    }
    return `format ${manifest.format}, ${manifest.files.length} files of ${manifest.change.key}`;
  });
}

function compareFiles(pack: OpenedPack, manifest: Manifest, report: (file: string, sentence: string) => void): void {
  const names = new Set<string>();
  for (const { name, bytes: size, sha256, role, title, objectives } of manifest.files) {
    if (names.has(name)) report(FILES.manifest, `names ${name} twice`);
    names.add(name);
    const bytes = pack.files.get(name);
    if (bytes === undefined) continue;
    if (bytes.length !== size) report(name, `has ${bytes.length} bytes, ${FILES.manifest} says ${size}`);
    const digest = sha256Hex(bytes);
    if (digest !== sha256) report(name, `its SHA-256 is ${digest}, ${FILES.manifest} says ${sha256}`);
    const known = describeFile(name);
    if (known?.role !== role || known.title !== title || known.objectives.join() !== objectives.join()) {
      report(FILES.manifest, `describes ${name} as something else than it is`);
    }
  }
  for (const name of pack.files.keys()) {
    if (!names.has(name) && describeFile(name) !== undefined) report(FILES.manifest, `does not name ${name}`);
  }
}

export const filesOf = (pack: OpenedPack): PackFile[] => Array.from(pack.files, ([name, bytes]) => ({ name, bytes }));

export const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

function linesOf(checksums: Uint8Array): Map<string, string> {
  const text = new TextDecoder('utf-8').decode(checksums);
  return new Map([...text.matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm)].map(([, digest = '', name = '']) => [name, digest]));
}

const namesInChecksums = (checksums: Uint8Array | undefined): string[] =>
  checksums === undefined ? [] : [...linesOf(checksums).keys()];
