import { AwsV4Signer } from 'aws4fetch';
import { s3Destination } from '../../src/cli/mirror/destinations/s3';
import { rimOf } from '../../src/cli/rim';
import { aPack, destinationContract } from './destination-contract';

/**
 * The same contract over a real server with Object Lock: `S3_TEST_ENDPOINT=http://127.0.0.1:7480` of what
 * `.tooling/ceph.sh FOLDER` starts, whose keys these are. Not part of `npm test`: nobody should need such a server for it.
 */
const endpoint = process.env['S3_TEST_ENDPOINT'];
const KEYS = { accessKeyId: 'MIRRORACCESSKEY', secretAccessKey: 'the-secret-of-the-tests' };
const REGION = 'us-east-1';
const asking = { rim: { ...rimOf({}), say: () => undefined }, waitSeconds: 20 };
const run = String(Date.now());

async function call(method: string, path: string, headers: Record<string, string> = {}): Promise<Response> {
  const signer = new AwsV4Signer({
    ...KEYS,
    service: 's3',
    region: REGION,
    method,
    url: `${endpoint ?? ''}/${path}`,
    headers,
  });
  const signed = await signer.sign();
  return fetch(signed.url, { method, headers: signed.headers });
}

const bucket = (name: string, secretAccessKey = KEYS.secretAccessKey, retainDays = 1) =>
  s3Destination(
    { ...KEYS, secretAccessKey, endpoint: endpoint ?? '', region: REGION, bucket: name, prefix: 'jira', retainDays },
    asking,
  );

(endpoint === undefined ? describe.skip : describe)('a real server with Object Lock', () => {
  const [locked, open] = [`locked-${run}`, `open-${run}`];
  beforeAll(async () => {
    expect((await call('PUT', locked, { 'x-amz-bucket-object-lock-enabled': 'true' })).status).toBe(200);
    expect((await call('PUT', open)).status).toBe(200);
  });

  destinationContract(() => ({
    destination: bucket(locked),
    secret: KEYS.secretAccessKey,
    knowsAgain: true,
    keeps: 'bytes',
  }));

  it('keeps each version until its date: deleting or shortening it is refused, with a right to bypass governance too', async () => {
    const copy = aPack();
    const { versionId = '', lock } = await bucket(locked).put(copy);
    expect(lock?.mode).toBe('COMPLIANCE');
    expect(Date.parse(lock?.retainUntil ?? '')).toBeGreaterThan(Date.now() + 86_000_000);
    const path = `${locked}/jira/${copy.name}?versionId=${versionId}`;
    const bypass = { 'x-amz-bypass-governance-retention': 'true' };
    expect((await call('DELETE', path)).status).toBe(403);
    expect((await call('DELETE', path, bypass)).status).toBe(403);
    expect((await call('DELETE', `${locked}/jira/${copy.name}`)).status).toBe(204);
    expect(Buffer.from(await (await call('GET', path)).arrayBuffer()).equals(copy.bytes)).toBe(true);
  });

  it('lengthens a lock that ends before the days that are asked for', async () => {
    const copy = aPack();
    await bucket(locked).put(copy);
    const { already, lock } = await bucket(locked, KEYS.secretAccessKey, 3).put(copy);
    expect([already, lock?.mode]).toEqual([true, 'COMPLIANCE']);
    expect(Date.parse(lock?.retainUntil ?? '')).toBeGreaterThan(Date.now() + 2.9 * 86_400_000);
  });

  it('refuses a bucket without Object Lock, and says so of a key that is wrong', async () => {
    await expect(bucket(open).put(aPack())).rejects.toMatchObject({ code: 'not-locked' });
    await expect(bucket(locked, 'another').put(aPack())).rejects.toMatchObject({ code: 'refused' });
  });
});
