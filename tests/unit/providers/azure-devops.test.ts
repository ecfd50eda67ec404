import { parseAzureDevops } from '../../../src/providers/azure-devops/parse';
import { factsOf, SHA_A, SHA_B, ZEROS } from './facts';

const repository = {
  name: 'portal',
  remoteUrl: 'https://dev.azure.com/acme/Web/_git/portal',
  project: { name: 'Web' },
};
const dana = { displayName: 'Dana', uniqueName: 'dana@example.test' };
const riley = { displayName: 'Riley', uniqueName: 'CORP\\riley@example.test' };
const at = '2026-03-02T09:00:00.1234567Z';
const AT = '2026-03-02T09:00:00.123Z';

const facts = (eventType: string, resource: unknown): unknown =>
  factsOf(parseAzureDevops(eventType, { eventType, createdDate: at, resource }));

const commit = (commitId: string, comment: string) => ({
  commitId,
  comment,
  author: { name: 'Dana', email: 'dana@example.test', date: '2026-03-01T09:00:00Z' },
});
const ref = (name: string, oldObjectId = SHA_A, newObjectId = SHA_B) => ({ name, oldObjectId, newObjectId });

describe('a push', () => {
  const push = (commits: unknown, refUpdates: unknown) =>
    facts('git.push', { commits, refUpdates, repository, pushedBy: riley, date: at });
  const committed = {
    in: 'Web/portal',
    at: '2026-03-01T09:00:00.000Z',
    people: ['author dana@example.test', 'pusher CORP\\riley@example.test'],
  };

  it('states its commits, each named by its message and by the branch', () => {
    expect(
      push([commit(SHA_A, 'CHG-7 close\n\nand CHG-8'), commit(SHA_B, 'no key')], [ref('refs/heads/feature/chg-9')]),
    ).toEqual([
      {
        ...committed,
        fact: `commit ${SHA_A}`,
        state: null,
        commits: ['aaaa'],
        names: ['CHG-7 by commit-message', 'CHG-8 by commit-message', 'CHG-9 by branch'],
      },
      { ...committed, fact: `commit ${SHA_B}`, state: null, commits: ['bbbb'], names: ['CHG-9 by branch'] },
    ]);
  });

  it('of several branches names no commit by any of them, and states the branches', () => {
    expect(push([commit(SHA_A, 'CHG-7')], [ref('refs/heads/CHG-8'), ref('refs/tags/CHG-9')])).toMatchObject([
      { fact: 'branch refs/heads/CHG-8', names: ['CHG-8 by branch'], commits: [] },
      { fact: 'branch refs/tags/CHG-9', names: ['CHG-9 by branch'], commits: [] },
      { fact: `commit ${SHA_A}`, names: ['CHG-7 by commit-message'] },
    ]);
  });

  it.each([
    ['created', ref('refs/heads/CHG-7', ZEROS, SHA_A)],
    ['deleted', ref('refs/heads/CHG-7', SHA_A, ZEROS)],
    ['updated', ref('refs/heads/CHG-7', SHA_A, SHA_B)],
  ])('without commits states that its branch was %s', (state, update) => {
    for (const commits of [undefined, null, []]) {
      expect(push(commits, [update])).toMatchObject([{ fact: 'branch refs/heads/CHG-7', state, at: AT }]);
    }
  });

  it.each([
    ['a commit with a short hash', [commit('abc123', 'CHG-7')], [ref('refs/heads/main')]],
    ['no list of commits', 'all of them', [ref('refs/heads/main')]],
    ['no list of refs', [commit(SHA_A, 'CHG-7')], undefined],
  ])('with %s is refused', (_name, commits, refs) => {
    expect(push(commits, refs)).toBe('invalid: shape');
  });
});

describe('a pull request', () => {
  const pull = {
    pullRequestId: 12,
    title: '[CHG-7] Close the port',
    description: 'CHG-1 is another',
    status: 'active',
    createdBy: dana,
    sourceRefName: 'refs/heads/users/dana/chg-8',
    targetRefName: 'refs/heads/CHG-2',
    lastMergeSourceCommit: { commitId: SHA_A },
    lastMergeCommit: { commitId: SHA_B },
    repository,
  };
  const names = ['CHG-7 by title', 'CHG-8 by branch'];
  const stated = { fact: 'pull-request 12', in: 'Web/portal', names, at: AT };

  it.each([
    ['active', {}, 'active', ['aaaa']],
    ['a draft', { isDraft: true }, 'draft', ['aaaa']],
    ['abandoned', { status: 'abandoned' }, 'abandoned', ['aaaa']],
    ['completed', { status: 'completed', closedBy: riley }, 'merged', ['aaaa', 'bbbb']],
  ])(
    'that is %s: the throw-away merge of one that is not completed is nobody’s commit',
    (_name, more, state, commits) => {
      expect(facts('git.pullrequest.updated', { ...pull, ...more })).toMatchObject([{ ...stated, state, commits }]);
    },
  );

  it.each([
    [10, 'approved'],
    [5, 'approved'],
    [0, 'no vote'],
    [-5, 'waiting for author'],
    [-10, 'rejected'],
    [7, 'vote 7'],
  ])('states a vote of %s as %s', (vote, state) => {
    const reviewers = [{ id: 'r-1', vote, ...riley }];
    expect(facts('git.pullrequest.updated', { ...pull, reviewers })).toMatchObject([
      stated,
      {
        fact: 'review 12/r-1',
        state,
        names,
        commits: ['aaaa'],
        people: ['reviewer CORP\\riley@example.test', 'author dana@example.test'],
      },
    ]);
  });

  it('states no vote of a team, none before anybody could vote, and none that has no voter', () => {
    const reviewers = [
      { id: 't-1', vote: 10, displayName: '[Web]\\Reviewers', isContainer: true },
      {
        id: 't-2',
        vote: 10,
        displayName: '[Web]\\Reviewers',
        uniqueName: 'vstfs:///Classification/TeamProject/1\\Reviewers',
      },
      { vote: 10, ...riley },
      null,
    ];
    expect(facts('git.pullrequest.updated', { ...pull, reviewers })).toMatchObject([stated]);
    expect(facts('git.pullrequest.created', { ...pull, reviewers: [{ id: 'r-1', vote: 0, ...riley }] })).toHaveLength(
      1,
    );
  });

  it('without a number is refused; from a fork, deleted or of nobody it is stated', () => {
    expect(facts('git.pullrequest.created', { ...pull, pullRequestId: undefined })).toBe('invalid: shape');
    expect(
      facts('git.pullrequest.created', {
        ...pull,
        forkSource: { repository: null },
        createdBy: null,
        repository: null,
        lastMergeSourceCommit: null,
      }),
    ).toMatchObject([{ fact: 'pull-request 12', in: null, names, commits: [], people: [] }]);
  });
});

describe('a build', () => {
  const build = {
    id: 31,
    buildNumber: '20260302.1',
    status: 'completed',
    result: 'succeeded',
    finishTime: at,
    sourceBranch: 'refs/heads/main',
    sourceVersion: SHA_A,
    definition: { name: 'portal-ci' },
    project: { name: 'Web' },
    repository: { name: 'portal' },
    requestedFor: dana,
  };

  it.each([
    ['its branch', { sourceBranch: 'refs/heads/chg-7' }, ['CHG-7 by branch']],
    ['the commit that triggered it', { triggerInfo: { 'ci.message': 'CHG-7 close' } }, ['CHG-7 by commit-message']],
    [
      'the pull request that it checks',
      { triggerInfo: { 'pr.title': 'CHG-7', 'pr.sourceBranch': 'refs/heads/CHG-8' } },
      ['CHG-8 by branch', 'CHG-7 by title'],
    ],
    [
      'what it was started with',
      { parameters: '{"change":"CHG-7"}', templateParameters: { of: 'CHG-8' } },
      ['CHG-7 by payload', 'CHG-8 by payload'],
    ],
    ['a tag of it', { tags: ['CHG-7', 'nightly'] }, ['CHG-7 by payload']],
    ['its own name', { buildNumber: 'CHG-7.1' }, ['CHG-7 by title']],
    ['nothing', {}, []],
  ])('is named by %s', (_name, more, names) => {
    expect(facts('build.complete', { ...build, ...more })).toEqual([
      {
        fact: 'run 31',
        in: 'Web/portal',
        state: 'succeeded',
        commits: ['aaaa'],
        names,
        people: ['actor dana@example.test'],
        at: AT,
      },
    ]);
  });

  it.each([
    [
      'a pull request: its head, not the throw-away merge',
      { sourceBranch: 'refs/pull/5/merge', triggerInfo: { 'pr.sourceSha': SHA_B } },
      ['bbbb'],
    ],
    [
      'an older pipeline',
      { sourceVersion: undefined, sourceBranch: undefined, sourceGetVersion: `LG:refs/heads/main:${SHA_B}` },
      ['bbbb'],
    ],
    ['a TFVC changeset', { sourceVersion: '1234', sourceGetVersion: 'C1234' }, []],
  ])('of %s', (_name, more, commits) => {
    expect(facts('build.complete', { ...build, ...more })).toMatchObject([{ commits }]);
  });
});

describe('a pipeline run', () => {
  const run = {
    id: 31,
    name: '20260302.1',
    state: 'completed',
    result: 'succeeded',
    finishedDate: at,
    resources: { repositories: { self: { refName: 'refs/heads/chg-7', version: SHA_A } } },
  };
  const repositories = [{ change: { message: 'CHG-8 close', author: { name: 'Dana', email: 'dana@example.test' } } }];
  const names = ['CHG-7 by branch', 'CHG-8 by commit-message'];

  it('is a run, its stages and jobs are checks of it', () => {
    const stage = { id: '0', name: 'build', state: 'completed', result: 'failed', finishTime: at };
    const job = { ...stage, name: 'compile', result: undefined, state: 'running' };
    const people = ['author dana@example.test'];
    const same = { commits: ['aaaa'], names, people, at: AT };
    const event = (part: string) => `ms.vss-pipelines.${part}-state-changed-event`;
    expect(facts(event('run'), { run, repositories })).toMatchObject([{ fact: 'run 31', state: 'succeeded', ...same }]);
    expect(facts(event('stage'), { run, repositories, stage })).toMatchObject([
      { fact: 'check 31/build', state: 'failed', ...same },
    ]);
    expect(facts(event('job'), { run, repositories, stage, job })).toMatchObject([
      { fact: 'check 31/build/compile', state: 'running', ...same },
    ]);
    expect(facts(event('stage'), { run, repositories })).toBe('invalid: shape');
  });

  it('of several repositories names no author', () => {
    const [first] = repositories;
    expect(
      facts('ms.vss-pipelines.run-state-changed-event', { run, repositories: [first, { change: null }, 'x'] }),
    ).toMatchObject([{ names, people: [] }]);
  });
});

describe('a deployment of a release', () => {
  const release = {
    id: 4,
    name: 'Release-4 for CHG-7',
    createdBy: dana,
    description: 'and CHG-8',
    artifacts: [
      { definitionReference: { branch: { id: 'refs/heads/chg-9', name: 'chg-9' }, sourceVersion: { id: SHA_A } } },
    ],
  };
  const environment = {
    id: 5,
    name: 'Production',
    status: 'succeeded',
    release: { id: 4, name: 'Release-4 for CHG-7' },
  };

  it.each([
    ['started', { environment: { ...environment, status: 'inProgress' }, release }, 'inprogress'],
    ['completed', { environment, deployment: { id: 9, attempt: 1, requestedBy: riley, release } }, 'succeeded'],
  ])('that is %s', (what, resource, state) => {
    expect(facts(`ms.vss-release.deployment-${what}-event`, { ...resource, project: { name: 'Web' } })).toMatchObject([
      {
        fact: 'deployment 5',
        in: 'Web',
        state,
        commits: ['aaaa'],
        at: AT,
        names: expect.arrayContaining(['CHG-7 by title', 'CHG-9 by branch', 'CHG-8 by payload']) as unknown,
      },
    ]);
  });

  it('is named by the release inside its environment when the event has a placeholder of it', () => {
    const placeholder = { id: 0, name: null, artifacts: [] };
    expect(facts('ms.vss-release.deployment-started-event', { environment, release: placeholder })).toMatchObject([
      { names: ['RELEASE-4 by title', 'CHG-7 by title'], in: null },
    ]);
  });
});

it.each([
  'workitem.updated',
  'tfvc.checkin',
  'ms.vss-release.release-created-event',
  'ms.vss-code.git-pullrequest-comment-event',
  'constructor',
  'toString',
])('ignores %s by name', (eventType) => {
  expect(facts(eventType, {})).toBe('ignored: event-not-taken-in');
});
