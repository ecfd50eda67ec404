import type * as z from '#zod';
import type { NamedItem, Parsed } from '../../evidence/item';
import { isObject, UNNAMED } from '../json-body';
import { jobItems, workflowItems } from './run';
import * as schemas from './schemas';

type Read = (document: unknown) => readonly NamedItem[] | undefined;

const reader =
  <T>(schema: z.ZodMiniType<T>, toItems: (event: T) => readonly NamedItem[]): Read =>
  (document) => {
    const event = schema.safeParse(document);
    return event.success ? toItems(event.data) : undefined;
  };

const READERS: Readonly<Record<string, Read>> = {
  'workflow-completed': reader(schemas.workflowCompleted, workflowItems),
  'job-completed': reader(schemas.jobCompleted, jobItems),
};

/**
 * Turns a CircleCI body into facts: a workflow is a run, a job of it is a check. Never throws. Reasons of `invalid`:
 * `not-an-object`, `event-missing`, `shape` (the fact has no id). A ping and every other event are `ignored` by name.
 */
export function parseCircleci(event: string, document: unknown): Parsed {
  if (!isObject(document)) return { outcome: 'invalid', event, reason: 'not-an-object' };
  if (event === UNNAMED) return { outcome: 'invalid', event, reason: 'event-missing' };
  if (event === 'ping') return { outcome: 'ignored', event, reason: 'ping' };
  const read = Object.hasOwn(READERS, event) ? READERS[event] : undefined;
  if (read === undefined) return { outcome: 'ignored', event, reason: 'event-not-taken-in' };
  const items = read(document);
  return items === undefined ? { outcome: 'invalid', event, reason: 'shape' } : { outcome: 'evidence', event, items };
}
