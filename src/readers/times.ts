const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?$/;
const EARLIEST = Date.UTC(1990, 0);
const LATEST = Date.UTC(2200, 0);

/**
 * The UTC time that a text or number means, as ISO 8601 with milliseconds; null when it means none. Texts without a zone
 * are UTC, as every format here documents. Numbers are seconds, milliseconds or microseconds since 1970, by their size;
 * `/Date(…)/` is how Windows PowerShell 5 writes a time into JSON.
 */
export function utcOf(value: unknown): string | null {
  if (typeof value === 'number') return ofNumber(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const ticks = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  if (ticks !== undefined) return ofMilliseconds(Number(ticks));
  if (/^\d{9,17}(?:\.\d{1,9})?$/.test(text)) return ofNumber(Number(text));
  return ISO.test(text) ? ofMilliseconds(Date.parse(normalised(text))) : null;
}

/** `2024-05-01 10:00:00,123 UTC` in the form of RFC 3339; JavaScript reads no more than milliseconds reliably. */
function normalised(text: string): string {
  const [, day = '', time = '', fraction = '', zone = ''] =
    /^(\S{10})[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))? ?(.*)$/.exec(text) ?? [];
  const offset = zone === '' || zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const seconds = time.length === 5 ? `${time}:00` : time;
  return `${day}T${seconds}${fraction === '' ? '' : `.${fraction.slice(0, 3)}`}${offset}`;
}

function ofNumber(value: number): string | null {
  if (value >= 1e15) return ofMilliseconds(value / 1000);
  return ofMilliseconds(value >= 1e11 ? value : value * 1000);
}

function ofMilliseconds(time: number): string | null {
  return Number.isFinite(time) && time >= EARLIEST && time < LATEST ? new Date(Math.trunc(time)).toISOString() : null;
}
