import { expectedKinds } from '../../../src/evidence/list';
import { parseGitlab } from '../../../src/providers/gitlab/parse';
import { gitlabRequest } from '../intake/requests';
import { TestSite } from '../intake/site';
import { factsOf, SHA_A, SHA_B, ZEROS } from './facts';

const project = { path_with_namespace: 'acme/enclave/portal', web_url: 'https://gitlab.com/acme/enclave/portal' };
const dana = { id: 4, name: 'Dana Ortiz', username: 'dana', email: '[REDACTED]' };
const rex = { id: 5, name: 'Rex', username: 'rex', email: 'rex@example.test' };
const commit = (id: string, message: string) => ({
  id,
  message,
  timestamp: '2026-03-02T09:00:00+02:00',
  author: { name: 'Dana', email: 'dana@example.test' },
});

const push = {
  object_kind: 'push',
  before: SHA_B,
  after: SHA_A,
  ref: 'refs/heads/CHG-7-port',
  user_username: 'dana',
  project,
  total_commits_count: 1,
  commits: [commit(SHA_A, 'Open the port\n\nfor CHG-70')],
};

describe('a push', () => {
  it('states its commits, with subgroups in the name of the repository', () => {
    expect(factsOf(parseGitlab('push', push))).toEqual([
      {
        fact: `commit ${SHA_A}`,
        in: 'acme/enclave/portal',
        state: null,
        commits: ['aaaa'],
        names: ['CHG-70 by commit-message', 'CHG-7 by branch'],
        people: ['author dana@example.test', 'pusher dana'],
        at: '2026-03-02T07:00:00.000Z',
      },
    ]);
  });

  it.each([
    ['that lists a part of its commits', { total_commits_count: 40 }, 'updated', { commitsListed: '1 of 40' }],
    ['of a deleted branch', { after: ZEROS, commits: [], total_commits_count: 0 }, 'deleted', { after: ZEROS }],
    ['of a new branch without commits', { before: ZEROS, commits: [], total_commits_count: 0 }, 'created', {}],
    ['without a list', { commits: null }, 'updated', {}],
  ] as const)('%s states the branch', (_name, changed, state, attributes) => {
    const parsed = parseGitlab('push', { ...push, ...changed });
    const [first] = parsed.outcome === 'evidence' ? parsed.items : [];
    expect(first?.item).toMatchObject({ kind: 'branch', id: push.ref, state, commits: [], attributes });
  });

  it('of a tag links no commit by the name of the tag', () => {
    const tag = { ...push, object_kind: 'tag_push', ref: 'refs/tags/CHG-7', commits: [commit(SHA_A, 'x')] };
    expect(parseGitlab('tag_push', tag)).toMatchObject({
      items: [
        { item: { kind: 'branch', attributes: { refType: 'tag' } }, names: [{ key: 'CHG-7' }] },
        { item: { kind: 'commit' }, names: [] },
      ],
    });
  });

  it.each([
    ['another instance', { web_url: 'https://Git.Acme.test/acme/enclave/portal' }, 'git.acme.test/acme/enclave/portal'],
    ['another port', { web_url: 'http://10.0.0.5:3200/acme/enclave/portal/' }, '10.0.0.5:3200/acme/enclave/portal'],
    ['no address', { web_url: null }, 'acme/enclave/portal'],
    ['no path', { path_with_namespace: null }, 'acme/enclave/portal'],
    ['neither', { path_with_namespace: null, web_url: 'file:///etc' }, null],
  ])('of a repository with %s', (_name, changed, repository) => {
    const parsed = parseGitlab('push', { ...push, project: { ...project, ...changed } });
    expect(parsed).toMatchObject({ items: [{ item: { repository } }] });
  });
});

const request = {
  iid: 12,
  title: 'CHG-7 Open the port 🚪',
  state: 'opened',
  action: 'open',
  author_id: 4,
  source_branch: 'port',
  target_branch: 'main',
  source: { path_with_namespace: 'dana/portal' },
  target: { path_with_namespace: 'acme/enclave/portal' },
  last_commit: { id: SHA_A },
  merge_commit_sha: SHA_B,
  updated_at: '2026-03-02 09:00:00 UTC',
  url: 'https://gitlab.com/acme/enclave/portal/-/merge_requests/12',
};
const event = (changed: object, user: object | null = dana) => ({
  object_kind: 'merge_request',
  user,
  project,
  object_attributes: { ...request, ...changed },
  reviewers: [rex],
});

it.each([
  ['opened', {}, 'open', ['aaaa']],
  ['as a draft', { draft: true }, 'draft', ['aaaa']],
  ['as work in progress, before there were drafts', { work_in_progress: true }, 'draft', ['aaaa']],
  ['closed', { action: 'close', state: 'closed' }, 'closed', ['aaaa']],
  ['merged', { action: 'merge', state: 'merged' }, 'merged', ['aaaa', 'bbbb']],
  [
    'merged with all commits in one',
    { state: 'merged', merge_commit_sha: null, squash_commit_sha: SHA_B },
    'merged',
    ['aaaa', 'bbbb'],
  ],
  ['without commits', { last_commit: null }, 'open', []],
])('a merge request %s', (_name, changed, state, commits) => {
  const [fact] = factsOf(parseGitlab('merge_request', event(changed))) as readonly object[];
  expect(fact).toMatchObject({
    fact: 'pull-request 12',
    state,
    commits,
    names: ['CHG-7 by title'],
    at: '2026-03-02T09:00:00.000Z',
  });
  expect(parseGitlab('merge_request', event(changed))).toMatchObject({
    items: [{ item: { attributes: { fork: 'dana/portal' } } }],
  });
});

it.each([
  ['approved', 'approved'],
  ['approval', 'approved'],
  ['unapproved', 'unapproved'],
  ['unapproval', 'unapproved'],
])('the action %s is the review of one person, who is not the author', (action, state) => {
  expect(factsOf(parseGitlab('merge_request', event({ action }, rex)))).toMatchObject([
    { fact: 'review 12/5', state, commits: ['aaaa'], people: ['reviewer rex', 'sender rex'] },
  ]);
});

it.each([
  ['by another, who is known by number only', { author_id: 9 }, rex, 'approved', true],
  ['by the author', {}, dana, 'approved', false],
  ['by a token of the project', {}, { ...rex, username: 'project_7_bot_1a2b' }, 'approved', false],
  ['taken back', {}, rex, 'unapproved', false],
])('an approval %s counts as a review by another: %#', async (_name, changed, user, action, counts) => {
  const site = new TestSite();
  await site.deliver(gitlabRequest(JSON.stringify(event({ ...changed, action }, user))));
  await site.drain();
  const [review] = expectedKinds(await site.entries('10007'), ['review']);
  expect(review?.state).toBe(counts ? 'found' : 'missing');
});

it('an author is named where somebody of the event has their number', () => {
  const named = event({ author_id: 5, action: 'update' });
  expect(factsOf(parseGitlab('merge_request', named))).toMatchObject([{ people: ['author rex', 'sender dana'] }]);
  const hidden = event({ author_id: 9, action: 'update' });
  expect(factsOf(parseGitlab('merge_request', hidden))).toMatchObject([{ people: ['sender dana'] }]);
});

it.each([
  ['on a merge request', {}, 'review 12/note/1'],
  ['of GitLab itself', { system: true }, undefined],
  ['on an issue', { noteable_type: 'Issue' }, undefined],
  ['on a commit', { noteable_type: 'Commit' }, undefined],
])('a note %s', (_name, changed, fact) => {
  const note = {
    user: rex,
    project,
    object_attributes: { id: 1, noteable_type: 'MergeRequest', ...changed },
    merge_request: request,
  };
  const facts = factsOf(parseGitlab('note', note));
  if (fact === undefined) expect(facts).toBe('ignored: event-not-taken-in');
  else expect(facts).toMatchObject([{ fact, state: 'commented', names: ['CHG-7 by title'] }]);
});

it('the merge of a merge request that is only tried is nobody’s commit', () => {
  const pipeline = (ref: string) => ({ object_attributes: { id: 31, sha: SHA_A, ref, status: 'success' } });
  expect(parseGitlab('pipeline', pipeline('refs/merge-requests/1/merge'))).toMatchObject({
    items: [{ item: { commits: [] } }],
  });
  expect(parseGitlab('pipeline', pipeline('port'))).toMatchObject({ items: [{ item: { commits: [SHA_A] } }] });
});

it('a deployment names its commit in its address, and times are GitLab’s', () => {
  const deployment = {
    deployment_id: 15,
    status: 'failed',
    status_changed_at: '2021-04-28 21:50:00 +0200',
    environment: 'production',
    commit_url: `https://gitlab.com/acme/x/-/commit/${SHA_A}`,
    ref: 'CHG-7',
    user: dana,
  };
  expect(factsOf(parseGitlab('deployment', deployment))).toEqual([
    {
      fact: 'deployment 15',
      in: null,
      state: 'failed',
      commits: ['aaaa'],
      names: ['CHG-7 by branch'],
      people: ['actor dana', 'sender dana'],
      at: '2021-04-28T19:50:00.000Z',
    },
  ]);
});

it.each([
  ['push', {}],
  ['push', { ref: '', commits: [] }],
  ['push', { ref: 'x', commits: [{ id: 'abc' }] }],
  ['merge_request', { object_attributes: { title: 'CHG-7' } }],
  ['note', { object_attributes: { id: 1, noteable_type: 'MergeRequest' }, merge_request: null }],
  ['pipeline', { object_attributes: { sha: SHA_A } }],
  ['build', { build_id: '7' }],
  ['deployment', { deployment_id: null }],
  ['release', { name: 'CHG-7' }],
])('a %s without what its facts rest on is refused by name: %#', (name, body) => {
  expect(factsOf(parseGitlab(name, body))).toBe('invalid: shape');
});
