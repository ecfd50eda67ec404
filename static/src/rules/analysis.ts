/** What Jira itself says of an expression before it is saved. */
export type Analysis =
  | { readonly says: 'fits'; readonly operations: string | null }
  | { readonly says: 'refuses'; readonly messages: readonly string[] }
  /** Jira gave no usable answer: the app's own count stands. */
  | { readonly says: 'nothing' };

const LIMIT = 10;

/** Reads Jira's answer for one expression. */
export function reading(answer: unknown): Analysis {
  const result = firstOf(memberOf(answer, 'results'));
  const valid = memberOf(result, 'valid');
  if (typeof valid !== 'boolean') return { says: 'nothing' };
  const errors = memberOf(result, 'errors');
  const messages = (Array.isArray(errors) ? errors : [])
    .filter((error: unknown) => memberOf(error, 'type') !== 'type')
    .map((error: unknown) => memberOf(error, 'message'))
    .filter((message) => typeof message === 'string');
  if (!valid && messages.length > 0) return { says: 'refuses', messages };
  const operations = memberOf(memberOf(result, 'complexity'), 'expensiveOperations');
  if (typeof operations !== 'string') return { says: 'fits', operations: null };
  return Number(operations) > LIMIT
    ? { says: 'refuses', messages: [`Jira counts ${operations} expensive operations, and runs ${LIMIT}.`] }
    : { says: 'fits', operations };
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? (value as readonly unknown[])[0] : undefined);
