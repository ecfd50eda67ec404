import type { AdequacyRule } from '../change/adequacy';
import { REQUIRED_FOR_APPROVAL, STRICT_RULE } from '../change/adequacy';
import type { ChangeType } from '../change/fields';
import { BY_NAME } from '../change/site-ids';
import type { SiteIds } from '../change/site-ids';
import type { ExpectableKind } from '../evidence/expected';

export { STRICT_RULE } from '../change/adequacy';
export { BY_NAME } from '../change/site-ids';
export type { SiteIds } from '../change/site-ids';

/** The policy: who may decide what. Each save is a version of its own; every verdict names the version it used. */

export type RoleKey = 'security-reviewer' | 'change-authority' | 'emergency-authority';

export interface Role {
  readonly key: RoleKey;
  /** As a person says it: "security reviewer". */
  readonly name: string;
  /** The Jira group whose members hold the role, by the name it had when the policy was saved. */
  readonly group: string;
  /** Jira's id of that group, which outlives a renaming; null: the group is found by its name. */
  readonly groupId: string | null;
}

/** A way to decide a change: each list names roles of which one approval is needed, from as many different people. */
export type Requirement = readonly (readonly RoleKey[])[];

/** Expedited decisions: who gives a pass, how long it lasts, and when the retroactive review is due. */
export interface EmergencyRules {
  readonly requirement: Requirement;
  /** Hours from the deciding approval until the pass ends. */
  readonly passHours: number;
  /** Hours from the deciding approval until the review by those whom a Normal change needs is due. */
  readonly reviewHours: number;
  /** How many hours before the review is due its reviewers are reminded, each once; empty for no reminder. */
  readonly reminderHours: readonly number[];
  /** Whether a project with an overdue review gets no further pass. */
  readonly overdueReviewsStop: boolean;
}

/** Evidence of these changes is never erased while the hold stands, whatever the retention says. */
export interface LegalHold {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  /** Keys of projects and of single changes. */
  readonly projects: readonly string[];
  readonly changes: readonly string[];
  /** UTC ISO 8601; both ends belong to it, and null holds until it is lifted. */
  readonly from: string;
  readonly until: string | null;
}

/** The paragraphs that a Standard change has to leave as the catalogue has them. */
export const TEMPLATE_FIELDS = ['scope', 'justification', 'securityImpactAnalysis', 'testPlan', 'backoutPlan'] as const;
export type TemplateField = (typeof TEMPLATE_FIELDS)[number];

/** A pre-approved kind of change (SP 800-128 section 3.3.1, "pre-approved changes"). */
export interface StandardTemplate {
  readonly id: string;
  readonly name: string;
  /** Who approved the template, by name, and when: UTC ISO 8601. */
  readonly approvedBy: string;
  readonly approvedAt: string;
  readonly expiresAt: string;
  /** CUI systems a change from it may touch; at least one has to be named by the change and none beside these. */
  readonly systems: readonly string[];
  readonly content: Readonly<Record<TemplateField, string>>;
  /** The longest change window, in hours; null for no limit. */
  readonly maxWindowHours: number | null;
}

/** Nothing is deployed inside a freeze period, save by a freeze exception. Both ends belong to it; UTC ISO 8601. */
export interface FreezePeriod {
  readonly id: string;
  readonly name: string;
  readonly start: string;
  readonly end: string;
  /** Impacted CUI systems it is about; empty for every change. */
  readonly systems: readonly string[];
}

/** Engineers of a provider outside the organisation, who may stand in where nobody independent is left inside. */
export interface OutsideProvider {
  readonly organisation: string;
  readonly group: string;
  readonly groupId: string | null;
  /** The last instant at which they count; null for as long as the policy stands. */
  readonly until: string | null;
  /** Whether two deciders have to be of two different organisations. */
  readonly required: boolean;
}

export interface Policy extends SiteIds {
  readonly version: string;
  readonly roles: readonly Role[];
  readonly projects: readonly string[];
  readonly issueTypes: readonly string[];
  readonly normal: { readonly cui: Requirement; readonly noCui: Requirement };
  readonly emergency: EmergencyRules;
  readonly templates: readonly StandardTemplate[];
  readonly freezes: readonly FreezePeriod[];
  readonly outsideProvider: OutsideProvider | null;
  /** Which commits the gate lets through: linked by evidence received before the deciding approval, or whenever. */
  readonly laterCommits: 'before-approval' | 'any-linked';
  /**
   * 'agree': Approve and Execute are refused while another open change is for the same system at the same time, until a
   * named person says that the two go together. Absent: an overlap is said, and refuses nothing.
   */
  readonly overlaps?: 'agree';
  /**
   * Kinds of evidence that a change usually has, by the rules that it is judged by. What is missing informs: it neither
   * opens nor closes anything.
   */
  readonly expectedEvidence: Readonly<Record<ChangeType, readonly ExpectableKind[]>>;
  /** Whether a deployment before which the deploy gate was not asked is an exception. */
  readonly askBeforeDeploying: boolean;
  /** Evidence kinds that have to be there before the gate lets a deployment through. */
  readonly evidenceBeforeDeploying: readonly string[];
  readonly retentionYears: number;
  readonly legalHolds: readonly LegalHold[];
  /** What has to be filled in before an approval, and how well, by the rules that the change is judged by. */
  readonly types: Readonly<Record<ChangeType, AdequacyRule>>;
}

/**
 * A discovered change is decided after it was made: a window in the past cannot be approved and one in the future would
 * be untrue, so none is asked for.
 */
const DISCOVERED_RULE: AdequacyRule = {
  ...STRICT_RULE,
  required: REQUIRED_FOR_APPROVAL.filter((key) => key !== 'windowStart' && key !== 'windowEnd'),
};

/**
 * What a dozen people with one repository and one pipeline have of a change. A template was reviewed once for all that is
 * made from it; the review of an emergency comes afterwards, by those who decide; what was discovered was made without a
 * pipeline, or it would have been known.
 */
const EXPECTED_EVIDENCE: Policy['expectedEvidence'] = {
  Standard: ['run', 'deployment'],
  Normal: ['commit', 'review', 'run', 'deployment'],
  Emergency: ['commit', 'run', 'deployment'],
  Discovered: ['commit', 'deployment'],
};

export const DEFAULT_POLICY: Policy = {
  ...BY_NAME,
  version: 'default-1',
  roles: [
    { key: 'security-reviewer', name: 'security reviewer', group: 'security-reviewers', groupId: null },
    { key: 'change-authority', name: 'change authority', group: 'change-authority', groupId: null },
    { key: 'emergency-authority', name: 'emergency change authority', group: 'emergency-authority', groupId: null },
  ],
  projects: ['CHG'],
  issueTypes: ['Change request'],
  normal: {
    cui: [['security-reviewer'], ['change-authority']],
    noCui: [['security-reviewer', 'change-authority']],
  },
  emergency: {
    requirement: [['emergency-authority', 'security-reviewer']],
    passHours: 24,
    reviewHours: 72,
    reminderHours: [24, 4],
    overdueReviewsStop: true,
  },
  templates: [],
  freezes: [],
  outsideProvider: null,
  laterCommits: 'before-approval',
  expectedEvidence: EXPECTED_EVIDENCE,
  askBeforeDeploying: true,
  evidenceBeforeDeploying: [],
  retentionYears: 6,
  legalHolds: [],
  types: { Standard: STRICT_RULE, Normal: STRICT_RULE, Emergency: STRICT_RULE, Discovered: DISCOVERED_RULE },
};

/** A person as far as deciding goes: read from Jira by the app, never taken from a screen. */
export interface Decider {
  readonly accountId: string;
  readonly displayName: string;
  /** Jira's account type; only 'atlassian' is a person (law 3). */
  readonly accountType: string;
  readonly active: boolean;
  readonly groups: readonly string[];
}
