import * as z from 'zod/mini';
import type { JiraAs } from '../jira-calls';
import { PageRefusal } from '../parts';

type Json = z.infer<ReturnType<typeof z.json>>;

const read = z.object({ statuses: z.array(z.json()), workflows: z.array(z.record(z.string(), z.json())) });

/** Replaces the configuration of the one rule with this id, wherever in the transition it stands. */
function withConfig(value: Json, ruleId: string, config: string): { readonly value: Json; readonly changed: number } {
  if (Array.isArray(value)) {
    const parts = value.map((each) => withConfig(each, ruleId, config));
    return { value: parts.map((part) => part.value), changed: parts.reduce((sum, part) => sum + part.changed, 0) };
  }
  if (typeof value !== 'object' || value === null) return { value, changed: 0 };
  const parameters = value['parameters'];
  if (
    typeof parameters === 'object' &&
    parameters !== null &&
    !Array.isArray(parameters) &&
    (parameters['id'] === ruleId || value['id'] === ruleId)
  )
    return { value: { ...value, parameters: { ...parameters, config } }, changed: 1 };
  const entries = Object.entries(value).map(([name, each]) => [name, withConfig(each, ruleId, config)] as const);
  return {
    value: Object.fromEntries(entries.map(([name, part]) => [name, part.value])),
    changed: entries.reduce((sum, [, part]) => sum + part.changed, 0),
  };
}

/**
 * Saves a rule's configuration as the workflow editor does: the whole workflow is read, changed in one place and written
 * back with its version (`POST /rest/api/3/workflows/update` replaces everything).
 */
export async function changeRule(
  jira: JiraAs,
  rule: { readonly workflow: string; readonly transition: string; readonly id: string },
  config: string,
): Promise<void> {
  const found = await jira.send('POST', '/rest/api/3/workflows', { workflowNames: [rule.workflow] }, read);
  const before = found.workflows[0];
  if (before === undefined) throw new PageRefusal(404, `There is no workflow named "${rule.workflow}".`);
  const transitions = withConfig(before['transitions'] ?? [], rule.id, config);
  if (transitions.changed !== 1)
    throw new PageRefusal(409, 'The workflow has changed meanwhile. Reload and edit the rule again.');
  const { id, version, description, statuses, startPointLayout } = before;
  const workflow = { id, version, description, statuses, startPointLayout, transitions: transitions.value };
  const defined = Object.fromEntries(Object.entries(workflow).filter(([, value]) => value !== undefined));
  await jira.send(
    'POST',
    '/rest/api/3/workflows/update',
    { statuses: found.statuses, workflows: [defined] },
    z.unknown(),
  );
}
