import { openJson } from '../json-body';
import type { Opened } from '../provider';
import type { IntakeRequest } from '../request';

/** Event and id of a delivery are `eventType` and `id` of its body; a repeated delivery has the same id. */
export const open = (request: IntakeRequest): Opened =>
  openJson(request.body, ({ eventType, id }) => ({ event: eventType, deliveryId: id }));
