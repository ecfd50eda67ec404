import type * as z from '#zod';
import type { NamedItem, Parsed } from '../../evidence/item';
import { isObject, UNNAMED } from '../json-body';
import { deploymentItems } from './deployment';
import { buildItems, notificationItems } from './run';
import * as schemas from './schemas';

type Read = (document: unknown) => readonly NamedItem[] | undefined;

const reader =
  <T>(schema: z.ZodMiniType<T>, toItems: (event: T) => readonly NamedItem[] | undefined): Read =>
  (document) => {
    const event = schema.safeParse(document);
    return event.success ? toItems(event.data) : undefined;
  };

const READERS: Readonly<Record<string, Read>> = {
  build: reader(schemas.buildEvent, buildItems),
  deployment: reader(schemas.deploymentEvent, deploymentItems),
  notification: reader(schemas.notification, notificationItems),
};

/**
 * Turns what Jenkins sent into facts. Never throws. Reasons of `invalid`: `not-an-object`, `event-missing`, `shape` (what
 * the event's facts rest on is missing). A ping, a question about gating and every other request are `ignored` by name.
 */
export function parseJenkins(event: string, document: unknown): Parsed {
  if (!isObject(document)) return { outcome: 'invalid', event, reason: 'not-an-object' };
  if (event === UNNAMED) return { outcome: 'invalid', event, reason: 'event-missing' };
  if (event === 'ping') return { outcome: 'ignored', event, reason: 'ping' };
  const read = Object.hasOwn(READERS, event) ? READERS[event] : undefined;
  if (read === undefined) return { outcome: 'ignored', event, reason: 'event-not-taken-in' };
  const items = read(document);
  return items === undefined ? { outcome: 'invalid', event, reason: 'shape' } : { outcome: 'evidence', event, items };
}
