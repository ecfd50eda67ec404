import type { Usage } from '../meter';

/**
 * Who an invocation is, as the site knows it. It is looked up by the process that asks and the invocation's random
 * token; nothing that the app's process says about itself is believed.
 */
export interface Caller {
  readonly functionKey: string;
  readonly moduleKey: string;
  /** The person who is in session, when there is one. */
  readonly accountId: string | undefined;
  readonly scopes: readonly string[];
  readonly usage: Usage;
  /** True for the second delivery of an injected duplicate; what it queues is not doubled again. */
  readonly isCopy: boolean;
}
