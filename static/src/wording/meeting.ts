import type { MeetingView } from '../../../src/contract/meetings';

/** What the chair has typed so far. */
export interface MeetingDraft {
  readonly title: string;
  /** UTC ISO 8601. */
  readonly heldAt: string;
  readonly chair: string;
  readonly attendees: readonly { readonly accountId: string; readonly role: string }[];
  readonly agenda: readonly string[];
  readonly minutes: string;
}

/** A name that two people do not choose at once; the record is made once under it, however often it is sent. */
export function newMeetingId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function draftOf(meeting: MeetingView | null, now: Date): MeetingDraft {
  if (meeting === null) {
    const heldAt = new Date(Math.floor(now.getTime() / 60_000) * 60_000).toISOString();
    return { title: '', heldAt, chair: '', attendees: [], agenda: [], minutes: '' };
  }
  const { title, heldAt, chair, attendees, agenda, minutes } = meeting;
  return {
    title,
    heldAt,
    chair: chair.accountId ?? '',
    attendees: attendees.flatMap(({ person, role }) =>
      person.accountId === null ? [] : [{ accountId: person.accountId, role }],
    ),
    agenda: agenda.map(({ key }) => key),
    minutes,
  };
}

/** Everything that keeps the record from being saved, by field. */
export function faultsOf({ title, heldAt, chair, attendees, agenda }: MeetingDraft) {
  return {
    title: title.trim() === '' ? 'Name the meeting, such as "CAB of 3 March".' : null,
    heldAt: heldAt === '' ? 'Say when it is held.' : null,
    attendees: attendees.length === 0 ? 'Choose at least one attendee.' : null,
    chair: chair === '' ? 'Choose who chairs it.' : null,
    agenda: agenda.length === 0 ? 'Choose at least one change.' : null,
  };
}

type Attendee = MeetingDraft['attendees'][number];

export const toggled = (attendees: readonly Attendee[], one: Attendee): readonly Attendee[] =>
  attendees.some(({ accountId }) => accountId === one.accountId)
    ? attendees.filter(({ accountId }) => accountId !== one.accountId)
    : [...attendees, one];

/** What an attendee has chosen for one change. */
export interface BatchRow {
  readonly decision: '' | 'approved' | 'disapproved' | 'deferred';
  readonly basis: string;
  readonly what: string;
  readonly owner: string;
}

export const EMPTY_ROW: BatchRow = { decision: '', basis: '', what: '', owner: '' };

export function rowFault({ decision, basis, what, owner }: BatchRow, common: string): string | null {
  if (decision === '') return null;
  if (basis.trim() === '' && common.trim() === '') return 'Say on what the decision is based, here or for all.';
  return decision === 'disapproved' && (what.trim() === '' || owner.trim() === '')
    ? 'A disapproval names what has to be done, and by whom.'
    : null;
}

/** The decisions that were chosen, in the order of the agenda, each as it is sent. */
export function batchOf(keys: readonly string[], rows: Readonly<Record<string, BatchRow>>, common: string) {
  return keys.flatMap((key) => {
    const row = rows[key] ?? EMPTY_ROW;
    if (row.decision === '') return [];
    const own = row.basis.trim();
    const action = { what: row.what.trim(), owner: row.owner.trim() };
    const payload = {
      decision: row.decision,
      basis: own === '' ? common.trim() : own,
      ...(row.decision === 'disapproved' ? { requiredActions: [action] } : {}),
    };
    return [{ key, payload, fault: rowFault(row, common) }];
  });
}

/** What became of a batch, counted: "2 recorded, 1 refused". Null before anything was sent. */
export function sayBatch(
  outcomes: readonly string[],
): { readonly tone: 'good' | 'warning'; readonly title: string } | null {
  if (outcomes.length === 0) return null;
  const count = (outcome: string): number => outcomes.filter((one) => one === outcome).length;
  const parts = [
    [count('recorded'), 'recorded'],
    [count('recorded-before'), 'recorded before'],
    [count('refused'), 'refused: see why at each'],
    [count('unanswered'), 'without an answer: see at each'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return { tone: count('refused') + count('unanswered') === 0 ? 'good' : 'warning', title: `${said.join(', ')}.` };
}
