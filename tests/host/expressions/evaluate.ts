import { ExpressionError } from './error';
import { Interpreter } from './interpreter';
import { toJson } from './json';
import { countLeaves, tokenize } from './lexer';
import { JIRA_LIMITS, Meter, type Complexity, type Limits } from './limits';
import type { Context, Entities, Value } from './model';
import { parse } from './parser';
import { Scope } from './scope';
import type { Node } from './syntax';

export interface EvaluateOptions {
  readonly now: Date;
  /** The user's time zone, an IANA name; UTC when not given. */
  readonly timeZone?: string;
  readonly limits?: Limits;
  /** For `new Issue(…)` and its like; without it nothing is found. */
  readonly entities?: Entities;
}

export interface Evaluation {
  readonly value: Value;
  /** The value as the REST API answers it. */
  readonly json: unknown;
  readonly complexity: Complexity;
}

const NOTHING: Entities = { issue: () => null, user: () => null, project: () => null };

/** Refuses what is over the limits of length (characters, then leaves) before it is parsed or run. */
export function syntaxLimits(source: string, limits: Limits): readonly string[] {
  const messages: string[] = [];
  if (source.length > limits.characters)
    messages.push(`Jira expression is too long (${source.length}), limit: ${limits.characters} characters`);
  const leaves = countLeaves(tokenize(source));
  if (leaves > limits.leaves)
    messages.push(`Jira expression has too many nodes (${leaves}), limit: ${limits.leaves} leaves`);
  return messages;
}

function parseWithin(source: string, limits: Limits): Node {
  const [message] = syntaxLimits(source, limits);
  if (message !== undefined) throw new ExpressionError('limit', message);
  return parse(source);
}

/**
 * Evaluates an expression. Throws `ExpressionError` and nothing else: kind `parse` before anything ran, `limit` over any
 * figure of `limits`, the other kinds as in Atlassian's documentation ("Evaluation failed: …" is `report()`).
 */
export function evaluate(source: string, context: Context, options: EvaluateOptions): Evaluation {
  const limits = options.limits ?? JIRA_LIMITS;
  const meter = new Meter(limits);
  try {
    const node = parseWithin(source, limits);
    const around = {
      now: options.now,
      timeZone: options.timeZone ?? 'UTC',
      entities: options.entities ?? NOTHING,
      meter,
    };
    const value = new Interpreter(source, around).run(node, Scope.of(context));
    return { value, json: toJson(value, meter), complexity: meter.complexity() };
  } catch (error) {
    // Only a value nested beyond the machine's stack gets here, such as a parsed JSON text of brackets.
    if (error instanceof RangeError) throw new ExpressionError('limit', 'The value is nested too deeply.');
    throw error;
  }
}
