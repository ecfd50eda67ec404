import type * as z from '#zod';
import type { NamedItem, Parsed } from '../../evidence/item';
import { parseEvent, reader, type Read } from '../events';
import type { Context } from '../github/statement';
import { isObject } from '../json-body';
import { statusItems } from './commit-status';
import { contextOf } from './person';
import { approvalItems, changesRequestItems, commentItems, pullRequestItems } from './pull-request';
import { pushItems } from './push';
import * as schemas from './schemas';

/** What a body is about, told by its members; Bitbucket does not sign the event's name. */
type About = 'push' | 'status' | 'pull-request' | 'approval' | 'changes-request' | 'comment';

const of =
  <T>(schema: z.ZodMiniType<T>, toItems: (context: Context, event: T) => readonly NamedItem[]) =>
  (action: string): Read =>
  (document) => {
    const envelope = schemas.envelope.safeParse(document);
    if (!envelope.success) return undefined;
    return reader(schema, (event) => toItems(contextOf(envelope.data, action), event))(document);
  };

const pullRequest = of(schemas.pullRequestEvent, pullRequestItems);
const approval = of(schemas.approvalEvent, approvalItems);
const changesRequest = of(schemas.changesRequestEvent, changesRequestItems);
const comment = of(schemas.commentEvent, commentItems);
const status = of(schemas.statusEvent, statusItems);

const EVENTS: Readonly<Record<string, readonly [About, (action: string) => Read]>> = {
  'repo:push': ['push', of(schemas.push, pushItems)],
  'repo:commit_status_created': ['status', status],
  'repo:commit_status_updated': ['status', status],
  'pullrequest:created': ['pull-request', pullRequest],
  'pullrequest:updated': ['pull-request', pullRequest],
  'pullrequest:fulfilled': ['pull-request', pullRequest],
  'pullrequest:rejected': ['pull-request', pullRequest],
  'pullrequest:approved': ['approval', approval],
  'pullrequest:unapproved': ['approval', approval],
  'pullrequest:changes_request_created': ['changes-request', changesRequest],
  'pullrequest:changes_request_removed': ['changes-request', changesRequest],
  'pullrequest:comment_created': ['comment', comment],
  'pullrequest:comment_updated': ['comment', comment],
  'pullrequest:comment_deleted': ['comment', comment],
};

const READERS: Readonly<Record<string, Read>> = Object.fromEntries(
  Object.entries(EVENTS).map(([event, [, read]]) => [event, read(event.slice(event.indexOf(':') + 1))]),
);

/**
 * Turns a Bitbucket body into facts. As `parseEvent` answers, and besides `event-mismatch`: the body is of another event
 * than the header says, or says that the event's approval stands otherwise.
 */
export function parseBitbucket(event: string, document: unknown): Parsed {
  const [about] = (Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined) ?? [];
  if (about !== undefined && isObject(document)) {
    const found = aboutOf(document);
    if (found !== undefined && (found !== about || contradicts(event, document)))
      return { outcome: 'invalid', event, reason: 'event-mismatch' };
  }
  return parseEvent(READERS, event, document);
}

function aboutOf(body: Readonly<Record<string, unknown>>): About | undefined {
  const has = (member: string): boolean => Object.hasOwn(body, member) && isObject(body[member]);
  if (has('push')) return 'push';
  if (has('commit_status')) return 'status';
  if (has('comment')) return 'comment';
  if (has('approval')) return 'approval';
  if (has('changes_request')) return 'changes-request';
  return has('pullrequest') ? 'pull-request' : undefined;
}

/** How far the body tells an event from its opposite: where it does, a signed body cannot be sent as the opposite. */
function contradicts(event: string, document: unknown): boolean {
  const pulled = schemas.pullRequestEvent.safeParse(document);
  if (!pulled.success) return false;
  const state = pulled.data.pullrequest.state?.toUpperCase() ?? '';
  switch (event) {
    case 'pullrequest:fulfilled':
      return state === 'OPEN' || state === 'DECLINED';
    case 'pullrequest:rejected':
      return state === 'OPEN' || state === 'MERGED';
    case 'pullrequest:approved':
      return approvalStands(document) === false;
    case 'pullrequest:unapproved':
      return approvalStands(document) === true;
    default:
      return false;
  }
}

/** Whether the participants of the pull request have the reviewer's approval; undefined when they do not say. */
function approvalStands(document: unknown): boolean | undefined {
  const event = schemas.approvalEvent.safeParse(document);
  const reviewer = event.success ? event.data.approval.user?.uuid : undefined;
  if (!event.success || typeof reviewer !== 'string') return undefined;
  const said = event.data.pullrequest.participants?.find((one) => one?.user?.uuid === reviewer);
  return said?.approved ?? undefined;
}
