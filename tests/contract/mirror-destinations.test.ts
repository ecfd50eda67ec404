import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elasticsearchDestination } from '../../src/cli/mirror/destinations/elasticsearch';
import { folderDestination } from '../../src/cli/mirror/destinations/folder';
import { ocsfDestination } from '../../src/cli/mirror/destinations/ocsf';
import { s3Destination } from '../../src/cli/mirror/destinations/s3';
import { splunkDestination } from '../../src/cli/mirror/destinations/splunk';
import type { Asking } from '../../src/cli/mirror/request';
import { rimOf } from '../../src/cli/rim';
import { ELASTIC_KEY, ElasticsearchServer } from '../unit/cli/mirror/servers/elasticsearch';
import { S3_KEYS, S3Server } from '../unit/cli/mirror/servers/s3';
import { SPLUNK_TOKEN, SplunkServer } from '../unit/cli/mirror/servers/splunk';
import { aHead, aPack, destinationContract } from './destination-contract';

const folder = mkdtempSync(join(tmpdir(), 'mirror-'));
let said: string[] = [];
let clock = Date.parse('2026-03-02T09:00:00.250Z');
const asking: Asking = {
  rim: {
    ...rimOf({}),
    now: () => clock,
    sleep: (milliseconds) => {
      clock += milliseconds;
      return Promise.resolve();
    },
    say: (line) => void said.push(line),
  },
  waitSeconds: 30,
};
const s3 = new S3Server();
const splunk = new SplunkServer();
const elastic = new ElasticsearchServer();
const servers = [s3, splunk, elastic];

beforeAll(async () => {
  for (const { listener } of servers) await listener.start();
});
beforeEach(() => {
  said = [];
  s3.spoil = (version) => version;
});
afterAll(async () => {
  for (const { listener } of servers) await listener.stop();
  rmSync(folder, { recursive: true });
});

const bucket = (name = 'evidence', secret = S3_KEYS.secret) =>
  s3Destination(
    {
      endpoint: s3.listener.url,
      region: S3_KEYS.region,
      bucket: name,
      prefix: 'jira/one',
      accessKeyId: S3_KEYS.id,
      secretAccessKey: secret,
      retainDays: 400,
    },
    asking,
  );
const collector = (token = SPLUNK_TOKEN) =>
  splunkDestination({ url: splunk.listener.url, token, index: 'cmmc' }, asking);
const index = () =>
  elasticsearchDestination({ url: elastic.listener.url, index: 'mirror', apiKey: ELASTIC_KEY }, asking);

describe('a folder', () => {
  destinationContract(() => ({
    destination: folderDestination(join(folder, 'worm')),
    secret: 'no secret',
    knowsAgain: true,
    keeps: 'bytes',
  }));

  it('holds files that are read-only, and nothing half written', async () => {
    const copy = aPack();
    const { where } = await folderDestination(join(folder, 'modes')).put(copy);
    expect(statSync(where).mode & 0o777).toBe(0o444);
    expect(readFileSync(where).equals(copy.bytes)).toBe(true);
  });

  it('whose file was altered says so', async () => {
    const copy = aPack();
    const destination = folderDestination(join(folder, 'altered'));
    const { where } = await destination.put(copy);
    chmodSync(where, 0o644);
    writeFileSync(where, 'other');
    await expect(destination.put(copy)).rejects.toMatchObject({ code: 'exists-otherwise' });
  });

  it('that cannot be written is a problem of that folder', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    await expect(folderDestination(join(folder, 'a-file')).put(aHead())).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('a bucket with Object Lock', () => {
  destinationContract(() => ({
    destination: bucket(),
    secret: S3_KEYS.secret,
    knowsAgain: true,
    keeps: 'bytes',
  }));

  it('holds each copy in a version that is locked in compliance mode for as long as it was told', async () => {
    const copy = aPack();
    expect(await bucket().put(copy)).toEqual({
      destination: `s3:${s3.listener.url}/evidence/jira/one`,
      where: `s3://evidence/jira/one/${copy.name}`,
      sha256: copy.sha256,
      proof: 'read-back',
      already: false,
      versionId: 'v1',
      lock: { mode: 'COMPLIANCE', retainUntil: new Date(clock + 400 * 86_400_000).toISOString() },
    });
  });

  it.each<[string, Partial<{ bytes: Buffer; mode: string | undefined; until: string }>, string]>([
    ['other bytes', { bytes: Buffer.from('other') }, 'not-as-written'],
    ['governance mode', { mode: 'GOVERNANCE' }, 'not-locked'],
    ['an earlier end', { until: '2026-03-03T09:00:00Z' }, 'not-locked'],
    ['an end that is no date', { until: 'soon' }, 'not-locked'],
    ['no retention', { mode: undefined }, 'not-locked'],
    ['no version', { id: 'none' } as object, 'not-as-written'],
  ])('that keeps %s than it was given is found out by reading back', async (_, spoilt, code) => {
    s3.spoil = (version) => ({ ...version, ...spoilt });
    const refused = bucket().put(aPack());
    await expect(refused).rejects.toMatchObject({ code });
  });

  const DAY = 86_400_000;
  const lockedFor = async (days: number, mode = 'COMPLIANCE') => {
    const copy = aPack();
    const until = new Date(clock + days * DAY).toISOString();
    s3.versions.set(`jira/one/${copy.name}`, [{ id: 'v1', bytes: Buffer.from(copy.bytes), mode, until }]);
    return {
      copy,
      put: await bucket()
        .put(copy)
        .catch((error: unknown) => error),
    };
  };
  const untilOf = (copy: { readonly name: string }) => s3.versions.get(`jira/one/${copy.name}`)?.[0]?.until;

  it('makes the lock of what somebody put there beforehand as long as it was told', async () => {
    const { copy, put } = await lockedFor(1);
    const retainUntil = new Date(clock + 400 * DAY).toISOString();
    expect(put).toMatchObject({ already: true, versionId: 'v1', lock: { mode: 'COMPLIANCE', retainUntil } });
    expect(untilOf(copy)).toBe(retainUntil);
  });

  it('leaves a longer lock as it is', async () => {
    const { copy, put } = await lockedFor(500);
    const retainUntil = new Date(clock + 500 * DAY).toISOString();
    expect(put).toMatchObject({ already: true, lock: { retainUntil } });
    expect(untilOf(copy)).toBe(retainUntil);
  });

  it.each(['COMPLIANCE', 'GOVERNANCE'])(
    'does not take what was put there beforehand with a short lock that cannot be made longer: %s',
    async (mode) => {
      s3.mayRetain = false;
      const { put } = await lockedFor(1, mode);
      s3.mayRetain = true;
      expect(put).toMatchObject({
        code: 'lock-too-short',
        message: expect.stringMatching(/not locked for the 400 days .*HTTP 403 .AccessDenied/) as string,
      });
    },
  );

  it('whose lock of a copy has ended locks it anew, and one that still lasts keeps the date that it was given', async () => {
    const copy = aPack();
    const first = await bucket().put(copy);
    clock += 399 * DAY;
    expect(await bucket().put(copy, first)).toEqual({ ...first, already: true });
    clock += 2 * DAY;
    const retainUntil = new Date(clock + 400 * DAY).toISOString();
    expect(await bucket().put(copy, first)).toMatchObject({ already: true, lock: { retainUntil } });
  });

  it.each([
    ['without Object Lock', () => bucket(), 'not-locked', /has no Object Lock, so nothing was put there/],
    ['that does not exist', () => bucket('nowhere'), 'refused', /NoSuchBucket/],
    ['whose key is another', () => bucket('evidence', 'another'), 'refused', /SignatureDoesNotMatch/],
  ] as const)('%s is refused before anything is put', async (what, open, code, words) => {
    s3.lock = what === 'without Object Lock' ? undefined : 'Enabled';
    const before = s3.listener.received.length;
    await expect(open().put(aHead())).rejects.toMatchObject({ code, message: expect.stringMatching(words) as string });
    s3.lock = 'Enabled';
    expect(s3.listener.received.slice(before).map(({ method }) => method)).toEqual(['GET']);
  });

  it('is asked again while it is busy, and a put whose answer was lost is found there', async () => {
    const destination = bucket();
    await destination.put(aHead());
    const copy = aPack();
    const put = s3.listener.received.length;
    s3.listener.instead.push({ status: 503 }, { status: 429, headers: { 'retry-after': '2' } });
    expect(await destination.put(copy)).toMatchObject({ already: false });
    expect(s3.listener.received.length - put).toBe(6);
    expect(said.join('\n')).not.toContain(S3_KEYS.secret);
  });
});

describe("Splunk's HTTP Event Collector (a stand-in)", () => {
  destinationContract(() => ({
    destination: collector(),
    secret: SPLUNK_TOKEN,
    knowsAgain: false,
    keeps: 'events',
  }));

  it('indexes an event that names the copy, and says so', async () => {
    const copy = aHead();
    expect(await collector().put(copy)).toMatchObject({ proof: 'acknowledged' });
    expect(splunk.events.at(-1)).toMatchObject({ kind: 'head', change: 'CHG-7', sha256: copy.sha256, entries: 17 });
  });

  it('without acknowledgment has taken it and proves nothing', async () => {
    splunk.acknowledges = false;
    expect(await collector().put(aHead())).toMatchObject({ proof: 'taken' });
    splunk.acknowledges = true;
  });

  it('that never indexes it is a problem', async () => {
    splunk.slow = 1000;
    await expect(collector().put(aHead())).rejects.toMatchObject({ code: 'not-acknowledged' });
    splunk.slow = 1;
  });

  it('that does not know the token says so, without the token', async () => {
    const refused: unknown = await collector('another-token')
      .put(aHead())
      .catch((error: unknown) => error);
    expect(String(refused)).toMatch(/HTTP 403: Invalid token \(code 4\)/);
    expect(String(refused)).not.toContain('another-token');
  });
});

describe('Elasticsearch (a stand-in)', () => {
  destinationContract(() => ({ destination: index(), secret: ELASTIC_KEY, knowsAgain: true, keeps: 'events' }));

  it('that refuses the document in an answer of 200 is a problem with its reason', async () => {
    elastic.itemError = { status: 400, error: { type: 'document_parsing_exception', reason: 'failed to parse' } };
    await expect(index().put(aHead())).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/document_parsing_exception: failed to parse/) as string,
    });
    elastic.itemError = undefined;
  });

  it('that holds another document under the digest is a problem', async () => {
    const copy = aHead();
    elastic.documents.set(`/.ds-mirror-000001/_doc/${copy.sha256}`, { sha256: copy.sha256, name: 'another' });
    await expect(index().put(copy)).rejects.toMatchObject({ code: 'exists-otherwise' });
  });
});

describe('a file of OCSF events', () => {
  destinationContract(() => ({
    destination: ocsfDestination(join(folder, 'events.ocsf.jsonl'), asking.rim),
    secret: 'no secret',
    knowsAgain: true,
    keeps: 'events',
  }));

  it('whose last line was cut off by a crash goes on on a line of its own', async () => {
    const path = join(folder, 'cut.jsonl');
    const [first, second] = [aHead(), aPack()];
    await ocsfDestination(path, asking.rim).put(first);
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -40));
    await ocsfDestination(path, asking.rim).put(second);
    await ocsfDestination(path, asking.rim).put(first);
    appendFileSync(path, '');
    const whole = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('}'));
    expect(whole.map((line) => (JSON.parse(line) as { metadata: { uid: string } }).metadata.uid)).toEqual([
      second.sha256,
      first.sha256,
    ]);
  });
});
