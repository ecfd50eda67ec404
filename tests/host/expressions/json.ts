import { ExpressionError } from './error';
import type { Meter } from './limits';
import { CalendarDate, FunctionValue, Instant, JiraObject, type Value } from './model';

/** Any JSON value as an expression sees it: objects become Maps, so that no key can reach a prototype. */
export function fromJson(json: unknown): Value {
  if (json === null || json === undefined) return null;
  if (typeof json === 'boolean' || typeof json === 'number' || typeof json === 'string') return json;
  if (Array.isArray(json)) return json.map(fromJson);
  if (typeof json === 'object') return new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)]));
  throw new ExpressionError('type', `${typeof json} is no JSON value.`);
}

/** Jira's REST format of a date and time: `2026-03-02T09:00:00.000+0000`. */
export const restDate = (millis: number): string => new Date(millis).toISOString().replace('Z', '+0000');

/**
 * The result as JSON: entities as REST beans, dates in REST format, a lambda as an unspecified string. With a meter,
 * beans and primitive values are counted and refused over the limit.
 */
export function toJson(value: Value, meter?: Meter): unknown {
  if (value instanceof JiraObject) {
    meter?.count('beans');
    return value.toJson();
  }
  if (Array.isArray(value)) return value.map((item: Value) => toJson(item, meter));
  // fromEntries defines own properties, also for the key __proto__.
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, item]: [string, Value]) => [key, toJson(item, meter)]));
  meter?.count('primitiveValues');
  if (value instanceof Instant) return restDate(value.millis);
  if (value instanceof CalendarDate) return value.iso;
  if (value instanceof FunctionValue) return `function ${value.name}`;
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
