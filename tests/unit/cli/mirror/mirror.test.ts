import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../../src/cli/arguments';
import { rimOf } from '../../../../src/cli/rim';
import { sha256Hex } from '../../../../src/ledger/hash';
import { assemblePack } from '../../../../src/pack/assemble';
import { FILES } from '../../../../src/pack/files';
import { zipPack } from '../../../../src/pack/zip';
import { readEnvelope, type Envelope } from '../../../../src/providers/pipeline/envelope';
import { editFile, fileOf } from '../../../golden/bytes';
import { goldenInput } from '../../../golden/input';
import { SECRET, WebTrigger } from '../web-trigger';
import { Authority } from './servers/authority';
import { JIRA_TOKEN, JiraServer, type Issue } from './servers/jira';
import type { Reply } from './servers/listen';
import { S3_KEYS, S3Server } from './servers/s3';

const NAME = 'CM.L2-3.4.3_CHG-42_pack-0001.zip';
const ID = '10042';
const jira = new JiraServer();
const s3 = new S3Server();
const intake = new WebTrigger();
const authority = new Authority();
let folder: string, pack: Uint8Array, altered: Uint8Array, hashes: readonly string[], manifest: string;
let clock: number;

beforeAll(async () => {
  const input = await goldenInput();
  const files = assemblePack(input);
  pack = zipPack(files);
  altered = zipPack(editFile(files, FILES.ledger, (text) => text.replace('Wednesday', 'Thursday')));
  hashes = input.entries.map(({ hash }) => hash);
  manifest = sha256Hex(fileOf(files, FILES.checksums).bytes);
  for (const server of [jira.listener, s3.listener, intake, authority.listener]) await server.start();
});
afterAll(async () => {
  for (const server of [jira.listener, s3.listener, intake, authority.listener]) await server.stop();
  authority.remove();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mirror-'));
  jira.issues.splice(0, Infinity, ...['10041', ID, '10043'].map(issue));
  jira.unfound.clear();
  jira.listener.received.length = 0;
  intake.bodies.length = 0;
  intake.plan([202, { result: 'accepted' }]);
  clock = Date.now();
  s3.versions.clear();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const issue = (id: string): Issue => ({ id, key: `CHG-${Number(id) - 10_000}`, ledger: '', attachments: [] });
const change = (): Issue => jira.issues.find(({ id }) => id === ID) ?? issue(ID);
const text = (entries: number, hash = hashes[entries - 1] ?? '', more = ''): string =>
  `${entries} ${entries === 1 ? 'entry' : 'entries'}, last hash ${hash}${more}`;
const named = () => `, pack 0001 manifest ${manifest}`;
/** The change with its whole ledger and its pack. */
const withPack = (bytes = pack, by?: 'app' | 'atlassian'): void => {
  const one = change();
  one.ledger = text(hashes.length + 1, sha256Hex('the entry that names the pack'), named());
  one.attachments = [{ id: '501', filename: NAME, bytes, ...(by === undefined ? {} : { by }) }];
};

const ENVIRONMENT = { JIRA_TOKEN, CHANGE_PIPELINE_SECRET: SECRET };
const said: string[] = [];
async function mirror(more: readonly string[] = [], environment: Record<string, string> = {}) {
  const all = { ...ENVIRONMENT, ...environment };
  const words = ['--jira', jira.listener.url, '--user', 'mirror@example.test', '--project', 'CHG', '--wait', '20'];
  const kept = ['--state', join(folder, 'state.json'), '--folder', join(folder, 'worm')];
  const rim = {
    ...rimOf(all),
    now: () => clock,
    sleep: (milliseconds: number) => {
      clock += milliseconds;
      return Promise.resolve();
    },
    say: (line: string) => void said.push(line),
  };
  const outcome = await run(['mirror', ...words, ...kept, '--json', ...more], all, rim);
  const report = (outcome.output === '' ? {} : JSON.parse(outcome.output)) as {
    copies?: { name: string; receipt: { where: string; already: boolean } }[];
    findings?: { change: string; code: string; sentence: string }[];
    failures?: string[];
    notes?: string[];
    receipts?: { result: string }[];
    stamps?: unknown[];
    first?: boolean;
  };
  return { ...outcome, report, codes: (report.findings ?? []).map(({ code }) => code) };
}
const receipts = (): ['--evidence-url', string] => ['--evidence-url', intake.url];
const sent = (): Envelope[] =>
  intake.bodies.map((body) => {
    const read = readEnvelope(JSON.parse(body));
    if (!read.ok) throw new Error(read.reason);
    return read.envelope;
  });

describe('a first run', () => {
  it('copies every head and pack of every page, byte for byte, and says that there was nothing to compare with', async () => {
    withPack();
    for (const other of jira.issues) if (other.ledger === '') other.ledger = text(1, sha256Hex(other.id));
    const { exitCode, report } = await mirror();
    expect([exitCode, report.first, report.findings, report.failures]).toEqual([0, true, [], []]);
    const names = report.copies?.map(({ name }) => name.split('/').slice(0, 2).join('/'));
    expect(names).toEqual(['heads/10041', 'heads/10042', 'packs/10042', 'heads/10043']);
    const where = report.copies?.find(({ name }) => name.startsWith('packs/'))?.receipt.where ?? '';
    expect(readFileSync(where).equals(pack)).toBe(true);
  });

  it('waits where Jira says so, and ends without a word on what it could not read', async () => {
    withPack();
    jira.listener.instead.push({ status: 429, headers: { 'retry-after': '7' } });
    const before = clock;
    expect((await mirror()).exitCode).toBe(0);
    expect(clock - before).toBe(7_000);
  });

  const answered = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) });
  it.each<[string, Reply[], RegExp]>([
    [
      'the second page fails',
      [
        answered(jira.fields),
        answered({ issues: [], nextPageToken: '2' }),
        answered({ errorMessages: ['Gone.'] }, 400),
      ],
      /page 2 .HTTP 400.: Gone\./,
    ],
    ['the token is wrong', [answered({}, 401)], /does not let this token in/],
    ['there is no such field', [answered([])], /no field "Change ledger"/],
  ])('concludes nothing when %s', async (_, replies, words) => {
    jira.listener.instead.splice(0, Infinity, ...replies);
    expect(await mirror()).toMatchObject({ exitCode: 2, complaint: expect.stringMatching(words) as string });
    expect(existsSync(join(folder, 'state.json'))).toBe(false);
  });
});

describe('a second run', () => {
  it('copies nothing again, and fetches no pack again', async () => {
    withPack();
    await mirror();
    jira.listener.received.length = 0;
    const { exitCode, report } = await mirror();
    expect([exitCode, report.copies, report.first]).toEqual([0, [], false]);
    expect(jira.listener.received.some(({ target }) => target.includes('attachment/content'))).toBe(false);
  });

  it('copies what a destination that was added, or failed before, does not hold yet', async () => {
    withPack();
    await mirror();
    s3.lock = undefined;
    const bucket = ['--s3', 's3://evidence/jira', '--s3-endpoint', s3.listener.url, '--s3-region', S3_KEYS.region];
    const keys = { AWS_ACCESS_KEY_ID: S3_KEYS.id, AWS_SECRET_ACCESS_KEY: S3_KEYS.secret };
    const failed = await mirror([...bucket, '--retain-days', '30'], keys);
    expect([failed.exitCode, failed.report.failures?.length]).toEqual([2, 2]);
    expect(failed.report.failures?.[0]).toMatch(/not-locked: The bucket evidence has no Object Lock/);
    s3.lock = 'Enabled';
    const { exitCode, report } = await mirror([...bucket, '--retain-days', '30'], keys);
    expect([exitCode, report.copies?.length]).toEqual([0, 2]);
    expect(report.copies?.[0]?.receipt).toMatchObject({ versionId: 'v1', lock: { mode: 'COMPLIANCE' } });
  });

  it('whose state was lost finds its copies there', async () => {
    withPack();
    await mirror();
    rmSync(join(folder, 'state.json'));
    const { report } = await mirror();
    expect(report.copies?.map(({ receipt }) => receipt.already)).toEqual([true, true]);
  });

  it.each([
    ['was altered', '{"format":"change-control-mirror-state/1"}', /is no state of this program/],
    ['is of another site', '', /is the state of http:\/\/other/],
  ])('refuses a state that %s', async (what, content, words) => {
    await mirror();
    const path = join(folder, 'state.json');
    change().ledger = text(3);
    await mirror();
    const other = readFileSync(path, 'utf8').replace(/"site": "[^"]+"/, '"site": "http://other"');
    writeFileSync(path, content === '' ? other : content);
    expect(await mirror()).toMatchObject({ exitCode: 2, complaint: expect.stringMatching(words) as string });
    expect(what).not.toBe('');
  });
});

describe('a ledger that does not only grow', () => {
  it.each<[string, (seen: number) => string, string]>([
    ['is shorter', (seen) => text(seen - 1), 'head-backwards'],
    ['has another hash at the same length', (seen) => text(seen, sha256Hex('other')), 'head-rewritten'],
    ['is not there any more', () => '', 'head-missing'],
    ['is no head any more', () => 'nothing', 'head-unreadable'],
  ])('%s: exit code 1, in each run, and the finding is kept too', async (_, after, code) => {
    change().ledger = text(5);
    await mirror();
    change().ledger = after(5);
    for (const copies of [1, 0]) {
      const { exitCode, codes, report } = await mirror();
      expect([exitCode, codes, report.copies?.length]).toEqual([1, [code], copies]);
    }
    expect(readdirSync(join(folder, 'worm', 'findings', ID))).toHaveLength(1);
    change().ledger = text(6);
    expect((await mirror()).exitCode).toBe(0);
  });

  it('that was only overtaken while the field was written is looked at again, and agrees', async () => {
    change().ledger = text(5);
    await mirror();
    change().ledger = text(4);
    const shown = jira.listener.received.length;
    const later = setInterval(() => {
      if (jira.listener.received.length > shown + 2) change().ledger = text(6);
    }, 1);
    const { exitCode, codes } = await mirror();
    clearInterval(later);
    expect([exitCode, codes]).toEqual([0, []]);
  });

  it('and that was extended on another one is found out by the next pack', async () => {
    change().ledger = text(3, sha256Hex('another third entry'));
    await mirror();
    withPack();
    const { exitCode, codes, report } = await mirror();
    expect([exitCode, codes]).toEqual([1, ['pack-rewritten']]);
    expect(report.findings?.[0]?.sentence).toMatch(
      /its hash after 3 entries is [0-9a-f]{64}, 3 entries with last hash/,
    );
  });

  it.each<[string, () => void, readonly string[]]>([
    ['was altered', () => withPack(altered), ['pack-altered']],
    ['is no pack', () => withPack(Buffer.from('PK')), ['pack-altered', 'pack-not-announced']],
    [
      'is of another change',
      () => {
        withPack();
        const [other] = jira.issues;
        if (other !== undefined) other.attachments = change().attachments;
        change().attachments = [];
        change().ledger = '';
      },
      ['pack-of-another-change'],
    ],
  ])('a pack that %s is copied all the same and named', async (_, given, expected) => {
    given();
    const { exitCode, codes, report } = await mirror();
    expect(exitCode).toBe(1);
    expect([...new Set(codes)].filter((code) => code !== 'pack-rewritten').sort()).toEqual([...expected].sort());
    expect(report.copies?.some(({ name }) => name.startsWith('packs/'))).toBe(true);
  });

  it('a pack that was deleted is named once; one that never came, as long as it does not', async () => {
    withPack();
    await mirror();
    change().attachments = [];
    expect((await mirror()).codes).toEqual(['pack-gone']);
    expect((await mirror()).exitCode).toBe(0);
    const [other] = jira.issues;
    if (other !== undefined) other.ledger = text(4, sha256Hex('x'), `, pack 0007 manifest ${manifest}`);
    expect((await mirror()).codes).toEqual(['pack-missing']);
    expect((await mirror()).codes).toEqual(['pack-missing']);
  });

  it('a file of a person that is called as a pack is none, and said', async () => {
    change().attachments = [{ id: '502', filename: NAME, bytes: altered, by: 'atlassian' }];
    const { exitCode, report } = await mirror();
    expect([exitCode, report.copies, report.notes?.[0]]).toEqual([
      0,
      [],
      `CHG-42: ${NAME} was not attached by an app and is not taken for a pack.`,
    ]);
  });

  it('a change that is gone is named once; one that the query does not find any more is still compared', async () => {
    change().ledger = text(5);
    await mirror();
    jira.unfound.add(ID);
    change().ledger = text(4);
    expect((await mirror()).codes).toEqual(['head-backwards']);
    jira.issues.splice(jira.issues.indexOf(change()), 1);
    expect((await mirror()).codes).toEqual(['change-gone']);
    expect((await mirror()).exitCode).toBe(0);
  });
});

describe('a receipt', () => {
  it('goes back as evidence of the change: where, read back, by which digest; and none follows on its own entry', async () => {
    withPack();
    const { exitCode, report } = await mirror(receipts());
    expect([exitCode, report.receipts]).toEqual([0, [{ change: 'CHG-42', result: 'accepted' }]]);
    const [envelope] = sent();
    expect(envelope).toMatchObject({ change: 'CHG-42', kind: 'document' });
    const [content] = envelope?.contents ?? [];
    const receipt = JSON.parse(content !== undefined && 'text' in content ? content.text : '') as {
      copies: { name: string; sha256: string; kept: unknown[] }[];
    };
    expect(receipt).toMatchObject({ issueId: ID, ledger: { entries: hashes.length + 1 }, timeStamp: null });
    expect(receipt.copies[1]).toMatchObject({ kind: 'pack', sha256: sha256Hex(pack), kept: [{ proof: 'read-back' }] });
    // The receipt is an entry of the ledger by now.
    change().ledger = text(hashes.length + 2, sha256Hex('the receipt'), named());
    expect((await mirror(receipts())).report).toMatchObject({ receipts: [], copies: [{ change: 'CHG-42' }] });
    change().ledger = text(hashes.length + 3, sha256Hex('a decision'), named());
    expect((await mirror(receipts())).report.receipts).toHaveLength(1);
  });

  it('that is not taken is sent again by the next run as it was', async () => {
    withPack();
    intake.plan([401, { result: 'unauthorized' }]);
    const failed = await mirror(receipts());
    expect([failed.exitCode, failed.report.failures]).toEqual([
      2,
      ['CHG-42: the receipt was not taken: unauthorized.'],
    ]);
    const [first] = intake.bodies;
    intake.plan([202, { result: 'accepted' }]);
    expect((await mirror(receipts())).report.receipts).toEqual([{ change: 'CHG-42', result: 'accepted' }]);
    expect([first, intake.bodies]).toEqual([expect.any(String), [first]]);
    expect((await mirror(receipts())).report.receipts).toEqual([]);
  });

  it('with a time-stamp holds the head and the response, which OpenSSL verifies', async () => {
    withPack();
    const tsa = ['--tsa', authority.listener.url, '--tsa-root', authority.rootFile];
    const { exitCode, report } = await mirror([...receipts(), ...tsa]);
    expect([exitCode, report.stamps?.length]).toEqual([0, 1]);
    const contents = sent()[0]?.contents ?? [];
    expect(contents.map(({ name }) => name)).toEqual(['mirror-receipt.json', 'ledger-head.json', 'ledger-head.tsr']);
    const [, head, stamp] = contents.map((one) =>
      'text' in one ? Buffer.from(one.text) : Buffer.from(one.base64, 'base64'),
    );
    expect(authority.verifies(stamp ?? Buffer.of(), head ?? Buffer.of())).toBe(true);
    const files = readdirSync(join(folder, 'worm', 'heads', ID));
    expect(files.map((name) => name.split('.').at(-1)).sort()).toEqual(['json', 'tsr']);
  });

  it('waits for the time-stamp that was asked for', async () => {
    withPack();
    const tsa = ['--tsa', authority.listener.url, '--tsa-root', authority.rootFile];
    authority.listener.instead.push({ status: 400 });
    expect((await mirror([...receipts(), ...tsa])).report).toMatchObject({
      receipts: [],
      failures: [expect.stringMatching(/no time-stamp/) as string],
    });
    const { report } = await mirror([...receipts(), ...tsa]);
    expect(report.receipts).toHaveLength(1);
    expect(JSON.stringify(sent()[0])).toContain(NAME);
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
  ['credentials in an address', ['--jira', 'https://u:hunter22@j', '--project', 'CHG'], /holds credentials/],
])('refuses %s, and says what to do', async (_, words, text_) => {
  const jiraUrl = words.includes('--jira') ? [] : ['--jira', 'https://example.atlassian.net'];
  const outcome = await run(['mirror', ...jiraUrl, ...words], { JIRA_TOKEN });
  expect(outcome).toMatchObject({ exitCode: 2, complaint: expect.stringMatching(text_) as string });
  expect(outcome.complaint).not.toContain('hunter22');
});

it('prints no secret, whatever happens', async () => {
  withPack();
  said.length = 0;
  const outcome = await mirror([...receipts(), '--verbose']);
  const all = [outcome.output, outcome.complaint, ...said, readFileSync(join(folder, 'state.json'), 'utf8')].join('\n');
  for (const secret of [JIRA_TOKEN, SECRET, Buffer.from(`mirror@example.test:${JIRA_TOKEN}`).toString('base64')])
    expect(all).not.toContain(secret);
  expect(said.length).toBeGreaterThan(3);
});
