/**
 * Every case of the corpus' `jira-expressions/cases.json` (its reference, section 9). Expected values come from public
 * texts; those marked `policy` are the refusing choice where the texts are silent.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import {
  analyse,
  evaluate,
  ExpressionError,
  judgeCondition,
  judgeValidator,
  toJson,
  type EvaluateOptions,
} from '../host/expressions';
import { entitiesOf, toContext } from './jira-expression-objects';

const FILE = resolve(process.env.CORPUS_DIR ?? '../shared/data', 'jira-expressions/cases.json');

const caseSchema = z.object({
  id: z.string(),
  expression: z.string(),
  context: z.record(z.string(), z.unknown()),
  mode: z.optional(z.enum(['evaluate', 'condition', 'validator', 'analyse'])),
  check: z.optional(z.enum(['syntax', 'type', 'complexity'])),
  contextVariables: z.optional(z.record(z.string(), z.string())),
  expected: z.looseObject({
    error: z.optional(z.string()),
    outcome: z.optional(z.enum(['allow', 'deny'])),
    message: z.optional(z.string()),
    event: z.optional(z.string()),
  }),
});
type Case = z.infer<typeof caseSchema>;

function optionsOf(one: Case): EvaluateOptions {
  const now = one.context.$now;
  return {
    now: new Date(typeof now === 'string' ? now : '2026-11-24T12:00:00Z'),
    timeZone: 'UTC',
    entities: entitiesOf(one.context),
  };
}

function outcome(one: Case): unknown {
  try {
    const { value } = evaluate(one.expression, toContext(one.context), optionsOf(one));
    return { value: typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : toJson(value) };
  } catch (error) {
    if (error instanceof ExpressionError) return { error: error.kind };
    throw error;
  }
}

function judged(one: Case): unknown {
  const judge = one.mode === 'condition' ? judgeCondition : judgeValidator;
  const result = judge(one.expression, toContext(one.context), optionsOf(one));
  if (result.outcome === 'allow') return { outcome: 'allow' };
  return {
    outcome: 'deny',
    ...(result.message === undefined ? {} : { message: result.message }),
    ...(result.failure === undefined ? {} : { event: 'avi:jira:failed:expression' }),
  };
}

function check(one: Case): void {
  switch (one.mode ?? 'evaluate') {
    case 'evaluate':
      expect(outcome(one)).toEqual(one.expected);
      break;
    case 'analyse':
      expect(analyse(one.expression, one.check ?? 'syntax', one.contextVariables ?? {})).toMatchObject(one.expected);
      break;
    default:
      expect(judged(one)).toMatchObject(one.expected);
  }
}

if (existsSync(FILE)) {
  const cases = z.array(caseSchema).parse(JSON.parse(readFileSync(FILE, 'utf8')));
  describe('the published and the chosen behaviour of Jira expressions', () => {
    it.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
      check(one);
    });
    it('has the whole corpus', () => {
      expect(cases.length).toBeGreaterThanOrEqual(478);
    });
  });
} else {
  it('was not run: the corpus has no jira-expressions/cases.json here', () => {
    console.log(`not run: ${FILE} is not here`);
    expect(existsSync(FILE)).toBe(false);
  });
}
