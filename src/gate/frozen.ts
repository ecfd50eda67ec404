import { contentDigest } from '../change/digest';
import { freezesAt, freezesIn } from '../policy/freezes';
import type { FreezePeriod, Policy } from '../policy/policy';
import type { GateFacts, Surroundings } from './recorded';
import { listed, when } from './words';

/** Freeze periods that this content was let through, by id: an edit afterwards voids the exception like a decision. */
export function exceptedFreezes({ snapshot, entries }: GateFacts): string[] {
  const digest = contentDigest(snapshot.content);
  return entries.flatMap(({ entry }) =>
    entry.kind === 'freeze-exception' && entry.body.contentDigest === digest ? [entry.body.freeze] : [],
  );
}

const freezable = (facts: GateFacts) => ({
  impactedSystems: facts.snapshot.content.impactedSystems,
  excepted: exceptedFreezes(facts),
});

/** Freeze periods that hold the change up now. Freezes are always today's policy's. */
export const freezesNow = (policy: Policy, facts: GateFacts, now: Date): readonly FreezePeriod[] =>
  freezesAt(policy, freezable(facts), now);

/** Freeze periods that the change window touches; none while it is not set. */
export function freezesInWindow(policy: Policy, facts: GateFacts): readonly FreezePeriod[] {
  const { windowStart, windowEnd } = facts.snapshot.content;
  if (windowStart === null || windowEnd === null) return [];
  return freezesIn(policy, freezable(facts), { start: windowStart, end: windowEnd });
}

export const freezeSentence = ({ name, start, end }: FreezePeriod): string =>
  `The freeze period "${name}" lasts from ${when(start)} to ${when(end)}.`;

/**
 * Open changes on the same system at the same time, save those of which a named person said that they go together with
 * this one as it is now. Not part of `open`.
 */
export function windowConflicts({ snapshot, surroundings, entries }: GateFacts): Surroundings['others'] {
  const { windowStart, windowEnd, impactedSystems } = snapshot.content;
  if (windowStart === null || windowEnd === null) return [];
  const digest = contentDigest(snapshot.content);
  const agreed = new Set(
    entries.flatMap(({ entry }) =>
      entry.kind === 'overlap-accepted' && entry.body.contentDigest === digest ? [entry.body.other] : [],
    ),
  );
  return (surroundings?.others ?? []).filter(
    (other) =>
      other.key !== snapshot.key &&
      !agreed.has(other.key) &&
      other.windowStart <= windowEnd &&
      windowStart <= other.windowEnd &&
      other.systems.some((system) => NAMED(system) && impactedSystems.includes(system)),
  );
}

/** "Unknown" and "None" are no system that two changes could share. */
const NAMED = (system: string): boolean => system !== 'Unknown' && !system.startsWith('None:');

export function conflictSentence(conflict: Surroundings['others'][number], systems: readonly string[]): string {
  const shared = conflict.systems.filter((system) => systems.includes(system));
  return `${conflict.key} is open for ${listed(shared)} at the same time (${when(conflict.windowStart)} to ${when(conflict.windowEnd)}). Agree on who goes first, or that they go together.`;
}
