import type { Ports } from '../ports/ports';
import { refuse } from './refusal';

/** A resolver call after the rim has read it: who asks comes from the platform, never from the payload. */
export interface ResolverCall {
  readonly payload: unknown;
  readonly accountId: string | undefined;
  readonly issueKey: string | undefined;
  readonly projectKey: string | undefined;
  /** The site's host name, as the platform gives it. */
  readonly site: string;
  /** The site's id in the names of its objects; absent where the platform gives none. */
  readonly cloudId?: string | undefined;
}

export type ResolverMethod = (ports: Ports, call: ResolverCall) => Promise<unknown>;

export function callerOf(call: ResolverCall): string {
  if (call.accountId === undefined) throw refuse(403, 'anonymous', 'Sign in to Jira first.');
  return call.accountId;
}

export function issueOf(call: ResolverCall): string {
  if (call.issueKey === undefined) throw refuse(400, 'no-issue', 'This call belongs to an issue, and none was given.');
  return call.issueKey;
}

export function projectOf(call: ResolverCall): string {
  if (call.projectKey === undefined)
    throw refuse(400, 'no-project', 'This call belongs to a project, and none was given.');
  return call.projectKey;
}

/** Parses a payload with its schema; a payload that does not fit is refused and changes nothing. */
export function parsed<T>(
  schema: {
    safeParse(
      value: unknown,
    ):
      | { success: true; data: T }
      | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
  },
  payload: unknown,
): T {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  const places = result.error.issues.map(({ path }) =>
    path.length === 0 ? 'the payload' : path.map(String).join('.'),
  );
  throw refuse(400, 'invalid', `Not understood: ${[...new Set(places)].join(', ')}.`, [...new Set(places)]);
}
