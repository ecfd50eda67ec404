import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { run } from '../../../../src/cli/arguments';
import { stamped } from '../../../../src/cli/mirror/stamp/authority';
import { certificatesOf, checkStamp } from '../../../../src/cli/mirror/stamp/check';
import { isOid, stampRequest } from '../../../../src/cli/mirror/stamp/request';
import { rimOf } from '../../../../src/cli/rim';
import { tokenOf } from '../../../../src/readers/sigstore/timestamp';
import { Authority, POLICY } from './servers/authority';

const authority = new Authority();
const stranger = new Authority();
/** Made before anything is stamped, so that they are valid when it is. */
const odd = Object.fromEntries(
  ['critical,timeStamping', 'critical,timeStamping,codeSigning', 'timeStamping', 'critical,codeSigning'].map(
    (usage) => [usage, new Authority(usage)] as const,
  ),
);
const data = Buffer.from('{"entries":17}\n');
const nonce = Buffer.from('4102030405060708', 'hex');
const rootOf = (one: Authority) => [new X509Certificate(readFileSync(one.rootFile))];
const asking = { rim: { ...rimOf({}), say: () => undefined }, waitSeconds: 0 };

beforeAll(() => authority.listener.start());
afterAll(async () => {
  await authority.listener.stop();
  for (const one of [authority, stranger, ...Object.values(odd)]) one.remove();
});
beforeEach(() => {
  authority.spoil = (response) => response;
});

it('a request is what OpenSSL reads as one: digest, policy, nonce, and that the certificate is wanted', () => {
  const path = authority.path('own.tsq');
  writeFileSync(path, stampRequest(data, nonce, '1.2.840.113549.1'));
  const text = execFileSync('openssl', ['ts', '-query', '-in', path, '-text'], { encoding: 'utf8' });
  expect(text).toMatch(/Hash Algorithm: sha256/);
  expect(text).toMatch(/Policy OID: .*(1\.2\.840\.113549\.1|pkcs)/i);
  expect(text).toMatch(/Nonce: 0x4102030405060708/);
  expect(text).toMatch(/Certificate required: yes/);
});

it('an authority by OpenSSL stamps data over HTTP, and OpenSSL agrees with the check', async () => {
  const before = Date.now();
  const answer = await stamped(data, { url: authority.listener.url, roots: rootOf(authority), policy: POLICY }, asking);
  if (!answer.ok) throw new Error(answer.why);
  const { at, policy, serial, authority: by } = answer.stamp;
  expect([policy, by]).toEqual([POLICY, 'O=Test, CN=tsa']);
  expect(serial).toMatch(/^0[2-9]$/);
  expect(Math.abs(Date.parse(at) - before)).toBeLessThan(10_000);
  expect(authority.verifies(answer.response, data)).toBe(true);
  expect(checkStamp(answer.response, data, rootOf(authority))).toMatchObject({ ok: true, stamp: answer.stamp });
});

describe('a response that', () => {
  const response = authority.reply(stampRequest(data, nonce, undefined));
  const asked = { nonce: nonce.toString('hex') };
  const flipped = (at: number): Buffer => {
    const bytes = Buffer.from(response);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };

  it('holds is accepted', () => {
    expect(checkStamp(response, data, rootOf(authority), asked)).toMatchObject({ ok: true });
  });

  it.each<[string, () => ReturnType<typeof checkStamp>, RegExp]>([
    ['is of other data', () => checkStamp(response, Buffer.from('other'), rootOf(authority)), /of other data/],
    ['repeats another nonce', () => checkStamp(response, data, rootOf(authority), { nonce: '01' }), /nonce/],
    [
      'is under another policy',
      () => checkStamp(response, data, rootOf(authority), { policy: '1.2.3.4.5' }),
      /under policy 1\.2\.3\.4\.1, not 1\.2\.3\.4\.5/,
    ],
    ['is of another authority', () => checkStamp(response, data, rootOf(stranger)), /does not lead to a root/],
    ['was altered in its signature', () => checkStamp(flipped(response.length - 3), data, rootOf(authority)), /./],
    ['is cut off', () => checkStamp(response.subarray(0, 400), data, rootOf(authority)), /no granted/],
    ['is a page of HTML', () => checkStamp(Buffer.from('<html>'), data, rootOf(authority)), /no granted/],
    [
      'refuses the request',
      () => checkStamp(authority.reply(stampRequest(data, nonce, '1.9.9')), data, rootOf(authority)),
      /no granted/,
    ],
  ])('%s is refused, and says so', (_, check, words) => {
    const result = check();
    expect(result).toMatchObject({ ok: false, why: expect.stringMatching(words) as string });
  });

  it('was altered in any one byte is refused, save in the wrapping that nobody signed: then it says the same', () => {
    const said = checkStamp(response, data, rootOf(authority), asked);
    const places = [...response.keys()].filter((at) => at % 3 === 0);
    const results = places.map((at) => checkStamp(flipped(at), data, rootOf(authority), asked));
    const accepted = results.filter(({ ok }) => ok);
    expect(new Set(accepted.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(said)]));
    expect(accepted.length).toBeLessThan(places.length / 20);
  });

  it.each<[string, string, RegExp | null]>([
    ['for stamping times and nothing else', 'critical,timeStamping', null],
    ['for other things too', 'critical,timeStamping,codeSigning', /not certified for time-stamping alone/],
    ['without saying that it is critical', 'timeStamping', /not certified for time-stamping alone/],
    ['for something else', 'critical,codeSigning', /not certified for time-stamping alone/],
  ])('is signed by a certificate %s', (_, usage, words) => {
    // OpenSSL's responder takes no such certificate; its CMS signs with any.
    const signer = odd[usage] ?? authority;
    const resigned = signer.signed(tokenOf(response)?.info ?? new Uint8Array());
    expect(checkStamp(resigned, data, rootOf(signer), asked)).toMatchObject(
      words === null ? { ok: true } : { ok: false, why: expect.stringMatching(words) as string },
    );
  });

  it('does not name its certificate in what is signed is refused', () => {
    const resigned = authority.signed(tokenOf(response)?.info ?? new Uint8Array(), '-binary');
    const result = checkStamp(resigned, data, rootOf(authority), asked);
    expect(result).toMatchObject({ ok: false, why: expect.stringMatching(/does not name the certificate/) as string });
  });
});

it('an authority that answers something else than was asked is not believed', async () => {
  const old = authority.reply(stampRequest(data, nonce, undefined));
  authority.spoil = () => old;
  const options = { url: authority.listener.url, roots: rootOf(authority), policy: undefined };
  expect(await stamped(data, options, asking)).toMatchObject({
    ok: false,
    why: expect.stringMatching(/nonce/) as string,
  });
});

it('the verb checks a time-stamp offline', async () => {
  const [file, stamp] = [authority.path('head.json'), authority.path('head.tsr')];
  writeFileSync(file, data);
  writeFileSync(stamp, authority.reply(stampRequest(data, nonce, undefined)));
  const words = ['mirror', '--check', file, '--stamp', stamp, '--tsa-root'];
  expect(await run([...words, authority.rootFile], {})).toMatchObject({
    exitCode: 0,
    output: expect.stringMatching(/existed at .*Z, says O=Test, CN=tsa/) as string,
  });
  expect(await run([...words, stranger.rootFile], {})).toMatchObject({ exitCode: 1 });
  expect(await run([...words, file], {})).toMatchObject({ exitCode: 2 });
  expect(await run(words.slice(0, 3), {})).toMatchObject({ exitCode: 2 });
});

it.each([
  ['1.2.3', true],
  ['2.999.1', true],
  ['3.1', false],
  ['1', false],
  ['1.02', false],
  ['1.2.x', false],
  ['1.2.999999999', false],
])('%s is an object identifier: %s', (text, is) => {
  expect(isOid(text)).toBe(is);
});

it('a file without a certificate, or with a broken one, holds no roots', () => {
  expect(certificatesOf('nothing')).toBeUndefined();
  expect(certificatesOf('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toBeUndefined();
});
