import { ADMIN, SETUP } from '../handlers/admin-surface';
import { RULES } from '../handlers/rules-surface';
import type { ResolverMethod } from '../handlers/resolver-call';
import type { SetupMethod } from '../handlers/setup/setup-ports';
import { resolver } from './resolver';
import { forgeSiteSetup } from './site-setup/site-setup';

export const ruleResolver = resolver(RULES);
export const adminResolver = resolver({ ...ADMIN, ...withSite(SETUP) });

/** Set-up has a port of its own, which nothing else needs. */
function withSite(methods: Readonly<Record<string, SetupMethod>>): Readonly<Record<string, ResolverMethod>> {
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]): [string, ResolverMethod] => [
      name,
      (given, call) => method({ ...given, site: forgeSiteSetup }, call),
    ]),
  );
}
