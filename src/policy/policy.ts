/** The policy: who may decide what. Each save is a version of its own; every verdict names the version it used. */

export type RoleKey = 'security-reviewer' | 'change-authority' | 'emergency-authority';

export interface Role {
  readonly key: RoleKey;
  /** As a person says it: "security reviewer". */
  readonly name: string;
  /** The Jira group whose members hold the role. */
  readonly group: string;
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
  /** The last instant at which they count; null for as long as the policy stands. */
  readonly until: string | null;
  /** Whether two deciders have to be of two different organisations. */
  readonly required: boolean;
}

export interface Policy {
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
  /** Evidence kinds that have to be there before the gate lets a deployment through. */
  readonly evidenceBeforeDeploying: readonly string[];
  readonly retentionYears: number;
}

export const DEFAULT_POLICY: Policy = {
  version: 'default-1',
  roles: [
    { key: 'security-reviewer', name: 'security reviewer', group: 'security-reviewers' },
    { key: 'change-authority', name: 'change authority', group: 'change-authority' },
    { key: 'emergency-authority', name: 'emergency change authority', group: 'emergency-authority' },
  ],
  projects: ['CHG'],
  issueTypes: ['Change request'],
  normal: {
    cui: [['security-reviewer'], ['change-authority']],
    noCui: [['security-reviewer', 'change-authority']],
  },
  emergency: { requirement: [['emergency-authority', 'security-reviewer']], passHours: 24, reviewHours: 72 },
  templates: [],
  freezes: [],
  outsideProvider: null,
  laterCommits: 'before-approval',
  evidenceBeforeDeploying: [],
  retentionYears: 6,
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
