import type { Opened } from '../provider';
import { headerValue, type IntakeRequest } from '../request';

const EVENT_NAME = /^[a-z][a-z0-9_]{0,49}$/;
/** GitHub sends a UUID, signed by nothing: anything like one is kept, because it is only ever shown. */
const DELIVERY_ID = /^[A-Za-z0-9-]{1,100}$/;

/**
 * Reads the headers of an authentic delivery and finds the JSON text: the body itself, or the `payload` field of
 * an HTML form (docs.github.com, "Creating webhooks", content type). Reasons: `event-header`, `delivery-header`,
 * `content-type`, `form-without-payload`.
 */
export function open(request: IntakeRequest): Opened {
  const event = headerValue(request.headers, 'x-github-event');
  if (event === undefined || !EVENT_NAME.test(event)) return { opened: false, event: null, reason: 'event-header' };
  const deliveryId = headerValue(request.headers, 'x-github-delivery') ?? null;
  if (deliveryId !== null && !DELIVERY_ID.test(deliveryId)) return { opened: false, event, reason: 'delivery-header' };
  const [type] = (headerValue(request.headers, 'content-type') ?? '').split(';');
  switch (type?.trim().toLowerCase()) {
    case 'application/json':
      return { opened: true, event, deliveryId, json: request.body, rewrap: (json) => json };
    case 'application/x-www-form-urlencoded': {
      const payloads = new URLSearchParams(request.body).getAll('payload');
      const [json] = payloads;
      if (json === undefined || payloads.length > 1) return { opened: false, event, reason: 'form-without-payload' };
      return {
        opened: true,
        event,
        deliveryId,
        json,
        rewrap: (kept) => new URLSearchParams({ payload: kept }).toString(),
      };
    }
    default:
      return { opened: false, event, reason: 'content-type' };
  }
}
