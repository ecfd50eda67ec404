import { Refusal } from '../refusal';
import type { Operand } from './parser';

const UNITS: Readonly<Record<string, number>> = { w: 7 * 86_400_000, d: 86_400_000, h: 3_600_000, m: 60_000 };
const DAY = 86_400_000;

/**
 * A point in time as JQL writes it: `2026-03-02`, `2026/03/02 09:00`, `-7d`, `"4w 2d"`, now(), startOfDay(), endOfDay()
 * with an optional shift. Everybody on this site has the time zone Etc/UTC. Milliseconds since 1970.
 */
export function readDate(field: string, operand: Operand, now: Date): number {
  if (operand.kind === 'function') return readFunction(field, operand.name, operand.arguments[0], now);
  if (operand.kind === 'empty') throw badDate(field, 'EMPTY');
  const literal = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d\d))?$/.exec(operand.text.trim());
  if (literal !== null) {
    const [, year, month, day, hour = '0', minute = '0'] = literal.map((part: string | undefined) => part ?? '0');
    const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)));
    if (at.getUTCMonth() !== Number(month) - 1 || at.getUTCDate() !== Number(day)) throw badDate(field, operand.text);
    return at.getTime();
  }
  const shift = readShift(operand.text);
  if (shift === undefined) throw badDate(field, operand.text);
  return now.getTime() + shift;
}

/** `-7d`, `4w 2d`, `+1h`; a number alone is minutes, as in Jira. */
function readShift(text: string): number | undefined {
  const match = /^([+-]?)((?:\d+[wdhm]?\s*)+)$/.exec(text.trim());
  if (match === null) return undefined;
  const parts = [...(match[2] ?? '').matchAll(/(\d+)([wdhm]?)/g)];
  const total = parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit === '' ? 'm' : (unit ?? 'm')] ?? 0),
    0,
  );
  return match[1] === '-' ? -total : total;
}

function readFunction(field: string, name: string, shift: string | undefined, now: Date): number {
  const startOfDay = Math.floor(now.getTime() / DAY) * DAY;
  const moved = shift === undefined ? 0 : readShift(/[wdhm]$/.test(shift) ? shift : `${shift}d`);
  if (moved === undefined) throw badDate(field, `${name}(${shift ?? ''})`);
  switch (name.toLowerCase()) {
    case 'now':
      return now.getTime();
    case 'startofday':
      return startOfDay + moved;
    case 'endofday':
      return startOfDay + DAY - 1000 + moved;
    default:
      throw new Refusal(400, `Unable to find JQL function '${name}(${shift ?? ''})'.`);
  }
}

const badDate = (field: string, given: string): Refusal =>
  new Refusal(
    400,
    `Date value '${given}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  );
