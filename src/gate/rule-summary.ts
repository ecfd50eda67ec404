import { decidingGroups, SYSTEM_PEOPLE, type RuleSettings, type RuleSite } from './rule-settings';
import type { Step } from './transition-check';
import { listed } from './words';

/** "Approve: only members of …": one sentence for a rule in the workflow, without ids. */
export function ruleSummary(settings: RuleSettings, site: RuleSite, transition: string | null): string {
  const sentence = sentenceOf(settings, site);
  return transition === null
    ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
    : `${transition}: ${sentence}.`;
}

function sentenceOf(settings: RuleSettings, site: RuleSite): string {
  const fields = (ids: readonly string[]): string => listed(namesOf(ids, site)) || 'nothing';
  switch (settings.rule) {
    case 'step':
      return settings.step === null ? 'not configured, so it refuses' : STEP_PASSES[settings.step];
    case 'written':
      return `only with a real answer in ${fields(settings.fields)}`;
    case 'chosen':
      return `only with ${fields(settings.fields)} filled in`;
    case 'last-decider':
      return 'only by the last person whose decision is still needed';
    case 'still-open':
      return 'only while the decisions on the change stand';
    case 'independent':
      return `only members of ${either(rolesWithGroups(settings.roles, site))} who took no part in the change`;
    case 'people':
      return `only the people in ${fields(settings.people)}`;
  }
}

/** What each step of the function validator lets pass; it words ./transition-check. */
export const STEP_PASSES: Readonly<Record<Step, string>> = {
  approve: 'only when the request is complete, its window is not over and at most one decision is missing',
  disapprove: 'only with a basis, and with required actions that each name an owner',
  resubmit: 'only when the change was disapproved or its decisions no longer stand',
  schedule: 'only while the decisions on the change stand',
  execute: 'only while the decisions on the change stand and its change window is open',
  close: 'nothing is checked; closing opens nothing',
  withdraw: 'nothing is checked but who withdraws; that is the condition’s part',
};

/** "A, B or C"; names may hold an "and" of their own. */
function either(names: readonly string[]): string {
  const last = names.at(-1) ?? 'nobody';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

const namesOf = (ids: readonly string[], { fields }: RuleSite): string[] =>
  ids.map((id) => [...fields, ...SYSTEM_PEOPLE].find((field) => field.id === id)?.name ?? 'a field that is gone');

const rolesWithGroups = (keys: readonly string[], { policy }: RuleSite): string[] =>
  decidingGroups(policy)
    .filter(({ key }) => keys.includes(key))
    .map(({ name, group }) => `${group} (${name})`);
