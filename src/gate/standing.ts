import { contentDigest } from '../change/digest';
import { FIELDS } from '../change/fields';
import { compareHistoryIds, controlledEdits, editsSince, reachesBackTo, statusMoves } from '../change/history';
import type { HistoryEntry } from '../change/snapshot';
import { personKey } from '../policy/people';
import { didWith, tookPart } from './barred';
import { named, recordedDecisions } from './recorded';
import type { GateFacts, RecordedDecision } from './recorded';
import { DID, listed, nameOf, when } from './words';

/** Up to where the past is looked at; the present sees everything. */
export interface Cutoff {
  readonly sees: (entry: Pick<HistoryEntry, 'id' | 'at'>) => boolean;
  readonly made: (decision: RecordedDecision) => boolean;
  /** Who is barred is today's question; what was open at some time is not changed by who joins the change later. */
  readonly barsToday: boolean;
}

export const PRESENT: Cutoff = { sees: () => true, made: () => true, barsToday: true };

/** As it stood when a changelog entry was written. Told by ids alone: no two clocks are compared. */
export const justBefore = (historyId: string): Cutoff => ({
  sees: ({ id }) => compareHistoryIds(id, historyId) < 0,
  made: ({ body }) => compareHistoryIds(body.historyHead, historyId) < 0,
  barsToday: false,
});

/** Today's view of what had been decided before a move, to see what that move itself added. */
export const decidedBefore = (historyId: string): Cutoff => ({ ...PRESENT, made: justBefore(historyId).made });

/** As it stood at an instant (UTC ISO 8601), for facts that come with nothing but a time. */
export const asOf = (instant: string): Cutoff => ({
  sees: ({ at }) => at <= instant,
  made: ({ body }) => body.decidedAt <= instant,
  barsToday: false,
});

/**
 * Whose facts count. 'everybody' demands the whole changelog and bars today's participants. 'content' is for a caller
 * that is told neither who acts nor, within its time, the whole changelog: who may decide is judged elsewhere, and a
 * decision counts if the part that was read reaches back to it.
 */
export type Scope = 'everybody' | 'content';

export interface StandingDecision extends RecordedDecision {
  /** Whose decision it is, the same for all accounts of one person; '' when that is not disclosed any more. */
  readonly person: string;
  /** Whose say it was, likewise; absent for one's own. */
  readonly behalfPerson?: string;
  /** Null when it stands. */
  readonly invalidBecause: { readonly code: InvalidCode; readonly sentence: string } | null;
}

export type InvalidCode =
  | 'void-when-recorded'
  | 'decider-unknown'
  | 'superseded'
  | 'withdrawn'
  | 'resubmitted'
  | 'not-eligible'
  | 'edited-since'
  | 'history-incomplete'
  | 'decider-barred';

/**
 * Every recorded decision with whether it stands, and why not. An approval stands for exactly the content it was made on;
 * an objection stands whatever is edited, until the same person decides otherwise or the change is resubmitted.
 */
export function standingDecisions(facts: GateFacts, scope: Scope = 'everybody', cutoff = PRESENT): StandingDecision[] {
  const made = recordedDecisions(facts.entries)
    .filter(cutoff.made)
    .map((decision): Made => ({ ...decision, ...personsOf(facts, decision) }));
  const context = contextOf(facts, scope, cutoff);
  return made.map((decision) => ({ ...decision, invalidBecause: whyNot(decision, made, context) }));
}

const personsOf = ({ people }: GateFacts, { accountId, behalf }: RecordedDecision) => ({
  person: accountId === null ? '' : personKey(people, accountId),
  ...(behalf === undefined || behalf === null ? {} : { behalfPerson: personKey(people, behalf.accountId) }),
});

type Made = RecordedDecision & Pick<StandingDecision, 'person' | 'behalfPerson'>;

interface Context {
  readonly facts: GateFacts;
  readonly scope: Scope;
  readonly cutoff: Cutoff;
  readonly resubmission: { readonly historyId: string; readonly at: string } | undefined;
  /** The digest to compare with, or undefined when later edits hide what the content was then. */
  readonly digest: string | undefined;
  readonly barred: ReadonlyMap<string, readonly { readonly sentence: string }[]>;
}

function contextOf(facts: GateFacts, scope: Scope, cutoff: Cutoff): Context {
  const { snapshot } = facts;
  const editedLater = controlledEdits(snapshot).some(({ entry }) => !cutoff.sees(entry));
  return {
    facts,
    scope,
    cutoff,
    resubmission: statusMoves(snapshot).findLast(
      ({ historyId, at, to }) => to === 'Proposed' && cutoff.sees({ id: historyId, at }),
    ),
    digest: editedLater ? undefined : contentDigest(snapshot.content),
    barred: cutoff.barsToday ? tookPart(facts) : new Map(),
  };
}

type Why = StandingDecision['invalidBecause'];

function whyNot(decision: Made, made: readonly Made[], context: Context): Why {
  const { body, accountId } = decision;
  if (body.void !== undefined) return { code: 'void-when-recorded', sentence: body.void.sentence };
  if (accountId === null || decision.behalf === null) {
    return {
      code: 'decider-unknown',
      sentence: 'Who decided is not disclosed any more, so the decision cannot count.',
    };
  }
  return (
    replaced(decision, made, context) ??
    resubmitted(decision, context) ??
    (body.decision === 'approved' ? approvalFails(decision, [accountId, ...behalfOf(decision)], context) : null)
  );
}

/** An approval with another account of one's own takes nothing back: it adds the roles of that account. */
function replaced(decision: Made, made: readonly Made[], { facts }: Context): Why {
  const approves = ({ body }: Made): boolean => body.decision === 'approved';
  const later = made.find(
    (other) =>
      other.seq > decision.seq &&
      other.body.void === undefined &&
      (other.person === decision.person
        ? other.accountId === decision.accountId || !approves(other) || !approves(decision)
        : isOwnWordOver(decision, other)),
  );
  if (later === undefined) return null;
  const name = nameOf(facts.snapshot, later.accountId, later.displayName);
  const sentence = `${name} ${DID[later.body.decision]} this change on ${when(later.body.decidedAt)}.`;
  return { code: later.body.decision === 'withdrawn' ? 'withdrawn' : 'superseded', sentence };
}

/**
 * Somebody who handed their say over and then decides in person has the last word over the one who decided for them, and
 * never the other way round.
 */
const isOwnWordOver = (decision: Made, other: Made): boolean =>
  other.behalf === undefined && other.person !== '' && other.person === decision.behalfPerson;

const behalfOf = ({ behalf }: RecordedDecision): string[] =>
  behalf === undefined || behalf === null ? [] : [behalf.accountId];

function resubmitted({ body }: RecordedDecision, { resubmission }: Context): Why {
  if (resubmission === undefined || compareHistoryIds(body.historyHead, resubmission.historyId) >= 0) return null;
  return { code: 'resubmitted', sentence: `The change was resubmitted on ${when(resubmission.at)}.` };
}

/** @param people who gave it and, when it was another's say, that person: neither may have taken part. */
function approvalFails(decision: RecordedDecision, people: readonly string[], context: Context): Why {
  const { body } = decision;
  const { snapshot } = context.facts;
  if (body.roles.length === 0)
    return { code: 'not-eligible', sentence: 'Made without holding a role that may decide.' };
  if (context.scope === 'everybody' ? !snapshot.historyComplete : !reachesBackTo(snapshot, body.historyHead)) {
    const sentence = 'The history of this change could not be read completely, so nobody can be cleared.';
    return { code: 'history-incomplete', sentence };
  }
  for (const accountId of people) {
    const barred = context.barred.get(accountId);
    if (barred === undefined) continue;
    const recorded = accountId === decision.accountId ? decision.displayName : decision.behalf?.displayName;
    const name = nameOf(snapshot, accountId, recorded);
    const sentence = `${name} took part in the change: ${listed(barred.map((one) => plainParticipation(one.sentence)))}.`;
    return { code: 'decider-barred', sentence };
  }
  const shown = context.cutoff.barsToday ? shownByEvidence(decision, context.facts) : null;
  if (shown !== null) return { code: 'decider-barred', sentence: shown };
  return editedSince(body.historyHead, body.contentDigest, context);
}

/** Evidence voids a decision only by an entry that names both (ruling 8). */
function shownByEvidence(decision: RecordedDecision, { snapshot, entries }: GateFacts): string | null {
  for (const stored of entries) {
    const { entry } = stored;
    if (entry.kind !== 'decision-barred' || entry.body.decision !== decision.seq) continue;
    const { evidence, role } = entry.body;
    const about = entries.find((one) => one.entry.seq === evidence)?.entry;
    const how =
      about?.kind === 'evidence'
        ? didWith({ role, kind: about.body.evidence, id: about.body.id })
        : `is ${role} of evidence entry ${evidence}`;
    // The one whose say it was, where that is who took part.
    const who = named(stored, entry.body.person) ?? decision;
    return `${nameOf(snapshot, who.accountId, who.displayName)} took part in the change: ${how}, as evidence shows.`;
  }
  return null;
}

function editedSince(head: string, digest: string, { facts: { snapshot }, cutoff, digest: now }: Context): Why {
  const edits = editsSince(snapshot, head).filter(({ entry }) => cutoff.sees(entry));
  const last = edits.at(-1);
  if (last !== undefined) {
    const keys = edits.flatMap(({ fields }) => fields);
    const names = FIELDS.filter(({ key }) => keys.includes(key)).map(({ name }) => name);
    const by = nameOf(snapshot, last.entry.author);
    return {
      code: 'edited-since',
      sentence: `${listed(names)} edited afterwards, last by ${by} on ${when(last.entry.at)}.`,
    };
  }
  if (now === undefined || now === digest) return null;
  return { code: 'edited-since', sentence: 'The controlled fields are not what this decision was made on.' };
}

/** Participations are written to complete "you …"; of others they are told in the third person. */
const plainParticipation = (sentence: string): string =>
  sentence.replace(/^are its /, 'is the ').replace(/^were its /, 'was the ');
