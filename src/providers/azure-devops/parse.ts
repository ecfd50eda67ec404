import type * as z from '#zod';
import type { NamedItem, Parsed } from '../../evidence/item';
import { isObject, UNNAMED } from '../json-body';
import { buildItems } from './build';
import { deploymentItems } from './deployment';
import type { Delivered } from './person';
import { pullRequestItems } from './pull-request';
import { pushItems } from './push';
import { jobItems, runItems, stageItems } from './run';
import * as schemas from './schemas';

type Read = (document: unknown) => readonly NamedItem[] | undefined;

const reader =
  <T>(
    schema: z.ZodMiniType<T>,
    action: string,
    toItems: (delivered: Delivered, event: T) => readonly NamedItem[],
  ): Read =>
  (document) => {
    const event = schema.safeParse(document);
    const envelope = schemas.envelope.safeParse(document);
    if (!event.success || !envelope.success) return undefined;
    return toItems({ action, at: envelope.data.createdDate ?? null }, event.data);
  };

const READERS: Readonly<Record<string, Read>> = {
  'git.push': reader(schemas.push, 'pushed', pushItems),
  'git.pullrequest.created': reader(schemas.pullRequestEvent, 'created', pullRequestItems),
  'git.pullrequest.updated': reader(schemas.pullRequestEvent, 'updated', pullRequestItems),
  'git.pullrequest.merged': reader(schemas.pullRequestEvent, 'merged', pullRequestItems),
  'build.complete': reader(schemas.buildEvent, 'completed', buildItems),
  'ms.vss-pipelines.run-state-changed-event': reader(schemas.runEvent, 'state-changed', runItems),
  'ms.vss-pipelines.stage-state-changed-event': reader(schemas.stageEvent, 'state-changed', stageItems),
  'ms.vss-pipelines.job-state-changed-event': reader(schemas.jobEvent, 'state-changed', jobItems),
  'ms.vss-release.deployment-started-event': reader(schemas.deploymentEvent, 'started', deploymentItems),
  'ms.vss-release.deployment-completed-event': reader(schemas.deploymentEvent, 'completed', deploymentItems),
};

/**
 * Turns an Azure DevOps body into facts. Never throws. Reasons of `invalid`: `not-an-object`, `event-missing`, `shape`
 * (what the event's facts rest on is missing). Every other event is `ignored` by name.
 */
export function parseAzureDevops(event: string, document: unknown): Parsed {
  if (!isObject(document)) return { outcome: 'invalid', event, reason: 'not-an-object' };
  if (event === UNNAMED) return { outcome: 'invalid', event, reason: 'event-missing' };
  const read = Object.hasOwn(READERS, event) ? READERS[event] : undefined;
  if (read === undefined) return { outcome: 'ignored', event, reason: 'event-not-taken-in' };
  const items = read(document);
  return items === undefined ? { outcome: 'invalid', event, reason: 'shape' } : { outcome: 'evidence', event, items };
}
