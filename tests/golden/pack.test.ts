import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemblePack } from '../../src/pack/assemble';
import type { PackFile } from '../../src/pack/assemble';
import { judge } from '../../src/gate/judge';
import { FILES, PACK_FORMAT } from '../../src/pack/files';
import { verifyPack } from '../../src/pack/verify';
import { zipPack } from '../../src/pack/zip';
import { EMPTY_PEOPLE } from '../../src/policy/people';
import type { Policy } from '../../src/policy/policy';
import { migratedPolicy } from '../../src/policy/schema';
import { olderPolicy } from '../unit/policy/older-policies';
import { editFile, fileOf, replaceFile, resealed, textOf } from './bytes';
import { goldenInput } from './input';

/** The golden pack as committed, file by file. UPDATE_GOLDEN=1 writes it again: read the difference before committing. */
const FOLDER = join(__dirname, 'pack');

let files: PackFile[];
beforeAll(async () => {
  files = assemblePack(await goldenInput());
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(FOLDER, { recursive: true });
    for (const { name, bytes } of files) writeFileSync(join(FOLDER, name), bytes);
  }
});

describe('the golden pack', () => {
  it('is, byte for byte, the one committed: a difference means a new renderer or format version', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(files.map(({ name }) => name).sort());
    for (const { name, bytes } of files) {
      expect([name, Buffer.from(bytes).toString('utf8')]).toEqual([name, readFileSync(join(FOLDER, name), 'utf8')]);
    }
  });

  it('has the same bytes every time, zipped too', async () => {
    const again = assemblePack(await goldenInput());
    expect(Buffer.from(zipPack(again)).equals(zipPack(files))).toBe(true);
  });

  it('verifies', () => {
    expect(verifyPack(zipPack(files))).toMatchObject({
      ok: true,
      breaks: [],
      summary: { change: 'CHG-42', entries: 19 },
    });
  });

  it('verifies with policies that an app with fewer members of a policy wrote', async () => {
    const input = await goldenInput();
    const policyFiles = {
      policy: olderPolicy(input.policy),
      policies: Object.fromEntries(
        Object.entries(input.policies ?? {}).map(([version, policy]) => [version, olderPolicy(policy)]),
      ),
    };
    // Judged as an app of today judges by what an earlier one stored.
    const read = (stored: unknown): Policy => migratedPolicy(stored) ?? input.policy;
    const policy = read(policyFiles.policy);
    const policies = Object.fromEntries(
      Object.entries(policyFiles.policies).map(([version, stored]) => [version, read(stored)]),
    );
    const { snapshot, entries, people = EMPTY_PEOPLE } = input;
    const verdict = judge(policy, { snapshot, entries, policies, people }, new Date(input.generatedAt));
    const pack = assemblePack({ ...input, policy, policies, verdict, policyFiles });
    expect(textOf(pack, FILES.policy)).not.toContain('groupId');
    expect(verifyPack(zipPack(pack))).toMatchObject({ ok: true, breaks: [] });
  });

  it('passes sha256sum and unzip, where there are any', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pack-'));
    writeFileSync(join(folder, 'pack.zip'), zipPack(files));
    if (spawnSync('unzip', ['-v']).status !== 0 || spawnSync('sha256sum', ['--version']).status !== 0) {
      process.stderr.write('not run: the golden pack through unzip and sha256sum (not on this machine)\n');
      return;
    }
    execFileSync('unzip', ['-q', 'pack.zip', '-d', 'out'], { cwd: folder });
    const checked = execFileSync('sha256sum', ['-c', FILES.checksums], { cwd: join(folder, 'out'), encoding: 'utf8' });
    expect(checked.trim().split('\n')).toHaveLength(files.length - 1);
  });
});

const python = ['python3', '/usr/bin/python3'].find((command) => spawnSync(command, ['--version']).status === 0);

/** Mutations that both verifiers must refuse; `resealed` ones have manifests that agree with the altered bytes. */
const MUTATIONS: [string, (pack: PackFile[]) => PackFile[]][] = [
  // Nothing in the golden pack is signed: what is altered in keys is in tests/unit/pack/keys.test.ts.
  ...Object.values(FILES).filter((name) => name !== FILES.keys).map((name): [string, (pack: PackFile[]) => PackFile[]] => [
    `a flipped bit in ${name}`,
    (pack) =>
      replaceFile(
        pack,
        name,
        fileOf(pack, name).bytes.map((byte, i) => (i === 100 ? byte ^ 1 : byte)),
      ),
  ]),
  ['a file left out', (pack) => pack.filter(({ name }) => name !== FILES.policy)],
  [
    'a file that no pack has, added and named by both manifests',
    (pack) => resealed(withFile(pack, '3.4.3-e_signature.json')),
  ],
  [
    'a file that every pack has, left out of both manifests',
    (pack) => resealed(pack.filter(({ name }) => name !== FILES.completeness)),
  ],
  [
    'another format of packs',
    (pack) => resealed(editFile(pack, FILES.manifest, (text) => text.replace(PACK_FORMAT, 'change-control-pack/2'))),
  ],
  ['a file added', (pack) => [...pack, { name: 'extra.txt', bytes: Buffer.from('extra') }]],
  [
    'an entry edited and resealed',
    (pack) => resealed(editFile(pack, FILES.ledger, (text) => text.replace('Wednesday', 'Thursday'))),
  ],
  [
    'an entry left out and resealed',
    (pack) => resealed(editFile(pack, FILES.ledger, (text) => text.replace(/.*\n/, ''))),
  ],
  [
    'the last entry left out and resealed',
    (pack) => resealed(editFile(pack, FILES.ledger, (text) => text.replace(/.*\n$/, ''))),
  ],
  [
    'a name edited and resealed',
    (pack) => resealed(editFile(pack, FILES.disclosures, (text) => text.replace('Aiko', 'Akio'))),
  ],
  [
    'a check of the controls edited and resealed',
    (pack) => resealed(editFile(pack, FILES.health, (text) => text.replace('"passed": 10', '"passed": 9'))),
  ],
  [
    'an attendee edited and resealed',
    (pack) => resealed(editFile(pack, FILES.meetings, (text) => text.replace('"Owen Patel"', '"Owen Patil"'))),
  ],
  [
    'a change put on the agenda and resealed',
    (pack) => resealed(editFile(pack, FILES.meetings, (text) => text.replace('"CHG-44"', '"CHG-45"'))),
  ],
  [
    'the record of the meeting left out and resealed',
    (pack) => resealed(pack.filter(({ name }) => name !== FILES.meetings)),
  ],
  [
    'the first save of the meeting left out and resealed',
    (pack) => resealed(editFile(pack, FILES.meetings, withoutFirstSave)),
  ],
  [
    'the name of the meeting edited and resealed',
    (pack) => resealed(editFile(pack, FILES.meetings, (text) => text.replaceAll('meeting000001', 'meeting000002'))),
  ],
  [
    'a comment edited and resealed',
    (pack) => resealed(editFile(pack, FILES.fromJira, (text) => text.replace('Please add', 'Please drop'))),
  ],
  [
    'the digest of an attachment edited and resealed',
    (pack) =>
      resealed(editFile(pack, FILES.fromJira, (text) => text.replace(/"sha256": "./, '"sha256": "0'))),
  ],
  [
    'a reading of Jira left out and resealed',
    (pack) => resealed(editFile(pack, FILES.fromJira, withoutFirstReading)),
  ],
  [
    'a statement of a file edited and resealed',
    (pack) =>
      resealed(editFile(pack, fileStarting(pack, '3.4.3-b_statements_'), (text) => text.replace('night-shift', 'imani-nj'))),
  ],
  [
    'what a file states left out and resealed',
    (pack) => resealed(pack.filter(({ name }) => !name.startsWith('3.4.3-b_statements_'))),
  ],
  [
    'a delivery edited and resealed',
    (pack) => resealed(editFile(pack, fileStarting(pack, '3.4.3-b_raw_'), (text) => text.replace('4', '5'))),
  ],
  [
    'a redacted delivery edited and resealed',
    (pack) =>
      resealed(
        editFile(pack, fileStarting(pack, '3.4.3-b_redacted_'), (text) => text.replace('[redacted]', '[Redacted]')),
      ),
  ],
];

/** The pack with one file more, which its list of files describes as a manifest of a later app might. */
function withFile(pack: readonly PackFile[], name: string): PackFile[] {
  const bytes = Buffer.from('{}\n');
  const described = editFile(pack, FILES.manifest, (text) => {
    const manifest = JSON.parse(text) as { files: object[] };
    const file = { name, bytes: 3, sha256: '', role: 'primary', title: 'A signature', objectives: [] };
    return `${JSON.stringify({ ...manifest, files: [...manifest.files, file] }, null, 2)}\n`;
  });
  return [...described, { name, bytes }];
}

function withoutFirstReading(text: string): string {
  const file = JSON.parse(text) as { entries: unknown[] };
  return `${JSON.stringify({ ...file, entries: file.entries.slice(1) }, null, 2)}\n`;
}

function withoutFirstSave(text: string): string {
  const { meetings } = JSON.parse(text) as { meetings: { entries: unknown[] }[] };
  const cut = meetings.map((meeting) => ({ ...meeting, entries: meeting.entries.slice(1) }));
  return `${JSON.stringify({ meetings: cut }, null, 2)}\n`;
}

const fileStarting = (pack: readonly PackFile[], start: string): string =>
  pack.find(({ name }) => name.startsWith(start))?.name ?? start;

/** A second verifier, written from FORMAT.md in another language, agrees. It does not rebuild the derived files. */
describe('the independent verifier in Python', () => {
  it('accepts the golden pack and refuses, as ours does, every mutation of it', () => {
    if (python === undefined) {
      process.stderr.write('not run: the independent verifier (no python3 on this machine)\n');
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'pack-'));
    const cases = [
      ['the golden pack', files] as const,
      ...MUTATIONS.map(([name, mutate]) => [name, mutate(files)] as const),
    ];
    const paths = cases.map(([, pack], i) => {
      writeFileSync(join(folder, `${i}.zip`), zipPack(pack));
      return join(folder, `${i}.zip`);
    });
    const { stdout } = spawnSync(python, [join(__dirname, 'verify_pack.py'), ...paths], { encoding: 'utf8' });
    const theirs = paths.map((path) => [
      ...new Set(
        stdout
          .split('\n')
          .filter((line) => line.startsWith(`${path}: `))
          .map((line) => line.slice(path.length + 2, path.length + 3)),
      ),
    ]);
    const ours = cases.map(([, pack]) => (verifyPack(zipPack(pack)).ok ? '0' : '1'));
    expect(cases.map(([name], i) => [name, theirs[i], ours[i]])).toEqual(
      cases.map(([name], i) => [name, [i === 0 ? '0' : '1'], i === 0 ? '0' : '1']),
    );
  });
});
