import * as z from '#zod';
import { FIELD_KEYS, STATUSES, type FieldKey, type Status } from '../change/fields';
import type { RoleKey } from '../policy/policy';

/** Who holds a role: an existing group by its id, or one to be made under this name. */
export interface RoleChoice {
  readonly key: RoleKey;
  readonly group: string;
  readonly groupId: string | null;
  /** Account ids of people to put into it. Nobody is taken out. */
  readonly members: readonly string[];
}

export interface ProjectChoice {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

/**
 * What the admin chose in the wizard. Whatever is not mapped is found by its name, and made where it is not there.
 */
export interface Choices {
  readonly projects: readonly ProjectChoice[];
  /** Jira field ids for fields of the change request that the site has under other names. */
  readonly fields: Readonly<Partial<Record<FieldKey, string | undefined>>>;
  /** Status ids for statuses that the site has under other names. */
  readonly statuses: Readonly<Partial<Record<Status, string | undefined>>>;
  /** An existing issue type instead of "Change request". */
  readonly issueTypeId: string | null;
  /** The systems that hold CUI, as options of "Impacted CUI systems". */
  readonly systems: readonly string[];
  readonly roles: readonly RoleChoice[];
  /** By project id: where change requests that are there already go, old status id to our status. */
  readonly moves: Readonly<Record<string, Readonly<Record<string, Status>>>>;
}

const name = z.lazy(() => z.string().check(z.minLength(1), z.maxLength(200)));
const id = z.lazy(() => z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,128}$/)));

/** A value of the first's keys alone, each optional. */
const some = <K extends string, T extends z.ZodMiniType>(keys: readonly K[], value: T) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, z.optional(value)])) as Record<K, z.ZodMiniOptional<T>>);

export const choicesSchema = z.lazy(() =>
  z.strictObject({
    projects: z
      .array(z.strictObject({ id, key: z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,254}$/)), name }))
      .check(z.minLength(1), z.maxLength(50)),
    fields: some(FIELD_KEYS, id),
    statuses: some(STATUSES, id),
    issueTypeId: z.nullable(id),
    systems: z.array(name).check(z.maxLength(200)),
    roles: z.array(
      z.strictObject({
        key: z.enum(['security-reviewer', 'change-authority', 'emergency-authority']),
        group: name,
        groupId: z.nullable(id),
        members: z.array(id).check(z.maxLength(100)),
      }),
    ),
    moves: z.record(id, z.record(id, z.enum(STATUSES))),
  }),
);
