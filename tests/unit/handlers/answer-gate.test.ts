import { answerGate } from '../../../src/handlers/answer-gate';
import { takeInEvidence } from '../../../src/handlers/take-in-evidence';
import { readRefusals } from '../../../src/handlers/intake/refusals';
import { contentDigest } from '../../../src/change/digest';
import type { ChangeSnapshot } from '../../../src/change/snapshot';
import { appendEntry } from '../../../src/ledger/append';
import { commit, disclosed } from '../../../src/ledger/commitment';
import type { EntryBodies } from '../../../src/ledger/entry';
import { sha256Hex } from '../../../src/ledger/hash';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { Unavailable, type Ports } from '../../../src/ports/ports';
import { signedHeaders } from '../../../src/providers/envelope';
import { GOOD_CONTENT, id, person } from '../gate/scene';
import { githubRequest, snapshotOf, TestSite } from '../intake/site';
import { commit as commitOf, push } from '../intake/bodies';

const SECRET = 'the gate of the tests';
const OLDER = 'the gate before it';
const COMMIT = commitOf(10, 'x').id;
const ISSUE = '10007';

const QUESTION = {
  change: 'CHG-7',
  environment: 'production',
  commits: [COMMIT],
  actor: { name: 'Dana', email: 'dana@example.test' },
};

/** A site whose CHG-7 is linked to one commit and was approved by both who are needed. */
class GateSite extends TestSite {
  change: ChangeSnapshot = {
    ...snapshotOf({ id: ISSUE, key: 'CHG-7', project: 'CHG', issueType: 'Change request' }),
    historyComplete: true,
    content: { ...GOOD_CONTENT, windowStart: '2026-03-02T08:00:00.000Z', windowEnd: '2026-03-03T08:00:00.000Z' },
  };
  jiraCalls = 0;
  asked = 0;

  readonly app: Ports = {
    ...this.ports,
    secrets: {
      ...this.ports.secrets,
      live: async (source) =>
        source === 'gate'
          ? [
              { label: 'newest', value: SECRET },
              { label: 'older', value: OLDER },
            ]
          : this.ports.secrets.live(source),
    },
    jira: {
      ...this.ports.jira,
      readChange: (key) => {
        this.jiraCalls += 1;
        if (this.jiraDown) return Promise.reject(new Unavailable('jira', 'no Jira now'));
        return Promise.resolve(key === 'CHG-7' ? this.change : this.unknown(key));
      },
      searchAccounts: () => {
        this.jiraCalls += 1;
        const dana = { accountId: '1', displayName: 'Dana', email: 'dana@example.test' };
        return Promise.resolve([{ ...dana, accountType: 'atlassian', active: true }]);
      },
    },
  };

  static async ready(): Promise<GateSite> {
    const site = new GateSite();
    await takeInEvidence(
      site.app,
      githubRequest('push', JSON.stringify(push('refs/heads/main', [commitOf(10, 'CHG-7')]))),
    );
    await site.drain();
    for (const name of ['reviewer', 'authority']) await site.approve(name);
    site.store.calls.length = 0;
    site.jiraCalls = 0;
    return site;
  }

  later(seconds: number): void {
    this.clock.at = new Date(this.clock.at.getTime() + seconds * 1000);
  }

  request(body: string, { secret = SECRET, age = 0, nonce = this.nonce(), headers = {} } = {}) {
    const timestamp = Math.floor(this.clock.at.getTime() / 1000) - age;
    const signed = Object.entries(signedHeaders(secret, { timestamp, nonce, body }));
    return {
      method: 'POST',
      query: {},
      body,
      headers: { ...Object.fromEntries(signed.map(([name, value]) => [name, [value]])), ...headers } as Record<
        string,
        string[]
      >,
    };
  }

  ask = (question: unknown = QUESTION, how: Parameters<GateSite['request']>[1] = {}) =>
    answerGate(this.app, this.request(JSON.stringify(question), how));

  async answers(): Promise<EntryBodies['gate-answered'][]> {
    return (await this.entries(ISSUE)).flatMap(({ entry }) => (entry.kind === 'gate-answered' ? [entry.body] : []));
  }

  async reasons(): Promise<string[]> {
    return (await readRefusals(this.app)).map(({ source, reason, count }) => `${source}:${reason}:${count}`).sort();
  }

  private nonce = (): string => `nonce-${String(++this.asked).padStart(20, '0')}`;

  private unknown(key: string): ChangeSnapshot | undefined {
    const issue = this.changes.get(key);
    return issue === undefined ? undefined : snapshotOf(issue);
  }

  private async approve(name: string): Promise<void> {
    const { accountId, displayName } = person(name);
    const by = commit({ accountId, displayName }, this.app.random.salt());
    const content = commit(this.change.content, this.app.random.salt());
    await appendEntry(
      { store: this.store, now: this.clock.now() },
      {
        chain: ISSUE,
        kind: 'decision',
        fact: `decision:${name}`,
        body: {
          decision: 'approved',
          roles: name === 'reviewer' ? ['security-reviewer'] : ['change-authority'],
          by: by.committed,
          basis: 'Read it.',
          requiredActions: [],
          contentDigest: contentDigest(this.change.content),
          content: content.committed,
          historyHead: '0',
          policyVersion: DEFAULT_POLICY.version,
          decidedAt: this.clock.now().toISOString(),
        },
        disclosures: {
          [by.committed.commitment]: by.disclosure,
          [content.committed.commitment]: content.disclosure,
        },
      },
    );
  }
}

let site: GateSite;
beforeEach(async () => {
  site = await GateSite.ready();
});

it('allows what is approved, and has recorded question and answer by then', async () => {
  const request = site.request(JSON.stringify(QUESTION));
  expect(await answerGate(site.app, request)).toBe('allowed');
  const { 'X-Change-Timestamp': timestamp, 'X-Change-Nonce': nonce } = request.headers;
  expect(await site.answers()).toMatchObject([
    {
      environment: 'production',
      commits: [COMMIT],
      artifacts: [],
      verdict: 'allowed',
      askedAt: '2026-03-02T09:00:00.000Z',
      question: sha256Hex(`${timestamp?.[0]}.${nonce?.[0]}.${request.body}`),
      secret: 'newest',
      policyVersion: 'default-1',
    },
  ]);
  const stored = (await site.entries(ISSUE)).at(-1);
  if (stored?.entry.kind !== 'gate-answered') throw new Error('nothing was recorded');
  expect(disclosed(stored, stored.entry.body.actor)).toEqual({ displayName: 'Dana', email: 'dana@example.test' });
  expect(JSON.stringify(stored.entry)).not.toMatch(/dana/i);
});

it('takes an older live secret', async () => {
  expect(await site.ask(QUESTION, { secret: OLDER })).toBe('allowed');
  expect(await site.answers()).toMatchObject([{ secret: 'older' }]);
});

describe('is refused before anything is asked of Jira', () => {
  const body = JSON.stringify(QUESTION);
  it.each<[string, () => Parameters<typeof answerGate>[1], string, string]>([
    ['a wrong key', () => site.request(body, { secret: 'guess' }), 'unauthorized', 'signature-wrong'],
    ['an old timestamp', () => site.request(body, { age: 301 }), 'unauthorized', 'signature-stale'],
    ['a timestamp of the future', () => site.request(body, { age: -301 }), 'unauthorized', 'signature-stale'],
    ['a cut-off body', () => ({ ...site.request(body), body: body.slice(0, -1) }), 'unauthorized', 'signature-wrong'],
    [
      'no signature',
      () => site.request(body, { headers: { 'X-Change-Signature': [] } }),
      'unauthorized',
      'signature-missing',
    ],
    ['a short nonce', () => site.request(body, { nonce: 'short' }), 'unauthorized', 'signature-malformed'],
    ['another method', () => ({ ...site.request(body), method: 'GET' }), 'invalid', 'method'],
    ['a signed body that is no JSON', () => site.request('{'), 'invalid', 'not-json'],
    [
      'a question about nothing',
      () => site.request(JSON.stringify({ ...QUESTION, commits: [] })),
      'invalid',
      'nothing-named',
    ],
  ])('%s', async (_, request, output, reason) => {
    expect(await answerGate(site.app, request())).toBe(output);
    expect(await site.reasons()).toEqual([`gate:${reason}:1`]);
    expect(site.jiraCalls).toBe(0);
    expect(await site.answers()).toEqual([]);
  });

  it.each([300, -300])('but not a clock that is off by %d s', async (age) => {
    expect(await site.ask(QUESTION, { age })).toBe('allowed');
  });
});

describe('a nonce', () => {
  const nonce = 'a-nonce-that-is-used';

  it('is good once', async () => {
    expect(await site.ask(QUESTION, { nonce })).toBe('allowed');
    expect(await site.ask(QUESTION, { nonce })).toBe('unauthorized');
    expect(await site.reasons()).toEqual(['gate:nonce-spent:1']);
  });

  it('is good once for any number at the same time', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => site.ask(QUESTION, { nonce })));
    expect(all.sort()).toEqual(['allowed', 'unauthorized', 'unauthorized', 'unauthorized']);
  });

  it('is used up by a refused question', async () => {
    expect(await site.ask({ ...QUESTION, commits: [] }, { nonce })).toBe('invalid');
    expect(await site.ask(QUESTION, { nonce })).toBe('unauthorized');
  });

  it('is not used up by a stranger', async () => {
    expect(await site.ask(QUESTION, { nonce, secret: 'guess' })).toBe('unauthorized');
    expect(await site.ask(QUESTION, { nonce })).toBe('allowed');
  });

  it('of a request dated ahead is remembered for as long as the request could be replayed', async () => {
    const request = site.request(JSON.stringify(QUESTION), { age: -300, nonce });
    expect(await answerGate(site.app, request)).toBe('allowed');
    site.later(600);
    expect(await answerGate(site.app, request)).toBe('unauthorized');
    expect(await site.reasons()).toEqual(['gate:nonce-spent:1']);
  });
});

describe('an unknown change', () => {
  it.each([
    ['one that Jira does not show', 'CHG-999'],
    ['one outside the controlled projects', 'OPS-1'],
  ])('%s', async (_, change) => {
    expect(await site.ask({ ...QUESTION, change })).toBe('unknown-change');
    expect(await site.reasons()).toEqual(['gate:unknown-change:1']);
  });
});

it('is pending between the acceptance of a fact and its entry', async () => {
  const more = JSON.stringify(push('refs/heads/main', [commitOf(11, 'CHG-7 more')]));
  expect(await takeInEvidence(site.app, githubRequest('push', more))).toBe('accepted');
  // The list of the markers lags behind; the newest one is found by its key.
  const list = jest.spyOn(site.store, 'list').mockResolvedValue({ items: [] });
  expect(await site.ask()).toBe('pending');
  list.mockRestore();
  await site.drain();
  expect(await site.ask()).toBe('allowed');
});

it('is blocked as soon as Jira shows an edit, whatever the ledger knows', async () => {
  site.change = { ...site.change, content: { ...site.change.content, scope: 'Two rules.' } };
  expect(await site.ask()).toBe('blocked-voided');
});

describe('polling', () => {
  it('leaves one entry an hour while the answer stays the same', async () => {
    for (let minute = 0; minute < 60; minute += 1) {
      expect(await site.ask()).toBe('allowed');
      site.later(60);
    }
    expect(await site.answers()).toHaveLength(1);
    await site.ask();
    expect(await site.answers()).toHaveLength(2);
  });

  it('leaves an entry for every change of the answer', async () => {
    const { change } = site;
    const edited = { ...change, content: { ...change.content, scope: 'Two rules.' } };
    for (const now of [change, edited, change, change]) {
      site.change = now;
      await site.ask();
    }
    expect((await site.answers()).map(({ verdict }) => verdict)).toEqual(['allowed', 'blocked-voided', 'allowed']);
  });

  it('leaves an entry for every other actor', async () => {
    await site.ask();
    await site.ask({ ...QUESTION, actor: { name: 'Dana' } });
    expect(await site.answers()).toHaveLength(2);
  });
});

describe('is unavailable, never allowed', () => {
  it('when Jira is down', async () => {
    site.jiraDown = true;
    expect(await site.ask()).toBe('unavailable');
  });

  it.each(['before', 'after'] as const)('when a call of the storage fails %s it is done', async (fault) => {
    let n = 1;
    for (let reached = true; reached; n += 1) {
      const at = await GateSite.ready();
      at.store.faultAt = (call) => (call.n >= n ? fault : undefined);
      const output = await at.ask();
      reached = at.store.calls.length >= n;
      at.store.faultAt = () => undefined;
      // An answer that could not be recorded was not given; one whose recording is only not noted was.
      const recorded = (await at.answers()).map(({ verdict }) => verdict);
      if (output === 'allowed') expect(recorded).toEqual(['allowed']);
      else expect([n, output]).toEqual([n, 'unavailable']);
    }
    expect(n).toBeGreaterThan(6);
  });
});

it('asks little: 3 questions to Jira, and at most 12 calls of the storage of which 3 write', async () => {
  await site.ask();
  expect(site.jiraCalls).toBe(3);
  const operations = site.store.calls.map(({ operation }) => operation);
  expect(operations.length).toBeLessThanOrEqual(12);
  expect(operations.filter((one) => one === 'create' || one === 'set')).toHaveLength(3);
});

it('blocks a decider of the change as the actor', async () => {
  site.app.jira.searchAccounts = () =>
    Promise.resolve([
      { accountId: id('reviewer'), displayName: 'Dana', email: null, accountType: 'atlassian', active: true },
    ]);
  expect(await site.ask()).toBe('blocked-actor');
});
