import * as z from '#zod';

/** What a pipeline asks the deploy gate: may this change, as these commits and artifacts, be deployed there by them? */
export interface DeployQuestion {
  /** A Jira issue key. */
  readonly change: string;
  readonly environment: string;
  /** Full commit ids, lower-case hexadecimal, each once. */
  readonly commits: readonly string[];
  /** `sha256:` and 64 lower-case hexadecimal digits, each once. */
  readonly artifacts: readonly string[];
  /** Who deploys, as the pipeline knows them. */
  readonly actor: DeployActor;
}

export interface DeployActor {
  readonly name: string;
  readonly email?: string;
}

/** The most commits and the most artifacts of one question: all of them have to fit into one ledger entry. */
export const MAX_NAMED = 500;
export const MAX_QUESTION_BYTES = 100 * 1024;

export const ISSUE_KEY = /^[A-Z][A-Z0-9_]{1,99}-[1-9][0-9]{0,18}$/;
export const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
export const ARTIFACT = /^sha256:[0-9a-f]{64}$/;
/** Not blank, and nothing that a terminal or a canonical JSON text could not hold. */
export const LINE = /^(?!\s*$)[^\p{Control}\p{Surrogate}]+$/u;
export const EMAIL = /^[^\s@\p{Control}\p{Surrogate}]+@[^\s@\p{Control}\p{Surrogate}]+$/u;

const line = (max: number) => z.string().check(z.maxLength(max), z.regex(LINE));
const list = (pattern: RegExp) =>
  z.exactOptional(z.array(z.string().check(z.regex(pattern))).check(z.maxLength(MAX_NAMED)));

const question = z.lazy(() =>
  z.strictObject({
    change: z.string().check(z.regex(ISSUE_KEY)),
    environment: line(100),
    commits: list(COMMIT),
    artifacts: list(ARTIFACT),
    actor: z.strictObject({
      name: line(200),
      email: z.exactOptional(z.string().check(z.maxLength(320), z.regex(EMAIL))),
    }),
  }),
);

export type ReadQuestion =
  | { readonly ok: true; readonly question: DeployQuestion }
  /** `reason` is a word of a closed list, fit for a counter; `sentence` says what to do. */
  | { readonly ok: false; readonly reason: string; readonly sentence: string };

const no = (reason: string, sentence: string): ReadQuestion => ({ ok: false, reason, sentence });

/** What is asked of each member, by name, for refusals. */
const ASKED: Readonly<Record<string, string>> = {
  change: '"change" is the key of a Jira issue in capital letters, such as CHG-7.',
  environment: '"environment" is a name of at most 100 characters on one line.',
  commits: `"commits" is a list of at most ${MAX_NAMED} full commit ids: 40 or 64 lower-case hexadecimal digits.`,
  artifacts: `"artifacts" is a list of at most ${MAX_NAMED} digests: sha256: and 64 lower-case hexadecimal digits.`,
  actor: '"actor" has a "name" of at most 200 characters and may have an "email".',
};

/**
 * Reads the body of a question. Strict: a member that is not known might have been meant to restrict something.
 * Reasons: `too-large`, `not-json`, `not-an-object`, `unknown-member`, `nothing-named`, or the name of the member that is
 * not as it has to be.
 */
export function readQuestion(body: string): ReadQuestion {
  if (Buffer.byteLength(body) > MAX_QUESTION_BYTES)
    return no('too-large', `A question has at most ${MAX_QUESTION_BYTES} bytes.`);
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    return no('not-json', 'The body is one JSON object.');
  }
  return checkQuestion(document);
}

export function checkQuestion(document: unknown): ReadQuestion {
  const read = question.safeParse(document);
  if (!read.success) {
    const [member] = read.error.issues[0]?.path ?? [];
    const asked = typeof member === 'string' ? ASKED[member] : undefined;
    if (typeof member === 'string' && asked !== undefined) return no(member, asked);
    return typeof document === 'object' && document !== null && !Array.isArray(document)
      ? no('unknown-member', `A question has the members ${Object.keys(ASKED).join(', ')} and no others.`)
      : no('not-an-object', 'The body is one JSON object.');
  }
  const { change, environment, actor } = read.data;
  const [commits, artifacts] = [read.data.commits, read.data.artifacts].map((all) => [...new Set(all)]);
  if (commits === undefined || artifacts === undefined || commits.length + artifacts.length === 0)
    return no('nothing-named', 'Name at least one commit or artifact: what is deployed has to belong to the change.');
  return { ok: true, question: { change, environment, commits, artifacts, actor } };
}
