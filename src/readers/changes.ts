import { isSecretName, safeText } from './safe-text';
import { isMembers } from './wire';

/** One value that differs, in words that may be shown: null for a value that is not there. */
export interface Change {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Changes {
  readonly changes: readonly Change[];
  /** Values not shown because they are sensitive. */
  readonly sensitive: number;
  /** Values that become known when the change is made. */
  readonly unknown: number;
}

/** Marks of the values, in the same structure as they: `true` marks everything below. */
export interface Marks {
  readonly beforeSensitive?: unknown;
  readonly afterSensitive?: unknown;
  readonly afterUnknown?: unknown;
}

const MAX_DEPTH = 200;
const MAX_SHOWN = 6_000;
const MAX_VALUE = 300;

/**
 * Which values differ between two JSON values, each by its path. A value is shown as `(sensitive)` when it is marked so on
 * either side, or when its name or the name of what holds it says so; as `(known after apply)` when marked unknown.
 */
export function changesOf(before: unknown, after: unknown, marks: Marks = {}): Changes {
  const changes: Change[] = [];
  let sensitive = 0;
  let unknown = 0;
  const visit = (at: Place): void => {
    if (at.unknown === true) {
      unknown += 1;
      const secret = isSensitive(at);
      changes.push({ path: at.path, before: shown(at.before, secret), after: '(known after apply)' });
      return;
    }
    const names = at.depth < MAX_DEPTH ? namesOf(at) : [];
    if (names.length > 0) {
      for (const name of names) visit(below(at, name));
      return;
    }
    if (same(at.before, at.after)) return;
    const secret = isSensitive(at);
    if (secret) sensitive += 1;
    changes.push({ path: at.path, before: shown(at.before, secret), after: shown(at.after, secret) });
  };
  visit({
    path: '',
    before,
    after,
    sensitiveBefore: marks.beforeSensitive,
    sensitiveAfter: marks.afterSensitive,
    unknown: marks.afterUnknown,
    secret: false,
    depth: 0,
  });
  return { changes, sensitive, unknown };
}

interface Place {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly sensitiveBefore: unknown;
  readonly sensitiveAfter: unknown;
  readonly unknown: unknown;
  readonly secret: boolean;
  readonly depth: number;
}

const isSensitive = ({ secret, sensitiveBefore, sensitiveAfter }: Place): boolean =>
  secret || sensitiveBefore === true || sensitiveAfter === true;

/** Members or places in a list that are on any side; none for a plain value, and for what is sensitive as a whole. */
function namesOf(at: Place): readonly string[] {
  if (isSensitive(at)) return [];
  const parts = [at.before, at.after, at.unknown].filter((part) => typeof part === 'object' && part !== null);
  return [...new Set(parts.flatMap((part) => Object.keys(part)))];
}

function below(at: Place, name: string): Place {
  const inList = [at.before, at.after, at.unknown].some(Array.isArray);
  return {
    path: inList ? `${at.path}[${name}]` : at.path === '' ? name : `${at.path}.${name}`,
    before: part(at.before, name),
    after: part(at.after, name),
    sensitiveBefore: at.sensitiveBefore === true ? true : part(at.sensitiveBefore, name),
    sensitiveAfter: at.sensitiveAfter === true ? true : part(at.sensitiveAfter, name),
    unknown: part(at.unknown, name),
    secret: at.secret || isSecretName(name),
    depth: at.depth + 1,
  };
}

function part(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value[Number(name)] as unknown;
  return isMembers(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Absent, null, an empty list and an empty object are the same: tools write any of them for "not set". */
function same(a: unknown, b: unknown): boolean {
  return a === b || (isNothing(a) && isNothing(b)) || JSON.stringify(a) === JSON.stringify(b);
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);

function shown(value: unknown, secret: boolean): string | null {
  if (isNothing(value)) return null;
  if (secret) return '(sensitive)';
  return safeText(typeof value === 'string' ? value : JSON.stringify(value), MAX_VALUE).text;
}

/**
 * Changes as attributes: `changed` names the paths, `before` and `after` hold the values by path as JSON. Beyond the limit
 * the values of further paths are left out, and `notShown` counts them.
 */
export function shownChanges({ changes }: Changes): Readonly<Record<string, string>> {
  const before: [string, string][] = [];
  const after: [string, string][] = [];
  let length = 0;
  let kept = 0;
  for (const change of changes) {
    const path = safeText(change.path, MAX_VALUE).text;
    length += change.path.length * 2 + (change.before?.length ?? 0) + (change.after?.length ?? 0);
    if (length > MAX_SHOWN) break;
    kept += 1;
    if (change.before !== null) before.push([path, change.before]);
    if (change.after !== null) after.push([path, change.after]);
  }
  return {
    changed: String(changes.length),
    before: JSON.stringify(Object.fromEntries(before)),
    after: JSON.stringify(Object.fromEntries(after)),
    ...(kept < changes.length ? { notShown: String(changes.length - kept) } : {}),
  };
}
