import { Formula } from './formula';
import { ANY, BOOLEAN, listOf, NULL, NUMBER, printType, STRING, type StaticType } from './static-types';
import type { Cost } from './types';

/** What is known of a part of an expression: its type, and what it costs for each item of the list around it. */
export interface Known {
  readonly type: StaticType;
  readonly cost: Formula;
  /** Costs that arise once for the list around it, whatever its size. */
  readonly once: Formula;
}

export const free = (type: StaticType): Known => ({ type, cost: Formula.NONE, once: Formula.NONE });

export function plus(left: Known, right: Known, type: StaticType): Known {
  return { type, cost: left.cost.plus(right.cost), once: left.once.plus(right.once) };
}

export function charge(known: Known, cost: Cost, lengthOnly: boolean, type: StaticType): Known {
  if (cost === 'free') return { ...known, type };
  const one = Formula.constant(1);
  const once = cost === 'once' || (cost === 'lengthOnce' && lengthOnly);
  return once
    ? { type, cost: known.cost, once: known.once.plus(one) }
    : { type, cost: known.cost.plus(one), once: known.once };
}

export function literalType(value: null | boolean | number | string): StaticType {
  if (value === null) return NULL;
  return typeof value === 'boolean' ? BOOLEAN : typeof value === 'number' ? NUMBER : STRING;
}

export function listType(items: readonly StaticType[]): StaticType {
  const [first] = items;
  if (first === undefined) return listOf(ANY);
  return items.every((item) => printType(item) === printType(first)) ? listOf(first) : { kind: 'tuple', items };
}
