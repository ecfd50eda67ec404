import type { ChangeSnapshot } from '../change/snapshot';
import type { DecisionKind } from '../ledger/entry';

/** `2026-03-02 09:00 UTC`: a sentence is read in packs too, so its times do not depend on a viewer's zone. */
export function when(instant: string): string {
  const time = new Date(instant);
  if (Number.isNaN(time.getTime())) return instant;
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A name for sentences, never a bare account id. */
export function nameOf(snapshot: ChangeSnapshot, accountId: string | null, recorded?: string | null): string {
  return recorded ?? (accountId === null ? undefined : snapshot.names[accountId]) ?? 'Somebody whose name is not known';
}

/** "pull-request" → "pull request". */
export const inWords = (key: string): string => key.replaceAll('-', ' ');

/** "Scope", "Scope and Test plan", "Scope, Test plan and Backout plan". */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** The decision as a verb in the past: "disapproved this change". */
export const DID: Readonly<Record<DecisionKind, string>> = {
  approved: 'approved',
  disapproved: 'disapproved',
  deferred: 'deferred',
  withdrawn: 'withdrew the decision on',
};

/** "version 3 of the policy" for `policy-3`; a site that saved none has the default. */
export function versionWords(version: string): string {
  const [, number] = /^policy-(\d+)$/.exec(version) ?? [];
  if (number !== undefined) return `version ${number} of the policy`;
  return version === 'default-1' ? 'the default policy' : `the policy ${version}`;
}
