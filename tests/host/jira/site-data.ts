import {
  CHANGE_TYPES,
  NO_CUI_SYSTEM,
  UNKNOWN_CUI_SYSTEM,
  type FieldKey,
  type Status,
} from '../../../src/change/fields';
import type { FieldKind } from './field-store';
import type { StatusCategory } from './project-store';

/** What a new site has, as data: fields, options, priorities, statuses, projects. */

type SystemField = readonly [id: string, name: string, kind?: FieldKind];

export const SYSTEM_FIELDS: readonly { readonly id: string; readonly name: string; readonly kind: FieldKind }[] = (
  [
    ['summary', 'Summary', 'line'],
    ['description', 'Description', 'paragraph'],
    ['issuetype', 'Issue Type'],
    ['project', 'Project'],
    ['status', 'Status'],
    ['creator', 'Creator'],
    ['reporter', 'Reporter', 'user'],
    ['assignee', 'Assignee', 'user'],
    ['priority', 'Priority', 'priority'],
    ['labels', 'Labels', 'labels'],
    ['created', 'Created'],
    ['updated', 'Updated'],
    ['statuscategorychangedate', 'Status Category Changed'],
    ['resolution', 'Resolution'],
    ['resolutiondate', 'Resolved'],
    ['duedate', 'Due date'],
    ['environment', 'Environment'],
    ['components', 'Components'],
    ['fixVersions', 'Fix versions'],
    ['versions', 'Affects versions'],
    ['issuelinks', 'Linked Issues'],
    ['subtasks', 'Sub-tasks'],
    ['attachment', 'Attachment'],
    ['comment', 'Comment'],
    ['watches', 'Watchers'],
    ['votes', 'Votes'],
  ] satisfies readonly SystemField[]
).map(([id, name, kind = 'system']: SystemField) => ({ id, name, kind }));

export const PRIORITIES = [
  ['1', 'Highest', '#d04437', 'This problem will block progress.'],
  ['2', 'High', '#f15C75', 'Serious problem that could block progress.'],
  ['3', 'Medium', '#f79232', 'Has the potential to affect progress.'],
  ['4', 'Low', '#707070', 'Minor problem or easily worked around.'],
  ['5', 'Lowest', '#999999', 'Trivial problem with little or no impact on progress.'],
] as const;

export const DEFAULT_STATUSES = [
  ['To Do', 'TODO'],
  ['In Progress', 'IN_PROGRESS'],
  ['Done', 'DONE'],
] as const satisfies readonly (readonly [string, StatusCategory])[];

export const CHANGE_STATUSES: Readonly<Record<Status, StatusCategory>> = {
  Proposed: 'TODO',
  Approved: 'IN_PROGRESS',
  Scheduled: 'IN_PROGRESS',
  Executed: 'IN_PROGRESS',
  Closed: 'DONE',
  Disapproved: 'DONE',
  Withdrawn: 'DONE',
};

export const PLAIN_FIELDS = ['summary', 'description', 'reporter', 'assignee', 'priority', 'labels'] as const;

/** Systems that a change may touch: select options, to which a site adds its own. */
const SYSTEMS = [
  'CUI enclave firewall',
  'File server FS-01',
  'Identity provider',
  'Build pipeline',
  NO_CUI_SYSTEM,
  UNKNOWN_CUI_SYSTEM,
] as const;

export const OPTIONS: Partial<Record<FieldKey, readonly string[]>> = {
  changeType: CHANGE_TYPES,
  impactedSystems: SYSTEMS,
};

export const DESCRIPTIONS: Readonly<Record<Exclude<FieldKey, 'summary' | 'description'>, string>> = {
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

export const CHG = {
  key: 'CHG',
  name: 'Changes to CUI systems',
  description: 'Every change to a system that holds CUI.',
  lead: 'admin',
} as const;
export const OPS = {
  key: 'OPS',
  name: 'Operations',
  description: 'Everyday work, with a workflow without change control.',
  lead: 'admin',
} as const;
export const NEW = {
  key: 'NEW',
  name: 'New project',
  description: 'Nothing is set up here yet.',
  lead: 'admin',
} as const;

export const ISSUE_TYPES = {
  'Change request': 'A change to be reviewed, decided on and logged before it is made.',
  Task: 'A small, distinct piece of work.',
} as const;

export const DEFAULT_SCREEN = 'Default Screen';
export const CHANGE_SCREENS = {
  create: 'Change request: create',
  edit: 'Change request: edit',
  view: 'Change request: view',
} as const;

/** The Approve and Disapprove transitions go through these screens. */
export const SCREENS = { approve: 'Approve screen', disapprove: 'Disapprove screen' } as const;
