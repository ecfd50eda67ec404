/** Every sender of evidence with a small delivery of its own making, for what has to hold for each of them alike. */
import type { IntakeRequest } from '../../../src/providers/request';
import { commit, push, sha } from './bodies';
import {
  azureDevopsRequest,
  basic,
  bitbucketRequest,
  bitbucketSignature,
  circleciRequest,
  circleciSignature,
  gitlabRequest,
  gitlabSignedRequest,
  jenkinsRequest,
  jenkinsToken,
  pipelineRequest,
} from './requests';
import { githubRequest, SECRET, sign } from './site';

/** The clock of the tests, in Unix seconds. */
export const NOW = 1772442000;

/** How a sender signs, as of a time in Unix seconds; `signed` is what it signed when the body was altered afterwards. */
export interface Signing {
  readonly secret?: string;
  readonly at?: number;
  readonly nonce?: string;
  readonly signed?: string;
}

/** What a sender signs of a delivery: a body altered underway can be told, and an old delivery, or they cannot. */
export interface Sender {
  readonly source: string;
  /** The name in the address, where several ways to prove oneself share one. */
  readonly address: string;
  readonly send: (event: string, body: string, how?: Signing) => IntakeRequest;
  readonly signsBody: boolean;
  readonly signsTime: boolean;
  /** The event of its own small delivery. */
  readonly event: string;
  /** That delivery, the n-th of its kind, with a text where somebody writes what they did. */
  readonly body: (n: number, text: string) => unknown;
  /** What the n-th states, as `kind:id`. */
  readonly states: (n: number) => string;
}

const AT = '2026-03-02T08:59:00Z';

const gitlab = {
  address: 'gitlab',
  event: 'push',
  body: (n: number, text: string) => ({
    object_kind: 'push',
    ref: 'refs/heads/main',
    before: sha(1),
    after: sha(n),
    user_username: 'mona',
    total_commits_count: 1,
    project: { path_with_namespace: 'acme/it/enclave' },
    commits: [{ id: sha(n), message: text, timestamp: AT, author: { name: 'Mona', email: 'mona@example.test' } }],
  }),
  states: (n: number) => `commit:${sha(n)}`,
};

export const SENDERS: readonly Sender[] = [
  {
    source: 'github',
    address: 'github',
    send: (event, body, { secret, signed = body } = {}) =>
      githubRequest(event, body, { 'X-Hub-Signature-256': [sign(signed, secret)] }),
    signsBody: true,
    signsTime: false,
    event: 'push',
    body: (n, text) => push('refs/heads/main', [commit(n, text)]),
    states: (n) => `commit:${sha(n)}`,
  },
  {
    ...gitlab,
    source: 'gitlab',
    send: (_, body, { secret = SECRET } = {}) => gitlabRequest(body, { 'X-Gitlab-Token': [secret] }),
    signsBody: false,
    signsTime: false,
  },
  {
    ...gitlab,
    source: 'gitlab, signed',
    send: (_, body, { secret, at, signed = body } = {}) => ({
      ...gitlabSignedRequest(signed, {
        ...(secret === undefined ? {} : { secret }),
        ...(at === undefined ? {} : { at }),
      }),
      body,
    }),
    signsBody: true,
    signsTime: true,
  },
  {
    source: 'bitbucket',
    address: 'bitbucket',
    send: (event, body, { secret, signed = body } = {}) =>
      bitbucketRequest(event, body, { 'X-Hub-Signature': [bitbucketSignature(signed, secret)] }),
    signsBody: true,
    signsTime: false,
    event: 'repo:push',
    body: (n, text) => ({
      repository: { full_name: 'acme/enclave' },
      actor: { display_name: 'Mona', nickname: 'mona', account_id: '557058:mona' },
      push: {
        changes: [
          {
            new: { type: 'branch', name: 'main', target: { hash: sha(n), date: AT } },
            old: { type: 'branch', name: 'main', target: { hash: sha(1), date: AT } },
            commits: [{ hash: sha(n), message: text, date: AT, author: { raw: 'Mona <mona@example.test>' } }],
          },
        ],
      },
    }),
    states: (n) => `commit:${sha(n)}`,
  },
  {
    source: 'azure-devops',
    address: 'azure-devops',
    send: (_, body, { secret = SECRET } = {}) => azureDevopsRequest(body, { Authorization: [basic(secret)] }),
    signsBody: false,
    signsTime: false,
    event: 'git.push',
    body: (n, text) => ({
      id: `03c164c2-8912-4d5e-8009-${String(n).padStart(12, '0')}`,
      eventType: 'git.push',
      resource: {
        commits: [{ commitId: sha(n), comment: text, author: { name: 'Mona', email: 'mona@example.test', date: AT } }],
        refUpdates: [{ name: 'refs/heads/main', oldObjectId: sha(1), newObjectId: sha(n) }],
        repository: { name: 'enclave', project: { name: 'acme' } },
        pushedBy: { displayName: 'Mona', uniqueName: 'mona@example.test' },
        date: AT,
      },
      createdDate: AT,
    }),
    states: (n) => `commit:${sha(n)}`,
  },
  {
    source: 'jenkins',
    address: 'jenkins',
    send: (_, body, { secret = SECRET, at = NOW, signed = body } = {}) => {
      const token = jenkinsToken(signed, { exp: at + 300 }, { secret });
      if (body === signed) return jenkinsRequest(token);
      const [head = '', , tail = ''] = token.split('.');
      return jenkinsRequest(`${head}.${jenkinsToken(body, { exp: at + 300 }).split('.')[1] ?? ''}.${tail}`);
    },
    signsBody: true,
    signsTime: true,
    event: 'build',
    body: (n, text) => ({
      requestType: 'event',
      eventType: 'build',
      pipelineName: 'enclave',
      payload: {
        builds: [
          { buildNumber: n, label: text, state: 'successful', lastUpdated: AT, url: 'https://ci.example.test/1' },
        ],
      },
    }),
    states: (n) => `run:enclave#${n}`,
  },
  {
    source: 'circleci',
    address: 'circleci',
    send: (_, body, { secret, signed = body } = {}) =>
      circleciRequest(body, { 'circleci-signature': [circleciSignature(signed, secret)] }),
    signsBody: true,
    signsTime: false,
    event: 'workflow-completed',
    body: (n, text) => ({
      type: 'workflow-completed',
      happened_at: AT,
      workflow: { id: `workflow-${n}`, name: 'deploy', status: 'success' },
      pipeline: { vcs: { branch: 'main', revision: sha(n), commit: { subject: text } } },
      project: { name: 'enclave', slug: 'gh/acme/enclave' },
    }),
    states: (n) => `run:workflow-${n}`,
  },
  {
    source: 'pipeline',
    address: 'pipeline',
    send: (_, body, how) => pipelineRequest(body, how),
    signsBody: true,
    signsTime: true,
    event: 'commit',
    body: (n, text) => ({ change: 'CHG-7', kind: 'commit', commits: [{ id: sha(n), message: text }] }),
    states: (n) => `commit:${sha(n)}`,
  },
];
