import { isPerson } from '../../gate/decision-state';
import type { Decider, Policy } from '../../policy/policy';
import { rolesOf } from '../../policy/organisation';
import type { Ports } from '../../ports/ports';
import { policyInForce } from '../policy/store';
import { refuse } from '../refusal';
import { callerOf, type ResolverCall } from '../resolver-call';

/**
 * Unexplained deliveries name no project whose permissions could be asked: they are for Jira administrators and for those
 * who decide. @throws Refused 403 for everybody else, and for accounts that are no people.
 */
export async function seeingTo(ports: Ports, call: ResolverCall): Promise<{ policy: Policy; person: Decider }> {
  const [policy, person] = await Promise.all([policyInForce(ports), ports.jira.readDecider(callerOf(call))]);
  if (person === undefined || !isPerson(person))
    throw refuse(403, 'not-a-person', 'Only a person with an active account can do this.');
  const decides = rolesOf(policy, person.groups, ports.clock.now()).length > 0;
  if (!decides && !(await ports.jira.mayAdminister()))
    throw refuse(
      403,
      'not-eligible',
      'Unexplained deliveries are shown to those who decide and to Jira administrators.',
    );
  return { policy, person };
}
