import type { JudgedDecision } from '../../gate/verdict';
import type { PackFacts } from '../facts';
import { meetingText } from '../meetings';
import { accountText, personOf, personText } from '../person';
import { utc } from '../text';

/** What only some decisions have, a sentence each: for whom, where, on what condition, until when. */
export function particulars(facts: PackFacts, decision: JudgedDecision): readonly string[] {
  return [forWhom, meeting, condition, deferral].flatMap((part) => part(facts, decision));
}

function forWhom({ input }: PackFacts, { seq, onBehalfOf, organisation }: JudgedDecision): string[] {
  const handed = input.entries.find(({ entry }) => entry.seq === seq)?.entry;
  const by = handed?.kind === 'decision' ? handed.body.onBehalfOf?.delegation : undefined;
  return [
    ...(onBehalfOf === undefined
      ? []
      : [
          `Decided for ${delegator(input.snapshot, onBehalfOf)}, whose say was handed over in entry ${by ?? 'unknown'}`,
        ]),
    ...(organisation === undefined ? [] : [`Organisation: ${organisation}`]),
  ];
}

type Delegator = NonNullable<JudgedDecision['onBehalfOf']>;

function delegator(snapshot: PackFacts['input']['snapshot'], { accountId, displayName }: Delegator): string {
  if (accountId === null) return 'somebody erased from the ledger';
  return displayName === null ? accountText(snapshot, accountId) : personText({ accountId, displayName });
}

function meeting({ input, meetings }: PackFacts, { seq, meeting: id, decidedAt }: JudgedDecision): string[] {
  if (id === undefined) return [];
  const decided = meetings.find((row) => row.meeting === id)?.decisions.find((one) => one.seq === seq);
  const attended = {
    true: 'listed as attending',
    false: 'not listed as attending',
    null: 'attendance erased',
  } as const;
  const how = decided === undefined ? '' : `; ${attended[`${decided.attended}`]} in revision ${decided.revision}`;
  return [`Taken in ${meetingText(id, decidedAt, input.meetings ?? [])}${how}`];
}

/** Every settlement that was recorded is told; whether one counts is judged and stands before them. */
function condition({ input }: PackFacts, decision: JudgedDecision): string[] {
  if (decision.conditions === undefined) return [];
  const told = input.entries.flatMap((stored) => {
    const { entry } = stored;
    if (entry.kind !== 'condition-settled' || entry.body.decision !== decision.seq) return [];
    const { outcome, by, at, note } = entry.body;
    const why = note === '' ? '' : `: ${note}`;
    return [`Entry ${entry.seq} says ${outcome}, by ${personText(personOf(stored, by))}, ${utc(at)}${why}`];
  });
  const state = decision.conditionOutcome ?? 'without effect, as the approval does not stand';
  return [`Condition (${state}): ${decision.conditions}`, ...told];
}

const deferral = (_: PackFacts, { until, awaits }: JudgedDecision): string[] => [
  ...(until === undefined ? [] : [`Deferred until ${utc(until)}`]),
  ...(awaits === undefined ? [] : [`Awaited: ${awaits}`]),
];
