/** Types as the analyser writes them: `Number`, `List<Comment>`, `{a: Number}`, `[Number, String]`, `Any`. */
export type StaticType =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'list'; readonly item: StaticType }
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, StaticType> }
  | { readonly kind: 'tuple'; readonly items: readonly StaticType[] }
  /** A lambda; what it costs and returns is found when it is applied. */
  | { readonly kind: 'function'; readonly arity: number };

export const named = (name: string): StaticType => ({ kind: 'named', name });
export const ANY = named('Any');
export const NULL = named('null');
export const BOOLEAN = named('Boolean');
export const NUMBER = named('Number');
export const STRING = named('String');
export const listOf = (item: StaticType): StaticType => ({ kind: 'list', item });

export const isAny = (type: StaticType): boolean => type.kind === 'named' && type.name === 'Any';

export function printType(type: StaticType): string {
  switch (type.kind) {
    case 'named':
      return type.name;
    case 'list':
      return `List<${printType(type.item)}>`;
    case 'tuple':
      return `[${type.items.map(printType).join(', ')}]`;
    case 'record':
      return `{${[...type.fields].map(([name, field]) => `${name}: ${printType(field)}`).join(', ')}}`;
    case 'function':
      return 'Function';
  }
}

/** The name of the built-in type whose properties a type has: a record is a Map, a tuple a List. */
export function baseName(type: StaticType): string {
  if (type.kind === 'named') return type.name;
  if (type.kind === 'record') return 'Map';
  return type.kind === 'function' ? 'Function' : 'List';
}

/** What is in both: the type when they agree, otherwise Any. */
export function join(left: StaticType, right: StaticType): StaticType {
  return printType(left) === printType(right) ? left : ANY;
}

export function itemOf(type: StaticType): StaticType {
  if (type.kind === 'list') return type.item;
  const [first = ANY, ...rest] = type.kind === 'tuple' ? type.items : [];
  return rest.reduce(join, first);
}

/** Reads a type as `contextVariables` and the type table write it; undefined when it is none. */
export function parseType(text: string): StaticType | undefined {
  const tokens = text.match(/[A-Za-z_][A-Za-z0-9_]*|[<>{}[\],:]|\S/g) ?? [];
  const reader = new TypeReader(tokens);
  const type = reader.type();
  return type !== undefined && reader.atEnd() ? type : undefined;
}

class TypeReader {
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  atEnd(): boolean {
    return this.position === this.tokens.length;
  }

  type(): StaticType | undefined {
    if (this.accept('{')) return this.record();
    if (this.accept('[')) return this.tuple();
    const name = this.word();
    if (name !== 'List' || !this.accept('<'))
      return name === undefined ? undefined : name === 'List' ? listOf(ANY) : named(name);
    const item = this.type();
    return item !== undefined && this.accept('>') ? listOf(item) : undefined;
  }

  private record(): StaticType | undefined {
    const fields = new Map<string, StaticType>();
    if (this.accept('}')) return { kind: 'record', fields };
    do {
      const name = this.word();
      const type = name !== undefined && this.accept(':') ? this.type() : undefined;
      if (name === undefined || type === undefined) return undefined;
      fields.set(name, type);
    } while (this.accept(','));
    return this.accept('}') ? { kind: 'record', fields } : undefined;
  }

  private tuple(): StaticType | undefined {
    const items: StaticType[] = [];
    do {
      const type = this.type();
      if (type === undefined) return undefined;
      items.push(type);
    } while (this.accept(','));
    return this.accept(']') ? { kind: 'tuple', items } : undefined;
  }

  private word(): string | undefined {
    const token = this.tokens[this.position];
    if (token === undefined || !/^[A-Za-z_]/.test(token)) return undefined;
    this.position += 1;
    return token;
  }

  private accept(token: string): boolean {
    if (this.tokens[this.position] !== token) return false;
    this.position += 1;
    return true;
  }
}
