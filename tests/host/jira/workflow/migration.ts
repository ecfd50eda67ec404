import { changeIssue } from '../issue-changes';
import type { IssueRecord } from '../issue-store';
import { Refusal } from '../refusal';
import type { JiraStore } from '../store';
import type { WorkflowRecord } from './model';

/** Moving issues out of statuses that the workflow they come under does not have. */

/** An issue in a status that its new workflow lacks. */
export interface Stranded {
  readonly issue: IssueRecord;
  readonly workflow: WorkflowRecord;
}

/** The issues of a project that a change would leave without a status, newest first. */
export function strandedIssues(
  store: JiraStore,
  projectId: string,
  workflowOf: (issueTypeId: string) => WorkflowRecord | undefined,
): readonly Stranded[] {
  return store.issues.inProject(projectId).flatMap((issue) => {
    const workflow = workflowOf(issue.issueTypeId);
    return workflow === undefined || workflow.statusIds.includes(issue.statusId) ? [] : [{ issue, workflow }];
  });
}

/** The status that a mapping sends an issue to; undefined when there is no mapping, or none into its workflow. */
export type Target = (stranded: Stranded) => string | undefined;

/** The issues that no mapping takes along. */
export const unmapped = (stranded: readonly Stranded[], target: Target): readonly Stranded[] =>
  stranded.filter((each) => !each.workflow.statusIds.includes(target(each) ?? ''));

/** Jira's words for a mapping that is missing. */
export const missingMapping = ({ issue }: Stranded): string =>
  `Issue type with ID '${issue.issueTypeId}' is missing the mappings required for statuses with IDs ${issue.statusId}.`;

/**
 * Moves every stranded issue, with a changelog entry by the account that changed the configuration; conditions and
 * validators are not asked, as on a real site. Call it in a transaction.
 * @throws Refusal 400 when a mapping is missing; nothing is moved then.
 */
export function moveStranded(
  store: JiraStore,
  origin: { readonly author: string; readonly selfGenerated: boolean },
  stranded: readonly Stranded[],
  target: Target,
): void {
  const left = unmapped(stranded, target);
  if (left.length > 0) throw new Refusal(400, { errorMessages: [...new Set(left.map(missingMapping))] });
  for (const each of stranded)
    changeIssue(store, origin, { issueId: each.issue.id, values: new Map(), statusId: target(each) ?? '' });
}
