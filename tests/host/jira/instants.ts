/** Instants as Jira writes and reads them. Inside the site an instant is UTC ISO 8601 with milliseconds. */

const GIVEN = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Jira's own form, `2026-03-02T09:00:00.000+0000`; everybody on this site has the time zone Etc/UTC. */
export function jiraInstant(iso: string): string {
  return iso.replace(/Z$/, '+0000');
}

/** Reads an instant with its offset; undefined for anything else, also for a day or an hour that does not exist. */
export function readInstant(given: string): string | undefined {
  const match = GIVEN.exec(given);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction = '0', offset = 'Z'] = match;
  const milliseconds = fraction.padEnd(3, '0');
  const wall = `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second}.${milliseconds}Z`;
  const asUtc = new Date(wall);
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString() !== wall) return undefined;
  const digits = offset.replace(':', '');
  const minutes = digits === 'Z' ? 0 : Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  if (minutes > 14 * 60 || (digits !== 'Z' && Number(digits.slice(3, 5)) > 59)) return undefined;
  return new Date(asUtc.getTime() - (digits.startsWith('-') ? -minutes : minutes) * 60_000).toISOString();
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `02/Mar/26 9:00 AM`: how Jira's changelog shows a date-time. */
export function shownInstant(iso: string): string {
  const date = new Date(iso);
  const hour = date.getUTCHours();
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()] ?? ''}/${two(date.getUTCFullYear() % 100)}`;
  return `${day} ${hour % 12 === 0 ? 12 : hour % 12}:${two(date.getUTCMinutes())} ${hour < 12 ? 'AM' : 'PM'}`;
}
