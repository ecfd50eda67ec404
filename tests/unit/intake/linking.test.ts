import { evidenceList } from '../../../src/evidence/list';
import { commit, deployment, deploymentStatus, pullRequest, push, review, sha } from './bodies';
import { githubRequest, TestSite } from './site';

const zero = '0'.repeat(40);
const sender = { login: 'mona', type: 'User' };
const repository = { full_name: 'acme/enclave' };

const run = (over: Readonly<Record<string, unknown>>) => ({
  action: 'completed',
  workflow_run: {
    id: 31,
    name: 'ci',
    status: 'completed',
    conclusion: 'success',
    head_branch: 'main',
    head_sha: sha(5),
    run_attempt: 1,
    ...over,
  },
  repository,
  sender,
});

const check = (over: Readonly<Record<string, unknown>>) => ({
  action: 'completed',
  check_run: {
    id: 41,
    name: 'lint',
    status: 'completed',
    conclusion: 'failure',
    head_sha: sha(5),
    check_suite: { id: 3, head_branch: null },
    pull_requests: [],
    ...over,
  },
  repository,
  sender,
});

type Case = readonly [
  name: string,
  event: string,
  body: unknown,
  onSeven: readonly string[],
  onSeventy?: readonly string[],
];

const CASES: readonly Case[] = [
  [
    'each commit by its own message',
    'push',
    push('refs/heads/main', [commit(1, 'CHG-7'), commit(2, 'CHG-70'), commit(3, 'nothing')]),
    [`commit:${sha(1)}`],
    [`commit:${sha(2)}`],
  ],
  [
    'a key on a later line of a message',
    'push',
    push('refs/heads/main', [commit(1, 'Close it\n\nRefs: chg-7')]),
    [`commit:${sha(1)}`],
  ],
  [
    'all commits by the branch',
    'push',
    push('refs/heads/feature/CHG-7-port', [commit(1, 'a'), commit(2, 'CHG-70')]),
    [`commit:${sha(1)}`, `commit:${sha(2)}`],
    [`commit:${sha(2)}`],
  ],
  [
    'a branch created without commits',
    'push',
    { ...push('refs/heads/CHG-7', []), created: true, before: zero },
    ['branch:refs/heads/CHG-7'],
  ],
  [
    'a branch deleted',
    'push',
    { ...push('refs/heads/CHG-7', []), deleted: true, after: zero },
    ['branch:refs/heads/CHG-7'],
  ],
  [
    'a tag',
    'push',
    { ...push('refs/tags/CHG-7-r1', []), created: true, head_commit: commit(9, 'release') },
    ['branch:refs/tags/CHG-7-r1'],
  ],
  [
    'the head commit of a push without commits by its message, not by the branch',
    'push',
    { ...push('refs/heads/CHG-70', []), created: true, head_commit: commit(9, 'CHG-7 x') },
    [`commit:${sha(9)}`],
    ['branch:refs/heads/CHG-70'],
  ],
  [
    'a push without a repository, pusher and sender',
    'push',
    { ...push('refs/heads/CHG-7', [commit(1, 'a')]), repository: null, pusher: null, sender: null },
    [`commit:${sha(1)}`],
  ],
  [
    'a commit without author and time',
    'push',
    push('refs/heads/CHG-7', [
      { ...commit(1, ''), author: null as never, committer: null as never, timestamp: null as never },
    ]),
    [`commit:${sha(1)}`],
  ],
  [
    'a commit of a SHA-256 repository',
    'push',
    push('refs/heads/CHG-7', [{ ...commit(1, ''), id: 'a'.repeat(64) }]),
    [`commit:${'a'.repeat(64)}`],
  ],
  [
    'a message with a lone surrogate',
    'push',
    push('refs/heads/main', [commit(1, 'CHG-7 \ud83d')]),
    [`commit:${sha(1)}`],
  ],
  [
    'not the name of the repository',
    'push',
    { ...push('refs/heads/main', [commit(1, 'a')]), repository: { full_name: 'acme/CHG-7' } },
    [],
  ],
  ['not the pusher', 'push', { ...push('refs/heads/main', [commit(1, 'a')]), pusher: { name: 'CHG-7' } }, []],
  ['a pull request by its title', 'pull_request', pullRequest(), ['pull-request:12']],
  [
    'a pull request by its head branch',
    'pull_request',
    pullRequest({ title: 'x', head: { ref: 'chg-7', sha: sha(5), repo: null } }),
    ['pull-request:12'],
  ],
  [
    'a pull request of a deleted fork',
    'pull_request',
    pullRequest({ head: { ref: 'x', sha: sha(5), repo: null, user: null }, user: null }),
    ['pull-request:12'],
  ],
  [
    'not by its description or base',
    'pull_request',
    pullRequest({ title: 'x', body: 'CHG-7', base: { ref: 'CHG-7', sha: sha(6) } }),
    [],
  ],
  ['a review by the title of its pull request', 'pull_request_review', review('approved', 'octo'), ['review:501']],
  ['a review of a deleted account', 'pull_request_review', review('commented', 'x', { user: null }), ['review:501']],
  ['a run by its branch', 'workflow_run', run({ head_branch: 'CHG-7-x' }), ['run:31']],
  ['a run by its head commit', 'workflow_run', run({ head_commit: { message: 'CHG-7' } }), ['run:31']],
  [
    'a run by the head branch of its pull request',
    'workflow_run',
    run({ pull_requests: [{ number: 1, head: { ref: 'CHG-7' }, base: { ref: 'CHG-70' } }] }),
    ['run:31'],
  ],
  [
    'a run of a fork, without a branch',
    'workflow_run',
    run({ head_branch: null, head_commit: null, pull_requests: null, display_title: 'CHG-7 from a fork' }),
    ['run:31'],
  ],
  ['not a run by its commit alone', 'workflow_run', run({}), []],
  ['a check by its branch', 'check_run', check({ check_suite: { id: 3, head_branch: 'CHG-7' } }), ['check:41']],
  [
    'a check by the head branch of its pull request',
    'check_run',
    check({ pull_requests: [{ head: { ref: 'CHG-7' }, base: { ref: 'CHG-70' } }] }),
    ['check:41'],
  ],
  ['not a check by its name or output', 'check_run', check({ name: 'CHG-7', output: { title: 'CHG-7' } }), []],
  ['a deployment by its ref', 'deployment', deployment({ ref: 'CHG-7-port' }), ['deployment:77']],
  ['a deployment by its description', 'deployment', deployment({ description: 'CHG-7' }), ['deployment:77']],
  [
    'a deployment by its payload',
    'deployment',
    deployment({ payload: { ticket: { keys: ['CHG-7', 'CHG-70'] } } }),
    ['deployment:77'],
    ['deployment:77'],
  ],
  [
    'a deployment by its payload as a JSON text',
    'deployment',
    deployment({ payload: '{"change":"CHG-7"}' }),
    ['deployment:77'],
  ],
  ['a deployment by its payload as a text', 'deployment', deployment({ payload: 'for CHG-7' }), ['deployment:77']],
  [
    'a deployment by its payload as a JSON string of a text',
    'deployment',
    deployment({ payload: '"CHG-7"' }),
    ['deployment:77'],
  ],
  [
    'a deployment without a payload',
    'deployment',
    deployment({ payload: null, ref: 'CHG-7', creator: null }),
    ['deployment:77'],
  ],
  [
    'a deployment status by its deployment',
    'deployment_status',
    deploymentStatus('success', { payload: { change: 'CHG-7' } }),
    ['deployment-status:78'],
  ],
];

describe('a delivery is linked to', () => {
  it.each(CASES.map(([name, ...rest]) => [name, rest] as const))(
    '%s',
    async (_name, [event, body, onSeven, onSeventy = []]) => {
      const site = new TestSite();
      expect(await site.deliver(githubRequest(event, JSON.stringify(body)))).toBe('accepted');
      await site.drain();
      expect(await site.recorded('10007')).toEqual(onSeven);
      expect(await site.recorded('10070')).toEqual(onSeventy);
      expect(site.keys('pending:')).toEqual([]);
      expect(site.keys('orphan:')).toHaveLength(onSeven.length + onSeventy.length === 0 ? 1 : 0);
    },
  );
});

describe('what is recorded', () => {
  const deliverAll = async (site: TestSite, bodies: readonly (readonly [string, unknown])[]) => {
    for (const [event, body] of bodies) await site.deliver(githubRequest(event, JSON.stringify(body)));
    await site.drain();
    return evidenceList(await site.entries('10007'));
  };

  it('adds nothing when two hooks tell of the same, and a fact when the state is new', async () => {
    const merged = pullRequest(
      { merged: true, state: 'closed', merged_by: sender, updated_at: '2026-03-02T10:00:00Z' },
      'closed',
    );
    const rows = await deliverAll(new TestSite(), [
      ['pull_request', pullRequest()],
      ['pull_request', { ...pullRequest(), organization: { login: 'acme' } }],
      ['pull_request', merged],
      ['pull_request', { ...merged, organization: { login: 'acme' } }],
    ]);
    expect(rows.map(({ kind, id, state, facts, commits }) => ({ kind, id, state, facts, commits }))).toEqual([
      { kind: 'pull-request', id: '12', state: 'merged', facts: 2, commits: [sha(5), sha(99)] },
    ]);
  });

  it('shows the newest state, whatever the order in which deliveries come', async () => {
    const closed = pullRequest({ state: 'closed', updated_at: '2026-03-02T10:00:00Z' }, 'closed');
    for (const bodies of [
      [pullRequest(), closed],
      [closed, pullRequest()],
    ]) {
      const rows = await deliverAll(
        new TestSite(),
        bodies.map((body) => ['pull_request', body] as const),
      );
      expect(rows.map(({ state, facts }) => [state, facts])).toEqual([['closed', 2]]);
    }
  });

  it('holds people and titles beside the entry, never in it', async () => {
    const site = new TestSite();
    await deliverAll(site, [['push', push('refs/heads/main', [commit(1, 'CHG-7 for Mona Lisa')])]]);
    const [stored] = await site.entries('10007');
    const hashed = JSON.stringify(stored?.entry);
    for (const personal of ['Mona Lisa', 'mona@example.test', '"mona"', 'Web Flow', 'for Mona'])
      expect(hashed).not.toContain(personal);
    const [row] = evidenceList(stored === undefined ? [] : [stored]);
    expect(row?.title).toBe('CHG-7 for Mona Lisa');
    expect(row?.people).toEqual([
      { role: 'author', name: 'Mona Lisa' },
      { role: 'committer', name: 'Web Flow' },
      { role: 'pusher', name: 'mona' },
      { role: 'sender', name: 'mona' },
    ]);
  });

  it('says how the fact came in', async () => {
    const site = new TestSite();
    await deliverAll(site, [['push', push('refs/heads/main', [commit(1, 'CHG-7')])]]);
    const [stored] = await site.entries('10007');
    expect(stored?.entry.kind === 'evidence' && stored.entry.body).toMatchObject({
      repository: 'acme/enclave',
      claimedAt: '2026-03-02T08:00:00.000Z',
      receivedAt: '2026-03-02T09:00:00.000Z',
      namedBy: ['commit-message'],
      provenance: {
        source: 'github',
        event: 'push',
        deliveryId: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
        authenticatedBy: 'hmac-sha256',
        secret: 'newest',
      },
    });
  });
});
