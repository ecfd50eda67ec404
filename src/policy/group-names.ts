import type { WordIds } from '../change/site-ids';
import type { OutsideProvider, Policy, Role } from './policy';

type Groups = Pick<Policy, 'roles' | 'outsideProvider'>;

const held = ({ roles, outsideProvider }: Groups): readonly (Role | OutsideProvider)[] =>
  outsideProvider === null ? roles : [...roles, outsideProvider];

/** The policy's names of its groups with Jira's ids, for `ourWord`. */
export const groupWords = (policy: Groups): WordIds =>
  Object.fromEntries(held(policy).map(({ group, groupId }) => [group, groupId]));

/** Ids whose current names a caller has to ask Jira for. */
export const heldGroupIds = (policy: Groups): string[] => [
  ...new Set(held(policy).flatMap(({ groupId }) => (groupId === null ? [] : [groupId]))),
];

/** A deciding group that is called otherwise than the policy has it. */
export interface RenamedGroup {
  readonly group: string;
  readonly groupId: string;
  /** Null: the group does not exist any more, so nobody is in it. */
  readonly now: string | null;
  /** Says what it means for the workflow's conditions, which know groups by name only, and what to do. */
  readonly sentence: string;
}

/**
 * Groups that were renamed or removed since the policy was saved. The app finds them by id all the same; Jira's
 * expressions know groups by name only (Jira expressions, "User: groups"), so a condition made before the renaming lets
 * nobody of that group through until it is saved again.
 *
 * @param names what each id is called now; an id that is absent does not exist any more.
 */
export function groupsRenamed(policy: Groups, names: Readonly<Record<string, string>>): RenamedGroup[] {
  const seen = new Set<string>();
  return held(policy).flatMap(({ group, groupId }) => {
    if (groupId === null || seen.has(groupId)) return [];
    seen.add(groupId);
    const now = Object.hasOwn(names, groupId) ? (names[groupId] ?? null) : null;
    if (now === group) return [];
    const sentence =
      now === null
        ? `The group ${group} does not exist in Jira any more, so nobody decides by it: choose another in the policy.`
        : `The group ${group} is called ${now} now. The app finds it all the same; save the conditions that name it again in the workflow, which let nobody of it through until then.`;
    return [{ group, groupId, now, sentence }];
  });
}

/** The policy with the names that its groups have now, for rule configurations. A group that is gone keeps its name. */
export function withNamesOfToday(policy: Policy, names: Readonly<Record<string, string>>): Policy {
  const today = <T extends Role | OutsideProvider>(one: T): T => {
    const now = one.groupId !== null && Object.hasOwn(names, one.groupId) ? names[one.groupId] : undefined;
    return now === undefined ? one : { ...one, group: now };
  };
  const { roles, outsideProvider } = policy;
  return {
    ...policy,
    roles: roles.map(today),
    outsideProvider: outsideProvider === null ? null : today(outsideProvider),
  };
}
