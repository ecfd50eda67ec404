import type * as z from '#zod';
import type { NamedItem, Parsed } from '../../evidence/item';
import { deploymentItems, deploymentStatusItems } from './deployment';
import { eventOfBody, isEvidenceEvent, type GithubEvent } from './event';
import { pullRequestItems, reviewItems } from './pull-request';
import { pushItems } from './push';
import { checkRunItems, workflowRunItems } from './run';
import * as schemas from './schemas';
import { clean, type Context } from './statement';

type Read = (context: Context, document: unknown) => readonly NamedItem[] | undefined;

const reader =
  <T>(schema: z.ZodMiniType<T>, toItems: (context: Context, event: T) => readonly NamedItem[]): Read =>
  (context, document) => {
    const event = schema.safeParse(document);
    return event.success ? toItems(context, event.data) : undefined;
  };

const READERS: Readonly<Record<GithubEvent, Read>> = {
  push: reader(schemas.push, pushItems),
  pull_request: reader(schemas.pullRequestEvent, pullRequestItems),
  pull_request_review: reader(schemas.reviewEvent, reviewItems),
  workflow_run: reader(schemas.workflowRunEvent, workflowRunItems),
  check_run: reader(schemas.checkRunEvent, checkRunItems),
  deployment: reader(schemas.deploymentEvent, deploymentItems),
  deployment_status: reader(schemas.deploymentStatusEvent, deploymentStatusItems),
};

/**
 * Turns a GitHub body into facts. Never throws. Reasons of `invalid`: `not-an-object`, `event-mismatch` (the body is
 * of another event than the header says, which GitHub does not sign), `shape` (what the event's facts rest on is
 * missing). Every other event is `ignored` by name, and so is a ping.
 */
export function parseGithub(event: string, document: unknown): Parsed {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return { outcome: 'invalid', event, reason: 'not-an-object' };
  }
  const body: Readonly<Record<string, unknown>> = { ...document };
  const about = eventOfBody(body);
  if (event === 'ping') {
    const isPing = about === undefined && ('zen' in body || 'hook_id' in body || 'hook' in body);
    return isPing
      ? { outcome: 'ignored', event, reason: 'ping' }
      : { outcome: 'invalid', event, reason: 'event-mismatch' };
  }
  if (!isEvidenceEvent(event)) return { outcome: 'ignored', event, reason: 'event-not-taken-in' };
  if (about !== undefined && about !== event) return { outcome: 'invalid', event, reason: 'event-mismatch' };
  const context = contextOf(document);
  const items = context === undefined ? undefined : READERS[event](context, document);
  return items === undefined ? { outcome: 'invalid', event, reason: 'shape' } : { outcome: 'evidence', event, items };
}

function contextOf(document: unknown): Context | undefined {
  const envelope = schemas.envelope.safeParse(document);
  if (!envelope.success) return undefined;
  const { action, repository, sender } = envelope.data;
  const name = repository?.full_name ?? null;
  return { repository: name === null ? null : clean(name, 255), action: action ?? null, sender };
}
