/**
 * The granular scopes that do instead of the classic ones, as Jira's OpenAPI document says under "Beta". A route that is
 * not listed has none.
 */
export const GRANULAR_SCOPES: Readonly<Record<string, string>> = {
  'delete:attachment:jira': `
    DELETE attachment/{id}`,
  'delete:comment:jira delete:comment.property:jira': `
    DELETE issue/{issueIdOrKey}/comment/{id}`,
  'delete:field.option:jira': `
    DELETE field/{fieldId}/context/{contextId}/option/{optionId}`,
  'delete:field:jira': `
    DELETE field/{fieldId}/context/{contextId}
    DELETE field/{id}
    POST field/{id}/trash`,
  'delete:group:jira': `
    DELETE group`,
  'delete:issue-link:jira': `
    DELETE issueLink/{linkId}`,
  'delete:issue-type-scheme:jira write:project:jira': `
    DELETE issuetypescheme/{issueTypeSchemeId}`,
  'delete:issue-type-screen-scheme:jira': `
    DELETE issuetypescreenscheme/{issueTypeScreenSchemeId}`,
  'delete:issue-type:jira': `
    DELETE issuetype/{id}`,
  'delete:issue.remote-link:jira write:issue:jira': `
    DELETE issue/{issueIdOrKey}/remotelink/{linkId}`,
  'delete:issue.property:jira': `
    DELETE issue/{issueIdOrKey}/properties/{propertyKey}`,
  'delete:issue:jira': `
    DELETE issue/{issueIdOrKey}`,
  'delete:project.property:jira': `
    DELETE project/{projectIdOrKey}/properties/{propertyKey}`,
  'delete:screen-scheme:jira': `
    DELETE screenscheme/{screenSchemeId}`,
  'delete:screen-tab:jira': `
    DELETE screens/{screenId}/tabs/{tabId}`,
  'delete:screen:jira': `
    DELETE screens/{screenId}`,
  'delete:screenable-field:jira': `
    DELETE screens/{screenId}/tabs/{tabId}/fields/{id}`,
  'delete:workflow-scheme:jira': `
    DELETE workflowscheme/{id}
    DELETE workflowscheme/{id}/draft`,
  'delete:workflow:jira': `
    DELETE workflow/{entityId}`,
  'read:application-role:jira read:group:jira read:user:jira read:avatar:jira': `
    GET myself
    GET user
    GET user/bulk`,
  'read:attachment:jira': `
    GET attachment/content/{id}`,
  'read:attachment:jira read:user:jira read:application-role:jira read:avatar:jira read:group:jira': `
    GET attachment/{id}`,
  'read:audit-log:jira read:user:jira': `
    GET auditing/record`,
  'read:comment:jira read:comment.property:jira read:group:jira read:project:jira read:project-role:jira read:user:jira read:avatar:jira': `
    GET issue/{issueIdOrKey}/comment
    GET issue/{issueIdOrKey}/comment/{id}`,
  'read:comment:jira read:comment.property:jira read:group:jira read:project:jira read:project-role:jira read:user:jira write:comment:jira read:avatar:jira': `
    POST issue/{issueIdOrKey}/comment
    PUT issue/{issueIdOrKey}/comment/{id}`,
  'read:field.option:jira': `
    GET field/{fieldId}/context/{contextId}/option`,
  'read:field.option:jira write:field.option:jira': `
    POST field/{fieldId}/context/{contextId}/option
    PUT field/{fieldId}/context/{contextId}/option`,
  'read:field:jira': `
    GET field/{fieldId}/context/issuetypemapping
    GET field/{fieldId}/context/projectmapping`,
  'read:field:jira read:avatar:jira read:project-category:jira read:project:jira read:field-configuration:jira': `
    GET field`,
  'read:field:jira read:custom-field-contextual-configuration:jira': `
    GET field/{fieldId}/context`,
  'read:field:jira read:field-configuration:jira': `
    GET field/search`,
  'read:field:jira read:field-configuration:jira read:user:jira': `
    GET field/search/trashed`,
  'read:field:jira read:issue-link-type:jira read:issue:jira read:issue-type:jira read:priority:jira read:status:jira read:avatar:jira read:issue.time-tracking:jira read:project-category:jira read:project:jira read:user:jira': `
    GET issueLink/{linkId}`,
  'read:field:jira read:jira-expressions:jira': `
    POST expression/analyse`,
  'read:field:jira write:field:jira read:custom-field-contextual-configuration:jira': `
    POST field/{fieldId}/context`,
  'read:group:jira': `
    GET group/bulk
    GET groups/picker
    GET user/groups`,
  'read:group:jira read:issue-security-level:jira read:project-role:jira read:screen:jira read:status:jira read:user:jira read:workflow-scheme:jira read:workflow:jira read:application-role:jira read:avatar:jira read:issue-type:jira read:project-category:jira read:project:jira': `
    GET workflowscheme/{id}/draft`,
  'read:group:jira read:issue-security-level:jira read:project-role:jira read:screen:jira read:status:jira read:user:jira read:workflow-scheme:jira read:workflow:jira write:workflow-scheme:jira read:application-role:jira read:avatar:jira read:issue-type:jira read:project-category:jira read:project:jira': `
    POST workflowscheme/{id}/createdraft
    PUT workflowscheme/{id}/draft`,
  'read:group:jira read:user:jira read:avatar:jira': `
    GET group
    GET group/member`,
  'read:group:jira read:user:jira write:group:jira read:avatar:jira': `
    POST group`,
  'read:instance-configuration:jira': `
    GET attachment/meta`,
  'read:issue-details:jira read:audit-log:jira read:avatar:jira read:field-configuration:jira read:issue-meta:jira': `
    GET search/jql`,
  'read:issue-details:jira read:field.default-value:jira read:field.option:jira read:field:jira read:group:jira': `
    POST search/approximate-count
    POST search/jql`,
  'read:issue-link-type:jira': `
    GET issueLinkType`,
  'read:issue-meta:jira read:avatar:jira read:field-configuration:jira': `
    GET issue/createmeta/{projectIdOrKey}/issuetypes
    GET issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}`,
  'read:issue-meta:jira read:avatar:jira read:issue.changelog:jira': `
    POST changelog/bulkfetch
    GET issue/{issueIdOrKey}/changelog
    POST issue/{issueIdOrKey}/changelog/list`,
  'read:issue-meta:jira read:field-configuration:jira': `
    GET issue/{issueIdOrKey}/editmeta`,
  'read:issue-meta:jira read:issue-security-level:jira read:issue.vote:jira read:issue.changelog:jira read:avatar:jira read:issue:jira read:status:jira read:user:jira read:field-configuration:jira': `
    GET issue/{issueIdOrKey}`,
  'read:issue-status:jira read:issue-type:jira read:status:jira': `
    GET project/{projectIdOrKey}/statuses`,
  'read:issue-type-scheme:jira': `
    GET issuetypescheme
    GET issuetypescheme/mapping
    GET issuetypescheme/project`,
  'read:issue-type-screen-scheme:jira': `
    GET issuetypescreenscheme
    GET issuetypescreenscheme/mapping
    GET issuetypescreenscheme/project`,
  'read:issue-type:jira read:avatar:jira read:project-category:jira read:project:jira': `
    GET issuetype
    GET issuetype/project
    GET issuetype/{id}`,
  'read:issue-type:jira read:project:jira read:project.property:jira read:user:jira read:application-role:jira read:avatar:jira read:group:jira read:issue-type-hierarchy:jira read:project-category:jira read:project-version:jira read:project.component:jira': `
    GET project
    GET project/search
    GET project/{projectIdOrKey}`,
  'read:issue.property:jira': `
    GET issue/{issueIdOrKey}/properties
    GET issue/{issueIdOrKey}/properties/{propertyKey}`,
  'read:issue.remote-link:jira read:status:jira': `
    GET issue/{issueIdOrKey}/remotelink
    GET issue/{issueIdOrKey}/remotelink/{linkId}`,
  'read:issue.transition:jira read:status:jira read:field-configuration:jira': `
    GET issue/{issueIdOrKey}/transitions`,
  'read:issue.watcher:jira read:user:jira read:avatar:jira': `
    GET issue/{issueIdOrKey}/watchers`,
  'read:issue:jira': `
    GET bulk/issues/transition
    GET bulk/queue/{taskId}`,
  'read:issue:jira read:project:jira read:user:jira read:application-role:jira read:avatar:jira read:group:jira': `
    GET user/assignable/search`,
  'read:jira-expressions:jira': `
    POST expression/evaluate`,
  'read:permission:jira': `
    GET mypermissions
    GET permissions
    POST permissions/check`,
  'read:permission:jira read:project:jira': `
    POST permissions/project`,
  'read:priority:jira': `
    GET priority`,
  'read:project-role:jira': `
    GET project/{projectIdOrKey}/role`,
  'read:project.property:jira': `
    GET project/{projectIdOrKey}/properties
    GET project/{projectIdOrKey}/properties/{propertyKey}`,
  'read:project:jira read:avatar:jira read:project-category:jira': `
    GET issuetypescreenscheme/{issueTypeScreenSchemeId}/project`,
  'read:project:jira read:screen:jira read:avatar:jira read:project-category:jira': `
    GET screens`,
  'read:project:jira read:screen:jira write:screen:jira': `
    POST screens/addToDefault/{fieldId}`,
  'read:project:jira read:screen:jira write:screen:jira read:avatar:jira read:project-category:jira': `
    POST screens
    PUT screens/{screenId}`,
  'read:screen-field:jira read:screenable-field:jira': `
    GET screens/{screenId}/availableFields`,
  'read:screen-scheme:jira read:issue-type-screen-scheme:jira': `
    GET screenscheme`,
  'read:screen-tab:jira': `
    GET screens/{screenId}/tabs`,
  'read:screen-tab:jira write:screen-tab:jira': `
    POST screens/{screenId}/tabs
    PUT screens/{screenId}/tabs/{tabId}`,
  'read:screen:jira read:avatar:jira read:project-category:jira read:project:jira read:screen-tab:jira': `
    GET field/{fieldId}/screens`,
  'read:screenable-field:jira': `
    GET screens/{screenId}/tabs/{tabId}/fields`,
  'read:screenable-field:jira write:screenable-field:jira': `
    POST screens/{screenId}/tabs/{tabId}/fields`,
  'read:status:jira': `
    GET status
    GET status/{idOrName}
    GET statuscategory`,
  'read:user:jira': `
    GET user/picker`,
  'read:user:jira read:application-role:jira read:avatar:jira read:group:jira': `
    GET users
    GET users/search`,
  'read:user:jira read:group:jira read:project-role:jira read:project:jira read:avatar:jira read:project-category:jira': `
    GET project/{projectIdOrKey}/role/{id}
    GET role`,
  'read:user:jira read:user.property:jira read:application-role:jira read:avatar:jira read:group:jira': `
    GET user/search`,
  'read:user:jira write:attachment:jira read:attachment:jira read:avatar:jira': `
    POST issue/{issueIdOrKey}/attachments`,
  'read:workflow-scheme:jira': `
    POST workflowscheme/read`,
  'read:workflow-scheme:jira read:application-role:jira read:avatar:jira read:group:jira read:issue-type:jira read:project-category:jira read:project:jira read:user:jira': `
    GET workflowscheme
    GET workflowscheme/{id}`,
  'read:workflow-scheme:jira read:workflow:jira read:application-role:jira read:avatar:jira read:group:jira read:issue-type:jira read:project-category:jira read:project:jira read:user:jira': `
    GET workflowscheme/project`,
  'read:workflow-scheme:jira write:workflow-scheme:jira read:application-role:jira read:avatar:jira read:group:jira read:issue-type:jira read:project-category:jira read:project:jira read:user:jira': `
    PUT workflowscheme/{id}`,
  'read:workflow:jira': `
    GET statuses
    GET statuses/byNames
    GET statuses/search
    POST workflow/history
    POST workflow/history/list
    POST workflows
    GET workflows/capabilities
    GET workflows/search`,
  'send:notification:jira': `
    POST issue/{issueIdOrKey}/notify`,
  'write:comment:jira write:issue:jira write:issue-link:jira': `
    POST issueLink`,
  'write:field.option:jira': `
    PUT field/{fieldId}/context/{contextId}/option/move`,
  'write:field:jira': `
    PUT field/{fieldId}
    PUT field/{fieldId}/context/{contextId}
    PUT field/{fieldId}/context/{contextId}/issuetype
    POST field/{fieldId}/context/{contextId}/issuetype/remove
    PUT field/{fieldId}/context/{contextId}/project
    POST field/{fieldId}/context/{contextId}/project/remove
    POST field/{id}/restore`,
  'write:field:jira read:avatar:jira read:field:jira read:project-category:jira read:project:jira read:field-configuration:jira': `
    POST field`,
  'write:group:jira': `
    DELETE group/user`,
  'write:group:jira read:avatar:jira read:group:jira read:user:jira': `
    POST group/user`,
  'write:issue-link-type:jira': `
    POST issueLinkType`,
  'write:issue-type-scheme:jira': `
    POST issuetypescheme
    PUT issuetypescheme/{issueTypeSchemeId}
    PUT issuetypescheme/{issueTypeSchemeId}/issuetype
    DELETE issuetypescheme/{issueTypeSchemeId}/issuetype/{issueTypeId}`,
  'write:issue-type-scheme:jira write:project:jira': `
    PUT issuetypescheme/project`,
  'write:issue-type-screen-scheme:jira': `
    POST issuetypescreenscheme
    PUT issuetypescreenscheme/{issueTypeScreenSchemeId}
    PUT issuetypescreenscheme/{issueTypeScreenSchemeId}/mapping
    PUT issuetypescreenscheme/{issueTypeScreenSchemeId}/mapping/default
    POST issuetypescreenscheme/{issueTypeScreenSchemeId}/mapping/remove`,
  'write:issue-type-screen-scheme:jira write:project:jira': `
    PUT issuetypescreenscheme/project`,
  'write:issue-type:jira read:avatar:jira read:issue-type:jira read:project-category:jira read:project:jira': `
    POST issuetype
    PUT issuetype/{id}`,
  'write:issue.property:jira': `
    PUT issue/{issueIdOrKey}/properties/{propertyKey}`,
  'write:issue.watcher:jira': `
    POST issue/{issueIdOrKey}/watchers
    DELETE issue/{issueIdOrKey}/watchers`,
  'write:issue:jira': `
    PUT issue/{issueIdOrKey}
    PUT issue/{issueIdOrKey}/assignee`,
  'write:issue:jira read:issue:jira': `
    POST bulk/issues/transition`,
  'write:issue:jira write:comment:jira write:comment.property:jira write:attachment:jira read:issue:jira': `
    POST issue`,
  'write:issue:jira write:issue.property:jira': `
    POST issue/{issueIdOrKey}/transitions`,
  'write:issue:jira write:issue.remote-link:jira read:issue.remote-link:jira': `
    POST issue/{issueIdOrKey}/remotelink`,
  'write:project.property:jira': `
    PUT project/{projectIdOrKey}/properties/{propertyKey}`,
  'write:screen-scheme:jira': `
    POST screenscheme
    PUT screenscheme/{screenSchemeId}`,
  'write:screenable-field:jira': `
    POST screens/{screenId}/tabs/{tabId}/fields/{id}/move`,
  'write:workflow-scheme:jira': `
    PUT workflowscheme/project
    POST workflowscheme/update
    POST workflowscheme/update/mappings
    POST workflowscheme/{id}/draft/publish`,
  'write:workflow-scheme:jira read:application-role:jira read:avatar:jira read:group:jira read:issue-type:jira read:project-category:jira read:project:jira read:user:jira read:workflow-scheme:jira': `
    POST workflowscheme`,
  'write:workflow-scheme:jira write:project:jira': `
    POST workflowscheme/project/switch`,
  'write:workflow:jira': `
    POST statuses
    PUT statuses
    DELETE statuses
    POST workflows/create
    POST workflows/create/validation
    POST workflows/update
    POST workflows/update/validation`,
};
