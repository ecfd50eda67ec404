import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../../src/cli/arguments';
import { sha256Hex } from '../../../../src/ledger/hash';
import { SECRET } from '../web-trigger';
import { JIRA_TOKEN } from './servers/jira';
import type { Reply } from './servers/listen';
import { S3_KEYS } from './servers/s3';
import { worldForEach } from './world';

const world = worldForEach();

describe('a first run', () => {
  it('copies every head and pack of every page, byte for byte, and says that there was nothing to compare with', async () => {
    world.withPack();
    for (const other of world.jira.issues) if (other.ledger === '') other.ledger = world.text(1, sha256Hex(other.id));
    const { exitCode, report } = await world.mirror();
    expect([exitCode, report.first, report.findings, report.failures]).toEqual([0, true, [], []]);
    const names = report.copies?.map(({ name }) => name.split('/').slice(0, 2).join('/'));
    expect(names).toEqual(['heads/10041', 'heads/10042', 'packs/10042', 'heads/10043']);
    const where = report.copies?.find(({ name }) => name.startsWith('packs/'))?.receipt.where ?? '';
    expect(readFileSync(where).equals(world.pack)).toBe(true);
  });

  it('waits where and as long as Jira says so', async () => {
    world.withPack();
    world.jira.listener.instead.push({ status: 429, headers: { 'retry-after': '7' } });
    const before = world.clock;
    expect((await world.mirror()).exitCode).toBe(0);
    expect(world.clock - before).toBe(7_000);
  });

  const answered = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) });
  it.each<[string, Reply[], RegExp]>([
    [
      'the second page fails',
      [
        answered(world.jira.fields),
        answered({ issues: [], nextPageToken: '2' }),
        answered({ errorMessages: ['Gone.'] }, 400),
      ],
      /page 2 .HTTP 400.: Gone\./,
    ],
    ['the token is wrong', [answered({}, 401)], /does not let this token in/],
    ['there is no such field', [answered([])], /no field "Change ledger"/],
    [
      'an id would lead out of the folder',
      [
        answered(world.jira.fields),
        answered({ issues: [{ id: '../../10042', key: 'CHG-42', fields: {} }], isLast: true }),
      ],
      /page 1 .HTTP 200/,
    ],
  ])('concludes nothing when %s', async (_, replies, words) => {
    world.jira.listener.instead.splice(0, Infinity, ...replies);
    expect(await world.mirror()).toMatchObject({ exitCode: 2, complaint: expect.stringMatching(words) as string });
    expect(existsSync(join(world.folder, 'state.json'))).toBe(false);
  });
});

describe('a second run', () => {
  it('copies nothing again, and fetches no pack again', async () => {
    world.withPack();
    await world.mirror();
    world.jira.listener.received.length = 0;
    const { exitCode, report } = await world.mirror();
    expect([exitCode, report.copies, report.first]).toEqual([0, [], false]);
    expect(world.jira.listener.received.some(({ target }) => target.includes('attachment/content'))).toBe(false);
  });

  it('copies what a destination that was added, or failed before, does not hold yet', async () => {
    world.withPack();
    await world.mirror();
    world.s3.lock = undefined;
    const bucket = [
      '--s3',
      's3://evidence/jira',
      '--s3-endpoint',
      world.s3.listener.url,
      '--s3-region',
      S3_KEYS.region,
    ];
    const keys = { AWS_ACCESS_KEY_ID: S3_KEYS.id, AWS_SECRET_ACCESS_KEY: S3_KEYS.secret };
    const failed = await world.mirror([...bucket, '--retain-days', '30'], keys);
    expect([failed.exitCode, failed.report.failures?.length]).toEqual([2, 2]);
    expect(failed.report.failures?.[0]).toMatch(/not-locked: The bucket evidence has no Object Lock/);
    world.s3.lock = 'Enabled';
    const { exitCode, report } = await world.mirror([...bucket, '--retain-days', '30'], keys);
    expect([exitCode, report.copies?.length]).toEqual([0, 2]);
    expect(report.copies?.[0]?.receipt).toMatchObject({ versionId: 'v1', lock: { mode: 'COMPLIANCE' } });
  });

  it('finds a copy that was put into the bucket beforehand with a short lock, until it is locked long enough', async () => {
    world.withPack();
    const name = (await world.mirror()).report.copies?.find((one) => one.name.startsWith('packs/'))?.name ?? '';
    const until = new Date(world.clock + 86_400_000).toISOString();
    world.s3.versions.set(`jira/${name}`, [{ id: 'v1', bytes: Buffer.from(world.pack), mode: 'COMPLIANCE', until }]);
    const to = ['--s3-endpoint', world.s3.listener.url, '--s3-region', S3_KEYS.region, '--retain-days', '30'];
    const keys = { AWS_ACCESS_KEY_ID: S3_KEYS.id, AWS_SECRET_ACCESS_KEY: S3_KEYS.secret };
    const toBucket = () => world.mirror(['--s3', 's3://evidence/jira', ...to], keys);
    world.s3.mayRetain = false;
    const found = { exitCode: 1, codes: ['copy-lock-too-short'], report: { failures: [] } };
    expect(await toBucket()).toMatchObject(found);
    expect(await toBucket()).toMatchObject(found);
    world.s3.mayRetain = true;
    expect(await toBucket()).toMatchObject({ exitCode: 0, codes: [] });
  });

  it('that is told to look again reads everything back, puts what is gone, and names what was altered', async () => {
    world.withPack();
    const first = await world.mirror();
    const [head = '', pack = ''] = (first.report.copies ?? []).map(({ receipt }) => receipt.where);
    rmSync(head);
    const again = await world.mirror(['--again']);
    expect([again.exitCode, again.report.copies?.map(({ receipt }) => receipt.already)]).toEqual([0, [false, true]]);
    chmodSync(pack, 0o644);
    writeFileSync(pack, 'other');
    const altered = await world.mirror(['--again']);
    expect([altered.exitCode, altered.report.failures]).toEqual([
      2,
      [expect.stringMatching(/exists-otherwise: .* is there already and is another file/)],
    ]);
  });

  it('whose state was lost finds its copies there', async () => {
    world.withPack();
    await world.mirror();
    rmSync(join(world.folder, 'state.json'));
    const { report } = await world.mirror();
    expect(report.copies?.map(({ receipt }) => receipt.already)).toEqual([true, true]);
  });

  it.each([
    ['was altered', '{"format":"change-control-mirror-state/1"}', /is no state of this program/],
    ['is of another site', '', /is the state of http:\/\/other/],
  ])('refuses a state that %s', async (what, content, words) => {
    await world.mirror();
    const path = join(world.folder, 'state.json');
    world.change().ledger = world.text(3);
    await world.mirror();
    const other = readFileSync(path, 'utf8').replace(/"site": "[^"]+"/, '"site": "http://other"');
    writeFileSync(path, content === '' ? other : content);
    expect(await world.mirror()).toMatchObject({ exitCode: 2, complaint: expect.stringMatching(words) as string });
    expect(what).not.toBe('');
  });
});

it.each<[string, string[], RegExp]>([
  ['no destination', ['--project', 'CHG', '--state', 's'], /Where to\?/],
  ['no state', ['--project', 'CHG', '--folder', 'f'], /--state names the file/],
  ['no changes', ['--state', 's', '--folder', 'f'], /Which changes\?/],
  ['both kinds of changes', ['--project', 'CHG', '--jql', 'x', '--state', 's', '--folder', 'f'], /Which changes\?/],
  ['a project that is none', ['--project', 'CHG") OR', '--state', 's', '--folder', 'f'], /is no key of a Jira project/],
  ['a bucket without days', ['--project', 'CHG', '--state', 's', '--s3', 's3://abc'], /--retain-days is a number/],
  ['a bucket that is none', ['--project', 'CHG', '--state', 's', '--s3', 'abc'], /--s3 is s3:/],
  [
    'no key',
    ['--project', 'CHG', '--state', 's', '--s3', 's3://abc', '--retain-days', '1'],
    /AWS_ACCESS_KEY_ID, which is not/,
  ],
  ['no roots', ['--project', 'CHG', '--state', 's', '--tsa', 'https://t'], /--tsa-root names/],
  [
    'a token in clear text',
    ['--jira', 'http://jira.example.test', '--project', 'CHG'],
    /--jira has to begin with https/,
  ],
  [
    'a token in clear text to a collector',
    [
      '--project',
      'CHG',
      '--state',
      's',
      '--splunk',
      'http://splunk.example.test:8088',
      '--splunk-token-env',
      'JIRA_TOKEN',
    ],
    /--splunk has to begin with https/,
  ],
  ['credentials in an address', ['--jira', 'https://u:hunter22@j', '--project', 'CHG'], /holds credentials/],
])('refuses %s, and says what to do', async (_, words, text_) => {
  const jiraUrl = words.includes('--jira') ? [] : ['--jira', 'https://example.atlassian.net'];
  const outcome = await run(['mirror', ...jiraUrl, ...words], { JIRA_TOKEN });
  expect(outcome).toMatchObject({ exitCode: 2, complaint: expect.stringMatching(text_) as string });
  expect(outcome.complaint).not.toContain('hunter22');
});

it('prints no secret, whatever happens', async () => {
  world.withPack();
  world.said.length = 0;
  const outcome = await world.mirror([...world.receipts(), '--verbose']);
  const all = [
    outcome.output,
    outcome.complaint,
    ...world.said,
    readFileSync(join(world.folder, 'state.json'), 'utf8'),
  ].join('\n');
  for (const secret of [JIRA_TOKEN, SECRET, Buffer.from(`mirror@example.test:${JIRA_TOKEN}`).toString('base64')])
    expect(all).not.toContain(secret);
  expect(world.said.length).toBeGreaterThan(3);
});
