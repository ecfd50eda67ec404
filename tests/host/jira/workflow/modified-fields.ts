import { fieldJson } from '../field-values';
import type { FieldRecord } from '../field-store';
import type { IssueValues } from '../issue-store';
import type { JiraStore } from '../store';

/**
 * What a function validator is told of the transition screen (Forge, "Jira workflow validator", modifiedFields): the
 * fields whose value differs, in the format of "get issue". Summary and reporter are not among the supported ones, a
 * person is an account id and nothing else, a cleared list is null.
 */
export function modifiedFields(
  store: JiraStore,
  before: IssueValues,
  entered: IssueValues,
): Readonly<Record<string, unknown>> {
  const told: Record<string, unknown> = {};
  for (const [id, value] of entered) {
    const field = store.fields.find(id);
    if (field === undefined || NEVER_TOLD.has(id)) continue;
    const [was, is] = [inRest(store, field, before.get(id)), inRest(store, field, value)];
    if (JSON.stringify(was) !== JSON.stringify(is)) told[id] = is;
  }
  return told;
}

const NEVER_TOLD: ReadonlySet<string> = new Set(['summary', 'reporter']);

function inRest(store: JiraStore, field: FieldRecord, value: unknown): unknown {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return null;
  return field.kind === 'user' ? { accountId: value } : fieldJson(store, field, value);
}
