import type { ChangeTypeKey } from '../../../src/contract/policy';

export const CHANGE_TYPES: readonly ChangeTypeKey[] = ['Standard', 'Normal', 'Emergency', 'Discovered'];

/** The fields of a change request by the keys of the policy, as the screen names them. */
export const FIELD_NAMES: readonly (readonly [string, string])[] = [
  ['changeType', 'Change type'],
  ['owner', 'Change owner'],
  ['implementer', 'Implementer'],
  ['scope', 'Scope'],
  ['impactedSystems', 'Impacted CUI systems'],
  ['justification', 'Justification'],
  ['securityImpactAnalysis', 'Security impact analysis'],
  ['testPlan', 'Test plan'],
  ['backoutPlan', 'Backout plan'],
  ['windowStart', 'Change window start'],
  ['windowEnd', 'Change window end'],
  ['decisionBasis', 'Decision basis'],
  ['requiredActions', 'Required actions'],
];

export const STATUS_NAMES: readonly string[] = [
  ...['Proposed', 'Approved', 'Scheduled', 'Executed', 'Closed', 'Disapproved', 'Withdrawn'],
];

/** By these two is decided who approves. */
export const ALWAYS_REQUIRED: readonly string[] = ['changeType', 'impactedSystems'];

/** Rows of the matrix; the two ends of a window go together. */
export const REQUIRABLE: readonly { readonly keys: readonly string[]; readonly name: string }[] = [
  { keys: ['description'], name: 'Description' },
  ...FIELD_NAMES.slice(0, 9).map(([key, name]) => ({ keys: [key], name })),
  { keys: ['windowStart', 'windowEnd'], name: 'Change window' },
];

/** Kinds of evidence that a policy can expect, and what they are called. */
export const EXPECTABLE: readonly (readonly [kind: string, name: string])[] = [
  ['commit', 'Commit'],
  ['commit-signature', 'Verified signature of every commit'],
  ['pull-request', 'Pull request'],
  ['review', 'Approving review by another person'],
  ['run', 'Pipeline run or check'],
  ['test-result', 'Test result'],
  ['artifact', 'Artifact'],
  ['deployment', 'Deployment'],
  ['configuration-difference', 'Configuration difference'],
  ['configuration-state', 'Configuration state'],
  ['execution-log', 'Execution log'],
  ['attestation', 'Attestation'],
  ['external-change-record', 'External change record'],
  ['document', 'Document'],
];

/** The required fields with some put in or taken out, each once. */
export const requiredOf = (required: readonly string[], keys: readonly string[], on: boolean): string[] => {
  const others = required.filter((key) => !keys.includes(key));
  return on ? [...others, ...keys] : others;
};
