/**
 * Between an instant and what a form field for date and time holds: the clock on the wall in one zone, to the minute.
 * A wall time that a zone's change of the clocks leaves out is read as if the clock had not been changed; one that comes
 * twice is the first.
 */

/** "2026-03-02T10:00" for `<input type="datetime-local">`; '' for what is no instant. */
export function wallTime(instant: string, timeZone: string): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return '';
  return new Date(at + offsetMs(at, timeZone)).toISOString().slice(0, 16);
}

/** UTC ISO 8601 with milliseconds; '' while the field is not filled in. */
export function instantOf(wall: string, timeZone: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall)) return '';
  const asUtc = Date.parse(`${wall}:00.000Z`);
  if (Number.isNaN(asUtc)) return '';
  // What the zone's clock was a day before decides first: of a wall time that comes twice that is the first.
  const before = asUtc - offsetMs(asUtc - DAY_MS, timeZone);
  const fits = (at: number): boolean => at + offsetMs(at, timeZone) === asUtc;
  const after = asUtc - offsetMs(asUtc + DAY_MS, timeZone);
  const at = fits(before) || !fits(after) ? before : after;
  return new Date(at).toISOString();
}

const DAY_MS = 86_400_000;

/** A zone that this browser does not know reads as UTC, and is shown as UTC. */
export function knownZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return /^(?:Etc\/)?(?:UTC|GMT|Universal|Zulu)$/.test(timeZone) ? 'UTC' : timeZone;
  } catch {
    return 'UTC';
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function offsetMs(at: number, timeZone: string): number {
  const zone = knownZone(timeZone);
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  clocks.set(zone, clock);
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}
