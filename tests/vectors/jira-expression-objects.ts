import {
  CalendarDate,
  fromJson,
  Instant,
  JiraObject,
  plainText,
  type Context,
  type Entities,
  type Value,
} from '../host/expressions';
import { OBJECT_TYPES } from '../host/expressions/types';

/**
 * The corpus writes Jira's entities as JSON with `$type`; a declared property left out is null, a list is empty.
 * Dates are `{"$date"}` and `{"$calendarDate"}`.
 */
class WrittenObject extends JiraObject {
  readonly type: string;
  readonly identity: string | null;

  constructor(private readonly written: Readonly<Record<string, unknown>>) {
    super();
    this.type = String(written.$type);
    const id = written.accountId ?? written.id ?? written.key;
    this.identity = typeof id === 'string' || typeof id === 'number' ? String(id) : null;
  }

  property(name: string): Value | undefined {
    if (this.type === 'EntityProperties') {
      const { values } = this.written;
      const key = name.replace(/^property /, '');
      return isRecord(values) && Object.hasOwn(values, key) ? fromJson(values[key]) : null;
    }
    if (Object.hasOwn(this.written, name)) return toValue(this.written[name]);
    if (name === 'properties') return new WrittenObject({ $type: 'EntityProperties', values: {} });
    return OBJECT_TYPES.get(this.type)?.properties.get(name)?.type.startsWith('List') === true ? [] : null;
  }

  override extraNames(): readonly string[] {
    return Object.keys(this.written).filter((name) => name.startsWith('customfield_'));
  }

  override methods(): Readonly<Record<string, (args: readonly Value[]) => Value>> {
    return {
      keys: () => (isRecord(this.written.values) ? Object.keys(this.written.values) : []),
      getProjectRoles: ([project]) => {
        const key = project instanceof JiraObject ? project.property('key') : null;
        const roles = isRecord(this.written.$roles) && typeof key === 'string' ? this.written.$roles[key] : [];
        return Array.isArray(roles) ? roles.map((name) => new WrittenObject({ $type: 'ProjectRole', name })) : [];
      },
    };
  }

  toJson(): unknown {
    return this.type === 'RichText' ? plainText(fromJson(this.written)) : { ...this.written };
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function toValue(written: unknown): Value {
  if (Array.isArray(written)) return written.map(toValue);
  if (!isRecord(written)) return fromJson(written);
  if (typeof written.$date === 'string') return new Instant(Date.parse(written.$date));
  if (typeof written.$calendarDate === 'string') return new CalendarDate(written.$calendarDate);
  if (typeof written.$type === 'string') return new WrittenObject(written);
  return new Map(Object.entries(written).map(([key, value]) => [key, toValue(value)]));
}

export function toContext(written: Readonly<Record<string, unknown>>): Context {
  return Object.fromEntries(
    Object.entries(written)
      .filter(([name]) => !name.startsWith('$'))
      .map(([name, value]) => [name, toValue(value)]),
  );
}

export function entitiesOf(written: Readonly<Record<string, unknown>>): Entities {
  const store = isRecord(written.$store) ? written.$store : {};
  const find = (type: string, wanted: string): JiraObject | null => {
    const all = store[type];
    const found: unknown = Array.isArray(all)
      ? all.find(
          (one: unknown) =>
            isRecord(one) &&
            [one.accountId, one.id, one.key].includes(
              /^\d+$/.test(wanted) && typeof one.id === 'number' ? Number(wanted) : wanted,
            ),
        )
      : undefined;
    return isRecord(found) ? new WrittenObject(found) : null;
  };
  return {
    issue: (id) => find('Issue', id),
    user: (id) => find('User', id),
    project: (id) => find('Project', id),
  };
}
