import { FILES } from '../../src/pack/files';
import { checksumsFile } from '../../src/pack/manifest';
import type { PackFile } from '../../src/pack/input';
import { jsonFile } from '../../src/pack/text';
import { sha256Hex } from '../../src/ledger/hash';
import { parseJson } from '../../src/ledger/parse';

export const textOf = (files: readonly PackFile[], name: string): string =>
  Buffer.from(fileOf(files, name).bytes).toString('utf8');

export function fileOf(files: readonly PackFile[], name: string): PackFile {
  const file = files.find((other) => other.name === name);
  if (file === undefined) throw new RangeError(`no file ${name}`);
  return file;
}

export const replaceFile = (files: readonly PackFile[], name: string, bytes: Uint8Array): PackFile[] =>
  files.map((file) => (file.name === name ? { name, bytes } : file));

/** The files with one of them edited as text. */
export function editFile(files: readonly PackFile[], name: string, edit: (text: string) => string): PackFile[] {
  const before = textOf(files, name);
  const edited = edit(before);
  if (edited === before) throw new RangeError(`the edit of ${name} changed nothing`);
  return replaceFile(files, name, Buffer.from(edited, 'utf8'));
}

/** Writes both manifests again over whatever the files are now, as a forger would who stops there. */
export function resealed(files: readonly PackFile[]): PackFile[] {
  const rest = files.filter(({ name }) => name !== FILES.manifest && name !== FILES.checksums);
  const manifest = Object.assign({}, parseJson(fileOf(files, FILES.manifest).bytes)) as {
    files: { name: string; bytes: number; sha256: string }[];
  };
  const described = manifest.files
    .filter(({ name }) => rest.some((file) => file.name === name))
    .map((entry) => ({
      ...entry,
      bytes: fileOf(rest, entry.name).bytes.length,
      sha256: sha256Hex(fileOf(rest, entry.name).bytes),
    }));
  const sealed = { name: FILES.manifest, bytes: jsonFile({ ...manifest, files: described }) };
  return [...rest, sealed, checksumsFile([...rest, sealed])];
}
