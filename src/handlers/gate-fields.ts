import { participantsField } from '../change/participants';
import { barredFrom } from '../gate/barred';
import { decisionState } from '../gate/decision-state';
import { judge } from '../gate/judge';
import type { Ports } from '../ports/ports';
import { readMembers, type Facts } from './facts';
import { membersOfRun } from './members-of-run';

/**
 * Writes the two read-only fields when they differ from what today's facts say. They are what Jira's own rules and JQL
 * read; nothing of ours is judged from them. Answers whether it wrote.
 */
export async function refreshGateFields(ports: Ports, facts: Facts, run?: string): Promise<boolean> {
  const { policy } = facts;
  const members = run === undefined ? await readMembers(ports, policy) : await membersOfRun(ports, policy, run);
  const verdict = judge(policy, facts, ports.clock.now());
  const values = {
    participants: participantsField(facts.snapshot, barredFrom(facts).keys()),
    decisionState: decisionState(policy, verdict, facts.snapshot, members, facts.people),
  };
  const { gateFields } = facts.snapshot;
  if (gateFields?.participants === values.participants && gateFields.decisionState === values.decisionState)
    return false;
  await ports.jira.writeGateFields(facts.snapshot.issueId, values);
  return true;
}
