/** What Jira answered is not what its documentation says; nothing can be judged from it. */
export class JiraShapeError extends Error {
  override readonly name = 'JiraShapeError';
  readonly code = 'jira-shape';
}

/** Jira writes `2026-03-02T09:00:00.000+0100`; ECMAScript guarantees only an offset with a colon. */
const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

/**
 * A Jira date-time as UTC ISO 8601 with milliseconds.
 *
 * @throws JiraShapeError when it is no date-time with an offset: a window that cannot be read must not look unset.
 */
export function instant(value: string, what: string): string {
  const match = DATE_TIME.exec(value);
  const [, minutes = '', seconds = ':00', offset = ''] = match ?? [];
  const time = new Date(`${minutes}${seconds}${offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
  if (match === null || Number.isNaN(time.getTime())) throw new JiraShapeError(`${what}: not a date-time: ${value}`);
  return time.toISOString();
}
