import type * as z from '#zod';
import type { NamedItem, Parsed } from '../../evidence/item';
import { parseEvent, reader, type Read } from '../events';
import { buildItems } from './build';
import { deploymentItems } from './deployment';
import type { Delivered } from './person';
import { pullRequestItems } from './pull-request';
import { pushItems } from './push';
import { jobItems, runItems, stageItems } from './run';
import * as schemas from './schemas';

/** `action` is what the event says happened; when it did stands in the envelope around every resource. */
const of =
  <T>(
    schema: z.ZodMiniType<T>,
    action: string,
    toItems: (delivered: Delivered, event: T) => readonly NamedItem[],
  ): Read =>
  (document) => {
    const envelope = schemas.envelope.safeParse(document);
    const at = envelope.success ? (envelope.data.createdDate ?? null) : null;
    return reader(schema, (event) => toItems({ action, at }, event))(document);
  };

const READERS: Readonly<Record<string, Read>> = {
  'git.push': of(schemas.push, 'pushed', pushItems),
  'git.pullrequest.created': of(schemas.pullRequestEvent, 'created', pullRequestItems),
  'git.pullrequest.updated': of(schemas.pullRequestEvent, 'updated', pullRequestItems),
  'git.pullrequest.merged': of(schemas.pullRequestEvent, 'merged', pullRequestItems),
  'build.complete': of(schemas.buildEvent, 'completed', buildItems),
  'ms.vss-pipelines.run-state-changed-event': of(schemas.runEvent, 'state-changed', runItems),
  'ms.vss-pipelines.stage-state-changed-event': of(schemas.stageEvent, 'state-changed', stageItems),
  'ms.vss-pipelines.job-state-changed-event': of(schemas.jobEvent, 'state-changed', jobItems),
  'ms.vss-release.deployment-started-event': of(schemas.deploymentEvent, 'started', deploymentItems),
  'ms.vss-release.deployment-completed-event': of(schemas.deploymentEvent, 'completed', deploymentItems),
};

/** Turns an Azure DevOps body into facts. As `parseEvent` answers. */
export const parseAzureDevops = (event: string, document: unknown): Parsed => parseEvent(READERS, event, document);
