import { CHANGE_TYPES, FIELDS, NO_CUI_SYSTEM, UNKNOWN_CUI_SYSTEM } from './fields';
import type { FieldKey } from './fields';
import { isPlaceholder, plainWords } from './placeholder';
import type { ChangeContent } from './snapshot';

export type InadequacyCode =
  'missing' | 'placeholder' | 'copy-of-summary' | 'contradiction' | 'unknown-change-type' | 'window-inverted';

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

/**
 * Every required field that is empty, holds a placeholder or contradicts another, all at once and in the order of the
 * screen. Empty means adequate. Judges form alone: what a short real sentence is worth is the reviewers' decision.
 */
export function inadequateFields(
  content: ChangeContent,
  required: readonly FieldKey[] = REQUIRED_FOR_APPROVAL,
): InadequateField[] {
  return FIELDS.filter(({ key }) => required.includes(key)).flatMap(({ key, name }) => {
    const found = problem(content, key, name);
    return found === undefined ? [] : [{ field: key, name, ...found }];
  });
}

type Problem = Pick<InadequateField, 'code' | 'sentence'>;

function problem(content: ChangeContent, key: FieldKey, name: string): Problem | undefined {
  switch (key) {
    case 'decisionBasis':
    case 'requiredActions':
      return undefined;
    case 'changeType':
      return changeTypeProblem(content.changeType, name);
    case 'owner':
    case 'implementer':
      return content[key] === null ? { code: 'missing', sentence: `${name} is empty: choose a person.` } : undefined;
    case 'impactedSystems':
      return systemsProblem(content.impactedSystems, name);
    case 'windowStart':
      return content.windowStart === null ? missingTime(name) : undefined;
    case 'windowEnd':
      return content.windowEnd === null ? missingTime(name) : windowProblem(content, name);
    default:
      return textProblem(content[key], name, key === 'summary' ? '' : content.summary);
  }
}

function textProblem(text: string, name: string, summary: string): Problem | undefined {
  if (text.trim() === '') return { code: 'missing', sentence: `${name} is empty.` };
  if (isPlaceholder(text)) {
    return { code: 'placeholder', sentence: `${name} holds only a placeholder: write one real sentence.` };
  }
  if (plainWords(text) === plainWords(summary)) {
    return { code: 'copy-of-summary', sentence: `${name} only repeats the summary: write one real sentence.` };
  }
  return undefined;
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
