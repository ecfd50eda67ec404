import type { Context, Value } from './model';

/** Immutable bindings, innermost first. Names are looked up in maps, so `constructor` is no variable. */
export class Scope {
  private constructor(
    private readonly names: ReadonlyMap<string, Value>,
    private readonly parent: Scope | null,
  ) {}

  static of(context: Context): Scope {
    return new Scope(new Map(Object.entries(context)), null);
  }

  with(names: readonly (readonly [string, Value])[]): Scope {
    return new Scope(new Map(names), this);
  }

  find(name: string): Value | undefined {
    return this.names.has(name) ? this.names.get(name) : this.parent?.find(name);
  }
}
