/** What each workflow rule does, for the admin who adds it to a transition. */
export interface RuleWords {
  readonly title: string;
  readonly does: readonly string[];
  /** What the rule does as long as it has no expression in its configuration; null when it needs none. */
  readonly unset: string | null;
}

const RULES: Readonly<Record<string, RuleWords>> = {
  'change-validator': {
    title: 'Change control',
    does: [
      'Refuses the transition while the change request lacks what the policy requires, and names everything that is missing at once.',
      'Checks the fields as they are on the transition screen. “N/A”, “tbd” or a copy of the summary count as missing.',
    ],
    unset: null,
  },
  'required-fields-validator': {
    title: 'Required change fields',
    does: [
      'Refuses the transition while required fields are empty or hold a placeholder.',
      'Jira checks this by itself: it works even when the app does not answer.',
    ],
    unset: 'This rule has no expression yet. As it is, it refuses every transition.',
  },
  'security-reviewer-condition': {
    title: 'Independent decider',
    does: [
      'Offers the transition only to people in a deciding group who took no part in the change.',
      'Jira checks this by itself: it works even when the app does not answer.',
    ],
    unset: 'This rule has no expression yet. As it is, it offers the transition to nobody.',
  },
  'record-transition': {
    title: 'Record who moved the change',
    does: ['Writes the transition, and the decision it stands for, into the change’s record.'],
    unset: null,
  },
};

export function ruleWords(moduleKey: string): RuleWords | null {
  return Object.hasOwn(RULES, moduleKey) ? (RULES[moduleKey] ?? null) : null;
}

const CONFIGURATIONS = ['validatorConfig', 'conditionConfig', 'postFunctionConfig'] as const;

export interface SavedRule {
  /** What Jira is given back when the admin presses Update: the very text that it had, or "{}" for a new rule. */
  readonly text: string;
  /** The configuration's values by name; empty for a new rule. */
  readonly values: readonly (readonly [name: string, value: string])[];
  readonly expression: string | null;
}

/** Reads the saved configuration from a rule surface's context; Jira hands it over as text or already parsed. */
export function savedRule(extension: Readonly<Record<string, unknown>>): SavedRule {
  const saved = CONFIGURATIONS.map((name) => extension[name]).find(
    (value) => value !== undefined && value !== null && value !== '',
  );
  if (saved === undefined) return { text: '{}', values: [], expression: null };
  const text = typeof saved === 'string' ? saved : JSON.stringify(saved);
  const parsed = typeof saved === 'string' ? parse(saved) : saved;
  if (typeof parsed !== 'object' || parsed === null)
    return { text, values: [['configuration', text]], expression: null };
  const values = Object.entries(parsed).map(([name, value]: [string, unknown]) => [name, inText(value)] as const);
  return { text, values, expression: values.find(([name]) => name === 'expression')?.[1] ?? null };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function inText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ');
  return JSON.stringify(value, null, 2);
}
