import type { Policy, Requirement, RoleKey } from './policy';
import { oneOf, requirementPhrase } from './requirement';

/** Somebody who approved, with every role they held. One person counts once, for one role. */
export interface Approver {
  readonly person: string;
  readonly roles: readonly string[];
}

export interface Matching {
  /** The role that each person's approval counts for; people who are not needed are absent. */
  readonly countsFor: ReadonlyMap<string, RoleKey>;
  /** How many further people have to approve. */
  readonly missing: number;
}

/**
 * Assigns people to the places of a requirement so that as many places as possible are taken, one person a place: of two
 * approvers the one who holds both roles takes whichever is left. Maximum bipartite matching by augmenting paths, which
 * never drops a person who already counts: earlier approvers keep counting. More approvers never leave more missing.
 */
export function matchApprovers(requirement: Requirement, approvers: readonly Approver[]): Matching {
  const people = [...new Map(approvers.map((approver) => [approver.person, approver])).values()];
  const takenBy: (Approver | undefined)[] = requirement.map(() => undefined);
  const seat = (approver: Approver, seen: Set<number>): boolean =>
    requirement.some((slot, i) => {
      if (seen.has(i) || !slot.some((role) => approver.roles.includes(role))) return false;
      seen.add(i);
      const holder = takenBy[i];
      if (holder !== undefined && !seat(holder, seen)) return false;
      takenBy[i] = approver;
      return true;
    });
  for (const approver of people) seat(approver, new Set());
  const countsFor = new Map<string, RoleKey>();
  requirement.forEach((slot, i) => {
    const holder = takenBy[i];
    const role = slot.find((key) => holder?.roles.includes(key) === true);
    if (holder !== undefined && role !== undefined) countsFor.set(holder.person, role);
  });
  return { countsFor, missing: requirement.length - countsFor.size };
}

/** What is still needed beside the approvals given. */
export interface Shortfall {
  readonly missing: number;
  /** Roles of which one more approval, by somebody new, would help. */
  readonly roles: readonly RoleKey[];
  /** "one change authority", for sentences; '' when nothing is missing. */
  readonly phrase: string;
}

export function shortfall(policy: Policy, requirement: Requirement, approvers: readonly Approver[]): Shortfall {
  const { missing } = matchApprovers(requirement, approvers);
  const asked = new Set(requirement.flat());
  const somebodyNew = (role: RoleKey): Approver => ({ person: `\u0000${role}`, roles: [role] });
  const roles = policy.roles
    .map(({ key }) => key)
    .filter(
      (role) => asked.has(role) && matchApprovers(requirement, [...approvers, somebodyNew(role)]).missing < missing,
    );
  return { missing, roles, phrase: phraseFor(policy, requirement, missing, roles) };
}

function phraseFor(policy: Policy, requirement: Requirement, missing: number, roles: readonly RoleKey[]): string {
  if (missing === 0) return '';
  if (missing === requirement.length) return requirementPhrase(policy, requirement);
  if (missing === 1) return oneOf(policy, roles);
  return `${missing} more people, each ${oneOf(policy, roles)}`;
}
