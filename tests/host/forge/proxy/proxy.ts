import type { ExitAnswer, ExitCall } from '../process/messages';
import { jsonAnswer, proxyError } from './answer';
import type { Caller } from './caller';
import type { JiraProxy } from './jira-proxy';
import type { KvsProxy } from './kvs-proxy';
import type { Stargate } from './stargate';

/** Where each kind of call of `__forge_fetch__` goes. A kind that is not here is refused, never answered with success. */
export class Proxy {
  constructor(
    private readonly jira: JiraProxy,
    private readonly kvs: KvsProxy,
    private readonly stargate: Stargate,
  ) {}

  async call(caller: Caller, call: ExitCall): Promise<ExitAnswer | 'kill'> {
    const { type, remote } = call.descriptor;
    try {
      if (type === 'kvs') return this.kvs.call(caller, call);
      if (type === 'fpp' && remote === 'jira') return await this.jira.call(caller, call);
      if (type === 'fpp' && remote === 'stargate') return this.stargate.call(caller, call);
      return proxyError(501, `NOT_IMPLEMENTED_BY_THE_LOCAL_SITE ${type} ${remote ?? ''}`);
    } catch (error) {
      // A defect of the site, not of the app: say so loudly, and let the app see a failed call.
      console.error(`The site failed at ${type} ${call.method} ${call.path}:`, error);
      return jsonAnswer(500, { code: 'SITE_DEFECT', message: error instanceof Error ? error.message : String(error) });
    }
  }
}
