import { instant, parseCalendarDate, parseInstant, toCalendarDate } from './dates';
import { ExpressionError } from './error';
import type { Meter } from './limits';
import { Instant, type Entities, type Value } from './model';
import { toText, typeName } from './operators';
import { RichText } from './rich-text';

/** What an evaluation stands in. */
export interface Surroundings {
  readonly now: Date;
  /** The user's time zone, an IANA name. */
  readonly timeZone: string;
  readonly entities: Entities;
  readonly meter: Meter;
}

/** What `new` makes, for a type and arguments that were checked against the type table. */
export function construct(type: string, arg: Value | undefined, { entities, now, timeZone }: Surroundings): Value {
  switch (type) {
    case 'Date':
      return arg === undefined ? new Instant(now.getTime()) : toInstant(arg);
    case 'CalendarDate':
      return arg === undefined ? toCalendarDate(now.getTime(), timeZone) : parseCalendarDate(toText(arg));
    case 'RichText':
      return new RichText(arg ?? null);
    case 'Issue':
      return entities.issue(idOrKey(arg));
    case 'User':
      return entities.user(idOrKey(arg));
    case 'Project':
      return entities.project(idOrKey(arg));
    default:
      return new Map();
  }
}

function toInstant(arg: Value): Instant {
  if (typeof arg === 'number') return instant(arg);
  if (typeof arg === 'string') return parseInstant(arg);
  throw new ExpressionError('type', `new Date expects Number or String, got ${typeName(arg)}.`);
}

function idOrKey(arg: Value | undefined): string {
  if (typeof arg === 'string' || typeof arg === 'number') return String(arg);
  throw new ExpressionError('type', `Expected an id or key, got ${typeName(arg ?? null)}.`);
}
