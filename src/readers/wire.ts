/** Tolerant looks at parsed JSON of unknown shape: what is not there is undefined or null, never an exception. */
export type Members = Readonly<Record<string, unknown>>;

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The member at a path of names; own members only. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    if (!isMembers(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

/** A text or number as text; null for everything else and for the empty text. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

export const textAt = (value: unknown, ...path: readonly string[]): string | null => textOf(member(value, ...path));

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

export const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] =>
  listOf(member(value, ...path));

/** The first of several texts that is there. */
export const firstText = (...candidates: readonly unknown[]): string | null => {
  for (const candidate of candidates) {
    const found = textOf(candidate);
    if (found !== null) return found;
  }
  return null;
};

/** Attributes without those that are not there. */
export function present(
  attributes: Readonly<Record<string, string | null | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === null || value === undefined || value === '' ? [] : [[name, value]],
    ),
  );
}
