/** A sum of products of list sizes, such as `N*M + 2*N + 3`: how many expensive operations an expression may execute. */
export class Formula {
  private constructor(private readonly terms: ReadonlyMap<string, number>) {}

  static readonly NONE = new Formula(new Map());

  static constant(value: number): Formula {
    return value === 0 ? Formula.NONE : new Formula(new Map([['', value]]));
  }

  plus(other: Formula): Formula {
    const terms = new Map(this.terms);
    for (const [product, factor] of other.terms) terms.set(product, (terms.get(product) ?? 0) + factor);
    return new Formula(terms);
  }

  /** Times a list's size: a number that is known, or the name of a variable. */
  times(size: number | string): Formula {
    const scaled = [...this.terms].map(([product, factor]): [string, number] =>
      typeof size === 'number' ? [product, factor * size] : [product === '' ? size : `${size}*${product}`, factor],
    );
    return new Formula(new Map(scaled.filter(([, factor]) => factor !== 0)));
  }

  isZero(): boolean {
    return this.terms.size === 0;
  }

  toString(): string {
    if (this.isZero()) return '0';
    const degree = (product: string): number => (product === '' ? 0 : product.split('*').length);
    return [...this.terms]
      .sort(([a], [b]) => degree(b) - degree(a))
      .map(([product, factor]) => (product === '' ? String(factor) : factor === 1 ? product : `${factor}*${product}`))
      .join(' + ');
  }
}

/** Variable names in the order in which Atlassian's examples use them. */
const NAMES = 'NMLKJIHGFEDCBA';

/** Gives each list of unknown size a name, and remembers which part of the expression it stands for. */
export class Sizes {
  private readonly named = new Map<string, string>();

  nameOf(list: string): string {
    const known = [...this.named].find(([, source]) => source === list);
    if (known !== undefined) return known[0];
    const name = NAMES[this.named.size] ?? `N${this.named.size}`;
    this.named.set(name, list);
    return name;
  }

  /** Only those that the formula uses. */
  used(formula: Formula): Readonly<Record<string, string>> {
    const names = new Set(formula.toString().split(/[^A-Z0-9]+/));
    return Object.fromEntries([...this.named].filter(([name]) => names.has(name)));
  }
}
