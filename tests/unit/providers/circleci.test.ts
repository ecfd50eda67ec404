import { parseCircleci } from '../../../src/providers/circleci/parse';
import { factsOf, SHA_A } from './facts';

const facts = (type: string, body: object): unknown => factsOf(parseCircleci(type, { type, ...body }));

const workflow = {
  id: 'w-1',
  name: 'build',
  status: 'success',
  stopped_at: '2026-03-02T09:00:00Z',
  url: 'https://app.circleci.com/w-1',
};
const job = { id: 'j-1', name: 'test', status: 'failed', number: 6, stopped_at: '2026-03-02T09:00:00Z' };
const person = { name: 'Dana', email: 'dana@example.test' };
const github = {
  number: 4,
  vcs: {
    target_repository_url: 'https://github.com/acme/portal',
    origin_repository_url: 'https://github.com/acme/portal',
    revision: SHA_A,
    branch: 'feature/chg-7',
    commit: { subject: 'CHG-8 close', body: 'Also CHG-9', author: person, committer: person },
  },
};
const gitlab = {
  trigger_parameters: {
    gitlab: {
      web_url: 'https://gitlab.com/acme/web/portal',
      branch: 'chg-7',
      checkout_sha: SHA_A,
      commit_message: 'CHG-8 close',
      commit_author_email: 'dana@example.test',
      user_username: 'dana',
      tag: '',
    },
    git: { ref: 'refs/heads/chg-7', checkout_sha: SHA_A },
  },
};

const at = '2026-03-02T09:00:00.000Z';

it('a workflow is a run, a job is a check', () => {
  const names = ['CHG-7 by branch', 'CHG-8 by commit-message', 'CHG-9 by commit-message'];
  const same = {
    in: 'acme/portal',
    commits: ['aaaa'],
    names,
    people: ['author dana@example.test', 'committer dana@example.test'],
    at,
  };
  expect(facts('workflow-completed', { workflow, pipeline: github })).toEqual([
    { ...same, fact: 'run w-1', state: 'success' },
  ]);
  expect(facts('job-completed', { workflow, job, pipeline: github })).toEqual([
    { ...same, fact: 'check j-1', state: 'failed' },
  ]);
});

it.each([
  [
    'GitLab',
    gitlab,
    'acme/web/portal',
    ['CHG-7 by branch', 'CHG-8 by commit-message'],
    ['author dana@example.test', 'actor dana'],
  ],
  [
    'GitHub’s app',
    {
      trigger_parameters: {
        github_app: {
          ref: 'refs/heads/chg-7',
          repo_url: 'git@github.com:acme/portal.git',
          commit_sha: SHA_A,
          commit_title: 'CHG-8',
          branch: '',
        },
      },
    },
    'acme/portal',
    ['CHG-7 by branch', 'CHG-8 by commit-message'],
    [],
  ],
  [
    'a tag',
    {
      vcs: {
        target_repository_url: 'https://bitbucket.org/acme/portal',
        revision: SHA_A,
        branch: null,
        tag: 'CHG-7-rc1',
        commit: { subject: null, body: null, author: person, committer: null },
      },
    },
    'acme/portal',
    ['CHG-7 by branch'],
    ['author dana@example.test'],
  ],
  [
    'a custom webhook',
    { trigger_parameters: { git: { checkout_sha: SHA_A }, webhook: { body: '{"change":"CHG-7"}' } } },
    'acme/portal',
    ['CHG-7 by payload'],
    [],
  ],
])('a pipeline of %s', (_name, pipeline, repository, names, people) => {
  const project = { slug: 'gh/acme/portal', name: 'portal' };
  expect(facts('workflow-completed', { workflow, pipeline, project })).toEqual([
    { fact: 'run w-1', in: repository, state: 'success', commits: ['aaaa'], names, people, at },
  ]);
});

it.each([
  [{ slug: 'circleci/89xcrx7UvW/63AY3yf3', name: 'portal' }, { name: 'acme' }, 'acme/portal'],
  [{ name: 'portal' }, null, 'portal'],
  [null, null, null],
])(
  'of a pipeline without an address the repository is what project %o and organization %o say',
  (project, organization, repository) => {
    expect(facts('workflow-completed', { workflow, project, organization })).toMatchObject([
      { in: repository, commits: [], names: [] },
    ]);
  },
);

it.each([
  ['workflow-completed', {}, 'invalid: shape'],
  ['workflow-completed', { workflow: { id: '' } }, 'invalid: shape'],
  ['job-completed', { workflow }, 'invalid: shape'],
  ['ping', { webhook: { id: 'x' } }, 'ignored: ping'],
  ['pipeline-completed', {}, 'ignored: event-not-taken-in'],
  ['constructor', {}, 'ignored: event-not-taken-in'],
])('%s with %o', (type, body, outcome) => {
  expect(facts(type, body)).toBe(outcome);
});
