import Resolver from '@forge/resolver';
import * as z from '#zod';
import { outcomeOf } from '../handlers/refusal';
import type { ResolverCall, ResolverMethod } from '../handlers/resolver-call';
import { ports } from './ports';

/** A screen's resolver: each method's outcome, a result or a refusal, is what the screen gets. */
export function resolver(methods: Readonly<Record<string, ResolverMethod>>) {
  const definitions = new Resolver();
  for (const [name, method] of Object.entries(methods)) {
    definitions.define(name, (request) => outcomeOf(ports, name, () => method(ports, callOf(request))));
  }
  return definitions.getDefinitions();
}

const resolverContext = z.lazy(() =>
  z.looseObject({
    accountId: z.optional(z.string()),
    cloudId: z.optional(z.string()),
    siteUrl: z.optional(z.string()),
    extension: z.optional(
      z.looseObject({
        issue: z.optional(z.looseObject({ key: z.string() })),
        project: z.optional(z.looseObject({ key: z.string() })),
      }),
    ),
  }),
);

/** Who asks is the platform's word; which issue is the frame's, and is checked with that person's own permission. */
function callOf({ payload, context }: { payload: unknown; context: unknown }): ResolverCall {
  const { accountId, cloudId, extension, siteUrl } = resolverContext.parse(context);
  return {
    payload,
    accountId,
    issueKey: extension?.issue?.key,
    projectKey: extension?.project?.key,
    site: siteUrl === undefined ? 'unknown site' : new URL(siteUrl).host,
    cloudId,
  };
}
