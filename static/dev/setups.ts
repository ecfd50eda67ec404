import type { SetupFound, SetupItem, SetupMade, SetupPlan, SetupSite, SetupView } from '../../src/contract/setup';

/** `setup-first`: nothing there · `setup-conflict`, `setup-long`: what the plan says · `setup-broken`, `setup-done`. */
export const SETUPS = ['setup-first', 'setup-conflict', 'setup-long', 'setup-broken', 'setup-done'];

const field = (
  key: string,
  name: string,
  type: string,
  foundId: string | null = null,
): SetupSite['fields'][number] => ({
  key,
  name,
  type,
  description: 'What is changed, and what is not.',
  foundId,
  candidates: [
    ...(foundId === null ? [] : [{ id: foundId, name }]),
    { id: 'customfield_10090', name: 'Umfang' },
    { id: 'customfield_10091', name: 'Release notes for customers' },
  ],
});

const STATUSES = ['Proposed', 'Approved', 'Scheduled', 'Executed', 'Closed', 'Disapproved', 'Withdrawn'] as const;

const project = (i: number): SetupSite['projects']['values'][number] => ({
  id: String(10_000 + i),
  key: i === 0 ? 'NEW' : `P${i}`,
  name: i === 0 ? 'New project' : i === 2 ? 'Marketing website' : `Project number ${i} with a rather long name`,
  companyManaged: i !== 2,
});

const site = (state: string): SetupSite => ({
  projects: {
    values: Array.from({ length: state === 'setup-long' ? 50 : state === 'setup-first' ? 1 : 4 }, (_, i) => project(i)),
    complete: state !== 'setup-long',
  },
  fields: [
    field('changeType', 'Change type', 'a select list (single choice)'),
    field('owner', 'Change owner', 'a user picker (single user)'),
    field('scope', 'Scope', 'a paragraph', 'customfield_10020'),
    field('windowStart', 'Change window start', 'a date time picker'),
  ],
  statuses: STATUSES.map((status) => ({
    status,
    description: 'Approved by everybody who has to.',
    foundId: status === 'Closed' ? '6' : null,
    candidates: [
      { id: '1', name: 'To Do' },
      { id: '6', name: 'Closed' },
    ],
  })),
  issueTypes: [
    { id: '10', name: 'Task' },
    { id: '11', name: 'Änderung' },
  ],
  issueType: { name: 'Change request', foundId: null },
  roles: [
    { key: 'security-reviewer', name: 'security reviewer', group: 'security-reviewers', groupId: 'g1', members: 3 },
    { key: 'change-authority', name: 'change authority', group: 'change-authority', groupId: null, members: 0 },
    {
      key: 'emergency-authority',
      name: 'emergency change authority',
      group: 'emergency-authority',
      groupId: null,
      members: 0,
    },
  ],
});

const FOUND: SetupFound = {
  groups: { values: [{ groupId: 'g7', name: 'security-reviewers-eu' }], complete: true },
  people: {
    values: [
      { accountId: '5f1b:ada', name: 'Ada Authority' },
      { accountId: '5f1b:ravi', name: 'Ravi Reviewer' },
    ],
    complete: true,
  },
};

const item = (
  id: string,
  kind: string,
  title: string,
  state: SetupItem['state'],
  says: readonly string[] = [],
): SetupItem => ({
  id,
  kind,
  title,
  state,
  says,
  wants: { name: title },
  before: null,
  undo: 'Settings, Work items: delete it.',
});

const plan = (state: string): SetupPlan => ({
  items: [
    item('field:changeType', 'field', 'Field Change type', 'create'),
    item(
      'field:scope',
      'field',
      'Field Scope',
      state === 'setup-conflict' ? 'conflict' : 'there',
      state === 'setup-conflict'
        ? ['A field named "Scope" is there and is not a paragraph: rename it, or choose another field.']
        : [],
    ),
    item('options:impactedSystems', 'field', 'Options of Impacted CUI systems', 'create', [
      'Adds "CUI enclave firewall".',
      'Adds "None: no CUI system is touched".',
      'Adds "Unknown".',
    ]),
    item('status:Proposed', 'status', 'Status Proposed', 'create'),
    item('issue-type', 'issue type', 'Issue type Change request', 'create'),
    item('group:change-authority', 'group', 'Group change-authority', 'create'),
    item('screen:view', 'screen', 'Screen Change request: view', 'create'),
    item('screen-fields:view', 'screen', 'Fields on Change request: view', 'create', ['22 fields.']),
    item('workflow', 'workflow', 'Workflow Change control workflow', 'create', [
      '7 statuses and 7 transitions.',
      '31 rules.',
    ]),
    item('workflows:10000', 'project', 'Workflows of NEW', 'change', [
      'Takes the place of the scheme "Software Simplified Workflow Scheme for Project NEW".',
    ]),
    item('panel:10000', 'panel', 'Panel on the issues of NEW', 'create'),
    item('policy', 'policy', 'Policy', 'create', ['Puts NEW under change control.']),
  ],
  moves:
    state === 'setup-long'
      ? [
          {
            projectId: '10000',
            projectKey: 'NEW',
            statuses: [
              { statusId: '1', name: 'To Do', count: 214, suggested: 'Proposed' },
              { statusId: '3', name: 'Done', count: 1, suggested: 'Closed' },
            ],
          },
        ]
      : [],
});

const made = (title: string, changed = false): SetupMade => ({
  title,
  kind: 'field',
  changed,
  ids: ['10042'],
  before: changed ? { scheme: 'Software Simplified Workflow Scheme for Project NEW' } : null,
  undo: 'Settings, Work items, Fields: find it by its name and move it to the trash.',
  at: '2026-03-04T10:00:00.000Z',
  by: 'Adam Admin',
});

const MADE = [made('Field Change type'), made('Field Scope'), made('Workflows of NEW', true)];

function view(state: string): SetupView {
  const begun = state === 'setup-broken' || state === 'setup-done';
  return {
    firstRun: state.startsWith('setup') && state !== 'setup-done',
    state: state === 'setup-broken' ? 'applying' : state === 'setup-done' ? 'done' : 'none',
    choices: begun
      ? {
          projects: [{ id: '10000', key: 'NEW', name: 'New project' }],
          fields: {},
          statuses: {},
          issueTypeId: null,
          systems: ['CUI enclave firewall'],
          roles: [],
          moves: {},
        }
      : null,
    draft: null,
    done: state === 'setup-broken' ? 17 : 0,
    total: state === 'setup-broken' ? 51 : 0,
    doing: state === 'setup-broken' ? 'Screen Change request: view' : null,
    waiting: null,
    made: begun ? MADE : [],
    byHand: [],
  };
}

let calls = 0;

function applied(payload: Readonly<Record<string, unknown>>): SetupView {
  calls += 1;
  const done = calls >= 3;
  return {
    firstRun: !done,
    state: done ? 'done' : 'applying',
    choices: payload['choices'] as SetupView['choices'],
    draft: null,
    done: done ? 51 : calls * 17,
    total: 51,
    doing: done ? null : 'Screen Change request: view',
    waiting: calls === 2 ? 'Jira is still at work on "Workflows of NEW".' : null,
    made: MADE.slice(0, calls),
    byHand: done
      ? [
          'Panel on the issues of NEW: open any change request, add the panel "Change control", and choose "Show for all work items" in its menu.',
        ]
      : [],
  };
}

export function setupAnswer(state: string, method: string, payload: Readonly<Record<string, unknown>>): unknown {
  switch (method) {
    case 'setup.site':
      return site(state);
    case 'setup.find':
      return FOUND;
    case 'setup.plan':
      return plan(state);
    case 'setup.keep':
      return { kept: true };
    case 'setup.apply':
      return applied(payload);
    default:
      return view(state);
  }
}
