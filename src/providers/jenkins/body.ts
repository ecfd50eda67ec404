import { openJson } from '../json-body';
import type { Opened } from '../provider';
import type { IntakeRequest } from '../request';
import { claimsOf, tokenOf, withBody } from './token';

/**
 * Finds the JSON text of an authentic delivery: inside the token of the plugin, or the body itself. Its event is `build`
 * or `deployment`, another request of the plugin by its name (`ping`, `gatingStatus` …), or `notification`. Reason:
 * `token-without-body`. A redacted body is kept in its token, which no signature can cover any more.
 */
export function open(request: IntakeRequest): Opened {
  const token = tokenOf(request.body);
  if (token === undefined) return openJson(request.body, namesOf);
  const claims = claimsOf(token);
  if (claims === undefined) return { opened: false, event: null, reason: 'token-without-body' };
  return openJson(claims.request_body_json, namesOf, (json) => withBody(token, json));
}

const namesOf = ({ requestType, eventType, build }: Readonly<Record<string, unknown>>) => ({
  event: requestType === 'event' ? eventType : (requestType ?? (build === undefined ? undefined : 'notification')),
});
