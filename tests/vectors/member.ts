/** Reading and replacing members of a payload by a dotted path, `commits.0.comment`. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The member at a dotted path; undefined when any part of it is missing. */
export function memberAt(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    if (Array.isArray(value)) return (value as readonly unknown[])[Number(name)];
    return isRecord(value) ? value[name] : undefined;
  }, body);
}

/** A copy with the member at a dotted path replaced, whether it was there or not; its parents must be there. */
export function withMember(body: unknown, path: string, value: unknown): unknown {
  const [name = '', ...rest] = path.split('.');
  const inner = (old: unknown): unknown => (rest.length === 0 ? value : withMember(old, rest.join('.'), value));
  if (Array.isArray(body)) return (body as readonly unknown[]).map((old, i) => (i === Number(name) ? inner(old) : old));
  if (!isRecord(body)) throw new Error(`the payload has no ${path}`);
  return { ...body, [name]: inner(body[name]) };
}
