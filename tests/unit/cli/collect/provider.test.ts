/** Pull requests, reviews and deployments, read from each provider's API over HTTP, and what is said when it does not give them. */
import examples from '@octokit/webhooks-examples';
import { run } from '../../../../src/cli/arguments';
import { rimOf } from '../../../../src/cli/rim';
import type { Envelope } from '../../../../src/providers/pipeline/envelope';
import { ProviderApi, type Told } from '../provider-api';
import { TestRepository } from '../repository';

const api = new ProviderApi();
const repository = new TestRepository();
let base: string, one: string, two: string;
beforeAll(async () => {
  base = repository.commit('Before');
  one = repository.commit('CHG-7 one');
  two = repository.commit('CHG-7 two');
  await api.start();
});
afterAll(async () => {
  await api.stop();
  repository.remove();
});

const TOKEN = 'planted-token-of-the-runner';
const GITHUB = { GITHUB_RUN_ID: '1', GITHUB_REPOSITORY: 'acme/fw', GITHUB_TOKEN: TOKEN };
const GITLAB = { CI_PIPELINE_ID: '1', CI_PROJECT_PATH: 'acme/sub/fw', CI_PROJECT_ID: '17', GITLAB_TOKEN: TOKEN };
const BITBUCKET = { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_REPO_FULL_NAME: 'acme/fw', BITBUCKET_ACCESS_TOKEN: TOKEN };
const AZURE = {
  BUILD_BUILDID: '1',
  BUILD_REPOSITORY_NAME: 'fw',
  BUILD_REPOSITORY_ID: 'r-1',
  SYSTEM_TEAMPROJECT: 'My project',
  SYSTEM_ACCESSTOKEN: TOKEN,
};

interface Shown {
  readonly exitCode: number;
  readonly output: string;
  readonly said: readonly string[];
  readonly slept: readonly number[];
  readonly base: { readonly commit: string; readonly source: string; readonly says: string };
  readonly missing: readonly { readonly what: string; readonly why: string }[];
  readonly notes: readonly string[];
  readonly envelopes: readonly Envelope[];
}

/** A dry run, which shows as JSON what would be sent. */
async function collected(environment: Record<string, string>, ...more: readonly string[]): Promise<Shown> {
  const said: string[] = [];
  const slept: number[] = [];
  let at = Date.parse('2026-03-02T09:00:00Z');
  const rim = {
    ...rimOf(environment),
    now: () => at,
    sleep: (milliseconds: number) => {
      slept.push(milliseconds);
      at += milliseconds;
      return Promise.resolve();
    },
    say: (line: string) => void said.push(line),
  };
  const told = [
    '--change',
    'CHG-7',
    '--repository',
    repository.folder,
    '--api-url',
    api.url,
    '--dry-run',
    '--json',
    '--verbose',
  ];
  const { exitCode, output, complaint } = await run(['collect', ...told, ...more], environment, rim);
  if (complaint !== undefined) throw new Error(complaint);
  const { pieces, ...rest } = JSON.parse(output) as Shown & {
    readonly pieces: readonly { readonly envelope: Envelope }[];
  };
  return { ...rest, exitCode, output, said, slept, envelopes: pieces.map(({ envelope }) => envelope) };
}
const since = (): string[] => ['--since', base];
const of = (shown: Shown, kind: Envelope['kind']): Envelope[] =>
  shown.envelopes.filter((envelope) => envelope.kind === kind);
const next = (path: string): Record<string, string> => ({
  Link: `<${api.url}/${path}>; rel="next", <${api.url}/x>; rel="last"`,
});

const published = examples.find(({ name }) => name === 'pull_request')?.examples[0] as
  { readonly pull_request: object } | undefined;

/** A pull request in the form that GitHub's own examples have it in, which is that of its REST API. */
const githubPull = () => ({
  ...published?.pull_request,
  number: 7,
  title: 'CHG-7 open the port',
  merged_at: '2026-03-01T00:00:00Z',
  merge_commit_sha: two,
  head: { ref: 'port', sha: one },
});

const githubPlan = (more: Record<string, Told | Told[]> = {}): Record<string, Told | Told[]> => ({
  [`repos/acme/fw/commits/${two}/pulls?per_page=100`]: { body: [githubPull()] },
  'repos/acme/fw/pulls/7/commits?per_page=100': {
    body: [{ sha: base }],
    headers: next('repos/acme/fw/pulls/7/commits?page=2'),
  },
  'repos/acme/fw/pulls/7/commits?page=2': { body: [{ sha: one }] },
  'repos/acme/fw/pulls/7/reviews?per_page=100': {
    body: [
      { id: 80, user: { login: 'rae' }, state: 'APPROVED', commit_id: one, submitted_at: '2026-02-28T10:00:00Z' },
      { id: 81, user: null, state: 'COMMENTED', commit_id: one, submitted_at: '2026-02-28T11:00:00Z' },
      { id: 82, user: { login: 'rae' }, state: 'PENDING', commit_id: one },
    ],
  },
  ...more,
});

/** Each provider's answers, in the shapes of its documentation, and what is made of them. */
const PROVIDERS: readonly [
  string,
  Record<string, string>,
  () => Record<string, Told | Told[]>,
  string,
  object,
  object[],
][] = [
  [
    'GitHub',
    GITHUB,
    githubPlan,
    'authorization: Bearer',
    {
      pullRequest: { id: '7', title: 'CHG-7 open the port', branch: 'port', author: { name: 'Codertocat' } },
      state: 'merged',
    },
    [
      { review: '80', reviewer: { name: 'rae' }, state: 'approved', claimedAt: '2026-02-28T10:00:00Z' },
      { review: '81', reviewer: { name: 'ghost' }, state: 'commented' },
    ],
  ],
  [
    'GitLab',
    GITLAB,
    () => ({
      [`projects/17/repository/commits/${two}/merge_requests?per_page=100`]: {
        body: [
          {
            id: 99,
            iid: 7,
            title: 'CHG-7 open the port',
            state: 'merged',
            draft: false,
            web_url: 'https://gitlab.test/acme/sub/fw/-/merge_requests/7',
            source_branch: 'port',
            target_branch: 'main',
            sha: one,
            merge_commit_sha: two,
            squash_commit_sha: null,
            author: { id: 4, name: 'Ana Diaz', username: 'ana' },
            updated_at: '2026-03-01T00:00:00.000Z',
          },
        ],
      },
      'projects/17/merge_requests/7/commits?per_page=100': { body: [{ id: one }] },
      'projects/17/merge_requests/7/approvals': {
        body: {
          approved: true,
          approved_by: [{ user: { id: 5, name: 'Rae Wu', username: 'rae' }, approved_at: '2026-02-28T10:00:00.000Z' }],
        },
      },
    }),
    'private-token:',
    {
      pullRequest: { id: '7', branch: 'port', base: 'main', author: { name: 'Ana Diaz', login: 'ana' } },
      state: 'merged',
    },
    [{ reviewer: { name: 'Rae Wu', login: 'rae' }, state: 'approved', claimedAt: '2026-02-28T10:00:00.000Z' }],
  ],
  [
    'Bitbucket',
    BITBUCKET,
    () => {
      const pull = {
        id: 7,
        title: 'CHG-7 open the port',
        state: 'MERGED',
        author: { display_name: 'Ana Diaz', nickname: 'ana', uuid: '{u-4}' },
        source: { branch: { name: 'port' }, commit: { hash: one.slice(0, 12) } },
        destination: { branch: { name: 'main' } },
        merge_commit: { hash: two.slice(0, 12) },
        participants: [
          {
            user: { display_name: 'Rae Wu', uuid: '{u-5}' },
            approved: true,
            state: 'approved',
            participated_on: '2026-02-28T10:00:00.123456+00:00',
          },
          { user: { display_name: 'Kim', uuid: '{u-6}' }, approved: false, state: 'changes_requested' },
          { user: { display_name: 'Only read it', uuid: '{u-7}' }, approved: false, state: null },
        ],
      };
      return {
        [`repositories/acme/fw/commit/${two}/pullrequests?pagelen=50`]: { body: { values: [{ id: 7 }] } },
        [`repositories/acme/fw/commit/${one}/pullrequests?pagelen=50`]: { body: { values: [{ id: 7 }] } },
        'repositories/acme/fw/pullrequests/7': { body: pull },
        'repositories/acme/fw/pullrequests/7/commits?pagelen=100': {
          body: { values: [{ hash: base }], next: `${api.url}/repositories/acme/fw/pullrequests/7/commits?page=2` },
        },
        'repositories/acme/fw/pullrequests/7/commits?page=2': { body: { values: [{ hash: one }] } },
      };
    },
    'authorization: Bearer',
    { pullRequest: { id: '7', branch: 'port', base: 'main', author: { name: 'Ana Diaz' } }, state: 'merged' },
    [
      { reviewer: { name: 'Rae Wu' }, state: 'approved', claimedAt: '2026-02-28T10:00:00.123456+00:00' },
      { reviewer: { name: 'Kim' }, state: 'changes_requested' },
    ],
  ],
  [
    'Azure DevOps',
    AZURE,
    () => {
      const git = 'My%20project/_apis/git/repositories/r-1';
      const pull = {
        pullRequestId: 7,
        title: 'CHG-7 open the port',
        status: 'completed',
        isDraft: false,
        closedDate: '2026-03-01T00:00:00Z',
        sourceRefName: 'refs/heads/port',
        targetRefName: 'refs/heads/main',
        createdBy: { displayName: 'Ana Diaz', uniqueName: 'ana@example.test' },
        lastMergeSourceCommit: { commitId: one },
        lastMergeCommit: { commitId: two },
        reviewers: [
          { id: 'u-5', vote: 10, displayName: 'Rae Wu', uniqueName: 'rae@example.test' },
          { id: 'u-6', vote: 0, displayName: 'Kim', uniqueName: 'kim@example.test' },
          { id: 'g-1', vote: 10, isContainer: true, displayName: '[My project]\\Reviewers' },
        ],
      };
      return {
        [`${git}/pullrequestquery?api-version=7.1`]: { body: { results: [{}, { [two]: [pull] }] } },
        [`${git}/pullrequests/7?api-version=7.1`]: { body: pull },
        [`${git}/pullRequests/7/commits?$top=100&api-version=7.1`]: {
          body: { value: [{ commitId: base }] },
          headers: { 'x-ms-continuationtoken': '100' },
        },
        [`${git}/pullRequests/7/commits?$top=100&api-version=7.1&continuationToken=100`]: {
          body: { value: [{ commitId: one }] },
        },
      };
    },
    'authorization: Bearer',
    {
      pullRequest: { id: '7', branch: 'port', base: 'main', author: { name: 'Ana Diaz', email: 'ana@example.test' } },
      state: 'merged',
    },
    [{ reviewer: { name: 'Rae Wu', email: 'rae@example.test' }, state: 'approved' }],
  ],
];

it.each(PROVIDERS)(
  '%s: the pull request and its reviews, all pages, about the commits that are handed in',
  async (_, environment, plan, header, pull, reviews) => {
    api.plan(plan());
    const shown = await collected(environment, ...since());
    expect([shown.exitCode, shown.missing]).toEqual([0, []]);
    const [request] = of(shown, 'pull-request');
    expect(of(shown, 'pull-request')).toHaveLength(1);
    expect(request).toMatchObject({ change: 'CHG-7', ...pull });
    expect(request?.commits).toContain(one);
    expect(request?.commits).not.toContain(base);
    expect(of(shown, 'review')).toMatchObject(reviews.map((review) => ({ pullRequest: { id: '7' }, ...review })));
    expect(of(shown, 'review')).toHaveLength(reviews.length);
    const [name = '', scheme] = header.split(': ');
    const sent = api.asked.map(({ headers }) => String(headers[name.replace(':', '')]));
    expect(new Set(sent)).toEqual(new Set([scheme === undefined ? TOKEN : `${scheme} ${TOKEN}`]));
    expect(JSON.stringify([shown.output, shown.said])).not.toContain(TOKEN);
  },
);

it('a commit that a pull request already holds is not asked about', async () => {
  api.plan(githubPlan());
  await collected(GITHUB, ...since());
  expect(api.asked.filter(({ path }) => path.includes('/commits/'))).toHaveLength(1);
});

it('a commit that was never pushed is a note', async () => {
  api.plan({
    [`repos/acme/fw/commits/${two}/pulls?per_page=100`]: { status: 422, body: { message: 'No commit found for SHA' } },
    [`repos/acme/fw/commits/${one}/pulls?per_page=100`]: { body: [] },
  });
  const { exitCode, notes } = await collected(GITHUB, ...since());
  expect([exitCode, notes]).toEqual([0, ["GitHub's API does not know 1 of the commits: they were not pushed."]]);
});

describe('what was deployed last', () => {
  it.each<[string, Record<string, string>, () => Record<string, Told | Told[]>, RegExp]>([
    [
      'GitHub: the newest whose states hold a success, also when it was replaced',
      GITHUB,
      () => ({
        'repos/acme/fw/deployments?environment=prod%20eu&per_page=100': {
          body: [{ id: 3, sha: two, environment: 'prod eu', created_at: 'c' }],
          headers: next('repos/acme/fw/deployments?page=2'),
        },
        'repos/acme/fw/deployments?page=2': {
          body: [{ id: 2, sha: one, environment: 'prod eu', created_at: '2026-02-01T00:00:00Z' }],
        },
        'repos/acme/fw/deployments/3/statuses?per_page=100': { body: [{ state: 'failure' }, { state: 'in_progress' }] },
        'repos/acme/fw/deployments/2/statuses?per_page=100': { body: [{ state: 'inactive' }, { state: 'success' }] },
        [`repos/acme/fw/commits/${two}/pulls?per_page=100`]: { body: [] },
      }),
      /^deployment 2 to prod eu of 2026-02-01T00:00:00Z \(GitHub's API\)$/,
    ],
    [
      'GitLab',
      GITLAB,
      () => ({
        'projects/17/deployments?environment=prod%20eu&status=success&order_by=id&sort=desc&per_page=1': {
          body: [{ id: 41, iid: 2, sha: one, status: 'success', updated_at: '2026-02-01T00:00:00.000Z' }],
        },
        [`projects/17/repository/commits/${two}/merge_requests?per_page=100`]: { body: [] },
      }),
      /^deployment 2 to prod eu/,
    ],
    [
      'Bitbucket: the one that ended last, whatever the order',
      BITBUCKET,
      () => {
        const deployment = (hash: string, uuid: string, name: string, at: string) => ({
          environment: { uuid },
          release: { name: '#4', commit: { hash } },
          state: { completion_date: at, status: { name } },
        });
        return {
          'repositories/acme/fw/environments?pagelen=100': { body: { values: [{ uuid: '{e-1}', name: 'Prod EU' }] } },
          'repositories/acme/fw/deployments/?pagelen=100': {
            body: {
              values: [
                deployment(base, '{e-1}', 'SUCCESSFUL', '2026-01-01T00:00:00Z'),
                deployment(one, '{e-1}', 'SUCCESSFUL', '2026-02-01T00:00:00Z'),
                deployment(two, '{e-1}', 'FAILED', '2026-02-02T00:00:00Z'),
                deployment(two, '{e-2}', 'SUCCESSFUL', '2026-02-02T00:00:00Z'),
                { state: null },
              ],
            },
          },
          [`repositories/acme/fw/commit/${two}/pullrequests?pagelen=50`]: { body: { values: [] } },
        };
      },
      /^deployment #4 to prod eu of 2026-02-01/,
    ],
    [
      'Azure DevOps',
      AZURE,
      () => {
        const apis = 'My%20project/_apis';
        return {
          [`${apis}/distributedtask/environments?name=prod%20eu&api-version=7.1-preview.1`]: {
            body: { value: [{ id: 6, name: 'Prod EU' }] },
          },
          [`${apis}/distributedtask/environments/6/environmentdeploymentrecords?top=100&api-version=7.1-preview.1`]: {
            body: {
              value: [
                { result: 'failed', finishTime: '2026-02-03T00:00:00Z', owner: { id: 12 } },
                { result: 'succeeded', finishTime: '2026-01-03T00:00:00Z', owner: { id: 10 } },
                { result: 'succeeded', finishTime: '2026-02-01T00:00:00Z', owner: { id: 11 } },
              ],
            },
          },
          [`${apis}/build/builds/11?api-version=7.1`]: { body: { sourceVersion: one, buildNumber: '20260201.1' } },
          [`${apis}/git/repositories/r-1/pullrequestquery?api-version=7.1`]: { body: { results: [{}] } },
        };
      },
      /^run 20260201\.1 to prod eu of 2026-02-01/,
    ],
  ])('%s', async (_, environment, plan, says) => {
    api.plan(plan());
    const shown = await collected(environment, '--environment', 'prod eu');
    expect(shown).toMatchObject({ exitCode: 0, missing: [], base: { commit: one, source: 'deployment' } });
    expect(shown.base.says).toMatch(says);
    expect(of(shown, 'commit')[0]?.commits).toMatchObject([{ id: two }]);
  });
});

describe('when the API does not give it', () => {
  const pulls = (): string => `repos/acme/fw/commits/${two}/pulls?per_page=100`;

  it.each<[string, Told[], number[]]>([
    [
      'limited, until when it says',
      [{ status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1772442007' } }],
      [7000],
    ],
    ['limited, for how long it says', [{ status: 429, headers: { 'Retry-After': '5' } }], [5000]],
    ['failing', [{ status: 502, body: '<html>' }, { status: 500 }], [1000, 2000]],
    ['out of reach', [{ lost: true }], [1000]],
  ])('it is asked again: %s', async (_, before, slept) => {
    api.plan(githubPlan({ [pulls()]: [...before, { body: [githubPull()] }] }));
    expect(await collected(GITHUB, ...since(), '--wait', '30')).toMatchObject({ exitCode: 0, slept, missing: [] });
  });

  it.each<[string, Record<string, Told>, RegExp]>([
    [
      'a token that may not read it',
      { '': { status: 403, body: { message: 'Resource not accessible by integration' } } },
      /answered 403 \(Resource not accessible by integration\): the job needs permissions/,
    ],
    [
      'a token that is none',
      { '': { status: 401, body: { message: 'Bad credentials' } } },
      /answered 401 \(Bad credentials\)/,
    ],
    ['a repository that is hidden', { '': { status: 404, body: { message: 'Not Found' } } }, /answered 404/],
    [
      'a limit longer than there is time',
      { '': { status: 429, headers: { 'Retry-After': '3600' } } },
      /limits how often.*waiting longer is up to --wait/,
    ],
    ['one that never recovers', { '': { status: 503 } }, /answered 503; it was asked \d+ times/],
    ['no JSON', { '': { body: '<html>' } }, /what is no JSON/],
    ['another form', { '': { body: { message: 'hello' } } }, /in a form that is not understood/],
    [
      'a redirect to somebody else',
      { '': { status: 301, headers: { Location: 'https://evil.example.test/' } } },
      /points to another server/,
    ],
    [
      'a redirect in a circle',
      { '': { status: 302, headers: { Location: '/loop' } }, loop: { status: 302, headers: { Location: '/loop' } } },
      /redirects in a circle/,
    ],
    [
      'pages of somebody else',
      { '': { body: [], headers: { Link: '<https://evil.example.test/2>; rel="next"' } } },
      /points to another server/,
    ],
  ])('it is missing, and why is said: %s', async (_, answers, why) => {
    api.plan(Object.fromEntries(Object.entries(answers).map(([path, told]) => [path === '' ? pulls() : path, told])));
    const { exitCode, missing, envelopes } = await collected(GITHUB, ...since(), '--wait', '20');
    expect([exitCode, missing]).toEqual([
      1,
      [{ what: 'pull requests and reviews', why: expect.stringMatching(why) as string }],
    ]);
    expect(envelopes.map(({ kind }) => kind)).toEqual(['document', 'not-obtained', 'commit', 'run']);
    expect(envelopes[1]?.notObtained?.map(({ kind }) => kind)).toEqual(['pull-request', 'review']);
  });

  it('a token of its name is named when it is not there; with --api none nobody is asked', async () => {
    const without = { GITHUB_RUN_ID: '1', GITHUB_REPOSITORY: 'acme/fw' };
    api.plan({});
    expect(await collected(without, ...since())).toMatchObject({
      exitCode: 1,
      missing: [{ why: expect.stringMatching(/no token in GITHUB_TOKEN or GH_TOKEN; say --api none/) as string }],
    });
    expect(await collected(without, ...since(), '--api', 'none')).toMatchObject({ exitCode: 0, missing: [] });
    expect(api.asked).toEqual([]);
  });

  it('a token is not sent in clear text', async () => {
    const { missing } = await collected(GITHUB, ...since(), '--api-url', 'http://api.example.test/');
    expect(missing).toEqual([
      { what: expect.any(String) as string, why: expect.stringMatching(/an address with TLS is needed/) as string },
    ]);
  });

  it('a token may be that of another variable', async () => {
    api.plan(githubPlan());
    const { exitCode } = await collected(
      { ...GITHUB, GITHUB_TOKEN: 'not-this-one', MINE: TOKEN },
      ...since(),
      '--token-env',
      'MINE',
    );
    expect([exitCode, api.asked[0]?.headers.authorization]).toEqual([0, `Bearer ${TOKEN}`]);
  });
});

it('on a runner of no provider the remote says whose API it is', async () => {
  repository.git('remote', 'add', 'origin', 'https://x-access-token:planted-in-the-remote@github.com/acme/fw.git');
  api.plan(githubPlan());
  const shown = await collected({ BUILD_TAG: 'jenkins-1', GH_TOKEN: TOKEN }, ...since());
  repository.git('remote', 'remove', 'origin');
  expect(shown).toMatchObject({ exitCode: 0, missing: [] });
  expect(of(shown, 'pull-request')).toMatchObject([{ repository: 'acme/fw' }]);
  expect(JSON.stringify([shown.output, shown.said])).not.toContain('planted');
});
