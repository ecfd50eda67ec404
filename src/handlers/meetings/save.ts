import { meetingPayload, type MeetingPayload } from '../../contract/payloads';
import type { MeetingView } from '../../contract/meetings';
import { scanText } from '../../evidence/scan';
import { listed } from '../../gate/words';
import { appendEntry } from '../../ledger/append';
import { canonicalJson } from '../../ledger/canonical';
import { meetingChain, meetingKey } from '../../ledger/keys';
import type { Decider } from '../../policy/policy';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { callerOf, parsed, projectOf, type ResolverCall } from '../resolver-call';
import { maySave } from './may-save';
import { minutesOf, peopleOf, readMeeting, type Meeting } from './record';
import { meetingView } from './view';

interface Named {
  readonly accountId: string;
  readonly displayName: string;
}

/**
 * `meeting.save`: agenda, attendees, chair and minutes of a meeting, whole each time, as an entry of the meeting's own
 * chain. Decides nothing. A revision has one successor: of two saves that are based on the same one is refused, and the
 * same one again adds nothing. Refusals: 400, 403, 409 not-in-force and ledger-broken.
 */
export async function saveMeeting(ports: Ports, call: ResolverCall): Promise<MeetingView> {
  const given = parsed(meetingPayload, call.payload);
  const project = projectOf(call);
  const viewer = await ports.jira.readDecider(callerOf(call));
  const before = await readMeeting(ports, project, given.id);
  await mustSave(ports, viewer, before);
  refuseMarkings(given);
  const broken = before?.breaks[0];
  if (broken !== undefined)
    throw refuse(409, 'ledger-broken', `Nothing is saved on a record that does not verify: ${broken.sentence}.`);
  if ((before?.newest.entry.body.revision ?? 0) !== given.basedOn) {
    if (before !== undefined && saysTheSame(before, given)) return meetingView(ports, project, before, viewer);
    throw refuse(
      409,
      'not-in-force',
      'Somebody saved this meeting meanwhile. Nothing of yours was saved: read it again.',
    );
  }
  await mustBeSeen(ports, project, given.agenda, before?.newest.entry.body.agenda ?? []);
  await append(ports, project, given, viewer);
  const saved = await readMeeting(ports, project, given.id);
  if (saved === undefined) throw refuse(409, 'not-in-force', 'This meeting belongs to another project.');
  if (!saysTheSame(saved, given))
    throw refuse(
      409,
      'not-in-force',
      'Somebody saved this meeting meanwhile. Nothing of yours was saved: read it again.',
    );
  return meetingView(ports, project, saved, viewer);
}

async function mustSave(ports: Ports, viewer: Decider | undefined, meeting: Meeting | undefined): Promise<void> {
  if (!(await maySave(ports, viewer, meeting)))
    throw refuse(403, 'not-eligible', 'Meetings are recorded by those who decide, and by the chair of the meeting.');
}

/** A record is no place for controlled information: it would be copied into every pack that names the meeting. */
function refuseMarkings({ title, minutes }: MeetingPayload): void {
  const rules = [...new Set([...scanText(title), ...scanText(minutes)].map(({ rule }) => rule.id))];
  if (rules.length > 0)
    throw refuse(
      400,
      'marking-found',
      `The text looks as if it held controlled information or a secret (${listed(rules)}). Name the system, and leave the rest out.`,
      ['minutes'],
    );
}

async function mustBeSeen(
  ports: Ports,
  project: string,
  agenda: readonly string[],
  before: readonly string[],
): Promise<void> {
  const added = agenda.filter((key) => !before.includes(key));
  const seen = await Promise.all(
    added.map(async (key) => key.startsWith(`${project}-`) && (await ports.jira.mayBrowse(key))),
  );
  const unknown = added.filter((_, i) => seen[i] !== true);
  if (unknown.length > 0)
    throw refuse(400, 'unknown-change', `Not a change of ${project} that you may see: ${listed(unknown)}.`, ['agenda']);
}

function saysTheSame({ newest }: Meeting, given: MeetingPayload): boolean {
  const { title, heldAt, agenda, revision } = newest.entry.body;
  const { chair, attendees } = peopleOf(newest);
  const people = attendees.map(({ person, role }) => ({ accountId: person.accountId, role }));
  return (
    revision === given.basedOn + 1 &&
    canonicalJson({ title, heldAt, agenda, chair: chair.accountId, people, minutes: minutesOf(newest) }) ===
      canonicalJson({
        title: given.title,
        heldAt: given.heldAt,
        agenda: given.agenda,
        chair: given.chair,
        people: given.attendees,
        minutes: given.minutes,
      })
  );
}

async function append(ports: Ports, project: string, given: MeetingPayload, viewer: Decider | undefined) {
  const accounts = [...new Set([given.chair, ...given.attendees.map(({ accountId }) => accountId)])];
  const people = new Map(
    await Promise.all(accounts.map(async (account) => [account, await person(ports, account)] as const)),
  );
  const disclosing = new Disclosing(ports.random);
  const committed = (account: string) => disclosing.person(account, people.get(account)?.displayName);
  const now = ports.clock.now();
  // Listed first: a record that nobody finds would be lost, and a name in the list without a record is not shown.
  await ports.store.create(meetingKey(project, given.id), { project });
  await appendEntry(
    { store: ports.store, now },
    {
      chain: meetingChain(given.id),
      kind: 'meeting-saved',
      fact: `meeting:${given.basedOn + 1}`,
      body: {
        meeting: given.id,
        project,
        revision: given.basedOn + 1,
        title: given.title,
        heldAt: given.heldAt,
        chair: committed(given.chair),
        agenda: given.agenda,
        attendees: given.attendees.map(({ accountId, role }) => ({ person: committed(accountId), role })),
        minutes: disclosing.value(given.minutes),
        by: disclosing.person(viewer?.accountId ?? '', viewer?.displayName),
        at: now.toISOString(),
      },
      disclosures: disclosing.disclosures,
    },
  );
}

async function person(ports: Ports, account: string): Promise<Named> {
  const found = await ports.jira.readDecider(account);
  if (found === undefined || found.accountType !== 'atlassian')
    throw refuse(400, 'unknown-person', 'Every attendee and the chair have to be people whom Jira knows.', [
      'attendees',
    ]);
  return found;
}
