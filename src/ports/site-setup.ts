import type { Act } from '../setup/act';
import type {
  ObservedField,
  ObservedGroup,
  ObservedIssueType,
  ObservedOptions,
  ObservedProject,
  ObservedRules,
  ObservedScreen,
  ObservedScreenScheme,
  ObservedStatus,
  ObservedWorkflow,
} from '../setup/observed';

/**
 * A site's configuration, read and written as the invoking person: whoever may not do it in Jira may not do it here.
 * Every method rejects with `Unavailable` when Jira gave no usable answer, and with `SetupRefused` when it said no.
 */
export interface SiteSetup {
  /** Company-managed and team-managed projects that the person sees, by name. */
  projects(query: string): Promise<SiteList<SiteProject>>;
  /** Groups by the beginning of their name; every group of a small site for ''. */
  groups(query: string): Promise<SiteList<SiteGroup>>;
  /** People, not apps, by the beginning of a word of their name. */
  people(query: string): Promise<SiteList<SitePerson>>;
  fields(): Promise<readonly ObservedField[]>;
  options(fieldId: string): Promise<ObservedOptions>;
  statuses(): Promise<readonly ObservedStatus[]>;
  /** Issue types of company-managed projects. */
  issueTypes(): Promise<readonly ObservedIssueType[]>;
  /** By id or by name; undefined where there is none. */
  group(group: { readonly groupId: string } | { readonly name: string }): Promise<ObservedGroup | undefined>;
  screen(name: string): Promise<ObservedScreen | undefined>;
  screenScheme(name: string): Promise<ObservedScreenScheme | undefined>;
  workflow(name: string): Promise<ObservedWorkflow | undefined>;
  rules(): Promise<ObservedRules>;
  /** `issueTypeId` says which issues count as changes; undefined for a project that the person does not see. */
  project(id: string, issueTypeId: string | undefined): Promise<ObservedProject | undefined>;
  /** Does one thing in Jira. What it makes is found again by looking, never by the answer. */
  perform(act: JiraAct): Promise<void>;
}

/** What Jira does; saving the policy is the app's own. */
export type JiraAct = Exclude<Act, { readonly act: 'save-policy' }>;

/** A list that knows whether it is all there is. */
export interface SiteList<T> {
  readonly values: readonly T[];
  readonly complete: boolean;
}

export interface SiteProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly companyManaged: boolean;
}

export interface SiteGroup {
  readonly groupId: string;
  readonly name: string;
}

export interface SitePerson {
  readonly accountId: string;
  readonly name: string;
}

/** Jira understood and said no; `message` is Jira's own, for the person. */
export class SetupRefused extends Error {
  override readonly name = 'SetupRefused';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
