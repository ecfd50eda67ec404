import type { AccountId } from '../../change/snapshot';

/**
 * What the check of the controls can find. Codes are stable: screens, ledger entries and packs name them, and the
 * README says what to do about each.
 */
export const HEALTH_CODES = [
  'workflow-unguarded',
  'workflow-replaced',
  'draft-pending',
  'transition-unguarded',
  'any-status-transition',
  'created-decided',
  'status-unknown',
  'status-missing',
  'rule-missing',
  'rule-disabled',
  'rule-optional',
  'rule-altered',
  'rule-weakened',
  'rule-outdated',
  'rule-customised',
  'jira-rule-missing',
  'project-missing',
  'issue-type-missing',
  'field-missing',
  'field-ambiguous',
  'field-renamed',
  'field-off-screen',
  'role-group-missing',
  'role-group-renamed',
  'role-empty',
  'role-sole',
  'secret-old',
  'secret-missing',
  'delivery-lost',
  'delivery-refused',
  'delivery-missing',
  'permission-missing',
  'app-access-rule',
  'changes-hidden',
  'project-hidden',
  'expression-failing',
  'policy-unreadable',
  'reconciler-late',
  'not-checked',
] as const;
export type HealthCode = (typeof HEALTH_CODES)[number];

/** `alarm`: a control is weakened or gone. `unchecked`: nobody can say. `note`: worth knowing, nothing is weakened. */
export type HealthLevel = 'alarm' | 'unchecked' | 'note';

export interface Finding {
  readonly code: HealthCode;
  readonly level: HealthLevel;
  /** What it is about. With the code its name: the same thing found again is the same finding. Never a person. */
  readonly subject: string;
  /** What is so, in words that may be recorded: no personal data. */
  readonly sentence: string;
  /** What to do about it, and where. */
  readonly remedy: string;
  /** Who brought it about and when, where Jira's workflow history says; null where it does not. */
  readonly changed: { readonly by: AccountId | null; readonly at: string } | null;
}

/** A finding as a check writes it: what is an alarm unless it says otherwise, changed by whom is found out later. */
export function finding(
  code: HealthCode,
  subject: string,
  sentence: string,
  remedy: string,
  level: HealthLevel = 'alarm',
): Finding {
  return { code, level, subject, sentence, remedy, changed: null };
}

/** The name of a finding, the same in every check. */
export const nameOfFinding = ({ code, subject }: { readonly code: string; readonly subject: string }): string =>
  `${code} ${subject}`;

/** Whatever order the site was looked at in, the findings come in one order: alarms, what nobody can say, notes. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const unique = new Map(findings.map((one) => [nameOfFinding(one), one]));
  const rank = ({ level }: Finding): number => ['alarm', 'unchecked', 'note'].indexOf(level);
  return [...unique.values()].sort((a, b) => rank(a) - rank(b) || (nameOfFinding(a) < nameOfFinding(b) ? -1 : 1));
}

/** A check that could not look is a finding of its own: never green because nobody looked. */
export const notChecked = (what: string, because: string): Finding =>
  finding(
    'not-checked',
    what,
    `Could not be checked: ${what}. ${because}`,
    'Check again in a minute. If it stays so, a Jira admin opens this page and checks as themselves.',
    'unchecked',
  );
