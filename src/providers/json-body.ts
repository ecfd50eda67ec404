import { nestingOf } from '../evidence/json-strings';
import type { Opened } from './provider';

/** Deeper than any sender's body; the intake refuses such a text as too deep, so it is not read here either. */
const MAX_NESTING = 64;
const EVENT_NAME = /^[A-Za-z][A-Za-z0-9._-]{0,99}$/;
const DELIVERY_ID = /^[A-Za-z0-9-]{1,100}$/;

/** The event of a body that does not name one in a form that may be shown. */
export const UNNAMED = 'unnamed';

/**
 * Opens a delivery whose sender names event and delivery inside the body, not in headers. Always opens: a text that is
 * no JSON object has the event `unnamed`, and the readers after this one refuse it by its own reason.
 */
export function openJson(
  json: string,
  namesOf: (members: Readonly<Record<string, unknown>>) => { readonly event: unknown; readonly deliveryId?: unknown },
  rewrap: (json: string) => string = (kept) => kept,
): Extract<Opened, { opened: true }> {
  const { event, deliveryId } = namesOf(membersOf(json));
  return {
    opened: true,
    event: typeof event === 'string' && EVENT_NAME.test(event) ? event : UNNAMED,
    deliveryId: typeof deliveryId === 'string' && DELIVERY_ID.test(deliveryId) ? deliveryId : null,
    json,
    rewrap,
  };
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a JSON object; none when the text is no object, or nested deeper than anything is read. */
export function membersOf(json: string): Readonly<Record<string, unknown>> {
  if (nestingOf(json, MAX_NESTING) > MAX_NESTING) return {};
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : {};
  } catch {
    // The intake parses it again and answers `not-json`.
    return {};
  }
}
