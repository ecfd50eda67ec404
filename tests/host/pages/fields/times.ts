import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns/format';
import { isValid } from 'date-fns/isValid';

/** A moment as this person reads it, with the zone's name: "2 Mar 2026, 09:00 UTC". */
export function showMoment(iso: string, timeZone: string): string {
  const moment = new Date(iso);
  if (!isValid(moment)) return iso;
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(moment);
}

/** A moment as an `<input type="datetime-local">` in this person's zone holds it; '' for no moment. */
export function momentToInput(iso: string, timeZone: string): string {
  const moment = new Date(iso);
  return isValid(moment) ? format(new TZDate(moment, timeZone), "yyyy-MM-dd'T'HH:mm") : '';
}

/**
 * The moment that a person meant by a wall-clock time in their zone, as Jira takes it (`2026-03-02T09:00:00.000+0000`).
 * Undefined when the text is no time. A time that a clock change skips is the moment the clock jumped over.
 */
export function inputToMoment(text: string, timeZone: string): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts;
  const moment = new TZDate(year, month - 1, day, hour, minute, timeZone);
  return isValid(moment) ? new Date(moment.getTime()).toISOString().replace('Z', '+0000') : undefined;
}
