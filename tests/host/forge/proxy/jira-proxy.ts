import type { Actor, JiraSite } from '../../contract';
import type { Faults } from '../faults';
import type { Meter } from '../meter';
import type { ExitAnswer, ExitCall } from '../process/messages';
import { jsonAnswer, proxyError } from './answer';
import type { Caller } from './caller';
import { mayCall, routeOf } from './scopes';

/**
 * Jira's REST API for the app. asApp is the app's own account, asUser the invocation's person; both are limited by the
 * manifest's scopes, as Forge's OAuth proxy limits them (401 "scope does not match").
 */
export class JiraProxy {
  constructor(
    private readonly jira: () => JiraSite,
    private readonly faults: Faults,
    private readonly meter: Meter,
  ) {}

  async call(caller: Caller, call: ExitCall): Promise<ExitAnswer> {
    const actor = actorOf(caller, call);
    if ('status' in actor) return actor;
    const route = routeOf(call.method, call.path);
    if (route === undefined) {
      const message = `${call.method} ${call.path} is not known to the local site, so no scope can be checked.`;
      return jsonAnswer(404, { errorMessages: [message], errors: {} });
    }
    this.meter.jiraCall(caller.usage, call.method, route.template);
    if (!mayCall(route, caller.scopes)) {
      return jsonAnswer(401, { code: 401, message: 'Unauthorized; scope does not match' });
    }
    const { method, path, headers, body } = call;
    const write = method !== 'GET' && !/\/(search\/jql|search\/approximate-count|evaluate|analyse|check)/.test(path);
    const fault = this.faults.ofCall('jira', write);
    if (fault === 'throttle') return this.#throttled();
    if (fault === 'fail') return this.#failed();
    const asked = performance.now();
    const answer = await this.jira().handle({ method, path, headers, body, actor });
    caller.usage.jiraMs += performance.now() - asked;
    return fault === 'fail-after-write' ? this.#failed() : answer;
  }

  #failed(): ExitAnswer {
    const { status = 503, retryAfter } = this.faults.jira;
    const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    return jsonAnswer(status, { errorMessages: ['Injected fault.'], errors: {} }, headers);
  }

  #throttled(): ExitAnswer {
    const retryAfter = this.faults.jira.retryAfter ?? 0;
    const headers = { 'retry-after': String(retryAfter), 'x-ratelimit-remaining': '0' };
    return jsonAnswer(429, { errorMessages: ['Rate limit exceeded.'], errors: {} }, headers);
  }
}

function actorOf(caller: Caller, call: ExitCall): Actor | ExitAnswer {
  const { provider, accountId } = call.descriptor;
  if (provider === 'app') return { kind: 'app' };
  if (provider !== 'user') return { kind: 'anonymous' };
  if (accountId !== undefined && accountId !== caller.accountId) {
    // Offline impersonation needs allowImpersonation on each scope, which a plain list of scopes does not give.
    return proxyError(403, 'USER_IMPERSONATION_NOT_ALLOWED');
  }
  if (caller.accountId === undefined) return proxyError(401, 'NEEDS_AUTHENTICATION_ERR');
  return { kind: 'user', accountId: caller.accountId };
}
