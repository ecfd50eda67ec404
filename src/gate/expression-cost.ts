/**
 * What a Jira expression costs against Jira's limits, counted on its text: the limits apply to the text that is saved,
 * and nobody should learn of them when a transition fails. Counted the strict way, as where Atlassian leaves a
 * question open.
 */

/** Jira Cloud, "Jira expressions: restrictions", and the figures of the analyse call's examples. */
export const EXPRESSION_LIMITS = { characters: 1_000, leaves: 100, operations: 10 } as const;

export interface ExpressionUse {
  readonly characters: number;
  /** Every name and every literal. */
  readonly leaves: number;
  /** Reads that make Jira load more data: each custom field is one, however often it is read. */
  readonly operations: number;
}

const STRING = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g;
const LEAF = /[A-Za-z_$][\w$]*|\d+(?:\.\d+)?/g;
/** Words of the language that stand for nothing by themselves; `null`, `true` and `false` are literals. */
const KEYWORDS = ['let', 'new', 'typeof', 'throw', 'try', 'catch', 'if', 'else', 'return'];

/** Members of an issue and of a person that Jira loads on request (Jira expressions, "Expensive operations"). */
const LOADED = [
  /\bissue\??\.(customfield_\d+|creator|reporter|assignee|changelogs|comments|labels|links|components|parent|project)\b/g,
  /\buser\??\.(groups|groupIds)\b/g,
];

export function expressionUse(expression: string): ExpressionUse {
  const strings = expression.match(STRING) ?? [];
  const code = expression.replace(STRING, ' ');
  const leaves = (code.match(LEAF) ?? []).filter((word) => !KEYWORDS.includes(word));
  const loaded = LOADED.flatMap((pattern) => [...code.matchAll(pattern)].map(([, member]) => member));
  return {
    characters: expression.length,
    leaves: strings.length + leaves.length,
    operations: new Set(loaded).size,
  };
}

export const withinLimits = ({ characters, leaves, operations }: ExpressionUse): boolean =>
  characters <= EXPRESSION_LIMITS.characters &&
  leaves <= EXPRESSION_LIMITS.leaves &&
  operations <= EXPRESSION_LIMITS.operations;
