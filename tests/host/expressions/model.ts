/**
 * The values of a Jira expression. Null, Boolean, Number and String are JavaScript's own, a List is an array, a Map is
 * a Map (so no key can reach a prototype). Everything that Jira knows as an entity is a `JiraObject`, loaded lazily:
 * the interpreter looks a property's price up in the type table, charges it, and only then asks for the value.
 */

export type Value =
  null | boolean | number | string | ListValue | MapValue | Instant | CalendarDate | FunctionValue | JiraObject;

export type ListValue = readonly Value[];
export type MapValue = ReadonlyMap<string, Value>;

/** Jira's `Date`: a point in time, milliseconds since the epoch. */
export class Instant {
  constructor(readonly millis: number) {}
}

/** Jira's `CalendarDate`: `YYYY-MM-DD`, no time and no zone. */
export class CalendarDate {
  constructor(readonly iso: string) {}
}

/** A lambda of the expression, or a method taken from a value. `arity` is how many arguments it must get. */
export class FunctionValue {
  constructor(
    readonly name: string,
    readonly call: (args: readonly Value[]) => Value,
  ) {}
}

/**
 * An entity of Jira: an issue, a user, a changelog entry … Two objects are equal when type and identity are; an
 * object without identity (a comment being typed) is equal to itself alone.
 */
export abstract class JiraObject {
  /** A key of the type table in ./types, such as 'Issue'. */
  abstract readonly type: string;
  /** What makes two loads of the same entity the same, usually its id. */
  abstract readonly identity: string | null;
  /** Objects loaded as one list share a batch: a property marked "once for the whole list" is charged once for it. */
  readonly batch: object = this;
  /**
   * The value, null when empty or hidden, undefined when this object has no such property (custom fields differ from
   * site to site; declared properties always have a value or null).
   */
  abstract property(name: string): Value | undefined;
  /** Names for "Available properties of type …"; only those beyond the type table, such as custom fields. */
  extraNames(): readonly string[] {
    return [];
  }
  /** Methods that only the site can answer, such as `getProjectRoles`. Arguments were checked against the type table. */
  methods(): Readonly<Record<string, (args: readonly Value[]) => Value>> {
    return {};
  }
  /** The REST representation, for the result of expression/evaluate. */
  abstract toJson(): unknown;
}

/** What `new Issue(…)`, `new User(…)` and `new Project(…)` find; null when missing or not visible to the user. */
export interface Entities {
  issue(idOrKey: string): JiraObject | null;
  user(accountId: string): JiraObject | null;
  project(idOrKey: string): JiraObject | null;
}

export type Context = Readonly<Record<string, Value>>;
