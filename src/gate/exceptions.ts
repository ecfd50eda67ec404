import { compareHistoryIds, latestResubmission, statusMoves } from '../change/history';
import type { StatusMove } from '../change/history';
import type { ChangeSnapshot } from '../change/snapshot';
import { deployedPastGate, happened, TRIAL_ENVIRONMENT } from './asked';
import { disclosed } from '../ledger/commitment';
import type { Person, StoredEntry } from '../ledger/entry';
import { matchApprovers } from '../policy/matching';
import { authorsOf } from './authors';
import { didWith } from './barred';
import { currentImplementation, recordedTroubles } from './implementation';
import { recordedDecisions } from './recorded';
import type { GateFacts, RecordedDecision } from './recorded';
import { adoptionOf, beforeControl, broughtItsStatus, cameDecided } from './before-control';
import { breakGlassUsed, declaredMoves } from './break-glass';
import { asOf, justBefore, standingDecisions } from './standing';
import { conditionsOf } from './conditions';
import { foundInFiles } from './file-findings';
import { discrepancies } from './discrepancies';
import type { Cutoff } from './standing';
import type { Deciding } from './deciding';
import { approversAmong, lastDecidedAt } from './deciding';
import type { Exception, Review } from './verdict';
import { nameOf, when } from './words';

interface Judgement {
  readonly deciding: Deciding;
  readonly review: Review | null;
  readonly decided: boolean;
  readonly now: Date;
}

/** Statuses that say "somebody decided". */
const DECIDED_STATUSES: readonly string[] = ['Approved', 'Scheduled', 'Executed'];

/** Everything that did not go as the process says. Opens nothing and closes nothing: shown first, for a person to see. */
export function exceptionsIn(facts: GateFacts, judgement: Judgement): Exception[] {
  return [
    ...cameDecided(facts, judgement.decided),
    ...breakGlassUsed(facts),
    ...movesWithoutDecision(facts),
    ...statusWithoutDecision(facts, judgement),
    ...beganDecided(facts),
    ...voidDecisions(facts),
    ...executions(facts, judgement),
    ...implementation(facts, judgement),
    ...deployments(facts, judgement),
    ...reviews(facts, judgement),
    ...letThrough(facts),
    ...unmatchedAuthors(facts),
    ...foundInFiles(facts),
    ...discrepancies(facts),
  ];
}

/** A status was forced, or the event that names who moved it has not come: the changelog alone is no decision. */
function movesWithoutDecision(facts: GateFacts): Exception[] {
  const { snapshot, entries } = facts;
  const reported = new Set(entries.flatMap(({ entry }) => reportedMove(entry)));
  const decisions = recordedDecisions(entries);
  const resubmission = latestResubmission(snapshot);
  const declared = declaredMoves(entries);
  return statusMoves(snapshot)
    .filter(({ historyId, to }) => DECIDED_STATUSES.includes(to) && !reported.has(historyId))
    .filter(({ historyId, at }) => !declared.has(historyId) && !beforeControl(facts, at))
    .filter((move) => !decisions.some((decision) => confirms(decision, move)))
    .map((move) => {
      const confirmable =
        ['Proposed', 'Approved', 'Scheduled'].includes(snapshot.status) &&
        (resubmission === undefined || compareHistoryIds(move.historyId, resubmission.historyId) > 0);
      return {
        code: 'moved-no-decision',
        sentence: `Moved from ${move.from} to ${move.to} by ${nameOf(snapshot, move.by)}${alongWith(snapshot, move)}, no decision recorded.`,
        at: move.at,
        move: move.historyId,
        ...(confirmable ? { historyId: move.historyId } : {}),
      };
    });
}

/** Moving an issue between projects or types maps its status, and asks no rule of the workflow it comes into. */
function alongWith({ history }: ChangeSnapshot, { historyId }: StatusMove): string {
  const items = history.find(({ id }) => id === historyId)?.items ?? [];
  const project = items.find(({ fieldId }) => fieldId === 'project');
  if (project !== undefined) return `, together with the move from the project ${project.fromText ?? 'elsewhere'}`;
  const type = items.find(({ fieldId }) => fieldId === 'issuetype');
  return type === undefined ? '' : `, together with the change of its type from ${type.fromText ?? 'another'}`;
}

/**
 * Jira asks no rule of ours when an issue is created, imported, moved in with the status it had, or given another type:
 * its first status then says "decided" with no changelog entry that anybody could look for. Of one that was there before
 * control began, ./before-control tells it.
 */
function beganDecided({ snapshot, entries }: GateFacts): Exception[] {
  if (adoptionOf(entries) !== undefined) return [];
  const began = statusMoves(snapshot)[0]?.from ?? snapshot.status;
  if (!snapshot.historyComplete || ![...DECIDED_STATUSES, 'Closed'].includes(began)) return [];
  const sentence = `Its first status was ${began}: it was created, imported or moved in past the rules, no decision recorded.`;
  return [{ code: 'began-decided', sentence, at: snapshot.createdAt }];
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

function statusWithoutDecision(facts: GateFacts, { decided }: Judgement): Exception[] {
  const { snapshot } = facts;
  if (decided || ![...DECIDED_STATUSES, 'Closed'].includes(snapshot.status) || broughtItsStatus(facts)) return [];
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

function executions(facts: GateFacts, { deciding }: Judgement): Exception[] {
  const { windowStart, windowEnd } = facts.snapshot.content;
  return statusMoves(facts.snapshot)
    .filter(({ to, at }) => to === 'Executed' && !beforeControl(facts, at))
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
        ...(wasOpen(facts, deciding, justBefore(move.historyId), move.at) ? [] : [notOpen]),
      ];
    });
}

const windowText = (start: string | null, end: string | null): string =>
  start === null || end === null ? ', which is not set' : ` (${when(start)} to ${when(end)})`;

/** What was recorded as done, and a change that was closed past the rule that demands the record. */
function implementation(facts: GateFacts, { deciding }: Judgement): Exception[] {
  const { snapshot } = facts;
  const record = currentImplementation(facts);
  if (record === undefined) {
    if (snapshot.status !== 'Closed' || broughtItsStatus(facts)) return [];
    const at = statusMoves(snapshot).at(-1)?.at ?? null;
    return [{ code: 'closed-without-record', sentence: 'The change is Closed without an implementation record.', at }];
  }
  const { windowStart, windowEnd } = snapshot.content;
  const { startedAt, endedAt } = record.body;
  const span = `${when(startedAt)} to ${when(endedAt)}`;
  const inside = windowStart !== null && windowEnd !== null && windowStart <= startedAt && endedAt <= windowEnd;
  const outside: Exception = {
    code: 'executed-outside-window',
    sentence: `Recorded as done ${span}, outside the change window${windowText(windowStart, windowEnd)}.`,
    at: startedAt,
  };
  const notOpen: Exception = {
    code: 'executed-not-open',
    sentence: `Recorded as begun on ${when(startedAt)}, while the change was not open.`,
    at: startedAt,
  };
  return [
    ...(inside ? [] : [outside]),
    // A Discovered change was done before anybody decided: that is what it says of itself.
    ...(deciding.judgedAs === 'Discovered' || wasOpen(facts, deciding, asOf(startedAt), startedAt) ? [] : [notOpen]),
    ...recordedTroubles(facts, record),
  ];
}

/** By today's requirement: what the policy and the systems were at the time is not kept outside the decisions. */
function wasOpen(facts: GateFacts, deciding: Deciding, cutoff: Cutoff, at: string): boolean {
  const standing = standingDecisions(facts, 'content', cutoff).filter(({ invalidBecause }) => invalidBecause === null);
  const approvers = approversAmong(standing);
  const objected = standing.some(({ body }) => body.decision === 'disapproved' || body.decision === 'deferred');
  const decidedAt = lastDecidedAt(deciding, approvers);
  const passOver =
    deciding.judgedAs === 'Emergency' &&
    decidedAt !== null &&
    Date.parse(at) - Date.parse(decidedAt) > deciding.policy.emergency.passHours * HOUR_MS;
  const conditional = conditionsOf(facts, standing, { at, barsToday: false }).some(({ outcome }) => outcome === 'open');
  return (
    !objected &&
    !passOver &&
    !conditional &&
    matchApprovers(deciding.policy, deciding.requirement, approvers).missing === 0
  );
}

const HOUR_MS = 3_600_000;

/** A deployment to the real thing that came while no decision stood. */
interface Unopened {
  readonly name: string;
  readonly at: string;
  readonly environment: string;
  /** SHA-256 of the bodies that tell of it. */
  readonly deliveries: readonly string[];
}

/** Every one of them, each once however many deliveries tell of it. */
export function deployedWhileNotOpen(facts: GateFacts, deciding: Deciding): Unopened[] {
  const found = new Map<string, Unopened>();
  for (const { entry } of facts.entries) {
    if (entry.kind !== 'evidence' || entry.body.evidence !== 'deployment') continue;
    const environment = entry.body.attributes['environment'] ?? '';
    if (TRIAL_ENVIRONMENT.test(environment)) continue;
    const at = happened(entry.body);
    const name = `${entry.body.repository ?? ''} ${entry.body.id}`.trim();
    const known = found.get(name);
    const deliveries = [...(known?.deliveries ?? []), entry.body.provenance.bodyDigest];
    found.set(
      name,
      known === undefined || at < known.at ? { name, at, environment, deliveries } : { ...known, deliveries },
    );
  }
  return [...found.values()].filter(({ at }) => !wasOpen(facts, deciding, asOf(at), at));
}

/** Deployments past the decisions, and past the gate. A discovered change was deployed before anybody could ask. */
function deployments(facts: GateFacts, { deciding, now }: Judgement): Exception[] {
  const unopened = deployedWhileNotOpen(facts, deciding);
  const asks = deciding.policy.askBeforeDeploying && deciding.judgedAs !== 'Discovered';
  return [
    ...unopened.map(({ name, at, environment }): Exception => ({
      code: 'evidence-before-decision',
      sentence: `Deployment ${name}${environment === '' ? '' : ` to ${environment}`} of ${when(at)} came while no decision stood.`,
      at,
    })),
    ...deployedPastGate(facts, { asks, unopened: new Set(unopened.map(({ name }) => name)), now }),
  ];
}

function reviews({ snapshot }: GateFacts, { review }: Judgement): Exception[] {
  if (review === null) return [];
  return [
    ...(review.state === 'overdue'
      ? [
          {
            code: 'review-overdue',
            sentence: `The retroactive review of this emergency change was due on ${when(review.dueAt)} and is not done. Still needed: ${review.needs.phrase}.`,
            at: review.dueAt,
          } as const,
        ]
      : []),
    ...(review.rejected
      ? [
          {
            code: 'review-not-accepted',
            sentence: `A retroactive review of ${snapshot.key} did not accept what was done.`,
            at: null,
          } as const,
        ]
      : []),
  ];
}

/** Allowed, and still an exception from the rule: an assessor asks for these first. */
function letThrough({ snapshot, entries }: GateFacts): Exception[] {
  return entries.flatMap((stored): Exception[] => {
    const { entry } = stored;
    if (entry.kind !== 'freeze-exception' && entry.kind !== 'emergency-override') return [];
    const person = disclosed<Person>(stored, entry.body.by);
    const name = nameOf(snapshot, person?.accountId ?? null, person?.displayName);
    return entry.kind === 'freeze-exception'
      ? [
          {
            code: 'freeze-exception-used',
            sentence: `${name} let it through the freeze period ${entry.body.freeze}: ${entry.body.basis}`,
            at: entry.body.at,
          },
        ]
      : [
          {
            code: 'emergency-override-used',
            sentence: `${name} allowed an emergency pass while reviews were overdue (${entry.body.overdue.join(', ')}): ${entry.body.basis}`,
            at: entry.body.at,
          },
        ];
  });
}

/** One for each identity of which it is not settled who it is, so that nobody can say that they did not decide. */
function unmatchedAuthors(facts: GateFacts): Exception[] {
  return authorsOf(facts)
    .filter(({ known }) => known === 'unmatched' || known === 'unproved')
    .map(({ name, known, authored, matches }) => {
      const [first, ...others] = authored;
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      const why =
        known === 'unproved'
          ? `Only ${matches.some(({ by }) => by === 'e-mail') ? 'an e-mail address' : 'the sender'} says who that is, and no verified signature proves it.`
          : 'It is not known whose account that is.';
      return {
        code: 'unmatched-author',
        sentence: `${name} ${didWith(first)}${more}. ${why} Somebody who decides, or a Jira admin, says who it is.`,
        at: null,
      };
    });
}
