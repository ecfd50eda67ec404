import { reconcile } from '../../../../src/handlers/reconcile';
import { readLedger } from '../../../../src/ledger/read';
import { POLICY_CHAIN, TRUST_CURRENT_KEY, trustKey } from '../../../../src/ledger/keys';
import { keyCommitments, versionName } from '../../../../src/readers/trust/commitments';
import { refusalOf } from '../policy/site';
import { AUTHORITIES } from '../../readers/authorities';
import { EC, ED, PGP, printOf, TrustSite } from './site';

let site: TrustSite;
beforeEach(() => void (site = new TrustSite()));

const LATER = '2026-03-05T00:00:00.000Z';

describe('registering signing keys', () => {
  it('is in force at once; the ledger says who and why, binds each key, and holds nobody’s data', async () => {
    const text = `ivy@example.test namespaces="git" ${ED} laptop of ivy`;
    const view = await site.register('none', text, { from: '2026-01-01T00:00:00.000Z' });
    expect(view).toMatchObject({
      readable: true,
      editable: true,
      keys: [
        {
          id: 'key-1',
          kind: 'ssh',
          label: 'Ivy’s laptop',
          whose: { kind: 'account', name: 'Name of ivy' },
          fingerprint: printOf(ED),
          principals: ['ivy@example.test'],
          namespaces: ['git'],
          from: '2026-01-01T00:00:00.000Z',
          state: 'in-force',
        },
      ],
      history: [
        {
          version: 'trust-1',
          by: 'Name of adam',
          changes: ['key-1 was registered: an SSH key.'],
          reason: 'She signs now.',
        },
      ],
    });
    const { trust, version } = await site.inForce();
    expect(version).toMatch(/^trust-1\.[0-9a-f]{64}$/);
    expect(trust.allowedSigners).toMatch(/^key-1 namespaces="git",valid-after="20260101000000Z" ssh-ed25519 /);
    const [stored] = await readLedger(site.store, POLICY_CHAIN);
    expect(JSON.stringify(stored?.entry)).not.toMatch(/ivy|laptop|adam|AAAA|SHA256:/i);
    const { document } = await site.settle();
    expect(stored?.entry.body).toMatchObject({ version, keys: keyCommitments(document?.keys ?? []) });
    expect(versionName(1, keyCommitments(document?.keys ?? []))).toBe(version);
  });

  it('a file registers those that are named, in its order; what is not named is left out', async () => {
    const text = [`a@x.test ${ED}`, `b@x.test ${EC}`].join('\n');
    const one = { label: 'B', whose: { kind: 'organisation', name: 'Acme MSP' }, from: null, until: LATER };
    const keys = [{ ...one, fingerprint: printOf(EC) }];
    const view = await site.registerAs({ basedOn: 'none', source: { form: 'text', text }, keys, reason: 'x' });
    expect(view.keys).toMatchObject([{ id: 'key-1', whose: one.whose, principals: ['b@x.test'], until: LATER }]);
  });

  it('a certificate identity is a key too', async () => {
    const source = { form: 'identity', issuer: 'https://token.example.test', subject: 'https://ci.example.test/flow' };
    const found = await site.inspect(source);
    expect(found).toMatchObject({ problems: [], keys: [{ kind: 'identity', registeredAs: null }] });
    const key = { fingerprint: found.keys[0]?.fingerprint, label: 'CI', whose: { kind: 'organisation', name: 'Us' } };
    await site.registerAs({ basedOn: 'none', source, keys: [{ ...key, from: null, until: null }], reason: 'x' });
    const { trust } = await site.inForce();
    expect(trust.sigstoreIdentities).toEqual([{ name: 'key-1', issuer: source.issuer, subject: source.subject }]);
    expect((await site.inspect(source)).keys[0]?.registeredAs).toBe('key-1');
  });

  const good = {
    fingerprint: printOf(ED),
    label: 'x',
    whose: { kind: 'organisation', name: 'y' },
    from: null,
    until: null,
  };
  it.each<[string, object, string]>([
    ['a text with a problem', { source: { form: 'text', text: `${ED}\nnonsense` } }, 'keys-problems'],
    ['a private key', { source: { form: 'text', text: '-----BEGIN PRIVATE KEY-----' } }, 'keys-problems'],
    ['a key that is not in the text', { keys: [{ ...good, fingerprint: 'SHA256:x' }] }, 'keys-problems'],
    ['the same key twice', { keys: [good, good] }, 'keys-problems'],
    ['an end before the start', { keys: [{ ...good, from: LATER, until: LATER }] }, 'keys-problems'],
    [
      'an account that Jira does not know',
      { keys: [{ ...good, whose: { kind: 'account', accountId: 'nobody' } }] },
      'unknown-account',
    ],
    ['no label', { keys: [{ ...good, label: ' ' }] }, 'invalid'],
    ['nobody whose it is', { keys: [{ ...good, whose: { kind: 'organisation', name: '' } }] }, 'invalid'],
    ['no key', { keys: [] }, 'invalid'],
    ['no reason', { reason: ' ' }, 'invalid'],
    ['a time that is none', { keys: [{ ...good, from: 'yesterday' }] }, 'invalid'],
  ])('%s is 400 and saves nothing', async (_, change, code) => {
    const payload = { basedOn: 'none', source: { form: 'text', text: ED }, keys: [good], reason: 'x', ...change };
    expect(await refusalOf(site.registerAs(payload))).toMatchObject({ status: 400, code });
    expect(site.store.dump()).toEqual([]);
  });

  it('more than storage takes is refused, and says how much there is', async () => {
    const rootOf = (i: number) => {
      const rawBytes = AUTHORITIES.root.replace(/-----.*-----|\n/g, '');
      const uri = `https://${'f'.repeat(70_000)}.example.test/${i}`;
      const validFor = { start: '2022-04-13T20:06:15Z' };
      return JSON.stringify({
        certificateAuthorities: [{ uri, certChain: { certificates: [{ rawBytes }] }, validFor }],
      });
    };
    let { version } = await site.read();
    for (const i of [1, 2]) ({ version } = await site.register(version, rootOf(i)));
    const refusal = await refusalOf(site.register(version, rootOf(3)));
    expect(refusal).toMatchObject({
      status: 400,
      code: 'too-large',
      message: expect.stringMatching(/^With these, 3 keys take 2\d{5} bytes/) as string,
    });
    expect((await site.settle()).saves).toHaveLength(2);
  });

  it('for admins only, to read and to write; a key that is good is not registered twice', async () => {
    await site.register('none', ED);
    const { version } = await site.read();
    expect(await refusalOf(site.register(version, `other@x.test ${ED}`))).toMatchObject({
      status: 400,
      code: 'there-already',
      message: expect.stringContaining('key-1') as string,
    });
    site.admin = false;
    for (const work of [
      site.read(),
      site.inspect({ form: 'text', text: ED }),
      site.register(version, EC),
      site.revoke(version, 'key-1', LATER),
    ])
      expect(await refusalOf(work)).toMatchObject({ status: 403 });
    expect((await site.settle()).saves).toHaveLength(1);
  });
});

describe('revoking a key', () => {
  it('ends it from a time on; it stays in the list, may be revoked earlier, never later, and registered again', async () => {
    await site.register('none', ED);
    let { version } = await site.read();
    let view = await site.revoke(version, 'key-1', LATER);
    expect(view.keys).toMatchObject([{ id: 'key-1', state: 'in-force', revoked: { from: LATER } }]);
    const later = await refusalOf(site.revoke(view.version, 'key-1', '2026-03-06T00:00:00.000Z'));
    expect(later).toMatchObject({ status: 409, code: 'revoked-earlier' });
    expect(await refusalOf(site.revoke(view.version, 'key-2', LATER))).toMatchObject({
      status: 404,
      code: 'unknown-key',
    });
    view = await site.revoke(view.version, 'key-1', '2026-03-01T00:00:00.000Z');
    expect(view.keys).toMatchObject([{ id: 'key-1', state: 'revoked' }]);
    expect(view.history.map(({ changes }) => changes[0])).toEqual([
      'key-1 was revoked from 2026-03-01T00:00:00.000Z, earlier than 2026-03-05T00:00:00.000Z as before.',
      'key-1 was revoked from 2026-03-05T00:00:00.000Z.',
      'key-1 was registered: an SSH key.',
    ]);
    ({ version } = view);
    expect((await site.register(version, ED)).keys).toMatchObject([
      { id: 'key-2', state: 'in-force' },
      { id: 'key-1' },
    ]);
  });

  it('a reading is of the version then; a file that came in before is judged by when it came in', async () => {
    await site.register('none', ED);
    const before = await site.inForce();
    await site.revoke((await site.read()).version, 'key-1', '2026-03-01T00:00:00.000Z');
    const after = await site.inForce();
    expect(after.version).not.toBe(before.version);
    expect(after.trust.allowedSigners).toContain('namespaces=""');
    const { readTrust } = await import('../../../../src/handlers/trust/store');
    const { trust } = await readTrust(site.app, new Date('2026-02-27T00:00:00.000Z'));
    expect(trust.allowedSigners).toBe(before.trust.allowedSigners);
  });
});

describe('two administrators, faults and alterations', () => {
  it('one after the other: the second is told whose is in force; the first asks again and is answered', async () => {
    const first = await site.register('none', ED);
    const refusal = await refusalOf(site.register('none', EC, {}, 'eve'));
    expect(refusal).toMatchObject({ status: 409, code: 'not-in-force' });
    expect(refusal.message).toContain('Name of adam');
    expect(await site.register('none', ED)).toEqual(first);
    const revoked = await site.revoke(first.version, 'key-1', LATER);
    expect(await site.revoke(first.version, 'key-1', LATER)).toEqual(revoked);
    expect(await refusalOf(site.revoke(first.version, 'key-1', LATER, 'eve'))).toMatchObject({ code: 'not-in-force' });
    expect((await site.settle()).saves).toHaveLength(2);
  });

  it('at once: one is saved, the other refused, and none of it is half', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const own = new TrustSite();
      let state = turn * 7919 + 1;
      own.store.pause = () => {
        state = (state * 48271) % 2147483647;
        return state % 3 === 0 ? Promise.resolve() : new Promise((resolve) => setImmediate(resolve));
      };
      const outcomes = await Promise.allSettled([own.register('none', ED), own.register('none', EC, {}, 'eve')]);
      own.store.pause = () => Promise.resolve();
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await own.expectSound()).toEqual(['key-1']);
      const [key] = (await own.read()).keys;
      expect(key?.fingerprint).toBe(printOf(outcomes[0].status === 'fulfilled' ? ED : EC));
    }
  });

  it.each(['before', 'after'] as const)(
    'broken off at any call, %s it is done: the old or the new keys are in force, and asking again ends with the new',
    async (fault) => {
      let broken = 0;
      for (let n = 1; ; n += 1) {
        const own = new TrustSite();
        const { version } = await own.register('none', ED);
        const from = own.store.calls.length;
        own.store.faultAt = (call) => (call.n >= from + n ? fault : undefined);
        const outcome = await own.register(version, EC).then(
          () => 'saved',
          () => 'broken off',
        );
        own.store.faultAt = () => undefined;
        expect([['key-1'], ['key-1', 'key-2']]).toContainEqual(await own.expectSound());
        await own.register(version, EC);
        expect(await own.expectSound()).toEqual(['key-1', 'key-2']);
        expect((await own.settle()).saves).toHaveLength(2);
        if (outcome === 'saved') break;
        broken += 1;
      }
      expect(broken).toBeGreaterThan(5);
    },
  );

  it('what storage has behind the app’s back verifies nothing, and is set right by the hourly run; what cannot be is said', async () => {
    await site.register('none', ED);
    const saved = (await site.store.get(TRUST_CURRENT_KEY)) as { version: string; keys: object[]; salt: string };
    const [first] = saved.keys as { salt: string; key: object }[];
    const swapped = { ...saved, keys: [{ ...first, key: { ...first?.key, label: 'Somebody else' } }] };
    for (const altered of [swapped, { ...saved, keys: [] }, { ...saved, version: 'trust-1' }, 'nothing of ours']) {
      site.store.tamper(TRUST_CURRENT_KEY, altered);
      expect(await refusalOf(site.inForce())).toMatchObject({ status: 503, code: 'trust-unreadable' });
      await reconcile(site.app);
      expect(await site.store.get(TRUST_CURRENT_KEY)).toEqual(saved);
    }
    for (const key of [TRUST_CURRENT_KEY, trustKey(saved.version)]) site.store.tamper(key, { nobody: true });
    expect(await site.read()).toMatchObject({ version: saved.version, readable: false, keys: [] });
    const view = await site.register(saved.version, PGP);
    expect(view.keys).toMatchObject([{ id: 'key-2', kind: 'openpgp' }]);
    expect(view.history[0]?.changes[0]).toBe('The keys before cannot be read from storage any more; these begin anew.');
  });

  it('keys that nobody registered are removed', async () => {
    await site.register('none', ED);
    const other = new TrustSite();
    other.store.tamper(TRUST_CURRENT_KEY, await site.store.get(TRUST_CURRENT_KEY));
    expect(await other.read()).toMatchObject({ version: 'none', keys: [] });
    expect(await other.store.get(TRUST_CURRENT_KEY)).toBeUndefined();
  });
});
