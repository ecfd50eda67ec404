import { openJson, UNNAMED } from '../json-body';
import type { Opened } from '../provider';
import { headerValue, type IntakeRequest } from '../request';
import { isSigned } from './signature';

/** What the header calls the events that are taken in; the body's name of each is in `object_kind`. */
const HOOKS: Readonly<Record<string, string>> = {
  'Push Hook': 'push',
  'Tag Push Hook': 'tag_push',
  'Merge Request Hook': 'merge_request',
  'Note Hook': 'note',
  'Confidential Note Hook': 'note',
  'Pipeline Hook': 'pipeline',
  'Job Hook': 'build',
  'Deployment Hook': 'deployment',
  'Release Hook': 'release',
};

/** A hook of a whole instance: what it sends concerns every project there. It is ignored under this name. */
export const SYSTEM_HOOK = 'system-hook';

/**
 * The event of an authentic delivery is `object_kind` of its body, or the `event_name` of those without one, and
 * `X-Gitlab-Event` repeats it: reason `event-mismatch` when that is the name of another one. The id of a signed delivery is
 * the signed one; else `Idempotency-Key`, or the event's.
 */
export function open(request: IntakeRequest): Opened {
  const value = (name: string): string | undefined => headerValue(request.headers, name);
  const id = isSigned(request.headers)
    ? value('webhook-id')
    : (value('idempotency-key') ?? value('x-gitlab-event-uuid'));
  const opened = openJson(request.body, ({ object_kind: kind, event_name: name }) => ({
    event: kind ?? name,
    deliveryId: id,
  }));
  const hook = value('x-gitlab-event') ?? '';
  if (hook === 'System Hook') return { ...opened, event: SYSTEM_HOOK };
  const named = Object.hasOwn(HOOKS, hook) ? HOOKS[hook] : undefined;
  return named === undefined || opened.event === UNNAMED || named === opened.event
    ? opened
    : { opened: false, event: opened.event, reason: 'event-mismatch' };
}
