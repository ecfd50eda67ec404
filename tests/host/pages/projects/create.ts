import * as z from 'zod/mini';
import { html } from 'hono/html';
import type { Chooser } from '../fields/input';
import type { Html } from '../html';
import { formDialog } from '../issue/dialogs';
import type { JiraAs } from '../jira-calls';
import { PageRefusal } from '../parts';
import { fieldMeta } from '../shapes';
import type { FieldMeta } from '../shapes';

const typesPage = z.object({
  issueTypes: z.array(z.object({ id: z.string(), name: z.string(), subtask: z.optional(z.boolean()) })),
});
const fieldsPage = z.object({ fields: z.array(z.extend(fieldMeta, { fieldId: z.string() })) });

export interface CreateForm {
  readonly project: string;
  readonly issueType: { readonly id: string; readonly name: string };
  readonly issueTypes: readonly { readonly id: string; readonly name: string }[];
  readonly fields: Readonly<Record<string, FieldMeta>>;
}

const GIVEN = new Set(['project', 'issuetype', 'attachment', 'issuelinks', 'parent']);

/** The create screen of a project as Jira gives it to this person. */
export async function readCreateForm(jira: JiraAs, project: string, typeId: string | undefined): Promise<CreateForm> {
  const base = `/rest/api/3/issue/createmeta/${encodeURIComponent(project)}/issuetypes`;
  const { issueTypes } = await jira.get(base, typesPage);
  const chosen = issueTypes.find((each) => each.id === typeId) ?? issueTypes[0];
  if (chosen === undefined)
    throw new PageRefusal(403, `You may not create work items in ${project}.`, 'Nothing to create');
  const { fields } = await jira.get(`${base}/${chosen.id}?maxResults=200`, fieldsPage);
  const own = fields.filter((field) => !GIVEN.has(field.fieldId));
  return {
    project,
    issueType: chosen,
    issueTypes,
    fields: Object.fromEntries(own.map((field) => [field.fieldId, field])),
  };
}

export function createDialog(form: CreateForm, chooser: Chooser): Html {
  return formDialog({
    title: `Create in ${form.project}`,
    action: `/create?project=${form.project}`,
    submit: 'Create',
    fields: form.fields,
    values: {},
    chooser,
    before: html`<div class="field">
      <label for="create-type">Work type</label>
      <select id="create-type" name="issuetype">
        ${form.issueTypes.map((each) => html`<option value="${each.id}" ${each.id === form.issueType.id ? 'selected' : ''}>${each.name}</option>`)}
      </select>
    </div>`,
  });
}
