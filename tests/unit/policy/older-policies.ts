import type { Policy } from '../../../src/policy/policy';

const LATER: readonly string[] = [
  ...[
    'legalHolds',
    'expectedEvidence',
    'askBeforeDeploying',
    'types',
    'fields',
    'statuses',
    'changeTypes',
    'systems',
    'projectIds',
    'issueTypeIds',
  ],
];

const withoutMembers = (value: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

/** A policy as it was stored before it held Jira's ids, rules for each type, reminders and legal holds. */
export const olderPolicy = (policy: Policy): object => ({
  ...withoutMembers(policy, LATER),
  roles: policy.roles.map((role) => withoutMembers(role, ['groupId'])),
  emergency: withoutMembers(policy.emergency, ['reminderHours', 'overdueReviewsStop']),
  outsideProvider: policy.outsideProvider === null ? null : withoutMembers(policy.outsideProvider, ['groupId']),
});

/** The first policies: who decides, and nothing of emergencies, templates, freezes and the gate. */
export const firstPolicy = (policy: Policy): object => {
  const first = ['emergency', 'templates', 'freezes', 'outsideProvider', 'laterCommits', 'evidenceBeforeDeploying'];
  return withoutMembers(olderPolicy(policy), first);
};
