import type { RuleChoice, RuleSettingsView, RuleView } from '../../../src/contract/rules';

/** What each workflow rule does, for the admin who adds it to a transition. */
export interface RuleWords {
  readonly title: string;
  readonly does: readonly string[];
}

const RULES: Readonly<Record<string, RuleWords>> = {
  'change-validator': {
    title: 'Change control',
    does: [
      'Refuses the transition while the change request lacks what the policy requires, and names everything that is missing at once.',
      'Checks the fields as they are on the transition screen. “N/A”, “tbd” or a copy of the summary count as missing.',
    ],
  },
  'required-fields-validator': {
    title: 'Required change fields',
    does: [
      'Refuses the transition while what is chosen below is not there.',
      'Jira checks this by itself: it works even when the app does not answer.',
    ],
  },
  'security-reviewer-condition': {
    title: 'Independent decider',
    does: [
      'Offers the transition only to the people chosen below.',
      'Jira checks this by itself: it works even when the app does not answer.',
    ],
  },
  'record-transition': {
    title: 'Record who moved the change',
    does: [
      'Writes the transition, and the decision it stands for, into the change’s record.',
      'There is nothing to choose.',
    ],
  },
};

export function ruleWords(moduleKey: string): RuleWords | null {
  return Object.hasOwn(RULES, moduleKey) ? (RULES[moduleKey] ?? null) : null;
}

/** The kinds of rule that one module can be. */
export const KINDS: Readonly<Record<RuleSettingsView['rule'], { readonly name: string; readonly means: string }>> = {
  step: { name: 'The step of the change', means: 'What has to be true depends on which step the transition is.' },
  written: {
    name: 'Paragraphs hold a real answer',
    means: 'More than nothing, a placeholder such as “tbd”, or a copy of the summary.',
  },
  chosen: {
    name: 'Fields are filled in',
    means: 'Impacted CUI systems must not contradict themselves, and a change window must end after it starts.',
  },
  'last-decider': {
    name: 'The last person needed decides',
    means: 'Approve is one person’s decision: whoever else is needed signs off in the panel before.',
  },
  'still-open': { name: 'The decisions stand', means: 'As the read-only field “Change decision state” says.' },
  independent: {
    name: 'Deciders who took no part',
    means: 'In a deciding group now, known to the app as a person, and not part of the change.',
  },
  people: { name: 'People named by the change', means: 'Only those whom the chosen person fields name.' },
};

const CONFIGURATIONS = ['validatorConfig', 'conditionConfig', 'postFunctionConfig'] as const;

/** The saved configuration in a rule surface's context; Jira hands it over as text or parsed. Undefined for a new rule. */
export function savedConfiguration(extension: Readonly<Record<string, unknown>>): unknown {
  return CONFIGURATIONS.map((name) => extension[name]).find(
    (value) => value !== undefined && value !== null && value !== '',
  );
}

/** The text that leaves a configuration as it was: the very text that Jira had, or "{}" for a new rule. */
export function unchanged(saved: unknown): string {
  if (saved === undefined) return '{}';
  return typeof saved === 'string' ? saved : JSON.stringify(saved);
}

/** The sentence that was saved with a rule, for who may not look names up; null without one. */
export function savedSummary(saved: unknown): string | null {
  const value: unknown = typeof saved === 'string' ? parsed(saved) : saved;
  if (typeof value !== 'object' || value === null || !('summary' in value)) return null;
  return typeof value.summary === 'string' && value.summary !== '' ? value.summary : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The id of the status that the rule's transition leads to (Forge, "Jira workflow validator", extension context). */
export function leadsTo({ transitionContext: context }: Readonly<Record<string, unknown>>): string | null {
  if (typeof context !== 'object' || context === null || !('to' in context)) return null;
  const { to } = context;
  return typeof to === 'string' || typeof to === 'number' ? String(to) : null;
}

/** What is chosen, by names, as pairs of a label and its values: the rule as somebody reads it who changes nothing. */
export function settingsInWords(
  settings: RuleSettingsView,
  view: RuleView,
): readonly (readonly [string, readonly string[]])[] {
  const names = (ids: readonly string[], among: readonly RuleChoice[]) =>
    ids.length === 0 ? ['none'] : ids.map((id) => nameOf(id, among));
  switch (settings.rule) {
    case 'step':
      return [['Step', settings.step === null ? ['not chosen'] : [nameOf(settings.step, view.steps)]]];
    case 'written':
    case 'chosen':
      return [
        ['Fields', names(settings.fields, view.fields)],
        ['Message', [settings.message]],
      ];
    case 'last-decider':
      return [];
    case 'still-open':
      return [['Message', [settings.message]]];
    case 'independent':
      return [
        ['Roles', names(settings.roles, view.roles)],
        ['Whoever edited one of these took part', names(settings.barring, view.barring)],
      ];
    case 'people':
      return [['Person fields', names(settings.people, view.people)]];
  }
}

/** The name something has now. */
export const nameOf = (id: string, among: readonly RuleChoice[]): string =>
  among.find((one) => one.id === id)?.name ?? `not in Jira any more (${id})`;

const OF = { characters: 'characters', leaves: 'leaves', operations: 'expensive operations' } as const;

/** "634 of 1,000 characters". */
export function useInWords(
  { of, used, limit }: { readonly of: keyof typeof OF; readonly used: number; readonly limit: number },
  locale: string,
): string {
  const number = new Intl.NumberFormat(locale);
  return `${number.format(used)} of ${number.format(limit)} ${OF[of]}`;
}
