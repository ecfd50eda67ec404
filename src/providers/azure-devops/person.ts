import type * as z from '#zod';
import { clean, type Context } from '../github/statement';
import type { Identity, repository } from './schemas';

/** What is known of a delivery besides its resource: what happened, and when Azure DevOps says that it did. */
export interface Delivered {
  readonly action: string;
  readonly at: string | null;
}

type Repository = z.infer<typeof repository>;

/** Nobody but the resource's own people is named: the envelope has no sender. */
export const contextOf = ({ action }: Delivered, name: string | null): Context => ({
  repository: name === null ? null : clean(name, 255),
  action,
  sender: null,
});

/** `project/repository`: names of repositories are unique within their project only. */
export const repositoryName = (of: Repository): string | null => joined(of?.project?.name, of?.name);

export const joined = (...names: readonly (string | null | undefined)[]): string | null =>
  names.filter((name) => typeof name === 'string' && name !== '').join('/') || null;

/** Groups and teams say so, or have the address of an object of Azure DevOps for a name. */
export const isGroup = ({ isContainer, uniqueName }: NonNullable<Identity>): boolean =>
  isContainer === true || uniqueName?.startsWith('vstfs:') === true;

/**
 * A person; the sign-in name is an e-mail address at Azure DevOps Services, and may follow a domain
 * (`Windows Live ID\dana@example.test`, `CORP\dana`) elsewhere. A group is nobody.
 */
export function personOf(identity: Identity) {
  if (identity === null || identity === undefined || isGroup(identity)) return null;
  const { displayName, uniqueName } = identity;
  const email = /(?:^|\\)([^\\\s@]+@[^\\\s@]+)$/.exec(uniqueName ?? '')?.[1];
  return { name: displayName, login: uniqueName, email };
}

/** The name that people use: `refs/heads/main` is `main`. */
export const shortRef = (ref: string | null | undefined): string | null =>
  ref?.replace(/^refs\/(?:heads|tags)\//, '') ?? null;
