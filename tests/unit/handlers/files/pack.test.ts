import { unzipSync } from 'fflate';
import { assemble } from '../../../../src/handlers/packs/assemble';
import { downloadPack } from '../../../../src/handlers/packs/read';
import { startPack } from '../../../../src/handlers/packs/start';
import { PEOPLE_CURRENT_KEY } from '../../../../src/ledger/keys';
import { FILES, statementsFile } from '../../../../src/pack/files';
import { verifyPack } from '../../../../src/pack/verify';
import { cloudTrail, FilesSite, ISSUE, trail } from './site';

const LOG = cloudTrail(trail('2026-03-02T10:30:00Z', 'dana', 'i-0aa'), trail('2026-03-02T13:00:00Z', 'olga', 'i-0bb'));

/** Whose user name in the log is whose account; nobody else's entry leaves with the pack. */
const PEOPLE = {
  version: 'people-1',
  people: ['dana', 'olga', 'nobody-here'].map((name) => ({
    id: name,
    name,
    accounts: [name],
    identities: [{ kind: 'login', source: 'cloudtrail', login: name }],
    organisation: null,
  })),
};

let site: FilesSite;
beforeEach(async () => {
  site = new FilesSite();
  await site.store.set(PEOPLE_CURRENT_KEY, PEOPLE);
  expect(await site.send([{ name: 'trail.json', text: LOG }])).toBe('accepted');
  await site.drain();
  await site.handIn('plain words', { kind: 'document', name: 'note.txt', mediaType: null });
});

async function pack(): Promise<Uint8Array> {
  const { id } = await startPack(site.app, site.call({}));
  await assemble(site.app, ISSUE, id);
  const { base64 } = await downloadPack(site.app, site.call({ pack: id, part: 0 }));
  return Buffer.from(base64, 'base64');
}
const jsonOf = (files: Readonly<Record<string, Uint8Array>>, name: string): unknown =>
  JSON.parse(Buffer.from(files[name] ?? new Uint8Array()).toString('utf8'));
const broken = (bytes: Uint8Array): readonly string[] => verifyPack(bytes).breaks.map(({ sentence }) => sentence);

it('holds what each file states, the files themselves and how the log stands to the change, and verifies', async () => {
  const bytes = await pack();
  expect(broken(bytes)).toEqual([]);
  const files = unzipSync(bytes);
  const digests = (await site.files()).map(({ entry }) => entry.body.statementsDigest ?? '');
  expect(Object.keys(files)).toEqual(expect.arrayContaining(digests.map(statementsFile)));
  expect(jsonOf(files, FILES.files)).toMatchObject({
    files: [
      { name: 'trail.json', format: 'cloudtrail', by: null, matching: { rows: 2, changes: 2, fits: 1 } },
      { name: 'note.txt', format: 'other-file', by: 'Dana D (account dana)', matching: null },
    ],
  });
  const raw = Object.entries(files).filter(([name]) => name.startsWith('3.4.3-b_file_'));
  expect(raw.map(([, content]) => Buffer.from(content).toString('utf8')).sort()).toEqual(['plain words', LOG].sort());
  const lines = Buffer.from(files[FILES.matching] ?? [])
    .toString('utf8')
    .trim()
    .split('\n');
  expect(lines.map((line) => JSON.parse(line) as { window: string; who: string })).toMatchObject([
    { window: 'inside', who: 'implementer', fits: true },
    { window: 'after', who: 'another', fits: false },
  ]);
  expect(jsonOf(files, FILES.exceptions)).toMatchObject({
    files: [{ code: 'outside-window' }, { code: 'by-another' }, { code: 'other-system' }],
  });
  expect(Buffer.from(files[FILES.people] ?? []).toString('utf8')).not.toContain('nobody-here');
  expect(Buffer.from(files[FILES.report] ?? []).toString('utf8')).toContain('1 of 2 recorded actions fit');
});

it('says that what a file states was erased, and still verifies', async () => {
  for (const key of site.keys('file-statements:')) await site.store.delete(key);
  const bytes = await pack();
  expect(broken(bytes)).toEqual([]);
  const files = unzipSync(bytes);
  expect(jsonOf(files, FILES.files)).toMatchObject({
    files: [{ statementsFile: null, statementsMissing: expect.stringContaining('erased') as string }, {}],
  });
  expect(jsonOf(files, FILES.completeness)).toMatchObject({ complete: false });
});

it('never passes off other statements as those of a file', async () => {
  const [key = ''] = site.keys('file-statements:');
  site.store.tamper(key, 'H4sIAAAAAAAAA0vLBwAhZVuMAwAAAA==');
  const bytes = await pack();
  expect(broken(bytes)).toEqual([]);
  const rows = (jsonOf(unzipSync(bytes), FILES.files) as { files: { statementsMissing: string | null }[] }).files;
  expect(rows.filter(({ statementsMissing }) => statementsMissing !== null)).toHaveLength(1);
});

it('names a file that was not read yet', async () => {
  await site.send([{ name: 'later.json', text: cloudTrail(trail('2026-03-02T11:00:00Z', 'dana', 'i-0aa')) }]);
  const [job] = site.queue.splice(0);
  if (job !== undefined) await site.work(job);
  const files = unzipSync(await pack());
  const { sought } = jsonOf(files, FILES.completeness) as { sought: { sought: string; missing: unknown[] }[] };
  expect(sought.find((one) => one.sought.startsWith('Files that were handed in'))?.missing).toEqual([
    { what: expect.stringMatching(/^the content of sha256:/) as string, because: expect.any(String) as string },
  ]);
});

const plan = (values: number): string =>
  JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.0',
    resource_changes: [
      {
        address: 'aws_db_instance.cui',
        type: 'aws_db_instance',
        change: {
          actions: ['update'],
          before: { engine: '15', motto: 'old-one', ...numbered(values, 'a') },
          after: { engine: '16', motto: 'new-one', ...numbered(values, 'b') },
          before_sensitive: { motto: true },
          after_sensitive: { motto: true },
        },
      },
    ],
  });
const numbered = (many: number, value: string): object =>
  Object.fromEntries(Array.from({ length: many }, (_, i) => [`tag_${i}`, value]));

describe('configuration before and after in the report', () => {
  const report = async (): Promise<string> => Buffer.from(unzipSync(await pack())[FILES.report] ?? []).toString('utf8');

  it('is there value by value, the sensitive ones without their value, the first of many', async () => {
    expect(await site.send([{ name: 'plan.json', text: plan(50) }], 'configuration-difference')).toBe('accepted');
    await site.drain();
    const page = await report();
    expect(page).toContain('<code>engine</code></td><td><code>15</code></td><td><code>16</code></td>');
    expect(page).toContain('<code>motto</code></td><td><code>(sensitive)</code></td><td><code>(sensitive)</code></td>');
    expect(page).not.toMatch(/old-one|new-one/);
    expect(page).toMatch(/12 more values in <span class="file">3\.4\.3-b_statements_[0-9a-f]{64}\.json<\/span>/);
  });

  it('is said to be erased once it is', async () => {
    expect(await site.send([{ name: 'plan.json', text: plan(0) }], 'configuration-difference')).toBe('accepted');
    await site.drain();
    for (const key of site.keys('file-statements:')) await site.store.delete(key);
    const page = await report();
    expect(page).toContain('<td>erased</td><td>erased</td>');
    expect(page).not.toContain('<code>engine</code>');
  });
});
