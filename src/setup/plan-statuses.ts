import { STATUSES, type Status } from '../change/fields';
import type { Choices } from './choices';
import type { Observed } from './observed';
import { conflict, create, there, type PlanItem } from './plan-item';
import { ISSUE_TYPE, marked, STATUS_CATEGORY, STATUS_DESCRIPTIONS } from './wanted';

/** The statuses of a change: each one that is mapped, found by its name, or made. */
export const planStatuses = (choices: Choices, observed: Observed): PlanItem[] =>
  STATUSES.map((status) => {
    const [category, description] = [STATUS_CATEGORY[status], marked(STATUS_DESCRIPTIONS[status])];
    const draft = {
      id: `status:${status}`,
      kind: 'status' as const,
      title: `Status ${status}`,
      wants: { name: status, statusCategory: category, description },
      undo: 'Settings, Work items, Statuses: delete it once no workflow uses it.',
    };
    const chosen = choices.statuses[status] ?? heldStatus(status, observed);
    if (chosen === undefined) {
      const found = observed.statuses.find(({ name }) => name.toLowerCase() === status.toLowerCase());
      return found === undefined
        ? create(draft, { act: 'create-status', name: status, description, category })
        : there(draft, [found.id]);
    }
    const found = observed.statuses.find(({ id }) => id === chosen);
    if (found === undefined) return conflict(draft, 'The status that was chosen for it is gone: choose another.');
    const twice = STATUSES.find((other) => other !== status && choices.statuses[other] === chosen);
    return twice === undefined
      ? there(draft, [found.id])
      : conflict(draft, `"${found.name}" was chosen for ${twice} as well: each needs a status of its own.`);
  });

/** Under control already: the status of the policy, whatever it is called now. One that is gone is looked for by name. */
export const heldStatus = (status: Status, { policy, statuses }: Pick<Observed, 'policy' | 'statuses'>) =>
  statuses.find(({ id }) => id === policy.statuses[status])?.id;

export function knownStatusIds(items: readonly PlanItem[]): Partial<Record<Status, string>> {
  return Object.fromEntries(
    STATUSES.flatMap((status) => {
      const id = items.find((item) => item.id === `status:${status}`)?.ids[0];
      return id === undefined ? [] : [[status, id]];
    }),
  );
}

/** Under control already: the first issue type of the policy, whatever it is called now. */
export const heldIssueType = ({ policy, issueTypes }: Pick<Observed, 'policy' | 'issueTypes'>): string | undefined =>
  policy.issueTypes.flatMap((name) => issueTypes.find(({ id }) => id === policy.issueTypeIds[name])?.id ?? [])[0];

export function planIssueType(choices: Choices, observed: Observed): PlanItem {
  const description = marked('A change to be reviewed, decided on and logged before it is made.');
  const draft = {
    id: 'issue-type',
    kind: 'issue type' as const,
    title: `Issue type ${ISSUE_TYPE}`,
    wants: { name: ISSUE_TYPE, type: 'standard', description },
    undo: 'Settings, Work items, Work types: delete it, once its issues are moved to another type.',
  };
  const chosen = choices.issueTypeId ?? heldIssueType(observed);
  if (chosen !== undefined) {
    const found = observed.issueTypes.find(({ id }) => id === chosen);
    if (found === undefined) return conflict(draft, 'The issue type that was chosen is gone: choose another.');
    if (found.subtask)
      return conflict(draft, `"${found.name}" is a sub-task: a change stands by itself, so choose another.`);
    return there({ ...draft, title: `Issue type ${found.name}` }, [found.id]);
  }
  const found = observed.issueTypes.find(({ name }) => name.toLowerCase() === ISSUE_TYPE.toLowerCase());
  if (found === undefined) return create(draft, { act: 'create-issue-type', name: ISSUE_TYPE, description });
  return found.subtask
    ? conflict(draft, `A sub-task type named "${ISSUE_TYPE}" is there: rename it, or choose another issue type.`)
    : there(draft, [found.id]);
}
