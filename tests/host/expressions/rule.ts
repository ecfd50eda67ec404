import { ExpressionError } from './error';
import { evaluate, type EvaluateOptions } from './evaluate';
import type { Context, Value } from './model';
import { typeName } from './operators';

/** What a workflow rule's expression decided. `failure` is what `avi:jira:failed:expression` reports. */
export type Judgement =
  | { readonly outcome: 'allow' }
  | { readonly outcome: 'deny'; readonly message?: string; readonly failure?: readonly string[] };

function run(
  source: string,
  context: Context,
  options: EvaluateOptions,
): { readonly value: Value } | { readonly failure: readonly string[] } {
  try {
    return { value: evaluate(source, context, options).value };
  } catch (error) {
    if (error instanceof ExpressionError) return { failure: [error.report()] };
    throw error;
  }
}

const notBoolean = (value: Value): readonly string[] => [
  `The expression must return Boolean, but returned ${typeName(value)}.`,
];

/** A condition allows on Boolean true only; an error or a value that is no Boolean hides the transition and is reported. */
export function judgeCondition(source: string, context: Context, options: EvaluateOptions): Judgement {
  const result = run(source, context, options);
  if ('failure' in result) return { outcome: 'deny', failure: result.failure };
  if (result.value === true) return { outcome: 'allow' };
  return result.value === false ? { outcome: 'deny' } : { outcome: 'deny', failure: notBoolean(result.value) };
}

/** A validator allows on Boolean true only; a String is its message; anything else blocks and is reported. */
export function judgeValidator(source: string, context: Context, options: EvaluateOptions): Judgement {
  const result = run(source, context, options);
  if ('failure' in result) return { outcome: 'deny', failure: result.failure };
  if (result.value === true) return { outcome: 'allow' };
  if (result.value === false || result.value === '') return { outcome: 'deny' };
  return typeof result.value === 'string'
    ? { outcome: 'deny', message: result.value }
    : { outcome: 'deny', failure: notBoolean(result.value) };
}
