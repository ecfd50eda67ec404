import { CalendarDate, fromJson, Instant, JiraObject, RichText, type Value } from '../../expressions';

export type Reader = () => Value;

/** An entity given by its properties; what the type table declares beyond them is null. */
export class Bean extends JiraObject {
  override readonly batch: object;

  constructor(
    readonly type: string,
    readonly identity: string | null,
    private readonly readers: Readonly<Record<string, Value | Reader>>,
    private readonly bean: () => unknown,
    options: {
      readonly batch?: object;
      readonly extra?: () => readonly string[];
      readonly methods?: Readonly<Record<string, (args: readonly Value[]) => Value>>;
      readonly dynamic?: (name: string) => Value | undefined;
    } = {},
  ) {
    super();
    this.batch = options.batch ?? this;
    this.#options = options;
  }

  readonly #options: {
    readonly extra?: () => readonly string[];
    readonly methods?: Readonly<Record<string, (args: readonly Value[]) => Value>>;
    readonly dynamic?: (name: string) => Value | undefined;
  };

  property(name: string): Value | undefined {
    const reader = Object.hasOwn(this.readers, name) ? this.readers[name] : undefined;
    if (reader === undefined) return this.#options.dynamic?.(name) ?? null;
    return typeof reader === 'function' ? reader() : reader;
  }

  override extraNames(): readonly string[] {
    return this.#options.extra?.() ?? [];
  }

  override methods(): Readonly<Record<string, (args: readonly Value[]) => Value>> {
    return this.#options.methods ?? {};
  }

  toJson(): unknown {
    return this.bean();
  }
}

export const at = (iso: string): Instant => new Instant(Date.parse(iso));
export const date = (value: unknown): Value => (typeof value === 'string' ? new CalendarDate(value) : null);
export const document = (value: unknown): Value =>
  value === undefined || value === null ? null : new RichText(fromJson(value));

/** Properties hung on an entity (`issue.properties`). */
export function properties(read: () => ReadonlyMap<string, unknown>): Value {
  return new Bean('EntityProperties', null, {}, () => Object.fromEntries(read()), {
    dynamic: (name) => fromJson(read().get(name.replace(/^property /, ''))),
    methods: { keys: () => [...read().keys()], updated: () => null },
  });
}
