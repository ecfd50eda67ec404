import Resolver from '@forge/resolver';
import * as z from '#zod';
import { outcomeOf } from '../handlers/refusal';
import type { ResolverCall, ResolverMethod } from '../handlers/resolver-call';
import type { SetupMethod } from '../handlers/setup/setup-ports';
import { ADMIN, PANEL, REGISTER, RULES, SETUP } from '../handlers/surfaces';
import { ports } from './ports';
import { forgeSiteSetup } from './site-setup/site-setup';

export const ruleResolver = resolver(RULES);
export const panelResolver = resolver(PANEL);
export const registerResolver = resolver(REGISTER);
export const adminResolver = resolver({ ...ADMIN, ...withSite(SETUP) });

function resolver(methods: Readonly<Record<string, ResolverMethod>>) {
  const definitions = new Resolver();
  for (const [name, method] of Object.entries(methods)) {
    definitions.define(name, (request) => outcomeOf(ports, name, () => method(ports, callOf(request))));
  }
  return definitions.getDefinitions();
}

/** Set-up has a port of its own, which nothing else needs. */
function withSite(methods: Readonly<Record<string, SetupMethod>>): Readonly<Record<string, ResolverMethod>> {
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]): [string, ResolverMethod] => [
      name,
      (given, call) => method({ ...given, site: forgeSiteSetup }, call),
    ]),
  );
}

const resolverContext = z.lazy(() =>
  z.looseObject({
    accountId: z.optional(z.string()),
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
  const { accountId, extension, siteUrl } = resolverContext.parse(context);
  return {
    payload,
    accountId,
    issueKey: extension?.issue?.key,
    projectKey: extension?.project?.key,
    site: siteUrl === undefined ? 'unknown site' : new URL(siteUrl).host,
  };
}
