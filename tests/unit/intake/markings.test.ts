import { evidenceList } from '../../../src/evidence/list';
import { sha256Hex } from '../../../src/ledger/hash';
import { commit, deployment, pullRequest, push } from './bodies';
import { githubRequest, sign, TestSite } from './site';

// Put together here so that no scanner of this repository takes it for a real one.
const TOKEN = ['ghp', 'a1B2'.repeat(9)].join('_');

type Case = readonly [
  name: string,
  event: string,
  body: unknown,
  matched: string,
  rules: readonly string[],
  place: string,
];

const CASES: readonly Case[] = [
  [
    'a banner in a commit message, around the key',
    'push',
    push('refs/heads/main', [commit(1, 'CUI//SP-CTI CHG-7 drawing 4')]),
    'drawing 4',
    ['cui-banner-full', 'cui-category-marking'],
    '/commits/0/message',
  ],
  [
    'a token in a commit message',
    'push',
    push('refs/heads/main', [commit(1, `CHG-7 use ${TOKEN} here`)]),
    TOKEN,
    ['secret-github-token'],
    '/commits/0/message',
  ],
  [
    'a banner in the name of the branch',
    'push',
    push('refs/heads/CUI//SP-CTI/CHG-7', [commit(1, 'x')]),
    'SP-CTI',
    ['cui-banner-full', 'cui-category-marking'],
    '/ref',
  ],
  [
    'a banner in a description that links nothing',
    'pull_request',
    pullRequest({ body: 'CUI\nthe frequency is 7' }),
    'frequency',
    ['cui-banner-line'],
    '/pull_request/body',
  ],
  [
    'a password as a property',
    'deployment',
    deployment({ payload: { change: 'CHG-7', password: 'hunter2222' } }),
    'hunter2222',
    ['secret-property'],
    '/deployment/payload/password',
  ],
  [
    'a password in a payload given as a JSON text',
    'deployment',
    deployment({ payload: '{"change":"CHG-7","password":"hunter2222"}' }),
    'hunter2222',
    ['secret-keyword'],
    '/deployment/payload',
  ],
  [
    'a marking as the name of a property',
    'deployment',
    deployment({ description: 'CHG-7', payload: { 'REL TO USA': { x: 'NOFORN' } } }),
    'REL TO USA',
    ['dissemination-control'],
    '/deployment/payload/',
  ],
];

describe('a marking or a secret', () => {
  it.each(CASES)('%s', async (_name, event, body, matched, rules, place) => {
    const site = new TestSite();
    const text = JSON.stringify(body);
    expect(await site.deliver(githubRequest(event, text))).toBe('accepted');
    await site.drain();
    const entries = await site.entries('10007');
    const findings = entries.flatMap(({ entry }) => (entry.kind === 'marking-found' ? [entry.body] : []));
    expect([...new Set(findings.map(({ rule }) => rule))].sort()).toEqual([...rules].sort());
    // GitHub repeats the last commit as the head commit, and whatever is marked in it.
    const places = findings.map((finding) => finding.place.replace('/head_commit/', '/commits/0/'));
    for (const found of places) expect(found).toContain(place);
    // Linked all the same, and shown as redacted.
    const rows = evidenceList(entries);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ redacted }) => redacted)).toBe(true);
    // The kept bytes are valid JSON of the same shape, and both digests are on record.
    const kept = await site.keptBody();
    expect(shapeOf(JSON.parse(kept))).toEqual(shapeOf(JSON.parse(text.replaceAll('REL TO USA', '*'))));
    const [first] = entries;
    expect(first?.entry.kind === 'evidence' && first.entry.body.provenance).toMatchObject({
      bodyDigest: sha256Hex(text),
      redactedDigest: sha256Hex(kept),
    });
    // The matched text is copied nowhere but into the quarantine, which is packed.
    const stored = JSON.stringify(site.store.dump().filter(([key]) => !key.startsWith('quarantine-chunk:')));
    for (const place of [stored, kept, ...site.logged]) expect(place).not.toContain(matched);
    expect(site.keys('quarantine:')).toHaveLength(1);
  });

  it('in a form is redacted inside the form', async () => {
    const site = new TestSite();
    const json = JSON.stringify(push('refs/heads/main', [commit(1, `CHG-7 ${TOKEN} & more=1`)]));
    const body = new URLSearchParams({ payload: json }).toString();
    await site.deliver(
      githubRequest('push', body, {
        'Content-Type': ['application/x-www-form-urlencoded'],
        'X-Hub-Signature-256': [sign(body)],
      }),
    );
    await site.drain();
    const kept = new URLSearchParams(await site.keptBody()).get('payload') ?? '';
    expect(JSON.parse(kept)).toEqual(JSON.parse(json.replaceAll(TOKEN, '[redacted: secret-github-token]')));
    expect(await site.recorded('10007')).toHaveLength(1);
  });

  it('says nothing once the quarantine is gone: its digest is salted with what only that held', async () => {
    const digests: string[] = [];
    for (const salts of [0, 1]) {
      const site = new TestSite();
      for (let i = 0; i < salts; i++) site.ports.random.salt();
      await site.deliver(githubRequest('push', JSON.stringify(push('refs/heads/main', [commit(1, `CHG-7 ${TOKEN}`)]))));
      const salt = JSON.stringify(site.store.dump().filter(([key]) => key.startsWith('quarantine:')));
      const others = JSON.stringify(site.store.dump().filter(([key]) => !key.startsWith('quarantine:')));
      const value = /"salt":"([0-9a-f]{64})"/.exec(salt)?.[1] ?? 'no salt';
      expect(others).not.toContain(value);
      await site.drain();
      for (const { entry } of await site.entries('10007'))
        if (entry.kind === 'marking-found') digests.push(entry.body.digest);
    }
    // The same text in two places on two sites.
    expect(new Set(digests).size).toBe(4);
  });

  it('of which there are very many is recorded as a number of them', async () => {
    const site = new TestSite();
    const commits = Array.from({ length: 1500 }, (_, i) => commit(i + 1, `CHG-7 ${TOKEN}`));
    expect(await site.deliver(githubRequest('push', JSON.stringify(push('refs/heads/main', commits))))).toBe(
      'accepted',
    );
    await site.drain();
    const findings = (await site.entries('10007')).flatMap(({ entry }) =>
      entry.kind === 'marking-found' ? [entry.body] : [],
    );
    expect(findings).toHaveLength(201);
    // 1500 commits and the head commit.
    expect(findings.at(-1)).toMatchObject({ rule: 'further-findings', place: '1301 further places' });
    expect(await site.recorded('10007')).toHaveLength(1500);
  }, 60_000);
});

/** The structure of a JSON value without its strings. */
function shapeOf(value: unknown): unknown {
  if (typeof value === 'string') return 'a string';
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.startsWith('[redacted') ? '*' : name, shapeOf(member)]),
  );
}
