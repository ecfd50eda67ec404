import { ExpressionError } from './error';
import { syntaxLimits } from './evaluate';
import { Inference } from './inference';
import { JIRA_LIMITS, type Limits } from './limits';
import { parse } from './parser';
import { ANY, parseType, printType, type StaticType } from './static-types';
import { COMMON_VARIABLES } from './types';
import type { Node } from './syntax';

export type Check = 'syntax' | 'type' | 'complexity';

export interface AnalysisError {
  readonly type: 'syntax' | 'type' | 'other';
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
  readonly expression?: string;
}

/** As the analyse call answers it for one expression (Jira Cloud OpenAPI, JiraExpressionAnalysis). */
export interface Analysis {
  readonly expression: string;
  readonly valid: boolean;
  readonly errors?: readonly AnalysisError[];
  readonly type?: string;
  readonly complexity?: { readonly expensiveOperations: string; readonly variables: Readonly<Record<string, string>> };
}

/**
 * Analyses an expression without running it. `syntax` parses it and checks the limits of length; `type` also infers the
 * type and reports type errors; `complexity` gives the formula of its expensive operations. `variables` are types of
 * context variables by name, over the common ones. Never throws: what is wrong is in `errors`.
 */
export function analyse(
  source: string,
  check: Check,
  variables: Readonly<Record<string, string>> = {},
  limits: Limits = JIRA_LIMITS,
): Analysis {
  const parsed = parseChecked(source, limits);
  if ('errors' in parsed) return { expression: source, valid: false, errors: parsed.errors };
  if (check === 'syntax') return { expression: source, valid: true };
  const inference = new Inference(source);
  const { type, cost } = inference.whole(parsed.node, environment(variables));
  const variablesUsed = inference.sizes.used(cost);
  const complexity = { expensiveOperations: cost.toString(), variables: variablesUsed };
  if (check === 'complexity') return { expression: source, valid: true, complexity };
  const errors = inference.problems.map(({ expression, message }): AnalysisError => ({
    type: 'type',
    message,
    expression,
  }));
  if (errors.length > 0) return { expression: source, valid: false, errors, type: 'TypeError' };
  return { expression: source, valid: true, type: printType(type), complexity };
}

function parseChecked(
  source: string,
  limits: Limits,
): { readonly node: Node } | { readonly errors: readonly AnalysisError[] } {
  try {
    const tooMuch = syntaxLimits(source, limits);
    if (tooMuch.length > 0) return { errors: tooMuch.map((message) => ({ type: 'other', message })) };
    return { node: parse(source) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { errors: [{ type: 'syntax', message: error.message, ...(error.place ?? {}) }] };
  }
}

function environment(variables: Readonly<Record<string, string>>): ReadonlyMap<string, StaticType> {
  return new Map(
    Object.entries({ ...COMMON_VARIABLES, ...variables }).map(([name, type]) => [name, parseType(type) ?? ANY]),
  );
}
