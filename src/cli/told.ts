import { ISSUE_KEY } from '../gate/question';
import { findIssueKeys } from '../providers/issue-keys';
import type { EnvelopePerson } from '../providers/pipeline/envelope';
import type { Flag, Given } from './flags';
import { messageOf } from './head';
import { personOf } from './runner/values';
import { withClockAt, type Environment, type Rim } from './rim';
import type { Runner } from './runner/runner';

/** Options that `gate` and `collect` share; what a runner knows by itself needs none of them. */
export const CHANGE_FLAGS: readonly Flag[] = [
  {
    name: 'change',
    takes: 'KEY',
    says: 'the Jira issue, such as CHG-7 ($CHANGE_KEY, or the one key that the run names: its branch and title, else its newest commit)',
  },
  {
    name: 'project',
    takes: 'KEY',
    says: 'when the key is looked for: only keys of this Jira project, such as CHG ($CHANGE_PROJECT, or any)',
  },
  {
    name: 'environment',
    takes: 'NAME',
    says: 'where it is deployed ($CHANGE_ENVIRONMENT, or as the runner says)',
  },
  {
    name: 'actor',
    takes: 'NAME',
    says: 'who triggered it: a display name, or a name at the provider ($CHANGE_ACTOR, or as the runner says)',
  },
  {
    name: 'email',
    takes: 'ADDRESS',
    says: "the actor's e-mail address in Jira ($CHANGE_ACTOR_EMAIL, or as the runner says)",
  },
];

export const waitFlag = (says: string): Flag => ({ name: 'wait', takes: 'SECONDS', says });
export const NOW_FLAG: Flag = {
  name: 'now',
  takes: 'INSTANT',
  says: 'the time to sign with, such as 2026-03-02T09:00:00Z, for a test site whose clock stands there (now)',
};
export const VERBOSE_FLAG: Flag = { name: 'verbose', says: 'say on standard error what is done and asked' };

export type Told<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly complaint: string };

/**
 * Which change it is about. Only an option or a variable says it for certain; a key that is looked for has to be the only
 * one, because the wrong one would tie evidence to a change that it is none of.
 */
export function changeOf(told: Given, environment: Environment, runner: Runner | undefined): Told<string> {
  const said = told.text('change') ?? filled(environment['CHANGE_KEY']);
  if (said !== undefined)
    return ISSUE_KEY.test(said)
      ? { ok: true, value: said }
      : {
          ok: false,
          complaint: `${JSON.stringify(said)} is no key of a Jira issue, such as CHG-7, in capital letters.`,
        };
  const found = keysOf(told, environment, runner);
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return { ok: true, value: only };
  return {
    ok: false,
    complaint:
      only === undefined
        ? 'Which change is it about? Name it with --change KEY; neither branch and title of the run nor its newest commit names one.'
        : `Which change is it about? The run names ${found.join(', ')}: name one with --change KEY, or its project with --project.`,
  };
}

/** A branch or title that names a change wins over the message of a commit, which may name others in passing. */
function keysOf(told: Given, environment: Environment, runner: Runner | undefined): readonly string[] {
  const project = told.text('project') ?? filled(environment['CHANGE_PROJECT']);
  const keysIn = (texts: readonly (string | undefined)[]) =>
    [...new Set(texts.flatMap((text) => findIssueKeys(text)))].filter(
      (key) => project === undefined || key.startsWith(`${project}-`),
    );
  const ofRun = keysIn([runner?.branch, runner?.pullRequest?.branch, runner?.pullRequest?.title]);
  if (ofRun.length > 0 || told.on('no-commits')) return ofRun;
  const folder = told.text('repository') ?? '.';
  return keysIn([messageOf(folder, told.text('head') ?? runner?.commit ?? 'HEAD') ?? messageOf(folder, 'HEAD')]);
}

export const environmentOf = (told: Given, environment: Environment, runner: Runner | undefined): string | undefined =>
  told.text('environment') ?? filled(environment['CHANGE_ENVIRONMENT']) ?? runner?.environment;

/** Who triggered it. A name that was given is not mixed with the runner's e-mail address, which may be another person's. */
export function actorOf(told: Given, environment: Environment, runner: Runner | undefined): EnvelopePerson | undefined {
  const name = told.text('actor') ?? filled(environment['CHANGE_ACTOR']);
  const email = told.text('email') ?? filled(environment['CHANGE_ACTOR_EMAIL']);
  if (name !== undefined) return personOf({ name, email });
  const known = runner?.actor;
  return known === undefined || email === undefined ? known : { ...known, email };
}

/** The world at the time that was given. */
export function rimAt(told: Given, rim: Rim): Told<Rim> {
  const now = told.text('now');
  if (now === undefined) return { ok: true, value: rim };
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(now) ? Date.parse(now) : NaN;
  return Number.isNaN(instant)
    ? { ok: false, complaint: '--now is a time with a time zone, such as 2026-03-02T09:00:00Z.' }
    : { ok: true, value: withClockAt(rim, instant) };
}

export const filled = (value: string | undefined): string | undefined =>
  value === undefined || value.trim() === '' ? undefined : value.trim();
