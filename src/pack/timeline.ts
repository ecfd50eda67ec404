import { FIELDS } from '../change/fields';
import { tell } from '../gate/told';
import type { StoredEntry } from '../ledger/entry';
import { meetingText } from './meetings';
import type { MeetingPart } from './meetings';
import { personOf, personText } from './person';

/** One ledger entry in a sentence. */
export interface TimelineRow {
  readonly seq: number;
  /** When it happened as far as that was stated, else when it was recorded. */
  readonly at: string;
  readonly recordedAt: string;
  readonly what: string;
  readonly who: string;
}

/** Every entry of the ledger in the order of time; entries of one instant stay in the order of the chain. */
export function timelineRows(entries: readonly StoredEntry[], meetings: readonly MeetingPart[] = []): TimelineRow[] {
  return entries
    .map((stored) => rowOf(stored, meetings))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq));
}

const DECIDED = {
  approved: 'Approved',
  disapproved: 'Disapproved',
  deferred: 'Deferred',
  withdrawn: 'Took back the decision',
};

function rowOf(stored: StoredEntry, meetings: readonly MeetingPart[]): TimelineRow {
  const { entry } = stored;
  const row = (at: string, what: string, by: Parameters<typeof personOf>[1]): TimelineRow => ({
    seq: entry.seq,
    at,
    recordedAt: entry.at,
    what,
    who: by === null ? '' : personText(personOf(stored, by)),
  });
  switch (entry.kind) {
    case 'change-opened':
      return row(entry.body.createdAt, `${entry.body.key} was opened`, entry.body.creator);
    case 'content-changed':
      return row(entry.body.at, `Edited: ${entry.body.fields.map(fieldName).join(', ')}`, entry.body.by);
    case 'moved':
      return row(entry.body.at, `Moved from ${entry.body.from} to ${entry.body.to}`, entry.body.by);
    case 'decision': {
      const { decision, transition, decidedAt, by, meeting } = entry.body;
      const how = meeting === undefined ? elsewhere(transition) : `in ${meetingText(meeting, decidedAt, meetings)}`;
      const voided = entry.body.void === undefined ? '' : '; recorded as void';
      return row(decidedAt, `${DECIDED[decision]} ${how}${voided}`, by);
    }
    case 'evidence': {
      const { evidence, id, state, claimedAt, receivedAt, people } = entry.body;
      return row(
        claimedAt ?? receivedAt,
        `${evidence} ${id}${state === null ? '' : `: ${state}`}`,
        people[0]?.person ?? null,
      );
    }
    case 'marking-found':
      return row(entry.at, `A marking was found in ${entry.body.place} (rule ${entry.body.rule})`, null);
    case 'marking-cleared':
      return row(entry.at, `Cleared a marking: ${entry.body.reason}`, entry.body.by);
    case 'pack-assembled':
      return row(entry.at, `Evidence pack ${entry.body.pack} was assembled`, entry.body.by);
    case 'change-deleted':
      return row(entry.body.at, 'The issue was deleted in Jira', entry.body.by);
    default: {
      const said = tell(entry);
      return said === undefined ? row(entry.at, entry.kind, null) : row(said.at, said.what, said.by);
    }
  }
}

const elsewhere = (transition: { readonly name: string } | undefined): string =>
  transition === undefined ? 'in the panel' : `with the transition ${transition.name}`;

const fieldName = (key: string): string => FIELDS.find((field) => field.key === key)?.name ?? key;
