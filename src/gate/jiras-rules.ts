import type { FieldIds, Status } from '../change/fields';
import type { TransitionName } from './workflow-rules';

/** One of Jira's own workflow conditions, as it is put on a transition. */
export interface JirasRule {
  readonly ruleKey: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface JirasRuleParts {
  readonly ids: Pick<FieldIds, 'owner' | 'implementer'>;
  readonly statusIds: Readonly<Record<Status, string>>;
  /** Jira's ids of the groups that hold the deciding roles. */
  readonly groupIds: readonly string[];
}

/**
 * Jira's own conditions that a controlled workflow has under the app's, and that still hold when the app is gone. Deciding:
 * only members of the deciding groups, never the change owner or the implementer, nor whoever sent it back. Execute: not
 * whoever moved it to Approved. A condition that names several criteria lets through whoever meets any, so each is a rule
 * of its own.
 */
export function jirasRules(transition: TransitionName, { ids, statusIds, groupIds }: JirasRuleParts): JirasRule[] {
  const restricted = (parameters: JirasRule['parameters']): JirasRule => ({
    ruleKey: 'system:restrict-issue-transition',
    parameters,
  });
  const moved = (from: Status, to: Status): JirasRule => ({
    ruleKey: 'system:separation-of-duties',
    parameters: { fromStatusId: statusIds[from], toStatusId: statusIds[to] },
  });
  switch (transition) {
    case 'Approve':
    case 'Disapprove':
      return [
        restricted({ groupIds: groupIds.join(',') }),
        restricted({ denyUserCustomFields: `${ids.owner},${ids.implementer}` }),
        ...(transition === 'Approve' ? [moved('Disapproved', 'Proposed')] : []),
      ];
    case 'Execute':
      return [moved('Proposed', 'Approved')];
    case 'Resubmit':
    case 'Schedule':
    case 'Close':
    case 'Withdraw':
      return [];
  }
}
