import { isObject } from './adf';
import { readFieldValue } from './field-reading';
import { fieldJson, notOnScreen, type FieldValue } from './field-values';
import type { Place } from './context-store';
import type { FieldRecord } from './field-store';
import type { IssueValues } from './issue-store';
import { FieldProblem, Refusal } from './refusal';
import type { JiraStore } from './store';

/** Where a call's fields are to go, and which of them it may set. */
export interface InputTarget {
  readonly place: Place;
  /** Ids of the fields on the screen that the call goes through. */
  readonly screen: readonly string[];
  /** The issue's values before the call; empty for a new issue. */
  readonly before: IssueValues;
  /** Why this caller may not set a field that is on the screen; undefined when they may. */
  readonly barred?: (field: FieldRecord) => string | undefined;
}

/**
 * Reads the `fields` and `update` of a create, edit or transition call: every field is checked, and all problems are
 * answered at once. Used for all three, so that a value on a transition screen is held to the same rules.
 * @throws Refusal 400 with one sentence per field in `errors`.
 */
export function readFieldInputs(store: JiraStore, body: unknown, target: InputTarget): IssueValues {
  const { fields = {}, update = {} } = isObject(body) ? body : {};
  if (!isObject(fields) || !isObject(update))
    throw new Refusal(400, "'fields' and 'update' are objects keyed by field id.");
  const values = new Map<string, FieldValue>();
  const errors: Record<string, string> = {};
  const attempt = (fieldId: string, read: (field: FieldRecord) => FieldValue): void => {
    try {
      values.set(fieldId, read(settable(store, fieldId, target)));
    } catch (problem) {
      if (!(problem instanceof FieldProblem)) throw problem;
      errors[fieldId] = problem.message;
    }
  };
  for (const [fieldId, given] of Object.entries(fields)) {
    attempt(fieldId, (field) => readFieldValue(store, target.place, field, given));
  }
  for (const [fieldId, operations] of Object.entries(update)) {
    if (fieldId === 'comment') continue;
    attempt(fieldId, (field) => {
      if (Object.hasOwn(fields, fieldId)) {
        throw new FieldProblem(`Field '${fieldId}' cannot appear in both 'fields' and 'update'`);
      }
      return operate(store, target, field, operations);
    });
  }
  if (Object.keys(errors).length > 0) throw new Refusal(400, { errors });
  return values;
}

function settable(store: JiraStore, fieldId: string, target: InputTarget): FieldRecord {
  const field = store.fields.find(fieldId);
  if (
    field?.id !== fieldId ||
    field.kind === 'system' ||
    !target.screen.includes(fieldId) ||
    !store.contexts.applies(field, target.place)
  )
    throw new FieldProblem(notOnScreen(fieldId));
  if (field.readOnly || field.kind === 'app' || field.kind === 'app-people') {
    throw new FieldProblem(
      `Field '${fieldId}' cannot be set. It is read-only: only the app that provides it can change it.`,
    );
  }
  const barred = target.barred?.(field);
  if (barred !== undefined) throw new FieldProblem(barred);
  return field;
}

/** `update`: a list of `{"set"}`, and for lists `{"add"}` and `{"remove"}`, applied in order. */
function operate(store: JiraStore, target: InputTarget, field: FieldRecord, operations: unknown): FieldValue {
  if (!Array.isArray(operations)) throw new FieldProblem('Operations are given as an array');
  let value: FieldValue = target.before.get(field.id) ?? null;
  for (const operation of operations) {
    const [verb, given] = (isObject(operation) ? Object.entries(operation)[0] : undefined) ?? ['none', null];
    value = apply(store, target, field, value, verb, given);
  }
  return value;
}

function apply(
  store: JiraStore,
  target: InputTarget,
  field: FieldRecord,
  value: FieldValue,
  verb: string,
  given: unknown,
): FieldValue {
  const read = (raw: unknown) => readFieldValue(store, target.place, field, raw);
  if (verb === 'set') return read(given);
  const holdsMany = field.kind === 'labels' || field.kind === 'multi-select';
  if (!holdsMany || (verb !== 'add' && verb !== 'remove')) {
    throw new FieldProblem(
      `Field with id '${field.id}' and name '${field.name}' does not support operation '${verb}' Supported operation(s) are: '${holdsMany ? 'add,set,remove' : 'set'}'`,
    );
  }
  const before: readonly unknown[] = Array.isArray(value) ? value : [];
  const [each] = asList(read([given]));
  return verb === 'add' ? [...before.filter((one) => one !== each), each] : before.filter((one) => one !== each);
}

const asList = (value: FieldValue): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The comment that an edit or a transition adds on the way: `{"update": {"comment": [{"add": {"body": …}}]}}`. */
export function commentOf(body: unknown): unknown {
  const update = isObject(body) && isObject(body.update) ? body.update : {};
  const first = asList(update.comment)[0];
  return isObject(first) && isObject(first.add) ? first.add.body : undefined;
}

/** Values as REST answers them, by field id, for whoever shows or judges an issue with changes that are not yet made. */
export function valuesJson(store: JiraStore, values: IssueValues): ReadonlyMap<string, unknown> {
  return new Map(
    [...values].map(([id, value]) => {
      const field = store.fields.find(id);
      return [id, field === undefined ? null : fieldJson(store, field, value)];
    }),
  );
}
