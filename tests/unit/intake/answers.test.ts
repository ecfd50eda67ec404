import { githubRequest, OLD_SECRET, sign, TestSite } from './site';
import { commit, deployment, pullRequest, push } from './bodies';
import { readOrphans, readRefusals } from '../../../src/handlers/record-delivery';
import { processorSeconds } from '../processor-time';

const body = JSON.stringify(push('refs/heads/main', [commit(10, 'CHG-7 close the port')]));
const form = new URLSearchParams({ payload: body }).toString();
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

type Case = readonly [name: string, request: ReturnType<typeof githubRequest>, answer: string, reason: string | null];

const CASES: readonly Case[] = [
  ['as GitHub sends it', githubRequest('push', body), 'accepted', null],
  [
    'signed with the older live secret',
    githubRequest('push', body, { 'X-Hub-Signature-256': [sign(body, OLD_SECRET)] }),
    'accepted',
    null,
  ],
  [
    'header names in another case',
    githubRequest('push', body, { 'X-GitHub-Event': [], 'x-github-event': ['push'] }),
    'accepted',
    null,
  ],
  [
    'a content type with a charset',
    githubRequest('push', body, { 'Content-Type': ['application/json; charset=utf-8'] }),
    'accepted',
    null,
  ],
  [
    'as a form',
    githubRequest('push', form, { 'Content-Type': ['application/x-www-form-urlencoded'] }),
    'accepted',
    null,
  ],
  ['without a delivery id', githubRequest('push', body, { 'X-GitHub-Delivery': [] }), 'accepted', null],
  [
    'signed with a secret that is not live',
    githubRequest('push', body, { 'X-Hub-Signature-256': [sign(body, 'guess')] }),
    'unauthorized',
    'signature-wrong',
  ],
  [
    'signed with an empty secret',
    githubRequest('push', body, { 'X-Hub-Signature-256': [sign(body, '')] }),
    'unauthorized',
    'signature-wrong',
  ],
  [
    'without a signature',
    githubRequest('push', body, { 'X-Hub-Signature-256': [] }),
    'unauthorized',
    'signature-missing',
  ],
  [
    'with SHA-1 only',
    githubRequest('push', body, { 'X-Hub-Signature-256': ['sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709'] }),
    'unauthorized',
    'signature-malformed',
  ],
  [
    'with a shortened signature',
    githubRequest('push', body, { 'X-Hub-Signature-256': [sign(body).slice(0, -2)] }),
    'unauthorized',
    'signature-malformed',
  ],
  [
    'with two signatures',
    githubRequest('push', body, { 'X-Hub-Signature-256': [sign(body), sign(body, 'x')] }),
    'unauthorized',
    'signature-missing',
  ],
  [
    'a truncated body',
    githubRequest('push', body.slice(0, -1), { 'X-Hub-Signature-256': [sign(body)] }),
    'unauthorized',
    'signature-wrong',
  ],
  [
    'a re-encoded body',
    githubRequest('push', JSON.stringify(JSON.parse(body), null, 1), { 'X-Hub-Signature-256': [sign(body)] }),
    'unauthorized',
    'signature-wrong',
  ],
  [
    'a body with a lone surrogate, signed as U+FFFD',
    githubRequest('push', `${body} \ud800`),
    'unauthorized',
    'signature-wrong',
  ],
  [
    'an empty body without headers',
    { method: 'GET', query: { source: ['github'] }, body: '', headers: {} as never },
    'unauthorized',
    'signature-missing',
  ],
  ['another method', { ...githubRequest('push', body), method: 'PUT' }, 'invalid', 'method'],
  [
    'an event header that is none',
    githubRequest('push', body, { 'X-GitHub-Event': ['Push Me'] }),
    'invalid',
    'event-header',
  ],
  ['without an event header', githubRequest('push', body, { 'X-GitHub-Event': [] }), 'invalid', 'event-header'],
  [
    'a delivery id that is none',
    githubRequest('push', body, { 'X-GitHub-Delivery': ['../x'] }),
    'invalid',
    'delivery-header',
  ],
  ['as text', githubRequest('push', body, { 'Content-Type': ['text/plain'] }), 'invalid', 'content-type'],
  [
    'a form without a payload',
    githubRequest('push', 'a=b', { 'Content-Type': ['application/x-www-form-urlencoded'] }),
    'invalid',
    'form-without-payload',
  ],
  [
    'a form with two payloads',
    githubRequest('push', `${form}&${form}`, { 'Content-Type': ['application/x-www-form-urlencoded'] }),
    'invalid',
    'form-without-payload',
  ],
  ['the event of another body', githubRequest('pull_request', body), 'invalid', 'event-mismatch'],
  ['a push called a ping', githubRequest('ping', body), 'invalid', 'event-mismatch'],
  ['a pull request called a push', githubRequest('push', JSON.stringify(pullRequest())), 'invalid', 'event-mismatch'],
  [
    'a deployment called a status',
    githubRequest('deployment_status', JSON.stringify(deployment())),
    'invalid',
    'event-mismatch',
  ],
  ['not JSON', githubRequest('push', '{"ref":'), 'invalid', 'not-json'],
  ['a list', githubRequest('push', '[]'), 'invalid', 'not-an-object'],
  ['null', githubRequest('push', 'null'), 'invalid', 'not-an-object'],
  ['a push without its commits', githubRequest('push', '{"ref":"refs/heads/main"}'), 'invalid', 'shape'],
  ['a commit id that is none', githubRequest('push', body.replaceAll(commit(10, '').id, 'abc')), 'invalid', 'shape'],
  ['64 levels and one', githubRequest('push', deep(65)), 'invalid', 'too-deep'],
  ['64 levels', githubRequest('push', deep(64)), 'invalid', 'not-an-object'],
  ['two million levels', githubRequest('push', deep(2_000_000)), 'invalid', 'too-deep'],
  ['more than 5 MB', githubRequest('push', JSON.stringify({ a: 'x'.repeat(5 * 1024 * 1024) })), 'invalid', 'too-large'],
  ['a ping', githubRequest('ping', '{"zen":"Keep it logically awesome.","hook_id":1}'), 'ignored', 'ignored.ping'],
  ['an event that is not taken in', githubRequest('star', '{"action":"created"}'), 'ignored', 'ignored.star'],
  ['another sender', githubRequest('push', body, {}, ['gitlab']), 'unauthorized', 'signature-missing'],
  ['a sender nobody knows', githubRequest('push', body, {}, ['evil:key']), 'invalid', 'source-not-taken-in'],
  ['no sender', githubRequest('push', body, {}, []), 'invalid', 'source-not-taken-in'],
  ['two senders', githubRequest('push', body, {}, ['github', 'gitlab']), 'invalid', 'source-not-taken-in'],
];

describe('the answer to a delivery', () => {
  it.each(CASES)('%s', async (_name, request, answer, reason) => {
    const site = new TestSite();
    expect(await site.deliver(request)).toBe(answer);
    expect((await readRefusals(site.ports)).map((count) => [count.reason, count.count])).toEqual(
      reason === null ? [] : [[reason, 1]],
    );
    // What was refused leaves its count and nothing else.
    expect(site.keys('delivery:')).toHaveLength(answer === 'accepted' ? 1 : 0);
    if (answer !== 'accepted') expect(site.store.dump()).toHaveLength(1);
    await site.drain();
    expect(await site.recorded('10007')).toEqual(answer === 'accepted' ? [`commit:${commit(10, '').id}`] : []);
  });

  it('refuses what would take long, quickly', async () => {
    const bombs = [
      deep(2_500_000),
      `{"ref":"${'a'.repeat(4_900_000)}"}`,
      JSON.stringify(push('refs/heads/main', [commit(1, '\n'.repeat(2_400_000))])),
      JSON.stringify(push('refs/heads/main', [commit(1, ' '.repeat(4_800_000))])),
      JSON.stringify(push('refs/heads/main', [commit(1, 'password '.repeat(500_000))])),
      JSON.stringify(push('refs/heads/main', [commit(1, 'Controlled by: '.repeat(300_000))])),
      JSON.stringify(push('refs/heads/main', [commit(1, 'A1'.repeat(2_400_000))])),
      JSON.stringify(push('refs/heads/main', [commit(1, '-----BEGIN PRIVATE KEY-----'.repeat(170_000))])),
      JSON.stringify(push('refs/heads/main', [commit(1, 'eyJaaaaaaaaaa.'.repeat(340_000))])),
      JSON.stringify(push('refs/heads/main', [commit(1, 'a://b:c'.repeat(680_000))])),
      JSON.stringify(push('refs/heads/main', [commit(1, '(CUI//A'.repeat(680_000))])),
    ];
    for (const bomb of bombs) {
      const delivered = () => new TestSite().deliver(githubRequest('push', bomb));
      // A web trigger has 55 s and GitHub waits for 10; this leaves room for a slow machine.
      expect(await processorSeconds(delivered)).toBeLessThan(8);
    }
  }, 120_000);

  it('names the sender in the count, but never what a stranger wrote', async () => {
    const site = new TestSite();
    for (const source of [['gitlab'], ['evil:key'], []]) await site.deliver(githubRequest('push', body, {}, source));
    expect((await readRefusals(site.ports)).map(({ source }) => source).sort()).toEqual(['gitlab', 'none', 'unknown']);
  });

  it('counts strangers in one number an hour, and forgets them after a day', async () => {
    const site = new TestSite();
    const stranger = githubRequest('push', body, { 'X-Hub-Signature-256': [sign(body, 'guess')] });
    for (let i = 0; i < 50; i++) await site.deliver(stranger);
    expect(site.store.dump()).toHaveLength(1);
    expect(await readRefusals(site.ports)).toEqual([
      { hour: '2026-03-02T09:00:00.000Z', source: 'github', reason: 'signature-wrong', count: 50 },
    ]);
    site.clock.at = new Date('2026-03-03T10:00:00.000Z');
    expect(await readRefusals(site.ports)).toEqual([]);
    site.clock.at = new Date('2026-03-04T10:00:00.000Z');
    expect(site.store.dump().filter(([, value]) => value !== undefined)).toEqual([]);
  });

  it('accepts a body that names no change, and one that names none that exists, and lists them as orphans', async () => {
    const site = new TestSite();
    for (const message of ['no key', 'CHG-4711 and OPS-1', 'XCHG-7 CHG-7a CHG-07']) {
      expect(
        await site.deliver(githubRequest('push', JSON.stringify(push('refs/heads/main', [commit(3, message)])))),
      ).toBe('accepted');
      await site.drain();
      site.clock.at = new Date(site.clock.at.getTime() + 1000);
    }
    expect((await readOrphans(site.ports)).map(({ names, reason }) => [names, reason])).toEqual([
      [['XCHG-7'], 'no-such-change'],
      [['CHG-4711', 'OPS-1'], 'no-such-change'],
      [[], 'names-no-change'],
    ]);
    expect(site.keys('pending:')).toEqual([]);
    expect(site.keys('ledger:')).toEqual([]);
  });

  it('answers unavailable, never throws, when secrets cannot be read', async () => {
    const site = new TestSite();
    site.secretsDown = true;
    expect(await site.deliver(githubRequest('push', body))).toBe('unavailable');
  });
});
