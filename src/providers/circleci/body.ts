import { openJson, UNNAMED } from '../json-body';
import type { Opened } from '../provider';
import { headerValue, type IntakeRequest } from '../request';

/**
 * Event and delivery id of an authentic delivery are `type` and `id` of its signed body. `circleci-event-type` repeats
 * the event unsigned: reason `event-mismatch` when both are there and differ.
 */
export function open(request: IntakeRequest): Opened {
  const opened = openJson(request.body, ({ type, id }) => ({ event: type, deliveryId: id }));
  const header = headerValue(request.headers, 'circleci-event-type');
  return header === undefined || header === '' || opened.event === UNNAMED || header === opened.event
    ? opened
    : { opened: false, event: opened.event, reason: 'event-mismatch' };
}
