import { FIELDS } from '../change/fields';
import type { AdminView } from '../contract/panel';
import { requirementPhrase } from '../policy/requirement';
import type { Decider } from '../policy/policy';
import type { Ports } from '../ports/ports';
import { senderName } from '../providers/names';
import { refusalWords } from '../providers/refusal-words';
import { readMembers } from './facts';
import { mustAdminister } from './policy/admins-only';
import { policyInForce } from './policy/store';
import { countPending } from './intake/pending';
import { readRefusals } from './intake/refusals';

/** `admin.read`: how the app is set up, and what was turned away. Jira administrators only, asked of Jira as the viewer. */
export async function readAdmin(ports: Ports): Promise<AdminView> {
  await mustAdminister(ports);
  const policy = await policyInForce(ports);
  const [members, fields, refusals, pending] = await Promise.all([
    readMembers(ports, policy),
    ports.jira.fieldIds(),
    readRefusals(ports),
    countPending(ports),
  ]);
  return {
    policy: {
      version: policy.version,
      projects: policy.projects,
      roles: policy.roles.map((role) => ({
        name: role.name,
        group: role.group,
        members: members[role.key].map(memberView),
      })),
      normal: {
        cui: requirementPhrase(policy, policy.normal.cui),
        noCui: requirementPhrase(policy, policy.normal.noCui),
      },
    },
    fields: FIELDS.map(({ key, name, controlled }) => ({ name, id: fields[key], controlled })),
    refusals: refusals.map((one) => ({ ...one, sender: senderName(one.source), why: refusalWords(one.reason) })),
    pending,
  };
}

function memberView({ displayName, accountType, active }: Decider) {
  const why =
    accountType !== 'atlassian'
      ? 'an app or service account, not a person'
      : active
        ? null
        : 'the account is not active';
  return { name: displayName, mayDecide: why === null, why };
}
