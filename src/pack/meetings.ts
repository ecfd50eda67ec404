import { hashEntry, verifyChain } from '../ledger/chain';
import { disclosed } from '../ledger/commitment';
import type { Person, StoredEntry } from '../ledger/entry';
import { ERASED, personOf } from './person';
import { utc } from './text';

/** The record of one meeting in which decisions of the change were taken: its chain from the first save to the newest. */
export interface MeetingPart {
  readonly meeting: string;
  readonly entries: readonly StoredEntry[];
  /** What reading the chain found wrong when the pack was made, in sentences. */
  readonly breaksAtExport: readonly string[];
}

export type MeetingSave = StoredEntry<'meeting-saved'>;

const isSave = (stored: StoredEntry): stored is MeetingSave => stored.entry.kind === 'meeting-saved';

/** The meetings that decisions of a change name, each once, sorted. */
export const meetingsNamed = (entries: readonly StoredEntry[]): string[] =>
  [
    ...new Set(
      entries.flatMap(({ entry }) =>
        entry.kind === 'decision' && entry.body.meeting !== undefined ? [entry.body.meeting] : [],
      ),
    ),
  ].sort();

/** The value of the file: entries as they are hashed, each with what opens its commitments. */
export const meetingsFile = (parts: readonly MeetingPart[]): unknown => ({
  meetings: parts.map(({ meeting, entries, breaksAtExport }) => ({
    meeting,
    entries: entries.map(({ entry, disclosures }) => ({ entry, disclosures })),
    breaksAtExport,
  })),
});

/** What does not hold in the record of a meeting: its chain from the first save on, the revisions, what is disclosed. */
export function meetingBreaks({ meeting, entries, breaksAtExport }: MeetingPart): string[] {
  const chain = `meeting-${meeting}`;
  const recomputed = entries.map((stored) => ({ ...stored, hash: hashEntry(stored.entry) }));
  const of = (sentence: string): string => `meeting ${meeting}: ${sentence}`;
  return [
    ...(entries.length === 0 ? ['nothing is recorded of it'] : []),
    ...breaksAtExport.map((sentence) => `its record did not hold together when this pack was made: ${sentence}`),
    ...verifyChain(recomputed).map(({ sentence }) => sentence),
    ...entries.flatMap(({ entry }, i): string[] => [
      ...(entry.chain === chain ? [] : [`entry ${entry.seq} is of the chain ${entry.chain}`]),
      ...(entry.kind === 'meeting-saved' && entry.body.meeting === meeting && entry.body.revision === i + 1
        ? []
        : [`entry ${entry.seq} is not its revision ${i + 1}`]),
    ]),
  ].map(of);
}

/** The save in force at an instant (UTC ISO 8601), or the first one where a clock ran backwards. */
export function saveInForce({ entries }: MeetingPart, at: string): MeetingSave | undefined {
  const saves = entries.filter(isSave);
  return saves.findLast(({ entry }) => entry.at <= at) ?? saves[0];
}

/** `the meeting "CAB of 2 March" of 2026-03-02 08:30:00 UTC`, as it was called when something was decided in it. */
export function meetingText(meeting: string, at: string, parts: readonly MeetingPart[]): string {
  const part = parts.find((one) => one.meeting === meeting);
  const save = part === undefined ? undefined : saveInForce(part, at);
  if (save === undefined) return `the meeting ${meeting}, of which no record is there`;
  return `the meeting "${save.entry.body.title}" of ${utc(save.entry.body.heldAt)}`;
}

type Known = Person | typeof ERASED | null;

/** One meeting for reading. What is listed is its newest save; whether somebody attended is told of the save then in force. */
export interface MeetingRow {
  readonly meeting: string;
  readonly revisions: number;
  readonly title: string;
  readonly heldAt: string;
  readonly chair: Known;
  readonly attendees: readonly { readonly person: Known; readonly role: string }[];
  readonly agenda: readonly string[];
  /** Null once they were erased. */
  readonly minutes: string | null;
  readonly savedBy: Known;
  readonly savedAt: string;
  readonly decisions: readonly DecidedInMeeting[];
}

/** A decision of the change that was taken in the meeting. */
export interface DecidedInMeeting {
  readonly seq: number;
  /** The revision of the record in force then. */
  readonly revision: number;
  /** Whether that revision lists the decider; null when one of the two cannot be told any more. */
  readonly attended: boolean | null;
}

export function meetingRows(entries: readonly StoredEntry[], parts: readonly MeetingPart[]): MeetingRow[] {
  return parts.flatMap((part): MeetingRow[] => {
    const saves = part.entries.filter(isSave);
    const newest = saves.at(-1);
    if (newest === undefined) return [];
    const { title, heldAt, chair, attendees, agenda, minutes, by, at } = newest.entry.body;
    const text = disclosed<unknown>(newest, minutes);
    return [
      {
        meeting: part.meeting,
        revisions: saves.length,
        title,
        heldAt,
        chair: personOf(newest, chair),
        attendees: attendees.map(({ person, role }) => ({ person: personOf(newest, person), role })),
        agenda,
        minutes: typeof text === 'string' ? text : null,
        savedBy: personOf(newest, by),
        savedAt: at,
        decisions: entries.flatMap((stored) => decidedIn(part, stored)),
      },
    ];
  });
}

function decidedIn(part: MeetingPart, stored: StoredEntry): DecidedInMeeting[] {
  const { entry } = stored;
  if (entry.kind !== 'decision' || entry.body.meeting !== part.meeting) return [];
  const save = saveInForce(part, entry.body.decidedAt);
  if (save === undefined) return [];
  const account = accountOf(personOf(stored, entry.body.by));
  const there = save.entry.body.attendees.map(({ person }) => accountOf(personOf(save, person)));
  const unknown = account === null || (!there.includes(account) && there.includes(null));
  return [
    {
      seq: entry.seq,
      revision: save.entry.body.revision,
      attended: unknown ? null : there.includes(account),
    },
  ];
}

const accountOf = (person: Known): string | null =>
  (person === null || person === ERASED ? null : person.accountId) ?? null;
