import type { StoredEntry } from '../../ledger/entry';
import type { PackFacts } from '../facts';
import { personOf, personText } from '../person';
import { utc } from '../text';
import { markup, table } from './html';
import type { Html } from './html';

/** The meetings in which decisions were taken, as last saved. */
export function meetings({ meetings: rows }: PackFacts): Html | null {
  if (rows.length === 0) return null;
  return table(
    'Meetings in which decisions were taken, as last saved',
    ['Meeting', 'Chair and attendees', 'Agenda', 'Minutes', 'Decisions'],
    rows.map(
      ({ meeting, title, heldAt, chair, attendees, agenda, minutes, revisions, savedBy, savedAt, decisions }) => [
        markup`<div class="wraps">${title} (${meeting})<br />${utc(heldAt)}<br />revision ${revisions}, saved by ${personText(savedBy)}, ${utc(savedAt)}</div>`,
        markup`chair: ${personText(chair)}${attendees.map(({ person, role }) => markup`<br />${personText(person)}${role === '' ? '' : `, ${role}`}`)}`,
        agenda.join(', '),
        minutes ?? 'erased from the ledger',
        `${decisions.length === 1 ? 'entry' : 'entries'} ${decisions.map(({ seq }) => seq).join(', ')}`,
      ],
    ),
    '',
  );
}

/** Says that were handed over on this change, and how each ended. */
export function delegations({ input }: PackFacts): Html | null {
  const who = (stored: StoredEntry, by: Parameters<typeof personOf>[1]): string => personText(personOf(stored, by));
  const ended = new Map(
    input.entries.flatMap((stored) => {
      const { entry } = stored;
      if (entry.kind !== 'delegation-revoked') return [];
      const { delegation, by, at, reason } = entry.body;
      return [[delegation, `ended by ${who(stored, by)}, ${utc(at)}: ${reason}`] as const];
    }),
  );
  const rows = input.entries.flatMap((stored) => {
    const { entry } = stored;
    if (entry.kind !== 'delegated') return [];
    const { from, to, role, until, basis, at } = entry.body;
    const name = input.policy.roles.find(({ key }) => key === role)?.name ?? role;
    const end = until === null ? 'as long as the change is undecided' : `until ${utc(until)}`;
    return [
      [
        String(entry.seq),
        `${who(stored, to)} for ${who(stored, from)}, as ${name}`,
        `${utc(at)}, ${end}`,
        basis,
        ended.get(entry.seq) ?? 'not taken back',
      ],
    ];
  });
  return rows.length === 0
    ? null
    : table('Says handed over', ['Entry', 'Who decides for whom', 'When', 'Basis', 'End'], rows, '');
}
