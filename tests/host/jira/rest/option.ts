import * as z from 'zod/mini';
import type { ContextRecord } from '../context-store';
import type { FieldRecord } from '../field-store';
import type { OptionRecord } from '../option-store';
import { Refusal } from '../refusal';
import { noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { bodyOf } from './body';
import { contextOf } from './context';
import { customField } from './field-writing';
import { pageBean, window } from './paging';

/** The options of select fields, per context. */
export function optionRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/field/{fieldId}/context/{contextId}/option';
  const of =
    (work: (store: JiraStore, call: RestCall, where: Where) => RestAnswer) =>
    (call: RestCall, params: PathParams): RestAnswer => {
      const field = customField(store, call, params.get('fieldId'));
      return work(store, call, { field, context: contextOf(store, field, params) });
    };
  return [
    { method: 'GET', path, handle: of(list) },
    { method: 'POST', path, handle: of(create) },
    { method: 'PUT', path, handle: of(update) },
    { method: 'PUT', path: `${path}/move`, handle: of(move) },
    {
      method: 'DELETE',
      path: `${path}/{optionId}`,
      handle: (call, params) => of((_, __, where) => remove(store, where, params.get('optionId')))(call, params),
    },
  ];
}

interface Where {
  readonly field: FieldRecord;
  readonly context: ContextRecord;
}

const PAGE = 100;
const MOST_A_CALL = 1000;
const MOST_A_FIELD = 10_000;
const LONGEST = 255;

const optionJson = ({ id, value, disabled }: OptionRecord) => ({ id, value, disabled });

function list(store: JiraStore, call: RestCall, { context }: Where): RestAnswer {
  const wanted = call.query.get('optionId');
  const all = store.options.ofContext(context.id).filter(({ id }) => wanted === null || id === wanted);
  return ok(pageBean(call, store.baseUrl, all.map(optionJson), window(call.query, PAGE, PAGE)));
}

const creation = z.object({
  options: z.optional(
    z.array(z.object({ value: z.string(), disabled: z.optional(z.boolean()), optionId: z.optional(z.string()) })),
  ),
});

/** All or none. */
function create(store: JiraStore, call: RestCall, { field, context }: Where): RestAnswer {
  if (field.kind !== 'select' && field.kind !== 'multi-select')
    throw new Refusal(400, `The custom field '${field.name}' does not have options.`);
  const { options = [] } = bodyOf(creation, call);
  if (options.length === 0 || options.length > MOST_A_CALL)
    throw new Refusal(400, `Provide between 1 and ${MOST_A_CALL} options.`);
  if (options.some(({ optionId }) => optionId !== undefined))
    throw new Refusal(400, 'Only cascading select lists have options below options.');
  const before = store.options.ofContext(context.id);
  if (store.options.ofField(field.id).length + options.length > MOST_A_FIELD)
    throw new Refusal(400, `A custom field can have at most ${MOST_A_FIELD} options.`);
  const values = options.map(({ value }) => checkedValue(value));
  unique([...before.map(({ value }) => value), ...values]);
  const made = store.transaction(() =>
    options.map(({ disabled = false }, at) =>
      store.options.add({ fieldId: field.id, contextId: context.id, value: values[at] ?? '', disabled }),
    ),
  );
  return ok({ options: made.map(optionJson) });
}

function checkedValue(given: string): string {
  const value = given.trim();
  if (value === '') throw new Refusal(400, 'The value of an option cannot be empty.');
  if (value.length > LONGEST) throw new Refusal(400, `The value of an option has at most ${LONGEST} characters.`);
  return value;
}

/** Options of one context differ in more than the case of their letters. */
function unique(values: readonly string[]): void {
  const folded = values.map((value) => value.toLowerCase());
  const twice = values.find((_, at) => folded.indexOf(folded[at] ?? '') !== at);
  if (twice !== undefined)
    throw new Refusal(400, `The option '${twice}' exists in this context already. The values of options are unique.`);
}

const change = z.object({
  options: z.optional(
    z.array(z.object({ id: z.string(), value: z.optional(z.string()), disabled: z.optional(z.boolean()) })),
  ),
});

/** All or none; those that are already as wanted are not in the answer. */
function update(store: JiraStore, call: RestCall, { context }: Where): RestAnswer {
  const { options = [] } = bodyOf(change, call);
  if (options.length === 0 || options.length > MOST_A_CALL)
    throw new Refusal(400, `Provide between 1 and ${MOST_A_CALL} options.`);
  const before = store.options.ofContext(context.id);
  const changed = options.flatMap(({ id, value, disabled }): OptionRecord[] => {
    const known = optionIn(before, id);
    const next = {
      ...known,
      value: value === undefined ? known.value : checkedValue(value),
      disabled: disabled ?? known.disabled,
    };
    return next.value === known.value && next.disabled === known.disabled ? [] : [next];
  });
  unique(before.map((option) => (changed.find(({ id }) => id === option.id) ?? option).value));
  store.transaction(() => {
    for (const option of changed) store.options.replace(option);
  });
  return ok({ options: changed.map(optionJson) });
}

function optionIn(options: readonly OptionRecord[], id: string): OptionRecord {
  const option = options.find((each) => each.id === id);
  if (option === undefined) throw new Refusal(404, `The option with ID '${id}' was not found.`);
  return option;
}

/** Issues lose the option that is gone, without a word in their changelogs. */
function remove(store: JiraStore, { field, context }: Where, id: string): RestAnswer {
  optionIn(store.options.ofContext(context.id), id);
  store.transaction(() => {
    store.options.remove(id);
    store.issues.forgetOption(field.id, id);
  });
  return noContent;
}

const order = z.object({
  customFieldOptionIds: z.array(z.string()),
  after: z.optional(z.string()),
  position: z.optional(z.enum(['First', 'Last'])),
});

function move(store: JiraStore, call: RestCall, { context }: Where): RestAnswer {
  const { customFieldOptionIds: moved, after, position } = bodyOf(order, call);
  const all = store.options.ofContext(context.id);
  for (const id of moved) optionIn(all, id);
  if ((after === undefined) === (position === undefined))
    throw new Refusal(400, "Provide either 'after' or 'position'.");
  if (after !== undefined) optionIn(all, after);
  const rest = all.map(({ id }) => id).filter((id) => !moved.includes(id));
  const at = after === undefined ? (position === 'First' ? 0 : rest.length) : rest.indexOf(after) + 1;
  store.transaction(() => {
    store.options.order([...rest.slice(0, at), ...moved, ...rest.slice(at)]);
  });
  return noContent;
}
