import type { Looked, ObservedWorkflow, WorkflowVersion } from '../gate/health/observed';
import type { Decider } from '../policy/policy';

/** As whom Jira is asked: the hourly check has only the app; a person who checks may see where the app may not. */
export type AskedAs = 'app' | 'user';

export interface ProjectFound {
  readonly id: string;
  readonly issueTypes: readonly { readonly id: string; readonly name: string }[];
}

/** Which workflow an issue type of a project has, without reading it. */
export interface WorkflowInUse {
  readonly id: string;
  readonly version: number;
  readonly draft: Looked<boolean>;
}

/**
 * The parts of a site that the check of the controls looks at. Nothing here throws for what Jira answers: whatever could
 * not be looked at is `unseen`, with the reason, because a check that fails must never look like one that found nothing.
 */
export interface ControlState {
  /** Null when Jira shows no project with this key. */
  project(key: string, as: AskedAs): Promise<Looked<ProjectFound | null>>;
  workflowInUse(projectId: string, issueTypeId: string, as: AskedAs): Promise<Looked<WorkflowInUse>>;
  workflow(projectId: string, issueTypeId: string, as: AskedAs): Promise<Looked<ObservedWorkflow>>;
  /** At most `limit` versions, newest first, of those that Jira keeps for 60 days. Empty when they cannot be read. */
  versions(
    workflowId: string,
    limit: number,
    as: AskedAs,
  ): Promise<{ readonly versions: readonly WorkflowVersion[]; readonly complete: boolean }>;
  fieldList(as: AskedAs): Promise<Looked<unknown>>;
  /** Ids of the fields on the screen that shows issues of the type. */
  shownFields(projectId: string, issueTypeId: string, as: AskedAs): Promise<Looked<readonly string[]>>;
  /** Null when Jira has no group of this name. */
  group(name: string, as: AskedAs): Promise<Looked<readonly Decider[] | null>>;
  /** Of what the app needs in a project, what it does not hold. Always asked as the app. */
  missingPermissions(project: string): Promise<Looked<readonly string[]>>;
  /** How many issues of these types Jira shows. */
  countChanges(project: string, issueTypes: readonly string[], as: AskedAs): Promise<Looked<number>>;
}
