import type * as z from '#zod';
import type { NamedItem, Parsed } from '../evidence/item';
import { isObject, UNNAMED } from './json-body';

/** Facts of a body, or undefined when what they rest on is missing. */
export type Read = (document: unknown) => readonly NamedItem[] | undefined;

/** Reads the bodies that have the shape of `schema`. */
export const reader =
  <T>(schema: z.ZodMiniType<T>, toItems: (event: T) => readonly NamedItem[] | undefined): Read =>
  (document) => {
    const event = schema.safeParse(document);
    return event.success ? toItems(event.data) : undefined;
  };

/**
 * Turns a body that names its own event into facts, by the reader of that event. Never throws. Reasons of `invalid`:
 * `not-an-object`, `event-missing`, `shape` (what the event's facts rest on is missing). A ping and every event without
 * a reader are `ignored` by name.
 */
export function parseEvent(readers: Readonly<Record<string, Read>>, event: string, document: unknown): Parsed {
  if (!isObject(document)) return { outcome: 'invalid', event, reason: 'not-an-object' };
  if (event === UNNAMED) return { outcome: 'invalid', event, reason: 'event-missing' };
  if (event === 'ping') return { outcome: 'ignored', event, reason: 'ping' };
  const read = Object.hasOwn(readers, event) ? readers[event] : undefined;
  if (read === undefined) return { outcome: 'ignored', event, reason: 'event-not-taken-in' };
  const items = read(document);
  return items === undefined ? { outcome: 'invalid', event, reason: 'shape' } : { outcome: 'evidence', event, items };
}
