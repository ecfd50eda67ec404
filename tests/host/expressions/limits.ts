import { ExpressionError } from './error';

/** The limits of Jira expressions (Jira Cloud, "Restrictions"; the evaluate call's complexity example). */
export interface Limits {
  readonly characters: number;
  readonly leaves: number;
  readonly steps: number;
  readonly expensiveOperations: number;
  readonly beans: number;
  readonly primitiveValues: number;
  /** Items of a list that are processed free of charge; each further one costs an expensive operation. */
  readonly freeItems: number;
}

export const JIRA_LIMITS: Limits = {
  characters: 1000,
  leaves: 100,
  steps: 10_000,
  expensiveOperations: 10,
  beans: 1000,
  primitiveValues: 10_000,
  freeItems: 1000,
};

/** How much of each limit an evaluation used. */
export interface Complexity {
  readonly steps: number;
  readonly expensiveOperations: number;
  readonly beans: number;
  readonly primitiveValues: number;
}

type Counter = keyof Complexity;

const SPOKEN: Readonly<Record<Counter, string>> = {
  steps: 'steps',
  expensiveOperations: 'expensive operations',
  beans: 'Jira REST API beans',
  primitiveValues: 'primitive values',
};

/** Counts, and refuses what goes over a limit. The error is not catchable: an expression cannot outlive its budget. */
export class Meter {
  readonly limits: Limits;
  private readonly counts: Record<Counter, number> = { steps: 0, expensiveOperations: 0, beans: 0, primitiveValues: 0 };
  private readonly paid = new Map<object, Set<string>>();

  constructor(limits: Limits) {
    this.limits = limits;
  }

  count(counter: Counter, by = 1): void {
    this.counts[counter] += by;
    if (this.counts[counter] > this.limits[counter])
      throw new ExpressionError(
        'limit',
        `Too many ${SPOKEN[counter]} (${this.counts[counter]}), limit: ${this.limits[counter]}.`,
      );
  }

  /** Charges one expensive operation for a property, once for the same owner (an object, or the list it came with). */
  load(owner: object, property: string): void {
    const paid = this.paid.get(owner) ?? new Set<string>();
    if (paid.has(property)) return;
    this.paid.set(owner, paid.add(property));
    this.count('expensiveOperations');
  }

  /** Charges for processing the item at this index of a list. */
  item(index: number): void {
    if (index >= this.limits.freeItems) this.count('expensiveOperations');
  }

  complexity(): Complexity {
    return { ...this.counts };
  }
}
