import { meetingDecidePayload } from '../../contract/payloads';
import type { MeetingDecided, MeetingDecidedRow } from '../../contract/meetings';
import type { Ports } from '../../ports/ports';
import { decide } from '../record-decision';
import { outcomeOf, refuse } from '../refusal';
import { callerOf, parsed, projectOf, type ResolverCall } from '../resolver-call';
import { peopleOf, readMeeting } from './record';

/**
 * `meeting.decide`: the caller's own decisions on changes of the agenda, each recorded, or refused with its reason, by
 * itself and in their order; the same ones again add nothing. Nothing opens on the chair's word: an attendee decides for
 * nobody but themselves. Refusals of the whole: 404 no such meeting, 403 not-attending, 409 before it begins or on a
 * record that does not verify.
 */
export async function decideInMeeting(ports: Ports, call: ResolverCall): Promise<MeetingDecided> {
  const { meeting: id, decisions } = parsed(meetingDecidePayload, call.payload);
  const accountId = callerOf(call);
  const meeting = await readMeeting(ports, projectOf(call), id);
  if (meeting === undefined) throw refuse(404, 'unknown-meeting', 'This project has no such meeting.');
  const [broken] = meeting.breaks;
  if (broken !== undefined)
    throw refuse(
      409,
      'ledger-broken',
      `Nothing is decided in a meeting whose record does not verify: ${broken.sentence}.`,
    );
  const { agenda, heldAt } = meeting.newest.entry.body;
  if (!peopleOf(meeting.newest).attendees.some(({ person }) => person.accountId === accountId))
    throw refuse(403, 'not-attending', 'You are not among the attendees of this meeting.');
  if (ports.clock.now().toISOString() < heldAt)
    throw refuse(
      409,
      'not-begun',
      'The meeting has not begun: its decisions are taken in it. Sign off in the panel instead.',
    );
  const rows: MeetingDecidedRow[] = [];
  for (const { key, ...payload } of decisions) {
    const outcome = await outcomeOf(ports, 'meeting.decide', async () => {
      if (!agenda.includes(key)) throw refuse(400, 'not-on-agenda', `${key} is not on the agenda of this meeting.`);
      return (await decide(ports, { key, accountId, payload, meeting: id })).added;
    });
    if ('refused' in outcome) rows.push({ key, outcome: 'refused', refusal: outcome.refused });
    else rows.push({ key, outcome: outcome.result === true ? 'recorded' : 'recorded-before' });
  }
  return { rows };
}
