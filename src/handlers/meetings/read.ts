import { meetingReadPayload } from '../../contract/payloads';
import type { MeetingListView, MeetingView } from '../../contract/meetings';
import { isPerson } from '../../gate/decision-state';
import { listed } from '../../gate/words';
import type { Policy } from '../../policy/policy';
import type { Ports } from '../../ports/ports';
import { readMembers } from '../facts';
import { policyInForce } from '../policy/store';
import { refuse } from '../refusal';
import { readRegister } from '../register';
import { callerOf, parsed, projectOf, type ResolverCall } from '../resolver-call';
import { peopleOf, readMeeting, readMeetings, type Meeting } from './record';
import { maySave } from './may-save';
import { meetingView } from './view';

/** Statuses in which a change waits for a decision. */
const WAITING: readonly string[] = ['Proposed', 'Approved', 'Scheduled'];

/** `meeting.list`: the meetings of a project, and what a new one is made from, for somebody who sees its register. */
export async function listMeetings(ports: Ports, call: ResolverCall): Promise<MeetingListView> {
  const project = projectOf(call);
  const [viewer, register, policy, meetings] = await Promise.all([
    ports.jira.readDecider(callerOf(call)),
    readRegister(ports, { ...call, payload: {} }),
    policyInForce(ports),
    readMeetings(ports, project),
  ]);
  return {
    project,
    meetings: meetings.map(rowOf),
    maySave: await maySave(ports, viewer, undefined),
    waiting: register.rows
      .filter(({ status, open }) => WAITING.includes(status) && !open)
      .map(({ key, summary, needs }) => ({ key, summary, needs })),
    people: await deciders(ports, policy),
  };
}

function rowOf({ id, newest }: Meeting) {
  const { title, heldAt, agenda, attendees } = newest.entry.body;
  const chair = peopleOf(newest).chair.name;
  return { id, title, heldAt, chair, changes: agenda.length, attendees: attendees.length };
}

/** People of the deciding groups with what they are, each once, by name. */
async function deciders(ports: Ports, policy: Policy): Promise<MeetingListView['people']> {
  const members = await readMembers(ports, policy);
  const found = new Map<string, { name: string; roles: string[] }>();
  const lists = [
    ...policy.roles.map(({ key, name }) => [name, members[key]] as const),
    [`of ${policy.outsideProvider?.organisation ?? ''}`, members.outside ?? []] as const,
  ];
  for (const [role, people] of lists)
    for (const { accountId, displayName } of people.filter(isPerson)) {
      const known = found.get(accountId) ?? { name: displayName, roles: [] };
      found.set(accountId, { ...known, roles: [...known.roles, role] });
    }
  return [...found.entries()]
    .map(([accountId, { name, roles }]) => ({ accountId, name, role: listed(roles) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** `meeting.read`: one meeting with its agenda as the changes are now. 404 when there is none of this id here. */
export async function readMeetingFor(ports: Ports, call: ResolverCall): Promise<MeetingView> {
  const { meeting: id } = parsed(meetingReadPayload, call.payload);
  const project = projectOf(call);
  const [viewer, meeting] = await Promise.all([
    ports.jira.readDecider(callerOf(call)),
    readMeeting(ports, project, id),
  ]);
  if (meeting === undefined) throw refuse(404, 'unknown-meeting', 'This project has no such meeting.');
  return meetingView(ports, project, meeting, viewer);
}
