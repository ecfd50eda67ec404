import { compareHistoryIds, latestResubmission, statusMoves } from '../change/history';
import type { StatusMove } from '../change/history';
import type { EntryBodies, StoredEntry } from '../ledger/entry';
import { matchApprovers } from '../policy/matching';
import type { Requirement } from '../policy/policy';
import { recordedDecisions } from './recorded';
import type { GateFacts, RecordedDecision } from './recorded';
import { asOf, justBefore, standingDecisions } from './standing';
import type { Cutoff } from './standing';
import type { Exception } from './verdict';
import { nameOf, when } from './words';

interface Judgement {
  readonly requirement: Requirement;
  readonly decided: boolean;
}

/** Statuses that say "somebody decided". */
const DECIDED_STATUSES: readonly string[] = ['Approved', 'Scheduled', 'Executed'];

/** Everything that did not go as the process says. Opens nothing and closes nothing: shown first, for a person to see. */
export function exceptionsIn(facts: GateFacts, judgement: Judgement): Exception[] {
  return [
    ...movesWithoutDecision(facts),
    ...statusWithoutDecision(facts, judgement),
    ...voidDecisions(facts),
    ...executions(facts, judgement),
    ...deploymentsBefore(facts, judgement),
  ];
}

/** A status was forced, or the event that names who moved it has not come: the changelog alone is no decision. */
function movesWithoutDecision(facts: GateFacts): Exception[] {
  const { snapshot, entries } = facts;
  const reported = new Set(entries.flatMap(({ entry }) => reportedMove(entry)));
  const decisions = recordedDecisions(entries);
  const resubmission = latestResubmission(snapshot);
  return statusMoves(snapshot)
    .filter(({ historyId, to }) => DECIDED_STATUSES.includes(to) && !reported.has(historyId))
    .filter((move) => !decisions.some((decision) => confirms(decision, move)))
    .map((move) => {
      const confirmable =
        ['Proposed', 'Approved', 'Scheduled'].includes(snapshot.status) &&
        (resubmission === undefined || compareHistoryIds(move.historyId, resubmission.historyId) > 0);
      return {
        code: 'moved-no-decision',
        sentence: `Moved from ${move.from} to ${move.to} by ${nameOf(snapshot, move.by)}, no decision recorded.`,
        at: move.at,
        ...(confirmable ? { historyId: move.historyId } : {}),
      };
    });
}

function reportedMove(entry: StoredEntry['entry']): string[] {
  if (entry.kind === 'moved') return entry.body.reported ? [entry.body.historyId] : [];
  return entry.kind === 'decision' && entry.body.transition !== undefined ? [entry.body.transition.historyId] : [];
}

/** The person who moved it has said since, in the panel, that it was meant as an approval. */
const confirms = ({ body, accountId }: RecordedDecision, move: StatusMove): boolean =>
  body.decision === 'approved' &&
  body.void === undefined &&
  accountId === move.by &&
  compareHistoryIds(body.historyHead, move.historyId) >= 0;

function statusWithoutDecision({ snapshot }: GateFacts, { decided }: Judgement): Exception[] {
  if (decided || ![...DECIDED_STATUSES, 'Closed'].includes(snapshot.status)) return [];
  const since = statusMoves(snapshot).at(-1)?.at ?? null;
  const sentence = `The change is ${snapshot.status}, but the decisions it needs do not stand.`;
  return [{ code: 'status-without-decision', sentence, at: since }];
}

function voidDecisions({ snapshot, entries }: GateFacts): Exception[] {
  return recordedDecisions(entries).flatMap(({ body, accountId, displayName }) => {
    if (body.void === undefined) return [];
    const { code, sentence } = body.void;
    const kind = code === 'own-change' ? 'self-decision' : code === 'not-a-person' ? 'decided-by-app' : 'decision-void';
    const name = nameOf(snapshot, accountId, displayName);
    return [
      {
        code: kind,
        sentence: `The decision "${body.decision}" by ${name} counts for nothing. ${sentence}`,
        at: body.decidedAt,
      },
    ];
  });
}

function executions(facts: GateFacts, { requirement }: Judgement): Exception[] {
  const { windowStart, windowEnd } = facts.snapshot.content;
  return statusMoves(facts.snapshot)
    .filter(({ to }) => to === 'Executed')
    .flatMap((move): Exception[] => {
      const inside = windowStart !== null && windowEnd !== null && windowStart <= move.at && move.at <= windowEnd;
      const outside: Exception = {
        code: 'executed-outside-window',
        sentence: `Executed on ${when(move.at)}, outside the change window${windowText(windowStart, windowEnd)}.`,
        at: move.at,
      };
      const notOpen: Exception = {
        code: 'executed-not-open',
        sentence: `Executed on ${when(move.at)} by ${nameOf(facts.snapshot, move.by)} while the change was not open.`,
        at: move.at,
      };
      return [
        ...(inside ? [] : [outside]),
        ...(wasOpen(facts, requirement, justBefore(move.historyId)) ? [] : [notOpen]),
      ];
    });
}

const windowText = (start: string | null, end: string | null): string =>
  start === null || end === null ? ', which is not set' : ` (${when(start)} to ${when(end)})`;

/** By today's requirement: what the policy and the systems were at the time is not kept outside the decisions. */
function wasOpen(facts: GateFacts, requirement: Requirement, cutoff: Cutoff): boolean {
  const standing = standingDecisions(facts, 'content', cutoff).filter(({ invalidBecause }) => invalidBecause === null);
  const approvers = standing
    .filter(({ body }) => body.decision === 'approved')
    .map(({ accountId, body }) => ({ person: accountId ?? '', roles: body.roles }));
  const objected = standing.some(({ body }) => body.decision === 'disapproved' || body.decision === 'deferred');
  return !objected && matchApprovers(requirement, approvers).missing === 0;
}

/** Environments that are there to try a change out before it is decided. Any other name counts as the real one. */
const TRIAL_ENVIRONMENT = /^(?:dev|test|qa|uat|stag|preview|sandbox|local|ci\b|review)/i;

/** The time that counts against it: the sender's claim is never trusted to be later than the arrival. */
function happened({ claimedAt, receivedAt }: EntryBodies['evidence']): string {
  const times = [claimedAt ?? '', receivedAt]
    .map((text) => new Date(text))
    .filter((time) => !Number.isNaN(time.getTime()));
  return new Date(Math.min(...times.map((time) => time.getTime()))).toISOString();
}

function deploymentsBefore(facts: GateFacts, { requirement }: Judgement): Exception[] {
  const found = new Map<string, { readonly at: string; readonly environment: string }>();
  for (const { entry } of facts.entries) {
    if (entry.kind !== 'evidence' || entry.body.evidence !== 'deployment') continue;
    const environment = entry.body.attributes['environment'] ?? '';
    const at = happened(entry.body);
    const name = `${entry.body.repository ?? ''} ${entry.body.id}`;
    const known = found.get(name);
    if (!TRIAL_ENVIRONMENT.test(environment) && (known === undefined || at < known.at))
      found.set(name, { at, environment });
  }
  return [...found.entries()]
    .filter(([, { at }]) => !wasOpen(facts, requirement, asOf(at)))
    .map(([name, { at, environment }]) => ({
      code: 'evidence-before-decision',
      sentence: `Deployment ${name.trim()}${environment === '' ? '' : ` to ${environment}`} of ${when(at)} came while no decision stood.`,
      at,
    }));
}
