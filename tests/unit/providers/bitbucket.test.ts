import { parseBitbucket } from '../../../src/providers/bitbucket/parse';
import { factsOf, SHA_A, SHA_B } from './facts';

const dana = {
  display_name: 'Dana Ortiz',
  nickname: 'dana',
  account_id: '5b10a2844c20165700ede21g',
  uuid: '{u1}',
  type: 'user',
};
const rex = { display_name: 'Rex', nickname: 'rex', uuid: '{u2}', type: 'user' };
const repository = { full_name: 'acme/portal' };
const commit = {
  hash: SHA_A,
  message: 'CHG-70 open the port\n',
  date: '2026-03-02T09:00:00+00:00',
  author: { raw: 'Dana <dana@example.test>', user: dana },
};
const ref = (name: string, type = 'branch') => ({
  type,
  name,
  target: { hash: SHA_A, date: '2026-03-02T09:00:00+00:00' },
});
const pushed = (...changes: readonly object[]) => ({ actor: rex, repository, push: { changes } });
const change = {
  new: ref('CHG-7-port'),
  old: ref('CHG-7-port'),
  created: false,
  closed: false,
  forced: false,
  truncated: false,
  commits: [commit],
};

describe('a push', () => {
  it('states its commits, by the author that git has and the account that Jira has', () => {
    const parsed = parseBitbucket('repo:push', pushed(change));
    expect(factsOf(parsed)).toEqual([
      {
        fact: `commit ${SHA_A}`,
        in: 'acme/portal',
        state: null,
        commits: ['aaaa'],
        names: ['CHG-70 by commit-message', 'CHG-7 by branch'],
        people: ['author dana', 'pusher rex', 'sender rex'],
        at: '2026-03-02T09:00:00.000Z',
      },
    ]);
    expect(parsed).toMatchObject({
      items: [{ item: { people: [{ person: { accountId: dana.account_id, email: 'dana@example.test' } }, {}, {}] } }],
    });
  });

  it.each([
    ['that lists a part of its commits', { truncated: true }, 'updated', { commitsListed: '1, not all' }, true],
    ['of a new branch without commits', { old: null, created: true, commits: [] }, 'created', { after: SHA_A }, false],
    ['of a deleted branch', { new: null, closed: true, commits: [] }, 'deleted', { before: SHA_A }, false],
    ['that was forced', { forced: true, commits: null }, 'updated', { forced: 'true' }, false],
    ['that says nothing of what became of the branch', { new: undefined, commits: [] }, null, {}, false],
    ['of a tag', { new: ref('CHG-7-port', 'tag'), old: null, commits: [] }, 'created', { refType: 'tag' }, false],
  ] as const)('%s states the branch or tag', (_name, changed, state, attributes, commits) => {
    const parsed = parseBitbucket('repo:push', pushed({ ...change, ...changed }));
    expect(parsed).toMatchObject({
      items: [
        { item: { kind: 'branch', state, commits: [], attributes } },
        ...(commits ? [{ item: { kind: 'commit' } }] : []),
      ],
    });
  });

  it('of several branches states each, and a branch names the commits of its own only', () => {
    const other = { ...change, new: ref('main'), commits: [{ ...commit, hash: SHA_B, message: 'x' }] };
    expect(factsOf(parseBitbucket('repo:push', pushed(change, other, { new: null, old: null })))).toMatchObject([
      { fact: `commit ${SHA_A}`, names: ['CHG-70 by commit-message', 'CHG-7 by branch'] },
      { fact: `commit ${SHA_B}`, names: [] },
    ]);
  });

  it('of a ref that is none is refused, not taken for a deletion', () => {
    expect(factsOf(parseBitbucket('repo:push', pushed({ ...change, new: 7 })))).toBe('invalid: shape');
  });
});

const pull = {
  id: 3,
  title: 'CHG-7 Open the port',
  state: 'OPEN',
  author: dana,
  closed_by: rex,
  source: { branch: { name: 'port' }, commit: { hash: 'aaaaaaaaaaaa' }, repository: { full_name: 'dana/portal' } },
  destination: { branch: { name: 'main' }, repository },
  merge_commit: { hash: SHA_B },
  updated_on: '2026-03-02T09:00:00.123456+00:00',
};
const about = (changed: object, more: object = {}) => ({
  actor: rex,
  repository,
  pullrequest: { ...pull, ...changed },
  ...more,
});

it.each([
  ['created', {}, 'open', []],
  ['created', { draft: true }, 'draft', []],
  ['updated', { state: 'MERGED' }, 'merged', ['bbbb']],
  ['fulfilled', { state: 'MERGED' }, 'merged', ['bbbb']],
  ['rejected', { state: 'DECLINED' }, 'declined', []],
  ['rejected', { state: null }, 'declined', []],
])('a pull request, %s: %#', (action, changed, state, commits) => {
  const parsed = parseBitbucket(`pullrequest:${action}`, about(changed));
  expect(factsOf(parsed)).toMatchObject([{ fact: 'pull-request 3', state, commits, names: ['CHG-7 by title'] }]);
  expect(parsed).toMatchObject({ items: [{ item: { attributes: { fork: 'dana/portal', head: 'aaaaaaaaaaaa' } } }] });
});

const approval = { approval: { date: '2026-03-02T10:00:00+00:00', user: rex } };
const request = { changes_request: { date: '2026-03-02T10:00:00+00:00', user: rex } };
const comment = { comment: { id: 17, user: rex, created_on: '2026-03-02T10:00:00+00:00' } };

it.each([
  ['approved', approval, 'review 3/{u2}', 'approved'],
  ['unapproved', approval, 'review 3/{u2}', 'unapproved'],
  ['changes_request_created', request, 'review 3/{u2}', 'changes_requested'],
  ['changes_request_removed', request, 'review 3/{u2}', 'changes_request_removed'],
  ['comment_created', comment, 'review 3/comment/17', 'commented'],
  ['comment_deleted', comment, 'review 3/comment/17', 'comment deleted'],
])('a pull request, %s, is a review', (action, more, fact, state) => {
  expect(factsOf(parseBitbucket(`pullrequest:${action}`, about({}, more)))).toMatchObject([
    { fact, state, people: ['reviewer rex', 'author dana', 'sender rex'], at: '2026-03-02T10:00:00.000Z' },
  ]);
});

it.each([
  ['fulfilled', { state: 'OPEN' }, {}],
  ['rejected', { state: 'MERGED' }, {}],
  ['approved', { participants: [{ user: rex, approved: false }] }, approval],
  ['unapproved', { participants: [{ user: dana }, { user: rex, approved: true }] }, approval],
  ['created', {}, approval],
  ['approved', {}, request],
  ['approved', {}, { ...approval, ...comment }],
  ['approved', {}, {}],
])('a body that is not of the event %s is refused: %#', (action, changed, more) => {
  expect(factsOf(parseBitbucket(`pullrequest:${action}`, about(changed, more)))).toBe('invalid: event-mismatch');
});

it('an app’s approval is no person’s', () => {
  const app = { approval: { user: { ...rex, type: 'app_user' } } };
  expect(parseBitbucket('pullrequest:approved', about({}, app))).toMatchObject({
    items: [{ item: { attributes: { reviewerType: 'app_user' } } }],
  });
});

it.each(['repo:fork', 'repo:refs_changed', 'pr:opened', 'diagnostics:ping', 'constructor:x'])(
  '%s is ignored by name',
  (event) => {
    expect(factsOf(parseBitbucket(event, {}))).toBe('ignored: event-not-taken-in');
  },
);
