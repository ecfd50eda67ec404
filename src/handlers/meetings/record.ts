import { named } from '../../gate/recorded';
import type { Break } from '../../ledger/chain';
import { disclosed } from '../../ledger/commitment';
import type { StoredEntry } from '../../ledger/entry';
import { meetingChain, meetingPrefix } from '../../ledger/keys';
import { inspectLedger } from '../../ledger/read';
import type { Ports } from '../../ports/ports';

export type MeetingEntry = StoredEntry<'meeting-saved'>;

/** A meeting as its chain has it. */
export interface Meeting {
  readonly id: string;
  /** Oldest first; never empty. */
  readonly saves: readonly MeetingEntry[];
  readonly newest: MeetingEntry;
  readonly breaks: readonly Break[];
}

const isSave = (stored: StoredEntry): stored is MeetingEntry => stored.entry.kind === 'meeting-saved';

/** Undefined when nothing was saved under this id in this project. */
export async function readMeeting(
  ports: Pick<Ports, 'store'>,
  project: string,
  id: string,
): Promise<Meeting | undefined> {
  const { entries, breaks } = await inspectLedger(ports.store, meetingChain(id));
  const saves = entries.filter(isSave);
  const newest = saves.at(-1);
  if (newest === undefined || saves.some(({ entry }) => entry.body.project !== project)) return undefined;
  return { id, saves, newest, breaks };
}

/** Every meeting of a project that was ever saved, newest first. */
export async function readMeetings(ports: Pick<Ports, 'store'>, project: string): Promise<Meeting[]> {
  const prefix = meetingPrefix(project);
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ports.store.list(prefix, cursor);
    ids.push(...page.items.map(({ key }) => key.slice(prefix.length)));
    cursor = page.next;
  } while (cursor !== undefined);
  const found = await Promise.all(ids.map((id) => readMeeting(ports, project, id)));
  return found
    .filter((one) => one !== undefined)
    .sort((a, b) => (a.newest.entry.body.heldAt < b.newest.entry.body.heldAt ? 1 : -1));
}

/** The people of a record as far as they are still disclosed. */
export function peopleOf(stored: MeetingEntry) {
  const { chair, attendees } = stored.entry.body;
  const person = (committed: typeof chair) => {
    const found = named(stored, committed);
    return { accountId: found?.accountId ?? null, name: found?.displayName ?? null };
  };
  return {
    chair: person(chair),
    attendees: attendees.map(({ person: who, role }) => ({ person: person(who), role })),
  };
}

export const minutesOf = (stored: MeetingEntry): string => {
  const text = disclosed<unknown>(stored, stored.entry.body.minutes);
  return typeof text === 'string' ? text : '';
};
