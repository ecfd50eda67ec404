import { takeInEvidence } from '../../../src/handlers/take-in-evidence';
import { readRefusals } from '../../../src/handlers/intake/refusals';
import type { Ports } from '../../../src/ports/ports';
import { signedHeaders } from '../../../src/providers/envelope';
import { TestSite } from './site';
import { processorSeconds } from '../processor-time';

const SECRET = 'the pipeline of the tests';
const SHA = 'a1'.repeat(20);
const ENVELOPE = {
  change: 'CHG-7',
  kind: 'commit',
  commits: [SHA],
  idempotencyKey: 'run-42',
  claimedAt: '2026-03-02T09:00:00Z',
};

class PipelineSite extends TestSite {
  private asked = 0;
  readonly app: Ports = {
    ...this.ports,
    secrets: {
      ...this.ports.secrets,
      live: (source) => Promise.resolve(source === 'pipeline' ? [{ label: 'only', value: SECRET }] : []),
    },
  };

  request(
    envelope: object,
    { nonce = `nonce-${String(++this.asked).padStart(20, '0')}`, secret = SECRET, age = 0 } = {},
  ) {
    const body = JSON.stringify(envelope);
    const timestamp = this.clock.at.getTime() / 1000 - age;
    const signed = Object.entries(signedHeaders(secret, { timestamp, nonce, body }));
    const headers = Object.fromEntries(signed.map(([name, value]) => [name, [value]]));
    return { method: 'POST', query: { source: ['pipeline'] }, body, headers };
  }

  send = (envelope: object = ENVELOPE, how: Parameters<PipelineSite['request']>[1] = {}) =>
    takeInEvidence(this.app, this.request(envelope, how));

  async reasons(): Promise<string[]> {
    return (await readRefusals(this.app)).map(({ source, reason }) => `${source}:${reason}`);
  }
}

let site: PipelineSite;
beforeEach(() => {
  site = new PipelineSite();
});

it('is accepted, recorded once, and says how it came', async () => {
  expect(await site.send()).toBe('accepted');
  await site.drain();
  expect(await site.recorded('10007')).toEqual([`commit:${SHA}`]);
  expect((await site.entries('10007'))[0]?.entry.body).toMatchObject({
    provenance: {
      source: 'pipeline',
      event: 'commit',
      deliveryId: 'run-42',
      authenticatedBy: 'hmac-sha256',
      secret: 'only',
    },
  });
});

it.each<[string, Parameters<PipelineSite['request']>[1], string]>([
  ['a wrong key', { secret: 'guess' }, 'signature-wrong'],
  ['an old timestamp', { age: 301 }, 'signature-stale'],
])('is unauthorized with %s, and leaves nothing but a count', async (_, how, reason) => {
  expect(await site.send(ENVELOPE, how)).toBe('unauthorized');
  expect(await site.reasons()).toEqual([`pipeline:${reason}`]);
  expect(site.keys('nonce:')).toEqual([]);
});

it('is unauthorized with a nonce that was used, also by a refused request', async () => {
  const nonce = 'a-nonce-that-is-used';
  expect(await site.send({ ...ENVELOPE, kind: 'build' }, { nonce })).toBe('invalid');
  expect(await site.send(ENVELOPE, { nonce })).toBe('unauthorized');
  expect(await site.reasons()).toEqual(expect.arrayContaining(['pipeline:shape.kind', 'pipeline:nonce-spent']));
});

describe('an idempotency key', () => {
  it.each<[string, object, string]>([
    ['the same body', ENVELOPE, 'duplicate'],
    ['the same facts at another time', { ...ENVELOPE, claimedAt: '2026-03-02T09:05:00Z' }, 'duplicate'],
    ['the same facts in another order', Object.fromEntries(Object.entries(ENVELOPE).reverse()), 'duplicate'],
    ['other facts', { ...ENVELOPE, commits: ['b2'.repeat(20)] }, 'invalid'],
    ['the same facts under another key', { ...ENVELOPE, idempotencyKey: 'run-43' }, 'accepted'],
  ])('with %s', async (_, envelope, answer) => {
    await site.send();
    expect(await site.send(envelope)).toBe(answer);
    await site.drain();
    expect(await site.recorded('10007')).toEqual([`commit:${SHA}`]);
  });

  it('gets through when the first attempt broke off anywhere', async () => {
    let n = 1;
    for (let reached = true; reached; n += 1) {
      const at = new PipelineSite();
      at.store.faultAt = (call) => (call.n >= n ? 'before' : undefined);
      const first = await at.send();
      reached = at.store.calls.length >= n;
      at.store.faultAt = () => undefined;
      const second = await at.send({ ...ENVELOPE, claimedAt: '2026-03-02T09:05:00Z' });
      expect(['accepted', 'duplicate']).toContain(second);
      if (first === 'accepted') expect(second).toBe('duplicate');
      await at.drain();
      expect(await at.recorded('10007')).toEqual([`commit:${SHA}`]);
    }
    expect(n).toBeGreaterThan(6);
  });
});

describe('a file that comes whole', () => {
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
  const file = (text: string) => ({
    change: 'CHG-7',
    kind: 'document',
    contents: [{ name: 'env', base64: base64(text) }],
  });

  it('is kept as it came, and recorded by its digest', async () => {
    const site = new PipelineSite();
    expect(await site.send(file('port = 443\n'))).toBe('accepted');
    await site.drain();
    expect(await site.keptBody()).toBe(JSON.stringify(file('port = 443\n')));
    expect(await site.recorded('10007')).toEqual([expect.stringMatching(/^document:sha256:[0-9a-f]{64}$/)]);
  });

  it('with a secret in it loses the secret before anything is kept, in base64 too', async () => {
    const site = new PipelineSite();
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    expect(await site.send(file(`aws_secret_access_key = ${secret}\n`))).toBe('accepted');
    await site.drain();
    const { contents } = JSON.parse(await site.keptBody()) as { contents: readonly { base64: string }[] };
    const kept = Buffer.from(contents[0]?.base64 ?? '', 'base64').toString('utf8');
    expect([kept.includes(secret), kept.includes('[redacted: ')]).toEqual([false, true]);
    expect(await site.recorded('10007')).toHaveLength(1);
  });

  it('as large as one may be is taken in quickly, and larger is refused', async () => {
    const sent = async () => {
      expect(await new PipelineSite().send(file('port = 443\n'.repeat(270_000)))).toBe('accepted');
      expect(await new PipelineSite().send(file('port = 443\n'.repeat(280_000)))).toBe('invalid');
    };
    expect(await processorSeconds(sent)).toBeLessThan(20);
  });
});
