import { ExpressionError } from './error';
import { CalendarDate, Instant, type Value } from './model';

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const CALENDAR = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY = 86_400_000;
const MAX_MILLIS = 8.64e15;

/** Reads ISO 8601 and Jira's own `2026-03-02T09:00:00.000+0000`; without an offset UTC. Throws kind `type`. */
export function parseInstant(text: string): Instant {
  const match = INSTANT.exec(text);
  const part = (i: number): number => Number(match?.[i] ?? 0);
  const day = Date.UTC(part(1), part(2) - 1, part(3));
  const inRange = part(4) < 24 && part(5) < 60 && part(6) < 60;
  if (match === null || !inRange || new Date(day).toISOString().slice(0, 10) !== text.slice(0, 10))
    throw new ExpressionError('type', `"${text}" is not a date in ISO 8601.`);
  const millis = Math.trunc(Number(`0.${match[7] ?? '0'}`) * 1000);
  return instant(day + (part(4) * 60 + part(5)) * 60_000 + part(6) * 1000 + millis - offsetMillis(match[8]));
}

function offsetMillis(text: string | undefined): number {
  if (text === undefined || text === 'Z') return 0;
  const sign = text.startsWith('-') ? -1 : 1;
  return sign * (Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))) * 60_000;
}

export function instant(millis: number): Instant {
  if (!(Math.abs(millis) <= MAX_MILLIS)) throw new ExpressionError('type', 'The date is out of range.');
  return new Instant(millis);
}

/** Reads `YYYY-MM-DD` and nothing else. Throws kind `type`. */
export function parseCalendarDate(text: string): CalendarDate {
  const match = CALENDAR.exec(text);
  const parsed = match === null ? NaN : Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 10) !== text)
    throw new ExpressionError('type', `"${text}" is not a calendar date (YYYY-MM-DD).`);
  return new CalendarDate(text);
}

/** The wall clock of a zone, as if it were UTC. */
function wallClock(millis: number, zone: string): Date {
  if (zone === 'UTC') return new Date(millis);
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(millis);
  const part = (type: string): number => Number(parts.find((found) => found.type === type)?.value);
  return new Date(
    Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
      new Date(millis).getUTCMilliseconds(),
    ),
  );
}

export function toCalendarDate(millis: number, zone: string): CalendarDate {
  return new CalendarDate(wallClock(millis, zone).toISOString().slice(0, 10));
}

/** Adds months; a day that the month does not have becomes its last one. */
function plusMonths(millis: number, months: number): number {
  const date = new Date(millis);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return date.setUTCMonth(date.getUTCMonth() + months, Math.min(date.getUTCDate(), lastDay));
}

function shift(millis: number, method: string, amount: Value): number {
  if (typeof amount !== 'number' || !Number.isInteger(amount))
    throw new ExpressionError('type', `${method} takes a whole Number.`);
  const signed = method.startsWith('minus') ? -amount : amount;
  const unit = method.replace(/^(plus|minus)/, '');
  if (unit === 'Months') return plusMonths(millis, signed);
  return millis + signed * (unit === 'Days' ? DAY : unit === 'Hours' ? 3_600_000 : 60_000);
}

const PARTS: Readonly<Record<string, (clock: Date) => number>> = {
  getFullYear: (clock) => clock.getUTCFullYear(),
  getMonth: (clock) => clock.getUTCMonth(),
  getDate: (clock) => clock.getUTCDate(),
  getDay: (clock) => clock.getUTCDay(),
  getHours: (clock) => clock.getUTCHours(),
  getMinutes: (clock) => clock.getUTCMinutes(),
  getSeconds: (clock) => clock.getUTCSeconds(),
  getMilliseconds: (clock) => clock.getUTCMilliseconds(),
};

/** A method of `Date`, by a name of the type table. Parts and `toCalendarDate` are in the user's zone, sums in UTC. */
export function callInstant(self: Instant, method: string, args: readonly Value[], zone: string): Value {
  if (/^(plus|minus)/.test(method)) return instant(shift(self.millis, method, args[0] ?? null));
  if (method === 'getTime') return self.millis;
  if (method === 'toCalendarDate') return toCalendarDate(self.millis, zone);
  if (method === 'toCalendarDateUTC') return toCalendarDate(self.millis, 'UTC');
  const part = PARTS[method];
  return part === undefined ? new Date(self.millis).toISOString() : part(wallClock(self.millis, zone));
}

/** A method of `CalendarDate`, by a name of the type table. */
export function callCalendarDate(self: CalendarDate, method: string, args: readonly Value[]): Value {
  const millis = Date.parse(`${self.iso}T00:00:00Z`);
  if (/^(plus|minus)/.test(method))
    return toCalendarDate(instant(shift(millis, method, args[0] ?? null)).millis, 'UTC');
  const part = PARTS[method];
  return part === undefined ? self.iso : part(new Date(millis));
}
