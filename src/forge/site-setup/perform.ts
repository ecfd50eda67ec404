import type { JiraAct } from '../../ports/site-setup';
import { SetupRefused } from '../../ports/site-setup';
import { askJira } from './ask-jira';

async function post(path: string, body: unknown): Promise<void> {
  await askJira(`/rest/api/3/${path}`, { method: 'POST', body });
}
async function put(path: string, body: unknown): Promise<void> {
  await askJira(`/rest/api/3/${path}`, { method: 'PUT', body });
}

/** Each act as the call that Jira documents for it (Jira Cloud OpenAPI). Numbers go where Jira asks for numbers. */
export async function perform(act: JiraAct): Promise<void> {
  switch (act.act) {
    case 'create-field':
      return post('field', { name: act.name, description: act.description, type: act.type, searcherKey: act.searcher });
    case 'add-options':
      return post(`field/${act.fieldId}/context/${act.contextId}/option`, {
        options: act.values.map((value) => ({ value, disabled: false })),
      });
    case 'create-status':
      return post('statuses', {
        scope: { type: 'GLOBAL' },
        statuses: [{ name: act.name, description: act.description, statusCategory: act.category }],
      });
    case 'create-issue-type':
      return post('issuetype', { name: act.name, description: act.description, hierarchyLevel: 0 });
    case 'create-group':
      return post('group', { name: act.name });
    case 'add-members':
      for (const accountId of act.accountIds)
        await post(`group/user?groupId=${encodeURIComponent(act.groupId)}`, { accountId });
      return;
    case 'create-screen':
      return post('screens', { name: act.name, description: act.description });
    case 'add-to-screen':
      for (const fieldId of act.fields) await post(`screens/${act.screenId}/tabs/${act.tabId}/fields`, { fieldId });
      return;
    case 'create-screen-scheme':
      return post('screenscheme', {
        name: act.name,
        description: act.description,
        screens: Object.fromEntries(Object.entries(act.screens).map(([what, id]) => [what, Number(id)])),
      });
    case 'create-workflow':
      return post('workflows/create', act.payload);
    case 'update-workflow':
      return post('workflows/update', act.payload);
    case 'create-issue-type-scheme':
      return post('issuetypescheme', {
        name: act.name,
        description: act.description,
        issueTypeIds: act.issueTypeIds,
        ...(act.defaultIssueTypeId === null ? {} : { defaultIssueTypeId: act.defaultIssueTypeId }),
      });
    case 'use-issue-type-scheme':
      return put('issuetypescheme/project', { issueTypeSchemeId: act.schemeId, projectId: act.projectId });
    case 'create-issue-type-screen-scheme':
      return post('issuetypescreenscheme', {
        name: act.name,
        description: act.description,
        issueTypeMappings: Object.entries(act.mappings).map(([issueTypeId, screenSchemeId]) => ({
          issueTypeId,
          screenSchemeId,
        })),
      });
    case 'use-issue-type-screen-scheme':
      return put('issuetypescreenscheme/project', { issueTypeScreenSchemeId: act.schemeId, projectId: act.projectId });
    case 'create-workflow-scheme':
      return post('workflowscheme', {
        name: act.name,
        description: act.description,
        defaultWorkflow: act.default,
        issueTypeMappings: act.byIssueType,
      });
    case 'use-workflow-scheme':
      return useWorkflowScheme(act);
    case 'pin-panel':
      return post('forge/panel/action/bulk/async', {
        moduleId: act.moduleId,
        projectList: [{ projectIdOrKey: act.projectId, action: 'PIN' }],
      });
  }
}

/** Jira assigns a scheme to a project without issues, and switches one that has some, moving what has no status any more. */
async function useWorkflowScheme(act: Extract<JiraAct, { act: 'use-workflow-scheme' }>): Promise<void> {
  if (!act.hasIssues)
    return put('workflowscheme/project', { workflowSchemeId: act.schemeId, projectId: act.projectId });
  const statusMappings = Object.entries(act.moves).map(([oldStatusId, newStatusId]) => ({ oldStatusId, newStatusId }));
  try {
    await post('workflowscheme/project/switch', {
      projectId: act.projectId,
      targetSchemeId: act.schemeId,
      mappingsByIssueTypeOverride:
        statusMappings.length === 0 ? [] : [{ issueTypeId: act.issueTypeId, statusMappings }],
    });
  } catch (failure) {
    // A switch that was asked for before and still runs.
    if (!(failure instanceof SetupRefused) || failure.status !== 409) throw failure;
  }
}
