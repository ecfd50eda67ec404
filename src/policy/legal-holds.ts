import type { LegalHold, Policy } from './policy';

/**
 * The legal holds that a change is under at an instant. What is under one is never erased, whatever the retention says
 * and whoever asks (FRCP 37(e); a hold outranks a retention schedule).
 */
export function holdsOn(
  policy: Pick<Policy, 'legalHolds'>,
  change: { readonly key: string; readonly project: string },
  at: Date,
): readonly LegalHold[] {
  const instant = at.toISOString();
  return policy.legalHolds.filter(
    ({ projects, changes, from, until }) =>
      from <= instant &&
      (until === null || instant <= until) &&
      (projects.includes(change.project) || changes.includes(change.key)),
  );
}

/** What a hold is about: "the project CHG and the change OPS-7". */
export function heldPhrase({ projects, changes }: LegalHold): string {
  const parts = [named('project', projects), named('change', changes)].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing' : parts.join(' and ');
}

const named = (noun: string, keys: readonly string[]): string =>
  keys.length === 0 ? '' : `the ${keys.length === 1 ? noun : `${noun}s`} ${keys.join(', ')}`;
