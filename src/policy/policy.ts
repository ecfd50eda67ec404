/** The policy: who may decide what. Fixed in code as data for now; every verdict names the version it used. */

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

export interface Policy {
  readonly version: string;
  readonly roles: readonly Role[];
  readonly projects: readonly string[];
  readonly issueTypes: readonly string[];
  readonly normal: { readonly cui: Requirement; readonly noCui: Requirement };
}

export const DEFAULT_POLICY: Policy = {
  version: 'default-1',
  roles: [
    { key: 'security-reviewer', name: 'security reviewer', group: 'security-reviewers' },
    { key: 'change-authority', name: 'change authority', group: 'change-authority' },
  ],
  projects: ['CHG'],
  issueTypes: ['Change request'],
  normal: {
    cui: [['security-reviewer'], ['change-authority']],
    noCui: [['security-reviewer', 'change-authority']],
  },
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
