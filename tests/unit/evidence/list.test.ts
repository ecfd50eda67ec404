import { evidenceList, expectedKinds } from '../../../src/evidence/list';
import { EXPECTABLE_KINDS } from '../../../src/evidence/expected';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { EXPECTABLE } from '../../../static/src/wording/policy-fields';
import { outcomeWords } from '../../../static/src/wording/evidence';
import type { StoredEntry } from '../../../src/ledger/entry';
import { commit, deploymentStatus, pullRequest, push, review, sha } from '../intake/bodies';
import { pipelineRequest } from '../intake/requests';
import { githubRequest, TestSite } from '../intake/site';

type Delivered = readonly [event: string, body: unknown];

/** What the intake really records of these deliveries on CHG-7. */
async function recorded(...bodies: readonly Delivered[]): Promise<readonly StoredEntry[]> {
  const site = new TestSite();
  for (const [event, body] of bodies) await site.deliver(githubRequest(event, JSON.stringify(body)));
  await site.drain();
  return site.entries('10007');
}

const PUSH: Delivered = ['push', push('refs/heads/CHG-7', [commit(1, 'a')])];
const RUN: Delivered = [
  'workflow_run',
  { action: 'completed', workflow_run: { id: 1, head_sha: sha(1), head_branch: 'CHG-7', conclusion: 'success' } },
];
const STATUS: Delivered = ['deployment_status', deploymentStatus('success', { ref: 'CHG-7' })];
const REVIEW: Delivered = ['pull_request_review', review('approved', 'octo')];
const reviewBy = (state: string, by: string, over: Readonly<Record<string, unknown>> = {}): Delivered => [
  'pull_request_review',
  review(state, by, over),
];
const dismissed: Delivered = [
  'pull_request_review',
  { ...review('dismissed', 'octo', { submitted_at: '2026-03-02T09:00:00Z' }), action: 'dismissed' },
];

const CASES: readonly (readonly [name: string, bodies: readonly Delivered[], missing: readonly string[]])[] = [
  ['nothing', [], ['no-commit', 'no-review', 'no-run', 'no-deployment']],
  ['everything', [PUSH, RUN, STATUS, REVIEW], []],
  ['no commit', [RUN, STATUS, REVIEW], ['no-commit']],
  ['no run', [PUSH, STATUS, REVIEW], ['no-run']],
  ['no deployment', [PUSH, RUN, REVIEW], ['no-deployment']],
  ['no review', [PUSH, RUN, STATUS], ['no-review']],
  ['a pull request alone', [['pull_request', pullRequest()]], ['no-commit', 'no-review', 'no-run', 'no-deployment']],
  ['a review by the author', [PUSH, RUN, STATUS, reviewBy('approved', 'Mona')], ['no-review']],
  ['a review that only comments', [PUSH, RUN, STATUS, reviewBy('commented', 'octo')], ['no-review']],
  [
    'a review by an app',
    [PUSH, RUN, STATUS, reviewBy('approved', 'x', { user: { login: 'x', type: 'Bot' } })],
    ['no-review'],
  ],
  ['a review by a deleted account', [PUSH, RUN, STATUS, reviewBy('approved', 'x', { user: null })], ['no-review']],
  ['a review that was dismissed', [PUSH, RUN, STATUS, REVIEW, dismissed], ['no-review']],
  ['a review whose dismissal came first', [PUSH, RUN, STATUS, dismissed, REVIEW], ['no-review']],
];

const { Normal } = DEFAULT_POLICY.expectedEvidence;
const missingOf = (entries: readonly StoredEntry[], kinds = Normal) =>
  expectedKinds(entries, kinds).flatMap(({ kind, state }) => (state === 'found' ? [] : [`no-${kind}`]));

describe('what one would expect and is missing', () => {
  it.each(CASES)('%s', async (_name, bodies, missing) => {
    expect(missingOf(await recorded(...bodies))).toEqual(missing);
  });

  it('counts no review whose people were erased', async () => {
    const entries = (await recorded(REVIEW)).map((stored) => ({ ...stored, disclosures: {} }));
    expect(missingOf(entries)).toContain('no-review');
  });
});

const envelope = (members: object) =>
  JSON.stringify({ change: 'CHG-7', claimedAt: '2026-03-02T08:59:00Z', ...members });

/** What the intake records of envelopes on CHG-7. */
async function handedIn(...envelopes: readonly object[]): Promise<readonly StoredEntry[]> {
  const site = new TestSite();
  for (const [i, members] of envelopes.entries())
    expect(await site.deliver(pipelineRequest(envelope(members), { nonce: `nonce-of-envelope-${i}` }))).toBe(
      'accepted',
    );
  await site.drain();
  return site.entries('10007');
}

describe('what a policy expects', () => {
  it('is asked for by kind alone, and nothing that it does not expect', async () => {
    const entries = await recorded(PUSH, STATUS);
    expect(missingOf(entries, [])).toEqual([]);
    expect(missingOf(entries, ['deployment', 'commit', 'attestation'])).toEqual(['no-attestation']);
    expect(missingOf(entries, EXPECTABLE_KINDS)).toHaveLength(EXPECTABLE_KINDS.length - 2);
  });

  it('is missing with the reason of whoever could not get it, until it comes', async () => {
    const failed = {
      kind: 'not-obtained',
      notObtained: [{ kind: 'review', because: 'The API of the provider answered 403.' }],
    };
    const [row] = expectedKinds(await handedIn(failed), ['review']);
    expect(row).toMatchObject({
      state: 'failed',
      found: 0,
      because: expect.stringContaining('answered 403.') as string,
    });
    const came = {
      kind: 'review',
      review: '1',
      state: 'approved',
      reviewer: { name: 'Rosa' },
      pullRequest: { id: '17', author: { name: 'Dana' } },
    };
    expect(expectedKinds(await handedIn(came, failed), ['review'])).toMatchObject([{ state: 'found', found: 1 }]);
  });

  it('names the newest reason, and says so when it was erased', async () => {
    const why = (because: string, at: string) => ({
      kind: 'not-obtained',
      claimedAt: at,
      notObtained: [{ kind: 'run', because }],
    });
    const entries = await handedIn(why('First.', '2026-03-02T08:00:00Z'), why('Second.', '2026-03-02T08:30:00Z'));
    expect(expectedKinds(entries, ['run'])[0]?.because).toContain('Second.');
    const erased = entries.map((stored) => ({ ...stored, disclosures: {} }));
    expect(expectedKinds(erased, ['run'])[0]).toMatchObject({
      state: 'failed',
      because: expect.stringMatching(/erased/) as string,
    });
  });

  it('keeps both of two reasons that were given for one kind at one time, and one reason twice once', async () => {
    const why = (because: string, idempotencyKey: string) => ({
      kind: 'not-obtained',
      idempotencyKey,
      notObtained: [{ kind: 'run', because }],
    });
    const [first, second] = [why('403 from the provider.', 'one'), why('The runner was gone.', 'two')];
    const entries = await handedIn(first, second, { ...second, idempotencyKey: 'three' });
    const titles = entries.flatMap(({ disclosures }) => Object.values(disclosures).map(({ value }) => value));
    expect(titles).toEqual(['403 from the provider.', 'The runner was gone.']);
    expect(JSON.stringify(entries.map(({ entry }) => entry))).not.toContain('runner');
  });

  it('a signature of every commit is there only when every commit has one', async () => {
    const [one, two] = ['a'.repeat(40), 'b'.repeat(40)];
    const commits = {
      kind: 'commit',
      commits: [
        { id: one, signature: 'verified' },
        { id: two, signature: 'none' },
      ],
    };
    const signed = { kind: 'commit-signature', commits: [{ id: two, signature: 'verified' }] };
    const bad = { kind: 'commit-signature', commits: [{ id: two, signature: 'bad' }] };
    expect(missingOf(await handedIn(), ['commit-signature'])).toEqual(['no-commit-signature']);
    expect(missingOf(await handedIn(commits), ['commit-signature'])).toEqual(['no-commit-signature']);
    expect(missingOf(await handedIn(commits, bad), ['commit-signature'])).toEqual(['no-commit-signature']);
    expect(missingOf(await handedIn(commits, signed), ['commit-signature'])).toEqual([]);
  });

  it('has the names that the policy editor shows, in its order', () => {
    expect(EXPECTABLE.map(([kind]) => kind)).toEqual(EXPECTABLE_KINDS);
    const rows = expectedKinds([], EXPECTABLE_KINDS);
    expect(EXPECTABLE.map(([, name]) => name.toLowerCase())).toEqual(rows.map(({ name }) => name));
    const told = expectedKinds([], ['run', 'commit']).map((one) => `${one.name} ${outcomeWords(one)}`);
    expect(told).toEqual(['commit missing', 'pipeline run or check missing']);
  });
});

describe('the list of evidence', () => {
  it('has a row for each kind, repository and id, in the order of recording', async () => {
    const elsewhere: Delivered = [
      'push',
      { ...push('refs/heads/CHG-7', [commit(1, 'a')]), repository: { full_name: 'acme/other' } },
    ];
    const rows = evidenceList(await recorded(PUSH, RUN, elsewhere, REVIEW));
    expect(rows.map(({ kind, repository, seq, facts }) => [kind, repository, seq, facts])).toEqual([
      ['commit', 'acme/enclave', 0, 1],
      ['run', null, 1, 1],
      ['commit', 'acme/other', 2, 1],
      ['review', 'acme/enclave', 3, 1],
    ]);
  });

  it('shows nothing of what was erased', async () => {
    const [row] = evidenceList((await recorded(PUSH)).map((stored) => ({ ...stored, disclosures: {} })));
    expect(row?.title).toBeNull();
    expect(row?.people.map(({ name }) => name)).toEqual([null, null, null, null]);
  });

  it('never shows a disclosure that does not open its commitment', async () => {
    const swapped = (await recorded(PUSH)).map((stored) => ({
      ...stored,
      disclosures: Object.fromEntries(
        Object.entries(stored.disclosures).map(([key, { salt }]) => [key, { salt, value: 'somebody else' }]),
      ),
    }));
    expect(JSON.stringify(evidenceList(swapped))).not.toContain('somebody else');
  });
});
