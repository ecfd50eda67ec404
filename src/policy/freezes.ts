import type { FreezePeriod, Policy } from './policy';

/** What a freeze is judged by: the change's systems, and the freezes it has been let through. */
export interface Freezable {
  readonly impactedSystems: readonly string[];
  /** Ids of the freeze periods for which a freeze exception stands. */
  readonly excepted: readonly string[];
}

/** Freeze periods that hold a change up at an instant. Both ends belong to the period. */
export function freezesAt(policy: Policy, change: Freezable, at: Date): readonly FreezePeriod[] {
  const instant = at.toISOString();
  return freezesIn(policy, change, { start: instant, end: instant });
}

/** Freeze periods that touch a span of time, such as a change window. */
export function freezesIn(
  policy: Policy,
  change: Freezable,
  span: { readonly start: string; readonly end: string },
): readonly FreezePeriod[] {
  return policy.freezes.filter(
    (freeze) =>
      freeze.start <= span.end &&
      span.start <= freeze.end &&
      isAbout(freeze, change.impactedSystems) &&
      !change.excepted.includes(freeze.id),
  );
}

/** A freeze of named systems is also about a change that does not say, or does not know, what it touches (fail closed). */
function isAbout({ systems }: FreezePeriod, impacted: readonly string[]): boolean {
  if (systems.length === 0 || impacted.length === 0 || impacted.includes('Unknown')) return true;
  return systems.some((system) => impacted.includes(system));
}
