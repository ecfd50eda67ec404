import { NO_CUI_SYSTEM } from '../change/fields';
import type { ChangeContent } from '../change/snapshot';
import type { Policy, Requirement, RoleKey } from './policy';
import { templateProblems } from './templates';
import type { AppliedTemplate } from './templates';

export type ChangeKind = 'Normal' | 'Standard' | 'Emergency' | 'Discovered';

/** What a change needs, and how that was found. */
export interface RequirementFound {
  /** Empty for a Standard change from an approved template: the template was what was approved. */
  readonly requirement: Requirement;
  /** Whether the change counts as touching a CUI system. */
  readonly cui: boolean;
  /** By which rules it is judged; a Standard change that left its template is a Normal one. */
  readonly judgedAs: ChangeKind;
  /** Says that and why it is judged by other rules than its change type suggests; null when nothing needs saying. */
  readonly notice: string | null;
  /** Roles whose holders decide on this change. */
  readonly roles: readonly RoleKey[];
}

/** What beside the content tells which rules a change is judged by. */
export interface RequirementContext {
  readonly applied?: AppliedTemplate | undefined;
  readonly now: Date;
}

type Judged = Pick<ChangeContent, 'impactedSystems' | 'changeType'>;

/**
 * The decisions that a change of this content needs. Only the explicit and sole answer "None: no CUI system is touched"
 * counts as none: an empty list, "Unknown" and a contradiction are a CUI system (fail closed). A change type that the
 * policy has no rules for is judged as Normal.
 *
 * @param context needed for Standard changes: without it they are judged as Normal.
 */
export function requirementFor(policy: Policy, content: Judged, context?: RequirementContext): RequirementFound {
  const cui = touchesCui(content);
  const normal = cui ? policy.normal.cui : policy.normal.noCui;
  const found = (judgedAs: ChangeKind, requirement: Requirement, notice: string | null): RequirementFound => ({
    requirement,
    cui,
    judgedAs,
    notice,
    roles: policy.roles
      .map(({ key }) => key)
      .filter((key) => (requirement.length === 0 ? normal : requirement).some((slot) => slot.includes(key))),
  });
  switch (content.changeType) {
    case 'Emergency':
      return found('Emergency', policy.emergency.requirement, null);
    case 'Standard': {
      const problems = problemsOf(policy, content, context);
      return problems.length === 0
        ? found('Standard', [], null)
        : found('Normal', normal, `This Standard change is judged as Normal. ${problems.join(' ')}`);
    }
    case 'Discovered':
      return found('Discovered', normal, DISCOVERED);
    case 'Normal':
    case null:
      return found('Normal', normal, null);
    default:
      return found('Normal', normal, `The change type ${content.changeType} is judged as Normal.`);
  }
}

const DISCOVERED =
  'A discovered change is decided afterwards, like a Normal one. It opens nothing for a deployment that already happened.';

const isWhole = (content: Judged): content is ChangeContent => 'scope' in content && 'windowStart' in content;

const problemsOf = (policy: Policy, content: Judged, context: RequirementContext | undefined): string[] =>
  context === undefined || !isWhole(content)
    ? ['It was not made from a template of the catalogue.']
    : templateProblems(policy, context.applied, content, context.now);

export function touchesCui({ impactedSystems }: Pick<ChangeContent, 'impactedSystems'>): boolean {
  const [only, ...others] = impactedSystems;
  return only !== NO_CUI_SYSTEM || others.length > 0;
}

/** The row of the policy that the retroactive review of an emergency change has to meet. */
export const normalRequirement = (policy: Policy, content: Pick<ChangeContent, 'impactedSystems'>): Requirement =>
  touchesCui(content) ? policy.normal.cui : policy.normal.noCui;

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

/** Whether the policy governs an issue at all. */
export function governs(policy: Policy, change: { readonly project: string; readonly issueType: string }): boolean {
  return policy.projects.includes(change.project) && policy.issueTypes.includes(change.issueType);
}
