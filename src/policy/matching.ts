import { OWN_ORGANISATION } from './organisation';
import type { Policy, Requirement, RoleKey } from './policy';
import { oneOf, requirementPhrase } from './requirement';

/** Somebody who approved, with every role they held. One person counts once, for one role, however often they approve. */
export interface Approver {
  /** Names a person and nothing else: two accounts known to be one person have one name here. */
  readonly person: string;
  readonly roles: readonly string[];
  /** For whom they decided; absent when that is not known, and then it is no organisation of its own. */
  readonly organisation?: string | undefined;
  /** The person whose say it was, when it was handed to them. */
  readonly onBehalfOf?: string | undefined;
}

export interface Matching {
  /** The role that each person's approval counts for; people who are not needed are absent. */
  readonly countsFor: ReadonlyMap<string, RoleKey>;
  /** How many further people have to approve. */
  readonly missing: number;
}

type Rules = Pick<Policy, 'outsideProvider'>;

/**
 * Assigns approvals to the places of a requirement so that as many places as possible are taken; of the ways to do that,
 * the one in which the earliest approvals count. Three rules hold for those that count: one approval a place, for a
 * role that was held; two approvals with a person in common, as signer or as the one signed for, are one; and where the
 * policy asks for two organisations, room is left for those that are still missing. More approvals never leave more
 * missing.
 */
export function matchApprovers(rules: Rules, requirement: Requirement, approvers: readonly Approver[]): Matching {
  const bound = rank(requirement, approvers);
  let best = new Places(requirement);
  const search = (places: Places, from: number, lacking: number): void => {
    if (places.taken > best.taken) best = places;
    for (let i = from; i < approvers.length && best.taken < lacking; i += 1) {
      const approver = approvers[i];
      if (approver === undefined || places.people.some((one) => sharesAPerson(one, approver))) continue;
      const next = places.with(approver);
      if (next !== undefined && leavesRoom(rules, requirement, next.people)) search(next, i + 1, lacking);
    }
  };
  search(best, 0, bound);
  return { countsFor: best.roles(), missing: requirement.length - best.taken };
}

/** How many places can be taken when only roles are asked for: no matching takes more. */
function rank(requirement: Requirement, approvers: readonly Approver[]): number {
  return approvers.reduce((places, one) => places.with(one) ?? places, new Places(requirement)).taken;
}

const peopleOf = ({ person, onBehalfOf }: Approver): readonly string[] =>
  onBehalfOf === undefined ? [person] : [person, onBehalfOf];

const sharesAPerson = (one: Approver, other: Approver): boolean =>
  peopleOf(one).some((person) => peopleOf(other).includes(person));

/** Whether places enough are free for the organisations that are not among these people yet. */
function leavesRoom({ outsideProvider }: Rules, requirement: Requirement, people: readonly Approver[]): boolean {
  if (outsideProvider?.required !== true || requirement.length < 2) return true;
  const known = new Set(people.flatMap(({ organisation }) => organisation ?? []));
  return people.length + Math.max(0, 2 - known.size) <= requirement.length;
}

/** Who sits where. Seating moves others to free a place and never unseats anybody (augmenting paths). */
class Places {
  constructor(
    private readonly requirement: Requirement,
    private readonly holders: readonly (Approver | undefined)[] = requirement.map(() => undefined),
  ) {}

  get people(): readonly Approver[] {
    return this.holders.filter((holder) => holder !== undefined);
  }

  get taken(): number {
    return this.people.length;
  }

  /** With one more seated, or undefined when there is no place for them. */
  with(approver: Approver): Places | undefined {
    const holders = [...this.holders];
    const seat = (one: Approver, seen: Set<number>): boolean =>
      this.requirement.some((slot, i) => {
        if (seen.has(i) || !slot.some((role) => one.roles.includes(role))) return false;
        seen.add(i);
        const holder = holders[i];
        if (holder !== undefined && !seat(holder, seen)) return false;
        holders[i] = one;
        return true;
      });
    return seat(approver, new Set()) ? new Places(this.requirement, holders) : undefined;
  }

  roles(): ReadonlyMap<string, RoleKey> {
    return new Map(
      this.requirement.flatMap((slot, i) => {
        const holder = this.holders[i];
        const role = slot.find((key) => holder?.roles.includes(key) === true);
        return holder === undefined || role === undefined ? [] : [[holder.person, role] as const];
      }),
    );
  }
}

/** What is still needed beside the approvals given. */
export interface Shortfall {
  readonly missing: number;
  /** Roles of which one more approval, by somebody new, would help. */
  readonly roles: readonly RoleKey[];
  /** "one change authority", for sentences; '' when nothing is missing. */
  readonly phrase: string;
  /** The only organisation whose people would help; absent where it does not matter. */
  readonly organisation?: string;
}

export function shortfall(policy: Policy, requirement: Requirement, approvers: readonly Approver[]): Shortfall {
  const { missing } = matchApprovers(policy, requirement, approvers);
  const asked = new Set(requirement.flat());
  const helpful = organisationsOf(policy).flatMap((organisation) =>
    policy.roles.flatMap(({ key }) => {
      const somebodyNew: Approver = { person: `\u0000${key}`, roles: [key], organisation };
      const helps =
        asked.has(key) && matchApprovers(policy, requirement, [...approvers, somebodyNew]).missing < missing;
      return helps ? [{ role: key, organisation }] : [];
    }),
  );
  const roles = policy.roles.map(({ key }) => key).filter((key) => helpful.some(({ role }) => role === key));
  const organisations = [...new Set(helpful.map(({ organisation }) => organisation))];
  const only = organisationsOf(policy).length > 1 && organisations.length === 1 ? organisations[0] : undefined;
  return {
    missing,
    roles,
    phrase: phraseFor(policy, requirement, missing, roles) + organisationPhrase(policy, requirement, missing, only),
    ...(only === undefined ? {} : { organisation: only }),
  };
}

/** Organisations that are told apart when somebody new is looked for. */
const organisationsOf = ({ outsideProvider }: Policy): readonly (string | undefined)[] =>
  outsideProvider?.required === true ? [OWN_ORGANISATION, outsideProvider.organisation] : [undefined];

function organisationPhrase(
  { outsideProvider }: Policy,
  requirement: Requirement,
  missing: number,
  only: string | undefined,
): string {
  if (missing === 0 || outsideProvider?.required !== true || requirement.length < 2) return '';
  if (only === undefined) return missing < 2 ? '' : ', of two different organisations';
  return only === OWN_ORGANISATION ? `, not of ${outsideProvider.organisation}` : ` of ${only}`;
}

function phraseFor(policy: Policy, requirement: Requirement, missing: number, roles: readonly RoleKey[]): string {
  if (missing === 0) return '';
  if (missing === requirement.length) return requirementPhrase(policy, requirement);
  if (missing === 1) return oneOf(policy, roles);
  return `${missing} more people, each ${oneOf(policy, roles)}`;
}
