/**
 * Every pipeline in .github, run: its shell steps, with the variables that its provider documents, in a real git repository, against
 * a listener that authenticates as the app does. What runs them is ours; none was ever run by the provider itself.
 */
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { readEnvelope } from '../../../../src/providers/pipeline/envelope';
import { ProviderApi } from '../provider-api';
import { TestRepository } from '../repository';
import { SECRET, WebTrigger } from '../web-trigger';
import {
  at,
  atlantisSteps,
  azureSteps,
  bitbucketSteps,
  circleSteps,
  githubSteps,
  gitlabSteps,
  jenkinsSteps,
  yaml,
  type Step,
} from './steps';

const repository = new TestRepository();
const trigger = new WebTrigger();
const api = new ProviderApi();
const TOKEN = 'token-of-the-runner';
let before: string, head: string;

beforeAll(async () => {
  const script = (text: string) => `#!/bin/sh\n${text}\n`;
  before = repository.commit('Before', {
    'build.sh': script(
      'mkdir -p dist reports/unit && echo app >dist/app.tgz && echo "<testsuite/>" >reports/unit/junit.xml',
    ),
    'deploy.sh': script('echo deployed >>deployed'),
    '.gitignore': 'dist\nreports\ndeployed\ntools\n*.cjs\n*.env\n*.json\ntfplan\n',
  });
  head = repository.commit('CHG-7 open the port', { 'rules.conf': 'permit' });
  repository.git('tag', 'deployed/production/1', before);
  repository.git('init', '-q', '--bare', join(repository.root, 'remote'));
  repository.git('remote', 'add', 'origin', 'https://github.com/acme/fw.git');
  repository.git('config', `url.${join(repository.root, 'remote')}.pushInsteadOf`, 'https://github.com/acme/fw.git');
  const tools = join(repository.folder, 'tools');
  const actions = join(repository.folder, '.github/actions/change-control');
  for (const folder of [tools, actions]) mkdirSync(folder, { recursive: true });
  const outfile = join(tools, 'change-control.cjs');
  buildSync({
    entryPoints: ['src/cli/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  });
  copyFileSync(outfile, join(actions, 'change-control.cjs'));
  for (const name of ['build.sh', 'deploy.sh']) await shell(['chmod', '+x', name], '', {});
  await Promise.all([trigger.start(), api.start()]);
});
afterAll(async () => {
  await Promise.all([trigger.stop(), api.stop()]);
  repository.remove();
});

interface Ran {
  readonly status: number;
  readonly output: string;
}
const shell = (
  command: readonly string[],
  script: string,
  environment: Readonly<Record<string, string>>,
): Promise<Ran> =>
  new Promise((resolve) => {
    const [file = '', ...args] = command;
    const env = { PATH: process.env['PATH'] ?? '', HOME: repository.root, ...environment };
    const given = script === '' ? args : [...args, script];
    execFile(file, given, { cwd: repository.folder, env }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` });
    });
  });

/** Runs steps as a runner does: the first that fails ends it, but for those that come afterwards in any case. */
async function ran(steps: readonly Step[], environment: Readonly<Record<string, string>>): Promise<Ran> {
  let status = 0;
  const output: string[] = [];
  for (const step of steps) {
    if (status !== 0 && step.afterwards === undefined) continue;
    const all = { ...environment, ...step.environment, ...step.afterwards?.(status !== 0) };
    const one = await shell(step.shell, step.script, all);
    output.push(one.output);
    if (step.afterwards === undefined) status = one.status;
    else expect([step.script, one]).toEqual([step.script, { status: 0, output: expect.any(String) as string }]);
  }
  return { status, output: output.join('') };
}

const ours = (): Record<string, string> => ({
  CHANGE_GATE_URL: trigger.url,
  CHANGE_EVIDENCE_URL: `${trigger.url}?source=pipeline`,
  CHANGE_GATE_SECRET: SECRET,
  CHANGE_PIPELINE_SECRET: SECRET,
  CHANGE_API_URL: api.url,
});
const event = (): string =>
  repository.file('event.json', JSON.stringify({ ref: 'refs/heads/main', before, pusher: { name: 'dana' } }));
const github = (): Record<string, string> => ({
  'vars.CHANGE_GATE_URL': trigger.url,
  'vars.CHANGE_EVIDENCE_URL': `${trigger.url}?source=pipeline`,
  'secrets.CHANGE_GATE_SECRET': SECRET,
  'secrets.CHANGE_PIPELINE_SECRET': SECRET,
  'github.token': TOKEN,
  'github.action_path': join(repository.folder, '.github/actions/change-control'),
});
const azure = () => ({ CHANGE_GATE_SECRET: SECRET, CHANGE_PIPELINE_SECRET: SECRET, 'System.AccessToken': TOKEN });

/** Each provider's own variables, by the names that it documents, and what it makes of the run. */
const PIPELINES: readonly [string, () => readonly Step[], () => Record<string, string>, object][] = [
  [
    'GitHub Actions',
    () => githubSteps(github()),
    () => ({
      GITHUB_ACTIONS: 'true',
      GITHUB_RUN_ID: '42',
      GITHUB_REPOSITORY: 'acme/fw',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: api.url,
      GITHUB_SHA: head,
      GITHUB_REF_NAME: 'main',
      GITHUB_TRIGGERING_ACTOR: 'dana',
      GITHUB_EVENT_PATH: event(),
      GITHUB_OUTPUT: join(repository.root, 'github-output'),
    }),
    { id: '42' },
  ],
  [
    'GitLab CI',
    gitlabSteps,
    () => ({
      ...ours(),
      GITLAB_CI: 'true',
      CI_PIPELINE_ID: '42',
      CI_PROJECT_ID: '17',
      CI_PROJECT_PATH: 'acme/fw',
      CI_API_V4_URL: api.url,
      CI_COMMIT_SHA: head,
      CI_COMMIT_BEFORE_SHA: before,
      CI_COMMIT_REF_NAME: 'main',
      GITLAB_USER_LOGIN: 'dana',
      GITLAB_USER_NAME: 'dana',
      GITLAB_TOKEN: TOKEN,
    }),
    { id: '42' },
  ],
  [
    'Bitbucket Pipelines',
    bitbucketSteps,
    () => ({
      ...ours(),
      BITBUCKET_BUILD_NUMBER: '42',
      BITBUCKET_REPO_FULL_NAME: 'acme/fw',
      BITBUCKET_COMMIT: head,
      BITBUCKET_BRANCH: 'main',
      BITBUCKET_ACCESS_TOKEN: TOKEN,
      CHANGE_ACTOR: 'dana',
    }),
    { id: '42' },
  ],
  [
    'Azure Pipelines',
    () => azureSteps(azure()),
    () => ({
      ...ours(),
      BUILD_BUILDID: '42',
      BUILD_REPOSITORY_NAME: 'fw',
      BUILD_REPOSITORY_ID: 'r-1',
      BUILD_REPOSITORY_PROVIDER: 'TfsGit',
      BUILD_SOURCEVERSION: head,
      BUILD_SOURCEBRANCH: 'refs/heads/main',
      BUILD_REQUESTEDFOR: 'dana',
      SYSTEM_COLLECTIONURI: `${api.url}/`,
      SYSTEM_TEAMPROJECT: 'P',
      ENVIRONMENT_NAME: 'production',
    }),
    { id: '42' },
  ],
  [
    'CircleCI',
    circleSteps,
    () => ({
      ...ours(),
      CIRCLE_WORKFLOW_ID: '42',
      CIRCLE_PROJECT_USERNAME: 'acme',
      CIRCLE_PROJECT_REPONAME: 'fw',
      CIRCLE_SHA1: head,
      CIRCLE_BRANCH: 'main',
      CIRCLE_BUILD_NUM: '2',
      CIRCLE_USERNAME: 'dana',
      GITHUB_TOKEN: TOKEN,
    }),
    { id: '42' },
  ],
  [
    'Jenkins',
    jenkinsSteps,
    () => ({
      ...ours(),
      BUILD_TAG: '42',
      GIT_COMMIT: head,
      GIT_BRANCH: 'origin/main',
      GIT_PREVIOUS_SUCCESSFUL_COMMIT: before,
      BUILD_USER: 'dana',
    }),
    { id: '42' },
  ],
];

/** Which commit was deployed last, and that no pull request holds it, as each API says it. */
const planApi = (): void => {
  api.plan({
    'repos/acme/fw/deployments?environment=production&per_page=100': {
      body: [{ id: 1, sha: before, environment: 'production' }],
    },
    'repos/acme/fw/deployments/1/statuses?per_page=100': { body: [{ state: 'success' }] },
    [`repos/acme/fw/commits/${head}/pulls?per_page=100`]: { body: [] },
    'projects/17/deployments?environment=production&status=success&order_by=id&sort=desc&per_page=1': {
      body: [{ iid: 1, sha: before }],
    },
    [`projects/17/repository/commits/${head}/merge_requests?per_page=100`]: { body: [] },
    'repositories/acme/fw/environments?pagelen=100': { body: { values: [{ uuid: '{e}', name: 'production' }] } },
    'repositories/acme/fw/deployments/?pagelen=100': {
      body: {
        values: [
          {
            environment: { uuid: '{e}' },
            release: { commit: { hash: before } },
            state: { completion_date: '2026-01-01T00:00:00Z', status: { name: 'SUCCESSFUL' } },
          },
        ],
      },
    },
    [`repositories/acme/fw/commit/${head}/pullrequests?pagelen=50`]: { body: { values: [] } },
    'P/_apis/distributedtask/environments?name=production&api-version=7.1-preview.1': {
      body: { value: [{ id: 6, name: 'production' }] },
    },
    'P/_apis/distributedtask/environments/6/environmentdeploymentrecords?top=100&api-version=7.1-preview.1': {
      body: { value: [{ result: 'succeeded', finishTime: '2026-01-01T00:00:00Z', owner: { id: 11 } }] },
    },
    'P/_apis/build/builds/11?api-version=7.1': { body: { sourceVersion: before } },
    'P/_apis/git/repositories/r-1/pullrequestquery?api-version=7.1': { body: { results: [{}] } },
    'repos/acme/fw/pulls/7': { body: { number: 7, title: 'CHG-7', state: 'open', head: { ref: 'x', sha: head } } },
    'repos/acme/fw/pulls/7/commits?per_page=100': { body: [{ sha: head }] },
    'repos/acme/fw/pulls/7/reviews?per_page=100': {
      body: [
        { id: 8, user: { login: 'rae' }, state: 'APPROVED', commit_id: head, submitted_at: '2026-01-01T00:00:00Z' },
      ],
    },
  });
};

beforeEach(() => {
  rmSync(join(repository.folder, 'deployed'), { force: true });
  planApi();
});
const deployed = (): boolean => existsSync(join(repository.folder, 'deployed'));
const bodies = () => trigger.bodies.map((body) => JSON.parse(body) as Record<string, unknown>);
const handedIn = () =>
  bodies().flatMap((body) => {
    const read = 'kind' in body ? readEnvelope(body) : undefined;
    return read === undefined ? [] : [read.ok ? read.envelope : read.reason];
  });
const questions = () => bodies().filter((body) => !('kind' in body));
const yes = [200, { verdict: 'allowed', result: 'accepted' }] as const;
const no = [409, { verdict: 'blocked-window', result: 'accepted' }] as const;

describe.each(PIPELINES)('%s', (_, steps, environment, run) => {
  it('hands in the commits, tests and artifacts, asks, deploys, and hands in that it did', async () => {
    trigger.plan(yes);
    const outcome = await ran(steps(), environment());
    expect(outcome).toEqual({ status: 0, output: expect.any(String) as string });
    expect(deployed()).toBe(true);
    expect(questions()).toEqual([
      { change: 'CHG-7', environment: 'production', commits: [head], artifacts: [], actor: { name: 'dana' } },
    ]);
    expect(handedIn()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'commit', commits: [expect.objectContaining({ id: head })] }),
        expect.objectContaining({
          kind: 'run',
          run: expect.objectContaining(run) as unknown,
          environment: 'production',
        }),
        expect.objectContaining({
          kind: 'test-result',
          contents: [{ name: 'reports/unit/junit.xml', text: '<testsuite/>\n' }],
        }),
        expect.objectContaining({ kind: 'artifact', artifacts: [expect.objectContaining({ name: 'dist/app.tgz' })] }),
        expect.objectContaining({
          kind: 'deployment-status',
          state: 'success',
          environment: 'production',
          commits: [head],
        }),
      ]),
    );
    expect(outcome.output).not.toContain(SECRET);
    expect(outcome.output).not.toContain(TOKEN);
  });

  it('does not deploy when the gate says no', async () => {
    trigger.plan(no);
    expect((await ran(steps(), environment())).status).not.toBe(0);
    expect([deployed(), questions().length]).toEqual([false, 1]);
    const states = handedIn().flatMap((one) =>
      typeof one === 'object' && one.kind === 'deployment-status' ? [one.state] : [],
    );
    expect(states).not.toContain('success');
  });
});

it("GitHub's action tells the workflow the verdict", async () => {
  const output = join(repository.root, 'github-output');
  writeFileSync(output, '');
  trigger.plan(no);
  await ran(githubSteps(github()), { ...PIPELINES[0]?.[2](), GITHUB_OUTPUT: output });
  expect(readFileSync(output, 'utf8')).toMatch(/^verdict=blocked-window\nchange=CHG-7\n/);
});

describe('Atlantis', () => {
  const environment = () => ({
    ...ours(),
    ATLANTIS_TERRAFORM_VERSION: '1.11.4',
    CHANGE_CLI: join(repository.folder, 'tools/change-control.cjs'),
    GITHUB_TOKEN: TOKEN,
    BASE_REPO_OWNER: 'acme',
    BASE_REPO_NAME: 'fw',
    HEAD_BRANCH_NAME: 'CHG-7-port',
    BASE_BRANCH_NAME: 'main',
    HEAD_COMMIT: head,
    PULL_NUM: '7',
    PULL_AUTHOR: 'ana',
    USER_NAME: 'dana',
    WORKSPACE: 'production',
    PLANFILE: repository.file('tfplan', 'the plan'),
    SHOWFILE: repository.file(
      'show.json',
      JSON.stringify({ format_version: '1.2', terraform_version: '1.11.4', resource_changes: [] }),
    ),
  });

  it.each([
    ['applies', yes, true],
    ['does not apply', no, false],
  ] as const)('%s as the gate says, for exactly the plan that was handed in', async (_, answer, applied) => {
    trigger.plan(answer);
    expect((await ran(atlantisSteps(), environment())).status === 0).toBe(applied);
    expect(deployed()).toBe(applied);
    const [asked] = questions();
    expect(asked).toMatchObject({
      change: 'CHG-7',
      commits: [],
      artifacts: [expect.stringMatching(/^sha256:/)],
      actor: { name: 'dana' },
    });
    const plans = handedIn().filter((one) => typeof one === 'object' && one.kind === 'artifact');
    expect(plans[0]).toMatchObject({ artifacts: [{ digest: (asked?.['artifacts'] as string[])[0] }] });
    expect(handedIn()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'configuration-difference' }),
        expect.objectContaining({ kind: 'pull-request', commits: [head] }),
        expect.objectContaining({ kind: 'review', reviewer: { name: 'rae', login: 'rae' } }),
      ]),
    );
  });
});

describe('the files', () => {
  it('of GitHub use nothing of a third party, and what they use by its commit', () => {
    const used = [
      ...at<Record<string, unknown>[]>(yaml('.github/pipelines/github-workflow.yml'), 'jobs', 'deploy', 'steps'),
      ...at<Record<string, unknown>[]>(yaml('.github/actions/change-control/action.yml'), 'runs', 'steps'),
    ].flatMap((step) => (typeof step['uses'] === 'string' ? [step['uses']] : []));
    expect(
      used.filter((one) => !/^(?:actions\/[a-z-]+@[0-9a-f]{40}|\.\/\.github\/actions\/change-control)$/.test(one)),
    ).toEqual([]);
    expect(used).toHaveLength(4);
  });

  it('put nothing of an input into a script', () => {
    const scripts = [...githubSteps(github()), ...azureSteps(azure()), ...circleSteps()].map(({ script }) => script);
    expect(scripts.filter((script) => /\$\{\{|\$\([A-Za-z_.]+\)|<< /.test(script.replaceAll('<<< ', '')))).toEqual([]);
  });

  it('fetch the whole history', () => {
    const circle = at<unknown[]>(yaml('.github/pipelines/circleci.yml'), 'jobs', 'deploy', 'steps')[0];
    const azurePool = at<unknown[]>(
      yaml('.github/pipelines/azure-pipelines.yml'),
      'stages',
      0,
      'jobs',
      0,
      'strategy',
      'runOnce',
      'deploy',
      'steps',
    );
    const checkout = at<unknown[]>(yaml('.github/pipelines/github-workflow.yml'), 'jobs', 'deploy', 'steps')[0];
    expect([
      at<unknown>(checkout, 'with', 'fetch-depth'),
      at<unknown>(yaml('.github/pipelines/gitlab-ci.yml'), '.change-control', 'variables', 'GIT_DEPTH'),
      at<unknown>(yaml('.github/pipelines/bitbucket-pipelines.yml'), 'clone', 'depth'),
      at<unknown>(azurePool[0], 'fetchDepth'),
      at<unknown>(circle, 'checkout', 'method'),
    ]).toEqual([0, '0', 'full', 0, 'full']);
  });
});
