import * as z from 'zod/mini';

/** The parts of Jira's answers that the pages read (Jira Cloud REST v3); everything else passes through unread. */

export const person = z.object({
  accountId: z.string(),
  displayName: z.optional(z.string()),
  accountType: z.optional(z.string()),
});
export type Person = z.infer<typeof person>;

export const status = z.object({
  id: z.string(),
  name: z.string(),
  statusCategory: z.optional(z.object({ key: z.optional(z.string()), name: z.optional(z.string()) })),
});
export type IssueStatus = z.infer<typeof status>;

export const fieldSchema = z.object({
  type: z.string(),
  items: z.optional(z.string()),
  system: z.optional(z.string()),
  custom: z.optional(z.string()),
});

/** A field as a screen asks for it: edit, create and transition metadata have this shape in common. */
export const fieldMeta = z.object({
  required: z.optional(z.boolean()),
  schema: fieldSchema,
  name: z.string(),
  key: z.optional(z.string()),
  allowedValues: z.optional(z.array(z.unknown())),
});
export type FieldMeta = z.infer<typeof fieldMeta>;

export const transition = z.object({
  id: z.string(),
  name: z.string(),
  to: status,
  hasScreen: z.optional(z.boolean()),
  fields: z.optional(z.record(z.string(), fieldMeta)),
});
export type Transition = z.infer<typeof transition>;
export const transitions = z.object({ transitions: z.array(transition) });

export const issue = z.object({
  id: z.string(),
  key: z.string(),
  names: z.optional(z.record(z.string(), z.string())),
  fields: z.record(z.string(), z.unknown()),
});
export type Issue = z.infer<typeof issue>;

export const editMeta = z.object({ fields: z.record(z.string(), fieldMeta) });

export const fieldList = z.array(
  z.object({
    id: z.string(),
    key: z.optional(z.string()),
    name: z.string(),
    custom: z.optional(z.boolean()),
    schema: z.optional(fieldSchema),
  }),
);

export const projectFields = z.object({ id: z.optional(z.string()), key: z.string(), name: z.optional(z.string()) });

export const changelogPage = z.object({
  total: z.number(),
  values: z.array(
    z.object({
      id: z.string(),
      created: z.string(),
      author: z.optional(person),
      items: z.array(
        z.object({
          field: z.string(),
          fieldId: z.optional(z.string()),
          fromString: z.optional(z.nullable(z.string())),
          toString: z.optional(z.nullable(z.string())),
        }),
      ),
    }),
  ),
});
export type HistoryEntry = z.infer<typeof changelogPage>['values'][number];

export const permissions = z.object({
  permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })),
});

export const commentPage = z.object({
  total: z.optional(z.number()),
  comments: z.array(z.object({ id: z.string(), author: z.optional(person), created: z.string(), body: z.unknown() })),
});
export type Comment = z.infer<typeof commentPage>['comments'][number];

export const attachment = z.object({
  id: z.string(),
  filename: z.string(),
  size: z.number(),
  mimeType: z.optional(z.string()),
  created: z.string(),
  author: z.optional(person),
});
