import { setupQueryPayload } from '../../contract/payloads';
import type { SetupFound, SetupSite, SetupView } from '../../contract/setup';
import { STATUSES } from '../../change/fields';
import { CUSTOM_FIELDS, FIELD_DESCRIPTIONS, ISSUE_TYPE, JIRA_TYPES, STATUS_DESCRIPTIONS } from '../../setup/wanted';
import type { ObservedField } from '../../setup/observed';
import { heldField, typeName } from '../../setup/plan-fields';
import { heldIssueType, heldStatus } from '../../setup/plan-statuses';
import { mustAdminister } from '../policy/admins-only';
import { policyInForce } from '../policy/store';
import { parsed, type ResolverCall } from '../resolver-call';
import { readRecord, setupView } from './record';
import type { SetupPorts } from './setup-ports';

/** `setup.read`: where set-up stands. */
export async function readSetup(ports: SetupPorts): Promise<SetupView> {
  await mustAdminister(ports);
  return setupView(ports, await readRecord(ports));
}

/** `setup.site`: what this site has that can be chosen. `query` narrows the projects. */
export async function readSetupSite(ports: SetupPorts, call: ResolverCall): Promise<SetupSite> {
  await mustAdminister(ports);
  const { query } = parsed(setupQueryPayload, call.payload);
  const { site } = ports;
  const policy = await policyInForce(ports);
  const [projects, fields, statuses, issueTypes, roles] = await Promise.all([
    site.projects(query),
    site.fields(),
    site.statuses(),
    site.issueTypes(),
    Promise.all(
      policy.roles.map(async ({ key, name, group, groupId }) => {
        const found = await site.group(groupId === null ? { name: group } : { groupId });
        return {
          key,
          name,
          group: found?.name ?? group,
          groupId: found?.groupId ?? null,
          members: found?.members.length ?? 0,
        };
      }),
    ),
  ]);
  const issueType = issueTypes.find(({ name, subtask }) => !subtask && same(name, ISSUE_TYPE));
  return {
    projects,
    fields: CUSTOM_FIELDS.map(({ key, name, kind }) => {
      const { type } = JIRA_TYPES[kind];
      const candidates = fields
        .filter((field) => field.type === type)
        .map(({ id, name: named }) => ({ id, name: named }));
      return {
        key,
        name,
        type: typeName(type),
        description: FIELD_DESCRIPTIONS[key],
        foundId: heldField(key, { policy, fields }) ?? onlyNamed(fields, name, type),
        candidates,
      };
    }),
    statuses: STATUSES.map((status) => ({
      status,
      description: STATUS_DESCRIPTIONS[status],
      foundId: heldStatus(status, { policy, statuses }) ?? statuses.find(({ name }) => same(name, status))?.id ?? null,
      candidates: statuses.map(({ id, name }) => ({ id, name })),
    })),
    issueTypes: issueTypes.filter(({ subtask }) => !subtask).map(({ id, name }) => ({ id, name })),
    issueType: { name: ISSUE_TYPE, foundId: heldIssueType({ policy, issueTypes }) ?? issueType?.id ?? null },
    roles,
  };
}

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.toLowerCase();

function onlyNamed(fields: readonly ObservedField[], name: string, type: string): string | null {
  const [only, ...others] = fields.filter((field) => field.type === type && same(field.name, name));
  return only !== undefined && others.length === 0 ? only.id : null;
}

/** `setup.find`: groups and people for what was typed. */
export async function findForSetup(ports: SetupPorts, call: ResolverCall): Promise<SetupFound> {
  await mustAdminister(ports);
  const { query } = parsed(setupQueryPayload, call.payload);
  const [groups, people] = await Promise.all([ports.site.groups(query), ports.site.people(query)]);
  return { groups, people };
}
