import * as z from 'zod/mini';
import type { FieldMeta } from '../shapes';

/** How a person meets a field: as one line, as paragraphs, as a choice … `other` is shown but not typed in here. */
export type FieldKind =
  'line' | 'paragraphs' | 'choice' | 'choices' | 'person' | 'moment' | 'day' | 'number' | 'labels' | 'other';

const SIMPLE: Readonly<Record<string, FieldKind>> = {
  option: 'choice',
  priority: 'choice',
  user: 'person',
  datetime: 'moment',
  date: 'day',
  number: 'number',
};

export function kindOf(schema: FieldMeta['schema']): FieldKind {
  const simple = SIMPLE[schema.type];
  if (simple !== undefined) return simple;
  if (schema.type === 'array')
    return schema.items === 'option' ? 'choices' : schema.items === 'string' ? 'labels' : 'other';
  if (schema.type === 'doc') return 'paragraphs';
  if (schema.type !== 'string') return 'other';
  const long =
    schema.system === 'description' || schema.system === 'environment' || (schema.custom ?? '').endsWith(':textarea');
  return long ? 'paragraphs' : 'line';
}

const choice = z.object({ id: z.string(), value: z.optional(z.string()), name: z.optional(z.string()) });

/** Options of a field, as id and label. */
export function choicesOf(meta: FieldMeta): { readonly id: string; readonly label: string }[] {
  return (meta.allowedValues ?? []).flatMap((value) => {
    const parsed = choice.safeParse(value);
    return parsed.success
      ? [{ id: parsed.data.id, label: parsed.data.value ?? parsed.data.name ?? parsed.data.id }]
      : [];
  });
}

const labelled = z.object({
  id: z.optional(z.string()),
  accountId: z.optional(z.string()),
  value: z.optional(z.string()),
  name: z.optional(z.string()),
  displayName: z.optional(z.string()),
});

/** The identifier that a form sends for one value: option id, account id. '' for none. */
export function idOf(value: unknown): string {
  const parsed = labelled.safeParse(value);
  return parsed.success ? (parsed.data.accountId ?? parsed.data.id ?? '') : '';
}

/** What a person reads for one value. */
export function labelOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const parsed = labelled.safeParse(value);
  return parsed.success ? (parsed.data.displayName ?? parsed.data.value ?? parsed.data.name ?? '') : '';
}
