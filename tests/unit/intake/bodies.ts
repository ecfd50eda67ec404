/** Small GitHub bodies with what the facts rest on, made for one test each. */
const sender = { login: 'mona', id: 1, type: 'User' };
const repository = { id: 9, full_name: 'acme/enclave' };

export const sha = (n: number): string => n.toString(16).padStart(40, '0');

export const commit = (n: number, message: string) => ({
  id: sha(n),
  message,
  timestamp: '2026-03-02T10:00:00+02:00',
  url: `https://github.com/acme/enclave/commit/${sha(n)}`,
  author: { name: 'Mona Lisa', email: 'mona@example.test', username: 'mona' },
  committer: { name: 'Web Flow', email: 'noreply@example.test', username: 'web-flow' },
});

export const push = (ref: string, commits: readonly ReturnType<typeof commit>[]) => ({
  ref,
  before: sha(1),
  after: commits.at(-1)?.id ?? sha(2),
  created: false,
  deleted: false,
  forced: false,
  compare: 'https://github.com/acme/enclave/compare/1...2',
  commits,
  head_commit: commits.at(-1) ?? null,
  pusher: { name: 'mona', email: 'mona@example.test' },
  repository,
  sender,
});

export const pullRequest = (over: Readonly<Record<string, unknown>> = {}, action = 'opened') => ({
  action,
  number: 12,
  pull_request: {
    number: 12,
    title: 'CHG-7 Close the port',
    state: 'open',
    merged: false,
    draft: false,
    merge_commit_sha: sha(99),
    updated_at: '2026-03-02T08:00:00Z',
    html_url: 'https://github.com/acme/enclave/pull/12',
    user: sender,
    head: { ref: 'close-port', sha: sha(5), repo: null },
    base: { ref: 'main', sha: sha(6) },
    body: 'see CHG-70',
    ...over,
  },
  repository,
  sender,
});

export const review = (state: string, by: string, over: Readonly<Record<string, unknown>> = {}) => ({
  action: 'submitted',
  review: {
    id: 501,
    state,
    user: { login: by, type: 'User' },
    commit_id: sha(5),
    submitted_at: '2026-03-02T08:30:00Z',
    html_url: 'https://github.com/acme/enclave/pull/12#pullrequestreview-501',
    ...over,
  },
  pull_request: pullRequest().pull_request,
  repository,
  sender,
});

export const deployment = (over: Readonly<Record<string, unknown>> = {}) => ({
  action: 'created',
  deployment: {
    id: 77,
    sha: sha(5),
    ref: 'main',
    task: 'deploy',
    environment: 'production',
    description: null,
    payload: {},
    created_at: '2026-03-02T09:30:00Z',
    url: 'https://api.github.com/repos/acme/enclave/deployments/77',
    creator: { login: 'deploy[bot]', type: 'Bot' },
    ...over,
  },
  repository,
  sender,
});

export const deploymentStatus = (state: string, over: Readonly<Record<string, unknown>> = {}) => ({
  ...deployment(over),
  deployment_status: {
    id: 78,
    state,
    description: '',
    environment: 'production',
    created_at: '2026-03-02T09:31:00Z',
    updated_at: '2026-03-02T09:31:00Z',
    url: 'https://api.github.com/x',
    creator: sender,
  },
});
