import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readOrphans, readRefusals } from '../../src/handlers/record-delivery';
import { authenticate } from '../../src/providers/github/signature';
import { verifyChain } from '../../src/ledger/chain';
import { corpusFolder } from './corpus';
import { corpusPayloads, packagePayloads, type Payload } from './github-payloads';
import { rekeyed } from './github-rekeyed';
import { githubRequest, sign, TestSite } from '../unit/intake/site';

const TAKEN_IN = [
  'push',
  'pull_request',
  'pull_request_review',
  'workflow_run',
  'check_run',
  'deployment',
  'deployment_status',
];

const payloads: readonly Payload[] = [...corpusPayloads(), ...packagePayloads()];

interface Row {
  readonly from: string;
  readonly event: string;
  files: number;
  accepted: number;
  readonly refused: Map<string, number>;
}

function rowOf(rows: Map<string, Row>, from: string, event: string): Row {
  const key = `${from} ${event}`;
  const row = rows.get(key) ?? { from, event, files: 0, accepted: 0, refused: new Map<string, number>() };
  rows.set(key, row);
  return row;
}

describe('every example payload, signed and delivered as it is', () => {
  const rows = new Map<string, Row>();

  afterAll(() => {
    const lines = [...rows.values()].map(({ from, event, files, accepted, refused }) =>
      [
        from.padEnd(14),
        event.padEnd(32),
        String(files).padStart(5),
        String(accepted).padStart(9),
        `  ${[...refused].map(([reason, count]) => `${reason} ${count}`).join(', ')}`,
      ].join(' '),
    );
    process.stdout.write(['sender github: from, event, files, accepted, refused by reason', ...lines, ''].join('\n'));
  });

  it.each(['corpus', ...new Set(packagePayloads().map(({ from }) => from))])('%s', async (from) => {
    for (const { name, event, body } of payloads.filter((payload) => payload.from === from)) {
      const site = new TestSite();
      const answer = await site.deliver(githubRequest(event, JSON.stringify(body)));
      expect([name, answer]).toEqual([name, TAKEN_IN.includes(event) ? 'accepted' : 'ignored']);
      await site.drain();
      const [refusal] = await readRefusals(site.ports);
      const row = rowOf(rows, from, TAKEN_IN.includes(event) ? event : 'all other events');
      row.files++;
      if (answer === 'accepted') {
        row.accepted++;
        // None of them names a change of this site; so each is on the list of orphans, with its bytes.
        expect((await readOrphans(site.ports)).map((orphan) => orphan.event)).toEqual([event]);
        expect(JSON.parse(await site.keptBody())).toEqual(body);
      } else {
        expect(refusal?.reason).toBe(`ignored.${event}`);
        row.refused.set('ignored by name', (row.refused.get('ignored by name') ?? 0) + 1);
      }
      expect([name, site.keys('pending:'), site.keys('quarantine:')]).toEqual([name, [], []]);
    }
  });
});

/** Each body once: the corpus and the package hold many of the same files. */
const relevant = [
  ...new Map(
    payloads.filter(({ event }) => TAKEN_IN.includes(event)).map((payload) => [JSON.stringify(payload.body), payload]),
  ).values(),
];

describe('every example payload, re-keyed to a change', () => {
  it.each(TAKEN_IN)('%s', async (event) => {
    const seen = new Set<string>();
    for (const payload of relevant.filter((one) => one.event === event)) {
      // CHG-70 goes first: what it is given must not reach CHG-7.
      for (const [key, linked, other] of [
        ['CHG-70', '10070', '10007'],
        ['CHG-7', '10007', '10070'],
      ] as const) {
        for (const { how, body, expected } of rekeyed(payload, key)) {
          const site = new TestSite();
          const text = JSON.stringify(body);
          expect([payload.name, how, await site.deliver(githubRequest(event, text))]).toEqual([
            payload.name,
            how,
            'accepted',
          ]);
          await site.drain();
          expect([payload.name, how, await site.recorded(linked)]).toEqual([payload.name, how, expected]);
          expect(await site.recorded(other)).toEqual([]);
          expect(verifyChain(await site.entries(linked))).toEqual([]);
          expect(site.keys('orphan:')).toEqual([]);
          // Delivered again it adds nothing.
          expect(await site.deliver(githubRequest(event, text))).toBe('duplicate');
          await site.drain();
          expect(await site.recorded(linked)).toEqual(expected);
          seen.add(how);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(0);
  });
});

describe('every example payload, under the name of every other event', () => {
  it('is refused or ignored, and records nothing', async () => {
    for (const { event, body, name } of relevant) {
      for (const other of [...TAKEN_IN, 'ping'].filter((one) => one !== event)) {
        const site = new TestSite();
        const answer = await site.deliver(githubRequest(other, JSON.stringify(body)));
        expect([name, other, answer]).toEqual([name, other, 'invalid']);
        expect(site.keys('delivery')).toEqual([]);
      }
    }
  });

  it('is refused when the signature is of one byte less', async () => {
    for (const { event, body, name } of relevant) {
      const text = JSON.stringify(body);
      const site = new TestSite();
      const request = githubRequest(event, text, { 'X-Hub-Signature-256': [sign(text.slice(0, -1))] });
      expect([name, await site.deliver(request)]).toEqual([name, 'unauthorized']);
    }
  });
});

describe('payloads of other senders, signed as GitHub', () => {
  it.each(['gitlab-webhooks', 'bitbucket-webhooks', 'azure-devops-webhooks', 'ci-webhooks'])('%s', async (set) => {
    const folder = corpusFolder(set);
    const files = folder === undefined ? [] : jsonFiles(folder);
    for (const file of files) {
      for (const event of TAKEN_IN) {
        const answer = await new TestSite().deliver(githubRequest(event, readFileSync(file, 'utf8')));
        expect([file, event, answer]).toEqual([file, event, 'invalid']);
      }
    }
    if (folder !== undefined) expect(files.length).toBeGreaterThan(0);
  });
});

const jsonFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => join(folder, file));

describe('the signature', () => {
  const file = corpusFolder('ci-webhooks/signature-vectors.json');
  (file === undefined ? it.skip : it)('of the documented vector is right, and of no other text or secret', () => {
    const schema = z.object({
      github: z.object({ secret: z.string(), payload: z.string(), 'x-hub-signature-256': z.string() }),
    });
    const { github } = schema.parse(JSON.parse(readFileSync(file ?? '', 'utf8')));
    const verify = (body: string, secret: string): boolean =>
      authenticate(githubRequest('push', body, { 'X-Hub-Signature-256': [github['x-hub-signature-256']] }), [
        { label: 'a', value: secret },
      ]).authentic;
    expect(verify(github.payload, github.secret)).toBe(true);
    expect(verify(`${github.payload} `, github.secret)).toBe(false);
    expect(verify(github.payload, `${github.secret}.`)).toBe(false);
  });
});
