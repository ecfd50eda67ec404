import * as z from '#zod';
import { FIELDS } from './fields';
import type { FieldIds, FieldKey } from './fields';
import { BY_NAME } from './site-ids';
import type { SiteIds } from './site-ids';

/** The fields that only the app writes: the ends of their keys, which the manifest gives. */
export const APP_FIELDS = {
  participants: 'change-participants',
  decisionState: 'change-decision-state',
  waitingFor: 'change-waiting-for',
  ledger: 'change-ledger',
} as const;

export interface AppFieldIds {
  readonly participants: string;
  readonly decisionState: string;
  /** Absent where Jira does not have it: nothing is judged from it, and a search by it finds nothing. */
  readonly waitingFor?: string;
  /** As `waitingFor`: a copy for those who read Jira from outside. */
  readonly ledger?: string;
}

/** A site's fields do not fit: says which, and what an admin does about it. Nothing may be judged without them. */
export class FieldSetupError extends Error {
  override readonly name = 'FieldSetupError';
  constructor(
    readonly code: 'fields-unreadable' | 'field-missing' | 'field-ambiguous',
    message: string,
    /** The names of the fields concerned. */
    readonly fields: readonly string[] = [],
  ) {
    super(message);
  }
}

const listShape = z.lazy(() =>
  z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      key: z.optional(z.string()),
      custom: z.optional(z.boolean()),
      schema: z.optional(z.nullable(z.looseObject({ custom: z.optional(z.string()) }))),
    }),
  ),
);
type Field = z.infer<typeof listShape>[number];

/** Jira's own fields have fixed ids; a custom field that happens to be called "Summary" is another field. */
const SYSTEM: readonly FieldKey[] = ['summary', 'description'];

/**
 * The ids of the change's fields in the answer of `GET /rest/api/3/field`: those that the site holds by id, whatever they
 * are called now, the others found by name. A field that is held and is not there any more is not looked for by name:
 * another field of that name was chosen by nobody.
 *
 * @throws FieldSetupError `field-missing` or `field-ambiguous` naming every such field, `fields-unreadable`.
 */
export function fieldIdsFromList(fields: unknown, held: SiteIds['fields'] = BY_NAME.fields): FieldIds {
  const list = parse(fields);
  refuseLost(list, held);
  const found = FIELDS.map(({ key, name }) => ({
    key,
    name,
    ids: SYSTEM.includes(key)
      ? list.filter(({ id }) => id === key).map(({ id }) => id)
      : held[key] !== null
        ? [held[key]]
        : list.filter((field) => field.id.startsWith('customfield_') && field.name === name).map(({ id }) => id),
  }));
  refuseUnlessOne(found.map(({ name, ids }) => ({ name, count: ids.length })));
  return Object.fromEntries(found.map(({ key, ids }) => [key, ids[0] ?? ''])) as FieldIds;
}

/**
 * The ids of the app's read-only fields. A Forge field's key is `<app id>__<ENVIRONMENT>__<module key>` and its
 * schema names the module's extension, so the end of either tells it from anybody else's field of the same name.
 *
 * @throws FieldSetupError as above.
 */
export function appFieldIds(fields: unknown): AppFieldIds {
  const list = parse(fields);
  const idsOf = (module: string): string[] => list.filter((field) => isModule(field, module)).map(({ id }) => id);
  const participants = idsOf(APP_FIELDS.participants);
  const decisionState = idsOf(APP_FIELDS.decisionState);
  refuseUnlessOne([
    { name: 'Change participants', count: participants.length },
    { name: 'Change decision state', count: decisionState.length },
  ]);
  return {
    participants: participants[0] ?? '',
    decisionState: decisionState[0] ?? '',
    ...only('waitingFor', idsOf(APP_FIELDS.waitingFor)),
    ...only('ledger', idsOf(APP_FIELDS.ledger)),
  };
}

/** A field that the site may be without; of two nobody could say which one is meant. */
function only<K extends string>(name: K, [id, ...others]: readonly string[]): Partial<Record<K, string>> {
  return id === undefined || others.length > 0 ? {} : ({ [name]: id } as Record<K, string>);
}

const isModule = ({ key, schema }: Field, module: string): boolean =>
  [key, schema?.custom].some(
    (name) => name !== undefined && (name.endsWith(`__${module}`) || name.endsWith(`/static/${module}`)),
  );

function parse(fields: unknown): readonly Field[] {
  const parsed = listShape.safeParse(fields);
  if (!parsed.success) {
    throw new FieldSetupError(
      'fields-unreadable',
      `Jira's list of fields could not be read: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}

function refuseLost(list: readonly Field[], held: SiteIds['fields']): void {
  const lost = FIELDS.filter(({ key }) => held[key] !== null && !list.some(({ id }) => id === held[key]));
  if (lost.length === 0) return;
  const names = lost.map(({ key, name }) => `"${name}" (${held[key] ?? ''})`).join(', ');
  throw new FieldSetupError(
    'field-missing',
    `Jira has no field any more that the policy holds as ${names}. A Jira admin has to restore it, or choose another in the policy.`,
    lost.map(({ name }) => name),
  );
}

function refuseUnlessOne(found: readonly { readonly name: string; readonly count: number }[]): void {
  const missing = found.filter(({ count }) => count === 0).map(({ name }) => name);
  if (missing.length > 0) {
    throw new FieldSetupError(
      'field-missing',
      `Jira has no field named ${quoted(missing)}. A Jira admin has to create it.`,
      missing,
    );
  }
  const twice = found.filter(({ count }) => count > 1).map(({ name }) => name);
  if (twice.length > 0) {
    throw new FieldSetupError(
      'field-ambiguous',
      `Jira has more than one field named ${quoted(twice)}. A Jira admin has to rename the ones that change control does not use.`,
      twice,
    );
  }
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
