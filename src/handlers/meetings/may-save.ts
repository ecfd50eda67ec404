import { isPerson } from '../../gate/decision-state';
import { rolesOf } from '../../policy/organisation';
import type { Decider } from '../../policy/policy';
import type { Ports } from '../../ports/ports';
import { policyInForce } from '../policy/store';
import { peopleOf, type Meeting } from './record';

/** Whether somebody keeps records here: those who decide under the policy, and the chair of the record. */
export async function maySave(
  ports: Ports,
  viewer: Decider | undefined,
  meeting: Meeting | undefined,
): Promise<boolean> {
  if (viewer === undefined || !isPerson(viewer)) return false;
  if (meeting !== undefined && peopleOf(meeting.newest).chair.accountId === viewer.accountId) return true;
  return rolesOf(await policyInForce(ports), viewer.groups, ports.clock.now()).length > 0;
}
