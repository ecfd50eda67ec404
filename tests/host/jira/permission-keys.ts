/**
 * Jira's built-in permissions that this site knows: key, id and words as `GET /rest/api/3/mypermissions` answers them.
 * Source: Jira Cloud OpenAPI, "Get my permissions" and "Bulk permissions" (developer.atlassian.com/cloud/jira/platform/rest/v3).
 */
interface PermissionWords {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export const GLOBAL_PERMISSIONS = {
  ADMINISTER: {
    id: '0',
    name: 'Administer Jira',
    description: 'Create and administer projects, issue types, fields, workflows, and schemes for all projects.',
    administratorsOnly: true,
  },
  BULK_CHANGE: {
    id: '33',
    name: 'Make bulk changes',
    description: 'Modify collections of issues at once.',
    administratorsOnly: false,
  },
  USER_PICKER: {
    id: '27',
    name: 'Browse users and groups',
    description: 'View and select users or groups from the user picker, and share issues.',
    administratorsOnly: false,
  },
} as const satisfies Record<string, PermissionWords & { readonly administratorsOnly: boolean }>;

export const PROJECT_PERMISSIONS = {
  BROWSE_PROJECTS: {
    id: '10',
    name: 'Browse Projects',
    description: 'Ability to browse projects and the issues within them.',
  },
  CREATE_ISSUES: { id: '11', name: 'Create Issues', description: 'Ability to create issues.' },
  EDIT_ISSUES: { id: '12', name: 'Edit Issues', description: 'Ability to edit issues.' },
  ASSIGN_ISSUES: { id: '13', name: 'Assign Issues', description: 'Ability to assign issues to other people.' },
  ADD_COMMENTS: { id: '15', name: 'Add Comments', description: 'Ability to comment on issues.' },
  EDIT_ALL_COMMENTS: {
    id: '34',
    name: 'Edit All Comments',
    description: 'Ability to edit all comments made on issues.',
  },
  EDIT_OWN_COMMENTS: {
    id: '35',
    name: 'Edit Own Comments',
    description: 'Ability to edit own comments made on issues.',
  },
  DELETE_ALL_COMMENTS: {
    id: '36',
    name: 'Delete All Comments',
    description: 'Ability to delete all comments made on issues.',
  },
  DELETE_OWN_COMMENTS: {
    id: '37',
    name: 'Delete Own Comments',
    description: 'Ability to delete own comments made on issues.',
  },
  DELETE_ISSUES: { id: '16', name: 'Delete Issues', description: 'Ability to delete issues.' },
  LINK_ISSUES: { id: '21', name: 'Link Issues', description: 'Ability to link issues together.' },
  ASSIGNABLE_USER: {
    id: '17',
    name: 'Assignable User',
    description: 'Users with this permission may be assigned to issues.',
  },
  CREATE_ATTACHMENTS: {
    id: '19',
    name: 'Create Attachments',
    description: 'Users with this permission may create attachments.',
  },
  ADMINISTER_PROJECTS: {
    id: '23',
    name: 'Administer Projects',
    description: 'Ability to administer a project in Jira.',
  },
  VIEW_DEV_TOOLS: {
    id: '29',
    name: 'View Development Tools',
    description: 'Allows users in a software project to view development-related information on the issue.',
  },
  MODIFY_REPORTER: {
    id: '30',
    name: 'Modify Reporter',
    description: 'Ability to modify the reporter when creating or editing an issue.',
  },
  DELETE_ALL_ATTACHMENTS: {
    id: '38',
    name: 'Delete All Attachments',
    description: 'Users with this permission may delete all attachments.',
  },
  DELETE_OWN_ATTACHMENTS: {
    id: '39',
    name: 'Delete Own Attachments',
    description: 'Users with this permission may delete own attachments.',
  },
  TRANSITION_ISSUES: { id: '46', name: 'Transition Issues', description: 'Ability to transition issues.' },
} as const satisfies Record<string, PermissionWords>;

export type GlobalPermission = keyof typeof GLOBAL_PERMISSIONS;
export type ProjectPermission = keyof typeof PROJECT_PERMISSIONS;

export const isGlobalPermission = (key: string): key is GlobalPermission => Object.hasOwn(GLOBAL_PERMISSIONS, key);
export const isProjectPermission = (key: string): key is ProjectPermission => Object.hasOwn(PROJECT_PERMISSIONS, key);
