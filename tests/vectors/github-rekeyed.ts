import type { Payload } from './github-payloads';

type How = 'message' | 'branch' | 'title' | 'payload';

/** A payload made to name a change, and `kind:id` of everything that must then be recorded. */
export interface Rekeyed {
  readonly how: How;
  readonly body: unknown;
  readonly expected: readonly string[];
}

/** The member at a dotted path; undefined when any part of it is missing. */
const at = (body: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), body);

/** A copy with the member at a dotted path replaced. */
function withMember(body: unknown, path: string, value: unknown): unknown {
  const [name = '', ...rest] = path.split('.');
  if (!isRecord(body)) throw new Error(`the payload has no ${path}`);
  return { ...body, [name]: rest.length === 0 ? value : withMember(body[name], rest.join('.'), value) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The hand-written rule, apart from pushes: where each event may name a change, and the one fact that it then states.
 * An event that has no such place is not re-keyed that way.
 */
const RULE: Readonly<Record<string, { kind: string; id: string; places: readonly (readonly [How, string])[] }>> = {
  pull_request: {
    kind: 'pull-request',
    id: 'pull_request.number',
    places: [
      ['branch', 'pull_request.head.ref'],
      ['title', 'pull_request.title'],
    ],
  },
  pull_request_review: {
    kind: 'review',
    id: 'review.id',
    places: [
      ['branch', 'pull_request.head.ref'],
      ['title', 'pull_request.title'],
    ],
  },
  workflow_run: {
    kind: 'run',
    id: 'workflow_run.id',
    places: [
      ['branch', 'workflow_run.head_branch'],
      ['message', 'workflow_run.head_commit.message'],
    ],
  },
  check_run: { kind: 'check', id: 'check_run.id', places: [['branch', 'check_run.check_suite.head_branch']] },
  deployment: {
    kind: 'deployment',
    id: 'deployment.id',
    places: [
      ['branch', 'deployment.ref'],
      ['message', 'deployment.description'],
      ['payload', 'deployment.payload'],
    ],
  },
  deployment_status: {
    kind: 'deployment-status',
    id: 'deployment_status.id',
    places: [
      ['branch', 'deployment.ref'],
      ['message', 'deployment.description'],
      ['payload', 'deployment.payload'],
    ],
  },
};

const textsOf = (key: string): Readonly<Record<How, readonly unknown[]>> => ({
  branch: [`feature/${key.toLowerCase()}-port`],
  message: [`Close the port\n\nFor ${key}.`],
  title: [`[${key}] Close the port`],
  payload: [{ change: { key } }, JSON.stringify({ changes: [key] })],
});

/** Every way in which the payload can be made to name the change. */
export function rekeyed({ event, body }: Payload, key: string): readonly Rekeyed[] {
  if (event === 'push') return rekeyedPush(body, key);
  const rule = RULE[event];
  if (rule === undefined) return [];
  const expected = [`${rule.kind}:${String(at(body, rule.id))}`];
  return rule.places.flatMap(([how, path]) =>
    textsOf(key)[how].map((text) => ({ how, expected, body: withMember(body, path, text) })),
  );
}

/** A push states a fact for each commit; without commits, one for its branch or tag, and its head commit if it says so. */
function rekeyedPush(body: Payload['body'], key: string): readonly Rekeyed[] {
  const { branch, message } = textsOf(key);
  const commits = Array.isArray(body.commits) ? body.commits.filter(isRecord) : [];
  const head = isRecord(body.head_commit) ? [body.head_commit] : [];
  const facts = [...new Set([...commits, ...head].map(({ id }) => `commit:${String(id)}`))];
  const ref = `${String(body.ref).startsWith('refs/tags/') ? 'refs/tags' : 'refs/heads'}/${String(branch[0])}`;
  const said = {
    ...body,
    commits: commits.map((commit) => ({ ...commit, message: message[0] })),
    head_commit: head.length === 0 ? null : { ...head[0], message: message[0] },
  };
  const byBranch = commits.length === 0 ? [`branch:${ref}`] : commits.map(({ id }) => `commit:${String(id)}`);
  return [
    { how: 'branch', expected: byBranch, body: { ...body, ref } },
    ...(facts.length === 0 ? [] : [{ how: 'message' as const, expected: facts, body: said }]),
  ];
}
