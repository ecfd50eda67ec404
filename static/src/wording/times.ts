import { intlFormatDistance } from 'date-fns/intlFormatDistance';

/** How a moment is written for one viewer. */
export interface TimeWords {
  /** "2 Mar 2026, 10:00 CET": the viewer's own zone, and always named. */
  readonly local: string;
  /** "3 hours ago", "in 2 days". */
  readonly relative: string;
  /** "2026-03-02 09:00:00 UTC": what an assessor compares with other logs. */
  readonly utc: string;
}

export interface TimeStyle {
  readonly locale: string;
  readonly timeZone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are slow to make (the first takes 20 ms and more) and a timeline has hundreds of times. */
function formatOf(style: TimeStyle): Intl.DateTimeFormat {
  const key = `${style.locale} ${style.timeZone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = makeFormat(style);
  formats.set(key, made);
  return made;
}

/** A zone that this browser does not know reads as UTC, and says so. */
function makeFormat({ locale, timeZone }: TimeStyle): Intl.DateTimeFormat {
  const parts = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  } as const;
  try {
    return new Intl.DateTimeFormat(locale, { ...parts, timeZone });
  } catch {
    return new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' });
  }
}

/** Makes the formatter while the app's answer is still on its way. */
export function prepareTimes(style: TimeStyle, now: Date): void {
  timeWords(now.toISOString(), now, style);
}

/** Words for an ISO 8601 moment, or null when it is not one: a claimed time may be anything. */
export function timeWords(iso: string, now: Date, style: TimeStyle): TimeWords | null {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return null;
  return {
    local: formatOf(style).format(moment),
    relative: distance(moment, now, style),
    utc: `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
  };
}

const DAY_MS = 86_400_000;

/** date-fns says "3 quarters ago" between three months and a year; people count in months. */
function distance(moment: Date | number, now: Date, { locale }: TimeStyle): string {
  const days = Math.abs(Number(moment) - now.getTime()) / DAY_MS;
  return intlFormatDistance(moment, now, days > 60 && days < 365 ? { locale, unit: 'month' } : { locale });
}

export interface WindowWords {
  readonly tone: 'open' | 'ahead' | 'past' | 'inverted' | 'unset';
  readonly text: string;
}

/** Where `now` stands relative to a change window; the window itself is `[start, end)`. */
export function windowWords(
  window: { readonly start: string | null; readonly end: string | null },
  now: Date,
  style: TimeStyle,
): WindowWords {
  const start = window.start === null ? Number.NaN : Date.parse(window.start);
  const end = window.end === null ? Number.NaN : Date.parse(window.end);
  if (Number.isNaN(start) || Number.isNaN(end)) return { tone: 'unset', text: 'not set' };
  if (end <= start) return { tone: 'inverted', text: 'ends before it starts' };
  if (now.getTime() < start) return { tone: 'ahead', text: `opens ${distance(start, now, style)}` };
  if (now.getTime() >= end) return { tone: 'past', text: `ended ${distance(end, now, style)}` };
  return { tone: 'open', text: `open now, ends ${distance(end, now, style)}` };
}
