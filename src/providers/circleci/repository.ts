import { clean } from '../github/statement';
import type { Pipeline, Trigger } from './schemas';

const MAX_NAME = 255;

type Text = string | null | undefined;

interface Origin {
  readonly pipeline?: Pipeline;
  readonly project?: { readonly name?: Text; readonly slug?: Text } | null | undefined;
  readonly organization?: { readonly name?: Text } | null | undefined;
}

/**
 * `owner/name` of the repository that a pipeline works for, from the best that the payload has: its address, the
 * project's slug (`gh/owner/name`; opaque ids under `circleci/…`), or the names of organization and project.
 */
export function repositoryOf({ pipeline, project, organization }: Origin): string | null {
  const { vcs, trigger_parameters: parameters } = pipeline ?? {};
  const addresses = [
    vcs?.target_repository_url,
    ...[parameters?.gitlab, parameters?.github_app, parameters?.git].flatMap((trigger: Trigger | null | undefined) => [
      trigger?.web_url,
      trigger?.repo_url,
    ]),
  ];
  const path = addresses.map(pathOf).find((found) => found !== undefined) ?? slugOf(project?.slug);
  if (path !== undefined) return clean(path, MAX_NAME);
  const names = [organization?.name, project?.name].filter((name) => typeof name === 'string' && name !== '');
  return names.length === 0 ? null : clean(names.join('/'), MAX_NAME);
}

/** The path of a repository's address, `https://host/owner/name` or `git@host:owner/name.git`. */
function pathOf(address: Text): string | undefined {
  return /^(?:https?:\/\/[^/]+\/|[^@/:]+@[^:/]+:)([^?#]*[^/?#])\/?$/.exec(address ?? '')?.[1]?.replace(/\.git$/, '');
}

const slugOf = (slug: Text): string | undefined => /^(?:gh|github|bb|bitbucket)\/(.+)$/.exec(slug ?? '')?.[1];
