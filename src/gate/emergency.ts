import { contentDigest } from '../change/digest';
import { disclosed } from '../ledger/commitment';
import type { Person } from '../ledger/entry';
import { shortfall } from '../policy/matching';
import { personKey } from '../policy/people';
import { normalRequirement } from '../policy/requirement';
import { barredFrom } from './barred';
import type { Deciding, StandingApprover } from './deciding';
import { lastDecidedAt } from './deciding';
import type { GateFacts } from './recorded';
import type { Pass, Review } from './verdict';

const HOUR_MS = 3_600_000;

const plusHours = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * HOUR_MS).toISOString();

/** How long an emergency pass lasts; null for other changes and while nothing is decided. */
export function passOf(deciding: Deciding, approvers: readonly StandingApprover[], now: Date): Pass | null {
  if (deciding.judgedAs !== 'Emergency') return null;
  const decidedAt = lastDecidedAt(deciding, approvers);
  if (decidedAt === null) return null;
  const endsAt = plusHours(decidedAt, deciding.policy.emergency.passHours);
  return { endsAt, over: now.toISOString() > endsAt };
}

/**
 * Where the retroactive review of an emergency change stands: due once a pass was given, however the change went on;
 * done when those whom a Normal change needs have reviewed this content, each of them nobody who took part.
 */
export function reviewOf(deciding: Deciding, facts: GateFacts, now: Date): Review | null {
  if (deciding.judgedAs !== 'Emergency') return null;
  const first = facts.entries.find(({ entry }) => entry.kind === 'decision' && isApproval(entry.body))?.entry;
  if (first?.kind !== 'decision') return null;
  const dueAt = plusHours(first.body.decidedAt, deciding.policy.emergency.reviewHours);
  const reviews = latestReviews(facts);
  const accepted = reviews.flatMap(({ person, decision, roles, organisation }) =>
    decision === 'approved' ? [{ person, roles, organisation }] : [],
  );
  const needs = shortfall(deciding.policy, normalRequirement(deciding.policy, facts.snapshot.content), accepted);
  const state = needs.missing === 0 ? 'done' : now.toISOString() > dueAt ? 'overdue' : 'due';
  return { state, dueAt, needs, rejected: reviews.some(({ decision }) => decision === 'disapproved') };
}

const isApproval = (body: { readonly decision: string; readonly void?: unknown }): boolean =>
  body.decision === 'approved' && body.void === undefined;

interface GivenReview {
  readonly person: string;
  readonly decision: 'approved' | 'disapproved';
  readonly roles: readonly string[];
  readonly organisation: string | undefined;
}

/** Each reviewer's latest review of this content. */
function latestReviews(facts: GateFacts): GivenReview[] {
  const { entries, snapshot, people } = facts;
  const barred = barredFrom(facts);
  const digest = contentDigest(snapshot.content);
  const latest = new Map<string, GivenReview>();
  for (const stored of entries) {
    const { entry } = stored;
    if (entry.kind !== 'review' || entry.body.contentDigest !== digest) continue;
    const accountId = disclosed<Person>(stored, entry.body.by)?.accountId;
    if (accountId === undefined || barred.has(accountId)) continue;
    const { decision, roles, organisation } = entry.body;
    const person = personKey(people, accountId);
    latest.set(person, { person, decision, roles, organisation });
  }
  return [...latest.values()];
}
