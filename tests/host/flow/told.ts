/** What a change whose story is told shows over HTTP, and its pack, taken apart and checked by the command line. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileRowsView, FilesView } from '../../../src/contract/files';
import type { ChangeView } from '../../../src/contract/panel';
import { unzipPack } from '../../../src/pack/unzip';
import { zipPack } from '../../../src/pack/zip';
import type { Drive } from './drive';

const CLI = '.build/cli/change-control.cjs';

/** What is there of a change once its story is told. */
export interface Told {
  readonly drive: Drive;
  readonly key: string;
  readonly view: ChangeView;
  readonly files: FilesView;
  readonly pack: Uint8Array;
}

export async function told(drive: Drive, key: string): Promise<Told> {
  const authorization = `Basic ${Buffer.from('auditor:local').toString('base64')}`;
  const response = await fetch(`${drive.base}/forge/pack/${key}`, { method: 'POST', headers: { authorization } });
  const files = (await drive.as('auditor').invoke(key, 'file.list')) as FilesView;
  return { drive, key, view: await drive.read(key), files, pack: new Uint8Array(await response.arrayBuffer()) };
}

/** Every kind of evidence, with how many items there are of it. */
export const kinds = ({ view }: Told): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { kind } of view.evidence) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

/** What the gate was asked, oldest first: for where, by whom, what it answered, and how many deployments followed. */
export const answers = ({ view }: Told) =>
  view.gate
    .map(({ environment, actor, verdict, followedBy }) => [environment, actor, verdict, followedBy.length])
    .reverse();

export const signers = ({ view }: Told) =>
  view.decisions.map(({ by, countsFor, organisation, valid }) => [by.name, countsFor, organisation, valid]);

/** Each file that was read: its name, format and title, and how many of its signatures are verified. */
export const read = ({ files }: Told) =>
  files.files.map(({ name, format, title, signatures }) => [name, format, title, signatures.verified]);

export async function rowsOf({ drive, key, files }: Told, name: string): Promise<FileRowsView> {
  const file = files.files.find((one) => one.name === name)?.seq;
  return (await drive.as('auditor').invoke(key, 'file.read', { file })) as FileRowsView;
}

interface Verified {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

/** What the command line as it is shipped says of a pack. */
export function verified(pack: Uint8Array): { readonly status: number | null; readonly said: Verified } {
  if (!existsSync(CLI)) throw new Error(`${CLI} is missing: node .tooling/bundle-cli.mjs makes it`);
  const folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
  try {
    const path = join(folder, 'pack.zip');
    writeFileSync(path, pack);
    const { status, stdout } = spawnSync(process.execPath, [CLI, 'verify', path, '--json'], { encoding: 'utf8' });
    return { status, said: JSON.parse(stdout) as Verified };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function textOf({ pack }: Told, name: RegExp): string {
  const file = unzipPack(pack).files.find(({ name: path }) => name.test(path));
  if (file === undefined) throw new Error(`the pack has no file ${String(name)}`);
  return Buffer.from(file.bytes).toString();
}

export const json = (told: Told, name: RegExp): unknown => JSON.parse(textOf(told, name));

/** The pack with one bit of one file turned over. */
export function broken(pack: Uint8Array, name: RegExp): Uint8Array {
  const files = unzipPack(pack).files.map(({ name: path, bytes }) => ({ name: path, bytes: Uint8Array.from(bytes) }));
  const file = files.find(({ name: path }) => name.test(path));
  if (file === undefined) throw new Error(`the pack has no file ${String(name)}`);
  file.bytes[file.bytes.length - 10] = (file.bytes.at(-10) ?? 0) ^ 1;
  return zipPack(files);
}
