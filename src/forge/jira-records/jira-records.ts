import type { JiraRecords } from '../../ports/jira-records';
import { approvals } from './approvals';
import { comments, webLinks } from './comments';
import { countsMoreThan } from './counts';
import { hash } from './hash';
import { onIssue } from './on-issue';

/** What Jira holds of a change beside its fields, over Jira's REST API. */
export const forgeJiraRecords: JiraRecords = {
  onIssue,
  comments,
  webLinks,
  approvals,
  hash,
  countsMoreThan,
};
