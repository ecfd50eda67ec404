import * as z from 'zod/mini';
import type { ManifestModules } from '../../contract';
import type { JiraAs } from '../jira-calls';
import type { FieldOfIssue } from '../issue/model';
import { labelOf } from './kind';

type AppField = ManifestModules['customFields'][number];

/** The app's module behind a field, if an app made it: such a field's key ends in the module's. */
export function appFieldOf(field: FieldOfIssue, modules: ManifestModules): AppField | undefined {
  return modules.customFields.find((each) => field.key === each.key);
}

const evaluated = z.object({ value: z.unknown() });

/**
 * The text of an app's field as its formatter gives it (manifest `view.formatter.expression`, with `value`). A formatter
 * that fails shows a sentence in its place: the raw value holds account ids, which are nobody's words.
 */
export async function formatAppField(jira: JiraAs, field: FieldOfIssue, module: AppField): Promise<string> {
  if (module.formatter === null) return shown(field.value);
  const custom = { value: { type: 'json', value: field.value ?? null } };
  try {
    const answer = await jira.send(
      'POST',
      '/rest/api/3/expression/evaluate',
      { expression: module.formatter, context: { custom } },
      evaluated,
    );
    return typeof answer.value === 'string' ? answer.value : 'cannot be shown: its formatter gave no text';
  } catch (error) {
    return `cannot be shown: ${error instanceof Error ? error.message : 'its formatter failed'}`;
  }
}

/** A text, or the people of a list by name. */
function shown(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  const names = (Array.isArray(value) ? value : []).map((one: unknown) => labelOf(one)).filter((name) => name !== '');
  return names.length === 0 ? 'None' : names.join(', ');
}
