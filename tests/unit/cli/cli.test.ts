import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { run } from '../../../src/cli/arguments';
import { assemblePack } from '../../../src/pack/assemble';
import { FILES } from '../../../src/pack/files';
import { zipPack } from '../../../src/pack/zip';
import { editFile, fileOf } from '../../golden/bytes';
import { goldenInput } from '../../golden/input';

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
const path = (name: string): string => join(folder, name);

/** What `verify` looks at in every pack; what it checks of its own accord besides comes on top. */
const CHECKS = [
  'archive',
  'file-list',
  'checksums',
  'manifest',
  'ledger',
  'commitments',
  'content-digests',
  'deliveries',
  'health',
  'rebuilt',
];

beforeAll(async () => {
  const files = assemblePack(await goldenInput());
  writeFileSync(path('good.zip'), zipPack(files));
  writeFileSync(
    path('altered.zip'),
    zipPack(editFile(files, FILES.ledger, (text) => text.replace('Wednesday', 'Thursday'))),
  );
  writeFileSync(path('missing.zip'), zipPack(files.filter(({ name }) => name !== FILES.manifest)));
  writeFileSync(path('cut.zip'), zipPack(files).subarray(0, 9000));
  writeFileSync(path('text.zip'), 'not a ZIP');
  writeFileSync(path('other.zip'), zipPack([{ name: 'a.txt', bytes: Buffer.from('a') }]));
  writeFileSync(
    path('hostile.zip'),
    zipPack([fileOf(files, FILES.ledger), { name: '\u001b[31m.txt', bytes: Buffer.from('a') }]),
  );
});

describe('verify', () => {
  it.each<[string, string[], 0 | 1 | 2, RegExp]>([
    [
      'a good pack',
      ['good.zip'],
      0,
      /No break found\. Without a checkpoint this means: consistent in itself.*not signed.*rewritten it whole/,
    ],
    ['an altered file', ['altered.zip'], 1, /^checksums: 3\.4\.3-d_ledger\.jsonl: its SHA-256/m],
    ['a missing file', ['missing.zip'], 1, /^file-list: manifest\.json: is missing/m],
    ['a pack that is cut off', ['cut.zip'], 1, /^archive: the archive: .*cut off/m],
    ['no ZIP', ['text.zip'], 2, /is no evidence pack: not a ZIP/],
    ['another ZIP', ['other.zip'], 2, /none of its files belongs/],
    ['no such file', ['nothing.zip'], 2, /cannot be read: .*ENOENT/],
    ['a folder', ['.'], 2, /cannot be read: .*EISDIR/],
    ['no pack named', [], 2, /verify takes one pack/],
    ['two packs named', ['good.zip', 'good.zip'], 2, /verify takes one pack/],
  ])('of %s', async (_, names, exitCode, text) => {
    const outcome = await run(['verify', ...names.map(path)]);
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.complaint ?? outcome.output).toMatch(text);
  });

  it('prints one line a check', async () => {
    const { output } = await run(['verify', path('good.zip')]);
    const names = output.split('\n').flatMap((line) => /^ok +(\S+)/.exec(line)?.[1] ?? []);
    expect(names).toEqual(expect.arrayContaining(CHECKS));
  });

  it('prints JSON with every check and break', async () => {
    const { output, exitCode } = await run(['verify', '--json', path('altered.zip')]);
    const parsed = JSON.parse(output) as {
      ok: boolean;
      checks: { name: string }[];
      breaks: { file: string }[];
      note: string;
    };
    expect([exitCode, parsed.ok]).toEqual([1, false]);
    expect(parsed.checks.map(({ name }) => name)).toEqual(expect.arrayContaining(CHECKS));
    expect(parsed.breaks.some(({ file }) => file === FILES.ledger)).toBe(true);
    expect(parsed.note).toMatch(/not signed/);
  });

  it('prints no control character that a pack brings along', async () => {
    const { output, exitCode } = await run(['verify', path('hostile.zip')]);
    expect(exitCode).toBe(1);
    expect(output).not.toMatch(/\u001b/);
  });

  it.each(['--key', '--checkpoint'])('says that %s is not available yet', async (option) => {
    expect(await run(['verify', path('good.zip'), option, 'file'])).toMatchObject({
      exitCode: 2,
      complaint: expect.stringMatching(/not available yet/) as string,
    });
  });
});

describe('the other verbs', () => {
  it.each([
    [[]],
    [['nonsense']],
    [['constructor']],
    [['verify', '--nonsense']],
    [['verify', '--key']],
    [['gate', '--nonsense']],
    [['collect', 'x']],
    [['mirror', 'x']],
    [['mirror', '--project', 'CHG']],
  ])('%j is explained with exit code 2', async (args) => {
    expect(await run(args)).toMatchObject({ exitCode: 2, complaint: expect.stringMatching(/Usage/) as string });
  });

  it.each([
    [['--help']],
    [['-h']],
    [['verify', '--help']],
    [['gate', '-h']],
    [['mirror', '--help']],
    [['collect', '--change', 'CHG-7', '--help']],
  ])('%j is help with exit code 0', async (args) => {
    expect(await run(args)).toMatchObject({ exitCode: 0, output: expect.stringMatching(/Usage/) as string });
  });
});

describe('the bundle', () => {
  it('is one file that runs alone and answers with its exit code', () => {
    const outfile = path('change-control.cjs');
    buildSync({
      entryPoints: [join(__dirname, '../../../src/cli/main.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
    });
    const runs = ['good.zip', 'altered.zip', 'text.zip'].map((name) =>
      spawnSync(process.execPath, [outfile, 'verify', path(name)], { cwd: folder, encoding: 'utf8' }),
    );
    expect(runs.map(({ status }) => status)).toEqual([0, 1, 2]);
    expect(runs.map(({ stdout, stderr }) => [stdout !== '', stderr !== ''])).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ]);
  });
});
