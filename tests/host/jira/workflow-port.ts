import type { JiraAnswer } from '../contract';
import type { SiteKind } from './create-site';
import type { Route } from './router';

/** What the rest of Jira needs from its workflow engine. `workflow/` implements it. */
export interface WorkflowEngine {
  /**
   * Makes the workflows of a new site's projects, and nothing where they are there already. Called in the transaction that
   * creates the site, after projects, statuses and screens.
   */
  createFor(kind: SiteKind): void;
  /** The status a new issue starts in: the target of the create transition of the workflow that applies. */
  initialStatusId(projectId: string, issueTypeId: string): string;
  /** Ids of the statuses of the workflow that applies, in its order. */
  statusIds(projectId: string, issueTypeId: string): readonly string[];
  /** `transitions` of `GET /issue/{key}?expand=transitions`, as this account is offered them. */
  transitionsJson?(issueId: string, accountId: string): readonly unknown[];
  /** Keeps a long-running task that is complete already, for `GET /task/{taskId}`; answers it as REST does. */
  completedTask(accountId: string, description: string): { readonly id: string; readonly self: string };
  /** The names of the workflows that have a status. */
  workflowsWith(statusId: string): readonly string[];
  /** The names of the workflows with a transition that goes through a screen. */
  workflowsThrough(screenId: string): readonly string[];
  /** Transitions, bulk transitions, workflows, schemes, expressions. */
  readonly routes: readonly Route[];
  automation(move: {
    readonly issue: string;
    readonly transition: string;
    readonly actor: string;
  }): Promise<JiraAnswer>;
}
