import { createHash, createHmac } from 'node:crypto';
import examples from '@octokit/webhooks-examples';

/**
 * GitHub's own example payloads, re-keyed to a change: repository, commits, people, branch, titles and times are
 * replaced, everything else stays as GitHub sends it.
 */
export interface Work {
  readonly key: string;
  readonly repository: string;
  readonly branch: string;
  readonly number: number;
  readonly title: string;
  readonly author: Engineer;
  readonly reviewer: Engineer;
  readonly messages: readonly string[];
  readonly environment: string;
  /** The commits' ids, one a message, where they are real ones. */
  readonly ids?: readonly string[];
}

export interface Engineer {
  readonly login: string;
  readonly name: string;
  readonly email: string;
}

export type Payload = Record<string, unknown>;

function example(event: string, wanted?: (payload: Payload) => boolean): Payload {
  const all = examples as unknown as readonly { name: string; examples: readonly Payload[] }[];
  const list = all.find(({ name }) => name === event)?.examples ?? [];
  const found = wanted === undefined ? list[0] : list.find(wanted);
  if (found === undefined) throw new Error(`GitHub's examples have no ${event} of that kind`);
  return structuredClone(found);
}

/** The full commit ids of the work, made from what it is so that a new site has the same ones. */
export const commitIds = (work: Work): readonly string[] =>
  work.ids ??
  work.messages.map((message) =>
    createHash('sha1').update(`${work.repository} ${work.branch} ${message}`).digest('hex'),
  );

const headOf = (work: Work): string => commitIds(work).at(-1) ?? '0'.repeat(40);

const idOf = (work: Work, what: string): number =>
  Number.parseInt(createHash('sha1').update(`${what} ${work.key} ${work.branch}`).digest('hex').slice(0, 8), 16);

function repository(payload: Payload, work: Work): Payload {
  const [owner = '', name = ''] = work.repository.split('/');
  const base = payload['repository'] as Payload;
  return {
    ...base,
    name,
    full_name: work.repository,
    private: true,
    html_url: `https://github.com/${work.repository}`,
    owner: { ...(base['owner'] as Payload), login: owner },
  };
}

const person = ({ login }: Engineer, like: unknown): Payload => ({
  ...(like as Payload),
  login,
  html_url: `https://github.com/${login}`,
});

export function push(work: Work, at: Date): Payload {
  const payload = example('push', ({ commits }) => Array.isArray(commits) && commits.length > 0);
  const [like] = payload['commits'] as Payload[];
  const author = { name: work.author.name, email: work.author.email, username: work.author.login };
  const commits = commitIds(work).map((id, i) => ({
    ...like,
    id,
    message: work.messages[i],
    timestamp: at.toISOString(),
    url: `https://github.com/${work.repository}/commit/${id}`,
    author,
    committer: author,
  }));
  return {
    ...payload,
    ref: `refs/heads/${work.branch}`,
    after: headOf(work),
    commits,
    head_commit: commits.at(-1) ?? null,
    repository: repository(payload, work),
    pusher: { name: work.author.login, email: work.author.email },
    sender: person(work.author, payload['sender']),
  };
}

export function pullRequest(work: Work, at: Date, action: 'opened' | 'closed'): Payload {
  const payload = example('pull_request', (one) => one['action'] === action);
  const pull = payload['pull_request'] as Payload;
  return {
    ...payload,
    number: work.number,
    pull_request: {
      ...pull,
      number: work.number,
      title: work.title,
      html_url: `https://github.com/${work.repository}/pull/${work.number}`,
      user: person(work.author, pull['user']),
      head: { ...(pull['head'] as Payload), ref: work.branch, sha: headOf(work) },
      updated_at: at.toISOString(),
      ...(action === 'closed'
        ? {
            merged: true,
            merged_at: at.toISOString(),
            closed_at: at.toISOString(),
            merged_by: person(work.reviewer, pull['user']),
          }
        : { created_at: at.toISOString() }),
    },
    repository: repository(payload, work),
    sender: person(action === 'closed' ? work.reviewer : work.author, payload['sender']),
  };
}

export function review(work: Work, at: Date, state: 'approved' | 'changes_requested'): Payload {
  const payload = example('pull_request_review', (one) => one['action'] === 'submitted');
  const pull = payload['pull_request'] as Payload;
  const said = payload['review'] as Payload;
  return {
    ...payload,
    review: {
      ...said,
      id: idOf(work, `review ${state}`),
      state,
      commit_id: headOf(work),
      submitted_at: at.toISOString(),
      user: person(work.reviewer, said['user']),
      html_url: `https://github.com/${work.repository}/pull/${work.number}#pullrequestreview-${idOf(work, `review ${state}`)}`,
    },
    pull_request: {
      ...pull,
      number: work.number,
      title: work.title,
      user: person(work.author, pull['user']),
      head: { ...(pull['head'] as Payload), ref: work.branch, sha: headOf(work) },
    },
    repository: repository(payload, work),
    sender: person(work.reviewer, payload['sender']),
  };
}

export function workflowRun(work: Work, at: Date, conclusion: 'success' | 'failure'): Payload {
  const payload = example('workflow_run', (one) => one['action'] === 'completed');
  const run = payload['workflow_run'] as Payload;
  const id = idOf(work, `run ${conclusion}`);
  return {
    ...payload,
    workflow_run: {
      ...run,
      id,
      name: 'plan and test',
      head_branch: work.branch,
      head_sha: headOf(work),
      status: 'completed',
      conclusion,
      created_at: at.toISOString(),
      updated_at: at.toISOString(),
      html_url: `https://github.com/${work.repository}/actions/runs/${id}`,
    },
    repository: repository(payload, work),
    sender: person(work.author, payload['sender']),
  };
}

export function checkRun(work: Work, at: Date, name: string, conclusion: 'success' | 'failure'): Payload {
  const payload = example('check_run', (one) => one['action'] === 'completed');
  const check = payload['check_run'] as Payload;
  const id = idOf(work, `check ${name}`);
  return {
    ...payload,
    check_run: {
      ...check,
      id,
      name,
      head_sha: headOf(work),
      status: 'completed',
      conclusion,
      started_at: at.toISOString(),
      completed_at: at.toISOString(),
      html_url: `https://github.com/${work.repository}/runs/${id}`,
      check_suite: { ...(check['check_suite'] as Payload), head_branch: work.branch, head_sha: headOf(work) },
    },
    repository: repository(payload, work),
    sender: person(work.author, payload['sender']),
  };
}

export function deployment(work: Work, at: Date): Payload {
  const payload = example('deployment');
  return {
    ...payload,
    deployment: deploymentOf(work, payload['deployment'] as Payload, at),
    repository: repository(payload, work),
    sender: person(work.author, payload['sender']),
  };
}

export function deploymentStatus(work: Work, at: Date, state: 'success' | 'failure'): Payload {
  const payload = example('deployment_status');
  return {
    ...payload,
    deployment_status: {
      ...(payload['deployment_status'] as Payload),
      id: idOf(work, `status ${state}`),
      creator: person(work.author, (payload['deployment_status'] as Payload)['creator']),
      state,
      environment: work.environment,
      created_at: at.toISOString(),
      updated_at: at.toISOString(),
    },
    deployment: deploymentOf(work, payload['deployment'] as Payload, at),
    repository: repository(payload, work),
    sender: person(work.author, payload['sender']),
  };
}

const deploymentOf = (work: Work, like: Payload, at: Date): Payload => ({
  ...like,
  id: idOf(work, 'deployment'),
  sha: headOf(work),
  ref: work.branch,
  environment: work.environment,
  payload: { change: work.key },
  description: work.title,
  creator: person(work.author, like['creator']),
  created_at: at.toISOString(),
  updated_at: at.toISOString(),
});

/** Delivers a payload as GitHub does: signed over the bytes of the body. */
export async function deliver(
  base: string,
  event: string,
  payload: Payload,
  secret = 'local-github-secret',
): Promise<number> {
  const body = JSON.stringify(payload);
  const response = await fetch(`${base}/forge/webtrigger/evidence-intake?source=github`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-GitHub-Event': event,
      'X-GitHub-Delivery': createHash('sha256').update(body).digest('hex').slice(0, 32),
      'X-Hub-Signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
    body,
  });
  return response.status;
}
