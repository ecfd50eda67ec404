import { evidenceList, expectedEvidence } from '../../../src/evidence/list';
import type { StoredEntry } from '../../../src/ledger/entry';
import { commit, deploymentStatus, pullRequest, push, review, sha } from '../intake/bodies';
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

describe('what one would expect and is missing', () => {
  it.each(CASES)('%s', async (_name, bodies, missing) => {
    expect(expectedEvidence(await recorded(...bodies)).map(({ code }) => code)).toEqual(missing);
  });

  it('counts no review whose people were erased', async () => {
    const entries = (await recorded(REVIEW)).map((stored) => ({ ...stored, disclosures: {} }));
    expect(expectedEvidence(entries).map(({ code }) => code)).toContain('no-review');
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
