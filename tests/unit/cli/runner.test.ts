import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerOf } from '../../../src/cli/runner/runner';

const [A, B] = ['a1'.repeat(20), 'b2'.repeat(20)];
const ZEROS = '0'.repeat(40);

it.each<[string, Record<string, string>, object]>([
  [
    'GitHub Actions',
    {
      GITHUB_RUN_ID: '1',
      GITHUB_WORKFLOW: 'build',
      GITHUB_REPOSITORY: 'a/b',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_SHA: A,
      GITHUB_REF_NAME: 'main',
      GITHUB_ACTOR: 'ana',
      GITHUB_TRIGGERING_ACTOR: 'zoe',
      GITHUB_RUN_ATTEMPT: '2',
    },
    {
      run: { id: '1', name: 'build', attempt: '2', url: 'https://github.com/a/b/actions/runs/1' },
      repository: 'a/b',
      commit: A,
      branch: 'main',
      actor: { name: 'zoe', login: 'zoe' },
    },
  ],
  [
    'GitLab CI',
    {
      CI_PIPELINE_ID: '2',
      CI_PIPELINE_URL: 'https://gitlab.test/2',
      CI_PROJECT_PATH: 'g/s/p',
      CI_COMMIT_SHA: A,
      CI_COMMIT_BEFORE_SHA: ZEROS,
      CI_COMMIT_REF_NAME: 'CHG-7',
      CI_ENVIRONMENT_NAME: 'production',
      GITLAB_USER_NAME: 'Zoë Ortiz',
      GITLAB_USER_LOGIN: 'zoe',
      GITLAB_USER_EMAIL: 'zoe@example.test',
      CI_MERGE_REQUEST_IID: '4',
      CI_MERGE_REQUEST_PROJECT_URL: 'https://gitlab.test/g/s/p',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: B,
    },
    {
      run: { id: '2', url: 'https://gitlab.test/2' },
      repository: 'g/s/p',
      commit: A,
      branch: 'CHG-7',
      environment: 'production',
      actor: { name: 'Zoë Ortiz', login: 'zoe', email: 'zoe@example.test' },
      pullRequest: { id: '4', url: 'https://gitlab.test/g/s/p/-/merge_requests/4', head: A, baseCommit: B },
    },
  ],
  [
    'Azure Pipelines',
    {
      BUILD_BUILDID: '3',
      SYSTEM_COLLECTIONURI: 'https://dev.azure.test/o/',
      SYSTEM_TEAMPROJECT: 'My P',
      BUILD_SOURCEVERSION: A,
      BUILD_SOURCEBRANCH: 'refs/pull/5/merge',
      SYSTEM_PULLREQUEST_PULLREQUESTID: '5',
      SYSTEM_PULLREQUEST_SOURCEBRANCH: 'refs/heads/CHG-7-x',
      SYSTEM_PULLREQUEST_SOURCECOMMITID: B,
      ENVIRONMENT_NAME: 'production',
    },
    {
      run: { id: '3', url: 'https://dev.azure.test/o/My%20P/_build/results?buildId=3' },
      commit: B,
      branch: 'CHG-7-x',
      environment: 'production',
      pullRequest: { id: '5', branch: 'CHG-7-x', head: B },
    },
  ],
  [
    'Bitbucket Pipelines',
    {
      BITBUCKET_BUILD_NUMBER: '4',
      BITBUCKET_REPO_FULL_NAME: 'w/r',
      BITBUCKET_GIT_HTTP_ORIGIN: 'https://x-token-auth:hush@bitbucket.org/w/r',
      BITBUCKET_COMMIT: A,
      BITBUCKET_DEPLOYMENT_ENVIRONMENT: 'production',
    },
    {
      run: { id: '4', url: 'https://bitbucket.org/w/r/pipelines/results/4' },
      repository: 'w/r',
      commit: A,
      environment: 'production',
    },
  ],
  [
    'CircleCI',
    {
      CIRCLE_WORKFLOW_ID: 'u-5',
      CIRCLE_USERNAME: 'zoe',
      CIRCLE_PROJECT_USERNAME: 'acme',
      CIRCLE_PROJECT_REPONAME: 'fw',
      CIRCLE_SHA1: A,
      CIRCLE_PULL_REQUEST: 'https://github.com/acme/fw/pull/9',
    },
    {
      run: { id: 'u-5' },
      repository: 'acme/fw',
      commit: A,
      actor: { name: 'zoe', login: 'zoe' },
      pullRequest: { id: '9', url: 'https://github.com/acme/fw/pull/9', head: A },
    },
  ],
  [
    'Jenkins',
    {
      BUILD_TAG: 'jenkins-x-6',
      BUILD_URL: 'not an address',
      GIT_URL: 'git@example.test:acme/fw.git',
      GIT_COMMIT: A,
      GIT_PREVIOUS_SUCCESSFUL_COMMIT: B,
      CHANGE_ID: '3',
      CHANGE_TITLE: 'CHG-7',
    },
    {
      run: { id: 'jenkins-x-6' },
      repository: 'acme/fw',
      commit: A,
      previous: B,
      pullRequest: { id: '3', title: 'CHG-7' },
    },
  ],
  [
    'Atlantis',
    {
      ATLANTIS_TERRAFORM_VERSION: '1.11.4',
      PULL_NUM: '8',
      HEAD_COMMIT: A,
      BASE_REPO_OWNER: 'acme',
      BASE_REPO_NAME: 'fw',
      PROJECT_NAME: 'edge',
      USER_NAME: 'zoe',
      PULL_AUTHOR: 'ana',
      PULL_URL: 'https://github.com/acme/fw/pull/8',
      // Atlantis may itself run where a variable of another runner is set.
      BUILD_TAG: 'jenkins-x-6',
    },
    {
      run: { id: `atlantis-8-${A.slice(0, 12)}-edge`, name: 'Atlantis', url: 'https://github.com/acme/fw/pull/8' },
      repository: 'acme/fw',
      commit: A,
      actor: { name: 'zoe', login: 'zoe' },
      pullRequest: {
        id: '8',
        url: 'https://github.com/acme/fw/pull/8',
        head: A,
        author: { name: 'ana', login: 'ana' },
      },
    },
  ],
])('%s: all that its variables say, and nothing else', (system, environment, expected) => {
  expect(runnerOf(environment)).toEqual({ system, notes: [], ...expected });
});

it('knows no run outside every runner', () => {
  expect(runnerOf({ HOME: '/root', GITHUB_RUN_ID: '' })).toBeUndefined();
});

describe("the event file of GitHub's runner", () => {
  const folder = mkdtempSync(join(tmpdir(), 'event-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const on = (event: unknown) => {
    const path = join(folder, 'event.json');
    writeFileSync(path, typeof event === 'string' ? event : JSON.stringify(event));
    return runnerOf({ GITHUB_RUN_ID: '1', GITHUB_SHA: A, GITHUB_ACTOR: 'zoe', GITHUB_EVENT_PATH: path });
  };

  it('of a pull request names it, and its own newest commit instead of the merge made for testing', () => {
    const event = {
      pull_request: {
        number: 7,
        title: 'CHG-7 open the port',
        html_url: 'https://github.com/a/b/pull/7',
        head: { ref: 'port', sha: B },
        base: { ref: 'main', sha: A },
        user: { login: 'ana' },
      },
    };
    expect(on(event)).toMatchObject({
      commit: B,
      branch: 'port',
      pullRequest: {
        id: '7',
        title: 'CHG-7 open the port',
        head: B,
        base: 'main',
        baseCommit: A,
        author: { name: 'ana' },
      },
    });
  });

  it('of a forced push says so, and what the branch held before', () => {
    const pushed = { before: B, forced: true, pusher: { name: 'zoe', email: 'zoe@example.test' } };
    expect(on(pushed)).toMatchObject({
      before: B,
      notes: [expect.stringMatching(/forced push/)],
      actor: { name: 'zoe', email: 'zoe@example.test' },
    });
  });

  it('of a deployment names the environment', () => {
    expect(on({ deployment: { environment: 'production' } })).toMatchObject({ environment: 'production' });
  });

  it.each([['{"pull_request": '], ['[1]'], ['"x"']])('that is no event is said: %s', (text) => {
    expect(on(text)).toMatchObject({ commit: A, notes: [expect.stringMatching(/event/)] });
  });

  it.each([[{ pull_request: null, deployment: 4, before: 'x' }], [{ pull_request: { number: 'x' } }], [{}]])(
    'without what it may hold is no problem: %j',
    (event) => {
      expect(on(event)).toEqual({
        system: 'GitHub Actions',
        run: { id: '1' },
        commit: A,
        actor: { name: 'zoe', login: 'zoe' },
        notes: [],
      });
    },
  );
});
