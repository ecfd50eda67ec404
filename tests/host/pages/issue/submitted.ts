import type { Context } from 'hono';
import { changed, typedOf, valueOf } from '../fields/typed';
import { kindOf } from '../fields/kind';
import type { FieldMeta } from '../shapes';

/** A posted form: texts and files by input name. */
export type Posted = Readonly<Record<string, readonly (string | File)[]>>;

export async function readForm(c: Context): Promise<Posted> {
  const body = await c.req.parseBody({ all: true });
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? value : [value]]),
  );
}

export const textsOf = (posted: Posted, name: string): readonly string[] =>
  (posted[name] ?? []).filter((value) => typeof value === 'string');

export interface Submitted {
  /** REST values of the fields that say something else than Jira holds. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly problems: Readonly<Record<string, string>>;
}

/** What a posted form wants to change, against what Jira holds now. Fields that the form did not have stay as they are. */
export function submittedFields(
  posted: Posted,
  metas: Readonly<Record<string, FieldMeta>>,
  current: Readonly<Record<string, unknown>>,
  timeZone: string,
): Submitted {
  const fields: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const [id, meta] of Object.entries(metas)) {
    if (posted[id] === undefined || kindOf(meta.schema) === 'other') continue;
    const typed = textsOf(posted, id);
    if (!changed(typedOf(meta, current[id] ?? null, timeZone), typed)) continue;
    const result = valueOf(meta, typed, timeZone);
    if ('problem' in result) problems[id] = result.problem;
    else fields[id] = result.value;
  }
  return { fields, problems };
}
