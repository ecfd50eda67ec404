import type { Looked, ObservedWorkflow, WorkflowVersion } from '../gate/health/observed';
import type { Decider } from '../policy/policy';

/** As whom Jira is asked: the hourly check has only the app; a person who checks may see where the app may not. */
export type AskedAs = 'app' | 'user';

export interface ProjectFound {
  readonly id: string;
  readonly issueTypes: readonly { readonly id: string; readonly name: string }[];
}

/** A group as the policy has it: `groupId` null is found by its name. */
export interface HeldGroup {
  readonly name: string;
  readonly groupId: string | null;
}

export interface GroupFound {
  /** What it is called now. */
  readonly name: string;
  readonly members: readonly Decider[];
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
  /** By key or by id. Null when Jira shows no such project. */
  project(keyOrId: string, as: AskedAs): Promise<Looked<ProjectFound | null>>;
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
  /** By id where the policy has one, else by name. Null when Jira has no such group. */
  group(held: HeldGroup, as: AskedAs): Promise<Looked<GroupFound | null>>;
  /** Of what the app needs in a project, what it does not hold. Always asked as the app. */
  missingPermissions(projectId: string): Promise<Looked<readonly string[]>>;
  /** Whether an administrator's app access rule keeps content of the project from the app. Always asked as the app. */
  blockedByRule(projectId: string): Promise<Looked<boolean>>;
  /** How many issues of these types Jira shows; project and types by name or by id. */
  countChanges(project: string, issueTypes: readonly string[], as: AskedAs): Promise<Looked<number>>;
}
