import type { AgendaItem, MeetingView } from '../../contract/meetings';
import { judge } from '../../gate/judge';
import { mayDecide } from '../../gate/may-decide';
import { named } from '../../gate/recorded';
import type { Decider } from '../../policy/policy';
import type { Ports } from '../../ports/ports';
import { readFacts } from '../facts';
import { minutesOf, peopleOf, type Meeting } from './record';
import { maySave } from './may-save';

const AT_ONCE = 8;

/** A meeting for one viewer: changes that they may not see are counted and not named. */
export async function meetingView(
  ports: Ports,
  project: string,
  meeting: Meeting,
  viewer: Decider | undefined,
): Promise<MeetingView> {
  const { id, newest, saves, breaks } = meeting;
  const { revision, title, heldAt, agenda } = newest.entry.body;
  const { chair, attendees } = peopleOf(newest);
  const items: (AgendaItem | undefined)[] = [];
  for (let i = 0; i < agenda.length; i += AT_ONCE)
    items.push(...(await Promise.all(agenda.slice(i, i + AT_ONCE).map((key) => agendaItem(ports, id, key, viewer)))));
  const shown = items.filter((item) => item !== undefined);
  return {
    id,
    project,
    revision,
    title,
    heldAt,
    chair,
    attendees,
    minutes: minutesOf(newest),
    agenda: shown,
    hidden: agenda.length - shown.length,
    saves: saves
      .map((stored) => ({
        revision: stored.entry.body.revision,
        by: named(stored, stored.entry.body.by)?.displayName ?? null,
        at: stored.entry.body.at,
      }))
      .reverse(),
    intact: breaks.length === 0,
    maySave: breaks.length === 0 && (await maySave(ports, viewer, meeting)),
    attends: attendees.some(({ person }) => person.accountId !== null && person.accountId === viewer?.accountId),
  };
}

async function agendaItem(
  ports: Ports,
  meeting: string,
  key: string,
  viewer: Decider | undefined,
): Promise<AgendaItem | undefined> {
  if (!(await ports.jira.mayBrowse(key))) return undefined;
  const facts = await readFacts(ports, key);
  if (facts === undefined) return undefined;
  const { snapshot, policy } = facts;
  const now = ports.clock.now();
  const verdict = judge(policy, facts, now);
  const may = viewer === undefined ? undefined : mayDecide(policy, facts, viewer, now);
  return {
    key: snapshot.key,
    summary: snapshot.content.summary,
    status: snapshot.status,
    open: verdict.open,
    needs: verdict.needs.phrase,
    mayDecide: may?.allowed ?? false,
    reasons: may?.reasons ?? [],
    decisions: verdict.decisions
      .filter((decision) => decision.meeting === meeting)
      .map(({ accountId, displayName, decision, decidedAt, valid }) => ({
        by: (accountId === null ? undefined : snapshot.names[accountId]) ?? displayName,
        decision,
        at: decidedAt,
        valid,
      })),
  };
}
