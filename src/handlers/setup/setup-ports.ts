import type { Ports } from '../../ports/ports';
import type { SiteSetup } from '../../ports/site-setup';
import type { ResolverCall } from '../resolver-call';

/** What set-up needs beside what everything needs; it is a port of its own, so that nothing else carries its code. */
export interface SetupPorts extends Ports {
  readonly site: SiteSetup;
}

export type SetupMethod = (ports: SetupPorts, call: ResolverCall) => Promise<unknown>;
