import { clean, type Context } from '../github/statement';
import type { Envelope, User } from './schemas';

/** What all events share; `action` is GitLab's word for what happened, where it has one. */
export const contextOf = (envelope: Envelope, action: string | null = null): Context => ({
  repository: repositoryOf(envelope),
  action,
  sender: personOf(envelope.user),
});

/**
 * The project's whole path, groups and subgroups included. Behind it may stand any instance of GitLab, and two of them may
 * have the same path, so that of another than gitlab.com is part of the name: `git.acme.test/group/subgroup/project`.
 */
export function repositoryOf({ project, repository, project_name: name }: Envelope): string | null {
  const [, host, path] =
    /^https?:\/\/([^/?#@\s]+)\/([^?#\s]+?)\/?$/.exec((project?.web_url ?? repository?.homepage ?? '').slice(0, 2000)) ??
    [];
  const full = project?.path_with_namespace ?? path ?? name;
  if (typeof full !== 'string' || full === '') return null;
  return clean(host === undefined || host.toLowerCase() === 'gitlab.com' ? full : `${host.toLowerCase()}/${full}`, 255);
}

/** GitLab hides an address that its owner does not show as `[REDACTED]`. */
export function personOf(user: User) {
  if (user === null || user === undefined) return null;
  const { name, username, email } = user;
  return { name, login: username, email: email?.includes('@') === true ? email : null };
}

/** Access tokens of projects and groups act as bots of this name (docs.gitlab.com, "Bot users for projects"). */
export const typeOf = (user: User): string | null =>
  /^(?:project|group)_\d{1,20}_bot/.test(user?.username ?? '') ? 'Bot' : null;

/** `2016-08-12 15:23:28 UTC`, `2021-04-28 21:50:00 +0200` and RFC 3339 are times of GitLab; as RFC 3339. */
export function timeOf(text: string | null | undefined): string | null {
  const [, day, time, zone] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (UTC|[+-]\d{4})$/.exec(text ?? '') ?? [];
  if (day === undefined || time === undefined || zone === undefined) return text ?? null;
  return `${day}T${time}${zone === 'UTC' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`}`;
}

/** The name that people use: `refs/heads/main` is `main`. */
export const shortRef = (ref: string | null | undefined): string | null =>
  ref?.replace(/^refs\/(?:heads|tags)\//, '') ?? null;
