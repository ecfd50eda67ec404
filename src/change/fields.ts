/**
 * The fields of a change request, in the words of the screen. NIST SP 800-171 3.4.3 discussion ("proposal,
 * justification, implementation, testing, review, and disposition") and SP 800-128; each is looked up in Jira by name.
 */

export type FieldKind = 'line' | 'paragraph' | 'select' | 'multi-select' | 'user' | 'date-time';

export interface FieldDefinition {
  readonly key: FieldKey;
  readonly name: string;
  readonly kind: FieldKind;
  /** A controlled field is part of the content a decision binds to. */
  readonly controlled: boolean;
}

export const FIELD_KEYS = [
  'summary',
  'description',
  'changeType',
  'owner',
  'implementer',
  'scope',
  'impactedSystems',
  'justification',
  'securityImpactAnalysis',
  'testPlan',
  'backoutPlan',
  'windowStart',
  'windowEnd',
  'decisionBasis',
  'requiredActions',
] as const;

export type FieldKey = (typeof FIELD_KEYS)[number];

const controlled = (key: FieldKey, name: string, kind: FieldKind): FieldDefinition => ({
  key,
  name,
  kind,
  controlled: true,
});

export const FIELDS: readonly FieldDefinition[] = [
  controlled('summary', 'Summary', 'line'),
  controlled('description', 'Description', 'paragraph'),
  controlled('changeType', 'Change type', 'select'),
  controlled('owner', 'Change owner', 'user'),
  controlled('implementer', 'Implementer', 'user'),
  controlled('scope', 'Scope', 'paragraph'),
  controlled('impactedSystems', 'Impacted CUI systems', 'multi-select'),
  controlled('justification', 'Justification', 'paragraph'),
  controlled('securityImpactAnalysis', 'Security impact analysis', 'paragraph'),
  controlled('testPlan', 'Test plan', 'paragraph'),
  controlled('backoutPlan', 'Backout plan', 'paragraph'),
  controlled('windowStart', 'Change window start', 'date-time'),
  controlled('windowEnd', 'Change window end', 'date-time'),
  { key: 'decisionBasis', name: 'Decision basis', kind: 'paragraph', controlled: false },
  { key: 'requiredActions', name: 'Required actions', kind: 'paragraph', controlled: false },
];

/** Jira field ids by key: `summary` and `description` are themselves, the others `customfield_N`. */
export type FieldIds = Readonly<Record<FieldKey, string>>;

export const CHANGE_TYPES = ['Standard', 'Normal', 'Emergency', 'Discovered'] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

export const NO_CUI_SYSTEM = 'None: no CUI system is touched';
export const UNKNOWN_CUI_SYSTEM = 'Unknown';

export const STATUSES = [
  'Proposed',
  'Approved',
  'Scheduled',
  'Executed',
  'Closed',
  'Disapproved',
  'Withdrawn',
] as const;
export type Status = (typeof STATUSES)[number];
