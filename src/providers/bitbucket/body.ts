import { openJson } from '../json-body';
import type { Opened } from '../provider';
import { headerValue, type IntakeRequest } from '../request';

const EVENT_KEY = /^[a-z][a-z_]{0,40}:[a-z_]{1,40}$/;
const DELIVERY_ID = /^[A-Za-z0-9-]{1,100}$/;

/**
 * Event and delivery id of an authentic delivery are the headers `X-Event-Key` and `X-Request-UUID`, which Bitbucket does
 * not sign; the id stays the same when a delivery is tried again. Reasons: `event-header`, `delivery-header`.
 */
export function open(request: IntakeRequest): Opened {
  const event = headerValue(request.headers, 'x-event-key');
  if (event === undefined || !EVENT_KEY.test(event)) return { opened: false, event: null, reason: 'event-header' };
  const id = headerValue(request.headers, 'x-request-uuid')?.replace(/^\{(.*)\}$/, '$1') ?? '';
  if (id !== '' && !DELIVERY_ID.test(id)) return { opened: false, event, reason: 'delivery-header' };
  const { json, rewrap } = openJson(request.body, () => ({ event }));
  return { opened: true, event, deliveryId: id === '' ? null : id, json, rewrap };
}
