import { participantsField } from '../change/participants';
import { barredFrom } from '../gate/barred';
import { decisionState, type Members } from '../gate/decision-state';
import { judge } from '../gate/judge';
import { waitingField, waitingFor } from '../gate/waiting';
import type { Ports } from '../ports/ports';
import { readMembers, type Facts } from './facts';

/**
 * Writes the read-only fields when they differ from what today's facts say. They are what Jira's own rules and JQL
 * read; nothing of ours is judged from them. Answers whether it wrote.
 */
export async function refreshGateFields(ports: Ports, facts: Facts, known?: Members): Promise<boolean> {
  const { policy } = facts;
  const members = known ?? (await readMembers(ports, policy));
  const verdict = judge(policy, facts, ports.clock.now());
  const values = {
    participants: participantsField(facts.snapshot, barredFrom(facts).keys()),
    decisionState: decisionState(policy, verdict, facts.snapshot, members, facts.people),
    waitingFor: waitingField(waitingFor(policy, facts, verdict, members, ports.clock.now())),
  };
  const { gateFields } = facts.snapshot;
  const waitingIsThere =
    gateFields?.waitingFor === undefined || gateFields.waitingFor.join() === values.waitingFor.join();
  if (
    gateFields?.participants === values.participants &&
    gateFields.decisionState === values.decisionState &&
    waitingIsThere
  )
    return false;
  await ports.jira.writeGateFields(facts.snapshot.issueId, values);
  return true;
}
