import { readFileSync } from 'node:fs';
import * as z from '#zod';
import { flag, number, optional, text } from '../../providers/optional';
import type { Environment } from '../rim';
import type { Runner, RunnerKind } from './runner';
import { addressOf, hashOf, joined, lineOf, personOf, present, valueOf } from './values';

const branch = optional(() => z.object({ ref: text, sha: text }));

/** What is relied on in the event's file, and nothing more: docs.github.com, "Webhook events and payloads". */
const event = z.lazy(() =>
  z.object({
    before: text,
    forced: flag,
    pusher: optional(() => z.object({ name: text, email: text })),
    deployment: optional(() => z.object({ environment: text })),
    pull_request: optional(() =>
      z.object({
        number,
        title: text,
        html_url: text,
        head: branch,
        base: branch,
        user: optional(() => z.object({ login: text })),
      }),
    ),
  }),
);
type Event = z.infer<typeof event>;

/** docs.github.com, "Variables reference", default environment variables. */
export const githubActions: RunnerKind = { variable: 'GITHUB_RUN_ID', read };

function read(environment: Environment): Runner {
  const of = (name: string) => valueOf(environment, name);
  const { happened, problem } = eventOf(environment['GITHUB_EVENT_PATH']);
  const login = of('GITHUB_TRIGGERING_ACTOR') ?? of('GITHUB_ACTOR');
  const pushed = happened?.pusher;
  const pull = pullRequestOf(happened);
  const url = addressOf(
    joined(of('GITHUB_SERVER_URL'), '/', of('GITHUB_REPOSITORY'), '/actions/runs/', of('GITHUB_RUN_ID')),
  );
  return {
    system: 'GitHub Actions',
    run: present({
      id: of('GITHUB_RUN_ID') ?? '',
      name: of('GITHUB_WORKFLOW'),
      url,
      attempt: lineOf(of('GITHUB_RUN_ATTEMPT'), 50),
    }),
    ...present({
      repository: of('GITHUB_REPOSITORY'),
      actor: personOf({ login, email: pushed?.name === login ? pushed?.email : null }),
      // Of a pull request GitHub builds a merge that nobody made.
      commit: pull?.head ?? hashOf(environment['GITHUB_SHA']),
      branch: pull?.branch ?? of('GITHUB_REF_NAME'),
      environment: lineOf(happened?.deployment?.environment, 100),
      pullRequest: pull,
      before: hashOf(happened?.before),
    }),
    notes: [
      ...(problem === undefined ? [] : [problem]),
      ...(happened?.forced === true
        ? ['The run was started by a forced push: the branch holds another history than before.']
        : []),
    ],
  };
}

function pullRequestOf(happened: Event | undefined): Runner['pullRequest'] {
  const pull = happened?.pull_request;
  if (pull?.number === null || pull?.number === undefined) return undefined;
  return {
    id: String(pull.number),
    ...present({
      title: lineOf(pull.title, 1000),
      url: addressOf(pull.html_url),
      branch: lineOf(pull.head?.ref, 255),
      base: lineOf(pull.base?.ref, 255),
      head: hashOf(pull.head?.sha),
      baseCommit: hashOf(pull.base?.sha),
      author: personOf({ login: pull.user?.login }),
    }),
  };
}

function eventOf(path: string | undefined): { readonly happened?: Event; readonly problem?: string } {
  if (path === undefined || path === '') return {};
  try {
    const found = event.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return found.success ? { happened: found.data } : { problem: "The runner's event file holds no event." };
  } catch {
    // The event is one source of several; what is missing without it is said.
    return { problem: "The runner's event file (GITHUB_EVENT_PATH) could not be read as JSON." };
  }
}
