import { FIELD_KEYS, type FieldIds, type FieldKey } from '../change/fields';
import { systemWords, type WordIds } from '../change/site-ids';
import type { Policy } from '../policy/policy';
import type { Choices } from './choices';
import type { Observed, ObservedField, ObservedOptions } from './observed';
import { change, conflict, create, there, type PlanItem } from './plan-item';
import {
  changeTypeOptions,
  CUSTOM_FIELDS,
  FIELD_DESCRIPTIONS,
  JIRA_TYPES,
  marked,
  systemOptions,
  type CustomField,
} from './wanted';

const UNDO = 'Settings, Work items, Fields: find it by its name and move it to the trash.';

/** The fields of the change request: each one that is mapped, found by its name and type, or made. */
export const planFields = (choices: Choices, observed: Observed): PlanItem[] =>
  CUSTOM_FIELDS.map((field) => planField(field, choices, observed));

function planField(field: CustomField, { fields: mapped }: Choices, observed: Observed): PlanItem {
  const { type, searcher } = JIRA_TYPES[field.kind];
  const description = marked(FIELD_DESCRIPTIONS[field.key]);
  const draft = {
    id: `field:${field.key}`,
    kind: 'field' as const,
    title: `Field ${field.name}`,
    wants: { name: field.name, type, searcherKey: searcher, description },
    undo: UNDO,
  };
  const chosen = mapped[field.key] ?? heldField(field.key, observed);
  if (chosen !== undefined) {
    const found = observed.fields.find(({ id }) => id === chosen);
    if (found === undefined)
      return conflict(draft, `The field ${chosen} that was chosen for it is gone: choose another.`);
    if (found.type !== type)
      return conflict(
        draft,
        `"${found.name}" was chosen for it and is of another type than ${typeName(type)}: choose another.`,
      );
    return there(draft, [found.id]);
  }
  const named = observed.fields.filter((other) => isNamed(other, field.name));
  const fitting = named.filter((other) => other.type === type);
  const [only, second] = fitting;
  if (second !== undefined)
    return conflict(
      draft,
      `There are ${fitting.length} fields named "${field.name}": choose one of them, or rename the others.`,
    );
  if (only !== undefined && named.length === 1) return there(draft, [only.id]);
  if (named.length > 0)
    return conflict(
      draft,
      `A field named "${field.name}" is there and is not ${typeName(type)}: rename it, or choose another field.`,
    );
  return create(draft, { act: 'create-field', name: field.name, description, type, searcher });
}

/** Under control already: the field of the policy, whatever it is called now. One that is gone is looked for by name. */
export const heldField = (key: FieldKey, { policy, fields }: Pick<Observed, 'policy' | 'fields'>): string | undefined =>
  fields.find(({ id }) => id === policy.fields[key])?.id;

const isNamed = ({ id, name }: ObservedField, wanted: string): boolean =>
  id.startsWith('customfield_') && name.trim().toLowerCase() === wanted.toLowerCase();

const TYPE_NAMES: Readonly<Record<string, string>> = {
  textarea: 'a paragraph',
  select: 'a select list (single choice)',
  multiselect: 'a select list (multiple choices)',
  userpicker: 'a user picker (single user)',
  datetime: 'a date time picker',
};
export const typeName = (type: string): string => TYPE_NAMES[type.split(':').at(-1) ?? ''] ?? type;

/** The ids of the fields as far as they are there; `summary` and `description` are themselves. */
export function knownFieldIds(items: readonly PlanItem[]): Partial<Record<FieldKey, string>> {
  const found = items.flatMap((item) => {
    const key = FIELD_KEYS.find((one) => item.id === `field:${one}`);
    return key !== undefined && item.ids[0] !== undefined ? [[key, item.ids[0]] as const] : [];
  });
  return { summary: 'summary', description: 'description', ...Object.fromEntries(found) };
}

export const allFieldIds = (ids: Partial<Record<FieldKey, string>>): FieldIds | undefined =>
  FIELD_KEYS.every((key) => ids[key] !== undefined) ? (ids as FieldIds) : undefined;

/** An option by the id that the policy holds for it, whatever it is called now, otherwise by its name; null for none. */
export function optionId(
  field: 'changeType' | 'impactedSystems',
  word: string,
  { options }: Pick<ObservedOptions, 'options'>,
  { changeTypes, systems }: Pick<Policy, 'changeTypes' | 'systems'>,
): string | null {
  const ids: WordIds = field === 'changeType' ? changeTypes : systemWords({ systems });
  const held = Object.hasOwn(ids, word) ? ids[word] : null;
  const found = options.find(({ id }) => id === held) ?? options.find(({ value }) => value === word);
  return found?.id ?? null;
}

const adds = (value: string): string => `Adds "${value}".`;

/** The options that change control reads, and the site's own systems. Nothing is renamed and nothing taken out. */
export function planOptions(choices: Choices, observed: Observed, ids: Partial<Record<FieldKey, string>>): PlanItem[] {
  const of = (key: 'changeType' | 'impactedSystems', wanted: readonly string[]): PlanItem => {
    const name = key === 'changeType' ? 'Change type' : 'Impacted CUI systems';
    const draft = {
      id: `options:${key}`,
      kind: 'field' as const,
      title: `Options of ${name}`,
      wants: { field: name, options: wanted },
      undo: `${UNDO} Or take the options out of it again.`,
    };
    const fieldId = ids[key];
    const held = fieldId === undefined ? undefined : observed.options[fieldId];
    if (fieldId === undefined || held === undefined) return create(draft, null, wanted.map(adds));
    const values = held.options.map(({ value }) => value);
    const missing = wanted.filter((value) => optionId(key, value, held, observed.policy) === null);
    if (missing.length === 0) return there(draft, [fieldId]);
    if (held.contextId === null)
      return conflict(
        draft,
        `"${name}" has no context for every project: give it one in Settings, Work items, Fields.`,
      );
    const act = { act: 'add-options' as const, fieldId, contextId: held.contextId, values: missing };
    const says = missing.map(adds);
    return values.length === 0
      ? create(draft, act, says)
      : change(draft, act, { says, before: { options: values }, ids: [fieldId] });
  };
  return [of('changeType', changeTypeOptions), of('impactedSystems', systemOptions(choices.systems))];
}
