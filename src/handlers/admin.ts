import { FIELDS } from '../change/fields';
import type { AdminView } from '../contract/panel';
import { requirementPhrase } from '../policy/requirement';
import type { Decider } from '../policy/policy';
import type { Ports } from '../ports/ports';
import { readMembers } from './facts';
import { policyInForce } from './policy/store';
import { readOrphans } from './intake/orphans';
import { countPending } from './intake/pending';
import { readRefusals } from './intake/refusals';
import { refuse } from './refusal';

const SENDERS = ['github'];

/** `admin.read`: how the app is set up, read-only for now. Jira administrators only, asked of Jira as the viewer. */
export async function readAdmin(ports: Ports): Promise<AdminView> {
  if (!(await ports.jira.mayAdminister()))
    throw refuse(403, 'not-an-admin', 'Only a Jira administrator may see this page.');
  const policy = await policyInForce(ports);
  const [members, fields, senders, orphans, refusals, pending] = await Promise.all([
    readMembers(ports, policy),
    ports.jira.fieldIds(),
    Promise.all(
      SENDERS.map(async (source) => ({
        source,
        secrets: (await ports.secrets.live(source)).map(({ label }) => label),
      })),
    ),
    readOrphans(ports),
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
    senders,
    orphans,
    refusals,
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
