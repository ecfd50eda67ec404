import { CHANGE_TYPES, FIELDS, NO_CUI_SYSTEM, UNKNOWN_CUI_SYSTEM } from './fields';
import type { FieldKey } from './fields';
import { isPlaceholder, plainWords } from './placeholder';
import type { ChangeContent } from './snapshot';

export type InadequacyCode =
  | 'missing'
  | 'placeholder'
  | 'copy-of-summary'
  | 'too-short'
  | 'contradiction'
  | 'unknown-change-type'
  | 'window-inverted';

/** One field that does not hold what an approval needs, in the words of the screen. */
export interface InadequateField {
  readonly field: FieldKey;
  readonly name: string;
  readonly code: InadequacyCode;
  /** Names the field and says what to do; stands alone. */
  readonly sentence: string;
}

/** What has to be filled in, and how well. */
export interface AdequacyRule {
  readonly required: readonly FieldKey[];
  /** How many words a required paragraph has at least; null for no such rule. */
  readonly minimumWords: number | null;
  /** Whether "N/A", "tbd" and the like count as empty. */
  readonly refusePlaceholders: boolean;
  /** Whether a paragraph that only repeats the summary counts as empty. */
  readonly refuseCopies: boolean;
}

/** What a reviewer has to have before approving (SP 800-171 3.4.3 discussion; 3.4.4 for the analysis). */
export const REQUIRED_FOR_APPROVAL: readonly FieldKey[] = [
  'changeType',
  'owner',
  'implementer',
  'scope',
  'impactedSystems',
  'justification',
  'securityImpactAnalysis',
  'testPlan',
  'backoutPlan',
  'windowStart',
  'windowEnd',
];

/** The rule of a change type that says nothing of its own. */
export const STRICT_RULE: AdequacyRule = {
  required: REQUIRED_FOR_APPROVAL,
  minimumWords: null,
  refusePlaceholders: true,
  refuseCopies: true,
};

/**
 * Every required field that is empty or does not hold what the rule asks for, and every field, required or not, that
 * contradicts another; all at once and in the order of the screen. Empty means adequate. Judges form alone: what a short
 * real sentence is worth is the reviewers' decision.
 *
 * @param rule of the policy that the change is judged by, see gate/adequate.
 */
export function inadequateFields(content: ChangeContent, rule: AdequacyRule = STRICT_RULE): InadequateField[] {
  return FIELDS.flatMap(({ key, name }) => {
    const found = problem(content, key, name, rule);
    return found === undefined ? [] : [{ field: key, name, ...found }];
  });
}

type Problem = Pick<InadequateField, 'code' | 'sentence'>;

function problem(content: ChangeContent, key: FieldKey, name: string, rule: AdequacyRule): Problem | undefined {
  const required = rule.required.includes(key);
  switch (key) {
    case 'decisionBasis':
    case 'requiredActions':
      return undefined;
    case 'changeType':
      return content.changeType === null && !required ? undefined : changeTypeProblem(content.changeType, name);
    case 'owner':
    case 'implementer':
      return content[key] === null && required
        ? { code: 'missing', sentence: `${name} is empty: choose a person.` }
        : undefined;
    case 'impactedSystems':
      return content.impactedSystems.length === 0 && !required
        ? undefined
        : systemsProblem(content.impactedSystems, name);
    case 'windowStart':
      return content.windowStart === null && required ? missingTime(name) : undefined;
    case 'windowEnd':
      return content.windowEnd === null ? (required ? missingTime(name) : undefined) : windowProblem(content, name);
    default:
      return required ? textProblem(content[key], name, key === 'summary' ? '' : content.summary, rule) : undefined;
  }
}

function textProblem(text: string, name: string, summary: string, rule: AdequacyRule): Problem | undefined {
  if (text.trim() === '') return { code: 'missing', sentence: `${name} is empty.` };
  if (rule.refusePlaceholders && isPlaceholder(text)) {
    return { code: 'placeholder', sentence: `${name} holds only a placeholder: write one real sentence.` };
  }
  const words = plainWords(text);
  if (rule.refuseCopies && words === plainWords(summary)) {
    return { code: 'copy-of-summary', sentence: `${name} only repeats the summary: write one real sentence.` };
  }
  const count = words === '' ? 0 : words.split(' ').length;
  if (rule.minimumWords === null || count >= rule.minimumWords) return undefined;
  return {
    code: 'too-short',
    sentence: `${name} has ${count} ${count === 1 ? 'word' : 'words'} and needs at least ${rule.minimumWords}: say more.`,
  };
}

function changeTypeProblem(type: string | null, name: string): Problem | undefined {
  if (type === null) return { code: 'missing', sentence: `${name} is empty: choose ${CHANGE_TYPES.join(', ')}.` };
  if (CHANGE_TYPES.some((known) => known === type)) return undefined;
  return { code: 'unknown-change-type', sentence: `${name} "${type}" is not one of ${CHANGE_TYPES.join(', ')}.` };
}

/** No list is not the same as no system: the answer "none" has to be given (law 2 of the design). */
function systemsProblem(systems: readonly string[], name: string): Problem | undefined {
  if (systems.length === 0) {
    return {
      code: 'missing',
      sentence: `${name} is empty: choose the systems, "${UNKNOWN_CUI_SYSTEM}" or "${NO_CUI_SYSTEM}".`,
    };
  }
  if (systems.length > 1 && systems.includes(NO_CUI_SYSTEM)) {
    return {
      code: 'contradiction',
      sentence: `${name} says "${NO_CUI_SYSTEM}" and names another system as well: keep one of the two.`,
    };
  }
  return undefined;
}

const missingTime = (name: string): Problem => ({
  code: 'missing',
  sentence: `${name} is empty: choose a date and time.`,
});

function windowProblem({ windowStart, windowEnd }: ChangeContent, name: string): Problem | undefined {
  // Both are UTC ISO 8601 with milliseconds, so the order of the texts is the order of the instants.
  if (windowStart === null || windowEnd === null || windowStart < windowEnd) return undefined;
  return { code: 'window-inverted', sentence: `${name} is not after Change window start.` };
}
