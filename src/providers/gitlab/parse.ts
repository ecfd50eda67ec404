import type * as z from '#zod';
import type { NamedItem, Parsed } from '../../evidence/item';
import { parseEvent, reader, type Read } from '../events';
import type { Context } from '../github/statement';
import { isObject } from '../json-body';
import { deploymentItems, releaseItems } from './deployment';
import { mergeRequestItems, noteItems } from './merge-request';
import { contextOf } from './person';
import { pushItems } from './push';
import { jobItems, pipelineItems } from './run';
import * as schemas from './schemas';

const of =
  <T>(
    schema: z.ZodMiniType<T>,
    toItems: (context: Context, event: T) => readonly NamedItem[] | undefined,
    actionOf: (event: T) => string | null | undefined = () => null,
  ): Read =>
  (document) => {
    const envelope = schemas.envelope.safeParse(document);
    if (!envelope.success) return undefined;
    return reader(schema, (event) => toItems(contextOf(envelope.data, actionOf(event) ?? null), event))(document);
  };

const READERS: Readonly<Record<string, Read>> = {
  push: of(schemas.push, pushItems),
  tag_push: of(schemas.push, pushItems),
  merge_request: of(schemas.mergeRequestEvent, mergeRequestItems, (event) => event.object_attributes.action),
  note: of(schemas.noteEvent, noteItems),
  pipeline: of(schemas.pipelineEvent, pipelineItems),
  build: of(schemas.jobEvent, jobItems),
  deployment: of(schemas.deploymentEvent, deploymentItems),
  release: of(schemas.releaseEvent, releaseItems),
};

/**
 * Turns a GitLab body into facts. As `parseEvent` answers; a note is taken in when a person wrote it on a merge request, and
 * other notes are `ignored`.
 */
export function parseGitlab(event: string, document: unknown): Parsed {
  if (event === 'note' && isObject(document)) {
    const note = schemas.note.safeParse(document.object_attributes);
    if (note.success && (note.data.noteable_type !== 'MergeRequest' || note.data.system === true))
      return { outcome: 'ignored', event, reason: 'event-not-taken-in' };
  }
  return parseEvent(READERS, event, document);
}
