import { NO_CUI_SYSTEM } from '../change/fields';
import type { ChangeContent } from '../change/snapshot';
import type { Policy, Requirement, RoleKey } from './policy';

/** What a change needs, and how that was found. */
export interface RequirementFound {
  readonly requirement: Requirement;
  /** Whether the change counts as touching a CUI system. */
  readonly cui: boolean;
  /** Says that another change type was judged as Normal; null when nothing needs saying. */
  readonly notice: string | null;
}

/**
 * The decisions that a change of this content needs. Only the explicit and sole answer "None: no CUI system is touched"
 * counts as none: an empty list, "Unknown" and a contradiction are a CUI system (fail closed). Every change type is
 * judged as Normal until the policy has rows of its own for it, and the notice says so.
 */
export function requirementFor(
  policy: Policy,
  content: Pick<ChangeContent, 'impactedSystems' | 'changeType'>,
): RequirementFound {
  const [only, ...others] = content.impactedSystems;
  const cui = only !== NO_CUI_SYSTEM || others.length > 0;
  const { changeType } = content;
  return {
    requirement: cui ? policy.normal.cui : policy.normal.noCui,
    cui,
    notice:
      changeType === null || changeType === 'Normal'
        ? null
        : `The change type ${changeType} has no rules of its own in this policy: the change is judged as Normal.`,
  };
}

/** "one security reviewer and one change authority", for sentences. */
export function requirementPhrase(policy: Policy, requirement: Requirement): string {
  return requirement.map((slot) => oneOf(policy, slot)).join(' and ');
}

/** "one security reviewer or one change authority". */
export function oneOf(policy: Policy, roles: readonly RoleKey[]): string {
  return roles.map((role) => `one ${roleName(policy, role)}`).join(' or ');
}

/** The role as a person says it; its key when the policy does not name it. */
export function roleName(policy: Policy, role: string): string {
  return policy.roles.find(({ key }) => key === role)?.name ?? role;
}

/** The roles that decide under this policy and that the groups confer, in the policy's order. */
export function rolesOf(policy: Policy, groups: readonly string[]): RoleKey[] {
  return policy.roles.filter(({ group }) => groups.includes(group)).map(({ key }) => key);
}

/** Whether the policy governs an issue at all. */
export function governs(policy: Policy, change: { readonly project: string; readonly issueType: string }): boolean {
  return policy.projects.includes(change.project) && policy.issueTypes.includes(change.issueType);
}
