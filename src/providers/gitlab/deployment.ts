import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named } from '../github/naming';
import { statement, type Context } from '../github/statement';
import { commitIds } from '../optional';
import { personOf, shortRef, timeOf } from './person';
import type { deploymentEvent, releaseEvent } from './schemas';

/** A deployment to an environment. Each state that GitLab reports of it is a fact of its own. */
export function deploymentItems(context: Context, event: z.infer<typeof deploymentEvent>): readonly NamedItem[] {
  const { environment, ref } = event;
  // GitLab names the commit in full in its address only.
  const [commit] = /[0-9a-f]{40,64}$/.exec(event.commit_url?.slice(-100) ?? '') ?? [];
  const item = statement(context, {
    kind: 'deployment',
    id: String(event.deployment_id),
    commits: commitIds(commit),
    title: `Deployment to ${environment ?? 'an unnamed environment'}`,
    url: event.deployable_url,
    state: event.status,
    at: timeOf(event.status_changed_at),
    attributes: { environment, tier: event.environment_tier, ref },
    people: [['actor', personOf(event.user)]],
  });
  return [
    named(item, [
      ['branch', shortRef(ref)],
      ['commit-message', event.commit_title],
      ['payload', environment],
    ]),
  ];
}

const RELEASES: Readonly<Record<string, string>> = { create: 'created', update: 'updated', delete: 'deleted' };

/** A release: what its authors say of a tag. Its commit was made before, so it is an attribute, not linked by it. */
export function releaseItems(context: Context, event: z.infer<typeof releaseEvent>): readonly NamedItem[] {
  const item = statement(context, {
    kind: 'document',
    id: `release/${event.tag}`,
    commits: [],
    title: event.name ?? event.tag,
    url: event.url,
    state: RELEASES[event.action ?? ''] ?? event.action,
    at: timeOf(event.released_at ?? event.created_at),
    attributes: { tag: event.tag, commit: event.commit?.id },
    people: [],
  });
  return [
    named(item, [
      ['branch', event.tag],
      ['title', event.name],
    ]),
  ];
}
