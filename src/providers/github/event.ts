/** Events whose facts become evidence. */
export const EVENTS = [
  'push',
  'pull_request',
  'pull_request_review',
  'workflow_run',
  'check_run',
  'deployment',
  'deployment_status',
] as const;
export type GithubEvent = (typeof EVENTS)[number];

export const isEvidenceEvent = (event: string): event is GithubEvent => EVENTS.some((known) => known === event);

/**
 * The event that a body is about, told by its members, most particular first; 'other' for a body of an event that we do
 * not take in but that looks like one. GitHub does not sign the event's name, so a body must not be read as another one.
 */
export function eventOfBody(body: Readonly<Record<string, unknown>>): GithubEvent | 'other' | undefined {
  const has = (member: string): boolean => Object.hasOwn(body, member) && body[member] !== null;
  // GitLab's push has the members of GitHub's, under its own name for the kind.
  if (has('object_kind')) return 'other';
  if (has('ref') && has('commits') && has('after')) return 'push';
  if (['thread', 'comment', 'workflow_job', 'check_suite', 'issue'].some(has)) return 'other';
  if (has('review')) return 'pull_request_review';
  if (has('deployment_status')) return 'deployment_status';
  if (has('deployment'))
    return has('approver') || has('reviewers') || has('deployment_callback_url') ? 'other' : 'deployment';
  if (has('check_run')) return 'check_run';
  if (has('workflow_run')) return 'workflow_run';
  if (has('pull_request')) return 'pull_request';
  return undefined;
}
