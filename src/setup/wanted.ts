import {
  CHANGE_TYPES,
  FIELDS,
  NO_CUI_SYSTEM,
  UNKNOWN_CUI_SYSTEM,
  type FieldDefinition,
  type FieldKey,
  type FieldKind,
  type Status,
} from '../change/fields';
import type { TransitionName } from '../gate/workflow-rules';

/** What a complete set-up consists of, by the names that a Jira admin will see. Pure data. */

/** Ends the description of whatever set-up makes, so that set-up knows its own again and never touches anything else. */
export const MARK = 'Made by change control set-up.';
export const marked = (text: string): string => `${text} ${MARK}`;
export const isOurs = (description: string | null | undefined): boolean => description?.includes(MARK) ?? false;

export const ISSUE_TYPE = 'Change request';
export const WORKFLOW = 'Change control workflow';
export const SCREEN_SCHEME = 'Change request screens';

export const SCREEN_NAMES = ['create', 'edit', 'view', 'approve', 'disapprove'] as const;
export type ScreenName = (typeof SCREEN_NAMES)[number];
export const SCREENS: Readonly<Record<ScreenName, { readonly name: string; readonly description: string }>> = {
  create: { name: 'Change request: create', description: 'What a change request is made with.' },
  edit: { name: 'Change request: edit', description: 'What of a change request can be edited.' },
  view: { name: 'Change request: view', description: 'What a change request shows.' },
  approve: { name: 'Change request: approve', description: 'Shown when a change is approved.' },
  disapprove: { name: 'Change request: disapprove', description: 'Shown when a change is disapproved.' },
};

/** Schemes are made for each project, so that no other project is changed. */
export const schemeNames = (projectKey: string) => ({
  issueTypes: `Change control issue types of ${projectKey}`,
  issueTypeScreens: `Change control screens of ${projectKey}`,
  workflows: `Change control workflows of ${projectKey}`,
});

/** Jira's own fields on the create and edit screens, beside those of the change request. */
export const JIRA_FIELDS = ['reporter', 'assignee', 'priority', 'labels'] as const;

const TYPE = 'com.atlassian.jira.plugin.system.customfieldtypes:';

/** Jira's type of a custom field and the searcher that goes with it (Jira Cloud OpenAPI, POST /rest/api/3/field). */
export const JIRA_TYPES: Readonly<
  Record<Exclude<FieldKind, 'line'>, { readonly type: string; readonly searcher: string }>
> = {
  paragraph: { type: `${TYPE}textarea`, searcher: `${TYPE}textsearcher` },
  select: { type: `${TYPE}select`, searcher: `${TYPE}multiselectsearcher` },
  'multi-select': { type: `${TYPE}multiselect`, searcher: `${TYPE}multiselectsearcher` },
  user: { type: `${TYPE}userpicker`, searcher: `${TYPE}userpickergroupsearcher` },
  'date-time': { type: `${TYPE}datetime`, searcher: `${TYPE}datetimerange` },
};

export type CustomFieldKey = Exclude<FieldKey, 'summary' | 'description'>;
export type CustomField = FieldDefinition & {
  readonly key: CustomFieldKey;
  readonly kind: Exclude<FieldKind, 'line'>;
};

const isCustom = (field: FieldDefinition): field is CustomField =>
  field.key !== 'summary' && field.key !== 'description' && field.kind !== 'line';

/** The fields of a change request that Jira does not bring. */
export const CUSTOM_FIELDS: readonly CustomField[] = FIELDS.filter(isCustom);

export const FIELD_DESCRIPTIONS: Readonly<Record<CustomFieldKey, string>> = {
  changeType: 'Standard, Normal, Emergency or Discovered.',
  owner: 'Who answers for the change from request to closure.',
  implementer: 'Who carries the change out.',
  scope: 'What is changed, and what is not.',
  impactedSystems:
    'The systems that process, store or transmit CUI and are touched by the change. A log finds a system by its name here, or by the names in brackets behind it: File server (fs-01, i-0aa).',
  justification: 'Why the change is needed.',
  securityImpactAnalysis: 'What the change does to the security of the impacted systems, before it is made.',
  testPlan: 'How it is shown that the change works and breaks nothing.',
  backoutPlan: 'How the change is taken back if it fails.',
  windowStart: 'The earliest time at which the change may be carried out.',
  windowEnd: 'The latest time at which the change may be carried out.',
  decisionBasis: 'Why the change was decided as it was.',
  requiredActions: 'What has to be done: one line each, "what @owner".',
};

/** The options that change control itself reads; the systems of the site come between. */
export const changeTypeOptions: readonly string[] = CHANGE_TYPES;
export const systemOptions = (systems: readonly string[]): readonly string[] => [
  ...new Set([...systems, NO_CUI_SYSTEM, UNKNOWN_CUI_SYSTEM]),
];

export type Category = 'TODO' | 'IN_PROGRESS' | 'DONE';
export const STATUS_CATEGORY: Readonly<Record<Status, Category>> = {
  Proposed: 'TODO',
  Approved: 'IN_PROGRESS',
  Scheduled: 'IN_PROGRESS',
  Executed: 'IN_PROGRESS',
  Closed: 'DONE',
  Disapproved: 'DONE',
  Withdrawn: 'DONE',
};

export const STATUS_DESCRIPTIONS: Readonly<Record<Status, string>> = {
  Proposed: 'Asked for, and not decided yet.',
  Approved: 'Approved by everybody who has to.',
  Scheduled: 'Approved, with its time agreed on.',
  Executed: 'Carried out, and not closed yet.',
  Closed: 'Carried out and verified.',
  Disapproved: 'Disapproved, with actions required before it is asked for again.',
  Withdrawn: 'Taken back by whoever asked for it.',
};

interface Arrow {
  readonly from: readonly Status[];
  readonly to: Status;
  readonly screen?: ScreenName;
}

/** Who may go where in a change's life. Whether a voided approval may be resubmitted is asked of the validator. */
export const GRAPH: Readonly<Record<TransitionName, Arrow>> = {
  Approve: { from: ['Proposed'], to: 'Approved', screen: 'approve' },
  Disapprove: { from: ['Proposed', 'Approved', 'Scheduled'], to: 'Disapproved', screen: 'disapprove' },
  Resubmit: { from: ['Disapproved', 'Approved', 'Scheduled'], to: 'Proposed' },
  Schedule: { from: ['Approved'], to: 'Scheduled' },
  Execute: { from: ['Approved', 'Scheduled'], to: 'Executed' },
  Close: { from: ['Executed'], to: 'Closed' },
  Withdraw: { from: ['Proposed', 'Approved', 'Scheduled'], to: 'Withdrawn' },
};

/** The fields on each screen in their order; `app` stands for every field that the app itself writes. */
export function screenFields(screen: ScreenName): readonly (FieldKey | (typeof JIRA_FIELDS)[number] | 'app')[] {
  const deciding: readonly FieldKey[] = ['decisionBasis', 'requiredActions'];
  const asked = FIELDS.map(({ key }) => key).filter((key) => !deciding.includes(key));
  switch (screen) {
    case 'create':
    case 'edit':
      return [...asked, ...JIRA_FIELDS];
    case 'view':
      return [...asked, ...deciding, ...JIRA_FIELDS, 'app'];
    case 'approve':
      return [...asked.filter((key) => key !== 'summary' && key !== 'description'), ...deciding];
    case 'disapprove':
      return deciding;
  }
}
