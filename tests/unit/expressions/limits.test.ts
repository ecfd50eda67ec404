/** Every figure of the limits of Jira expressions, at the limit and one over it. */
import { evaluate, ExpressionError, type Context, type Evaluation } from '../../host/expressions';
import { CountedIssue, numbers } from './objects';

const NOW = new Date('2026-03-02T09:00:00Z');
const run = (source: string, context: Context = {}): Evaluation => evaluate(source, context, { now: NOW });

function failure(source: string, context: Context = {}): { readonly kind: string; readonly message: string } {
  try {
    run(source, context);
  } catch (error) {
    if (error instanceof ExpressionError) return { kind: error.kind, message: error.message };
    throw error;
  }
  return { kind: 'none', message: '' };
}

const quoted = (characters: number): string => `'${'a'.repeat(characters - 2)}'`;
const ones = (leaves: number): string => `[${'1,'.repeat(leaves - 1)}1]`;
const fields = (count: number): string =>
  Array.from({ length: count }, (_, i) => `issue.customfield_${i + 1}`).join(' + ');
const issues = (count: number, batch?: object): Context => ({
  issues: Array.from({ length: count }, (_, i) => new CountedIssue(i, { comments: [], reporter: null }, batch)),
});

/** 4 + 7 * (4 + 2 * 712) = 10,000 steps: the variable, its property, the call, the negation; then each lambda alike. */
const TEN_THOUSAND_STEPS = '!ys.map(y => xs.map(x => x))';
const STEPS: Context = { ys: numbers(7), xs: numbers(712) };

describe('the limits', () => {
  it.each<[string, string, string, Context, Context]>([
    ['1,000 characters', quoted(1000), quoted(1001), {}, {}],
    ['100 leaves', ones(100), ones(101), {}, {}],
    ['10,000 steps', TEN_THOUSAND_STEPS, `!${TEN_THOUSAND_STEPS}`, STEPS, STEPS],
    [
      '10 expensive operations, each custom field being one',
      fields(10),
      fields(11),
      { issue: new CountedIssue() },
      { issue: new CountedIssue() },
    ],
    [
      '10 expensive operations, each comments of an issue being one',
      'issues.map(i => i.comments)',
      'issues.map(i => i.comments)',
      issues(10),
      issues(11),
    ],
    ['1,000 beans', 'issues', 'issues', issues(1000), issues(1001)],
    ['10,000 primitive values', 'xs', 'xs', { xs: numbers(10_000) }, { xs: numbers(10_001) }],
    [
      '1,000 list items and 10 more',
      'xs.some(x => x < 0)',
      'xs.some(x => x < 0)',
      { xs: numbers(1010) },
      { xs: numbers(1011) },
    ],
    ['100 repetitions', "'x'.repeat(100)", "'x'.repeat(101)", {}, {}],
    ['100 characters of padStart', "'x'.padStart(100)", "'x'.padStart(101)", {}, {}],
    ['100 characters of padEnd', "'x'.padEnd(100)", "'x'.padEnd(101)", {}, {}],
  ])('%s', (_, within, over, context, more) => {
    expect(failure(within, context)).toEqual({ kind: 'none', message: '' });
    expect(failure(over, more).kind).toBe('limit');
  });

  it('says what was too much, as Jira does', () => {
    expect(failure(quoted(1040)).message).toBe('Jira expression is too long (1040), limit: 1000 characters');
    expect(failure(ones(150)).message).toBe('Jira expression has too many nodes (150), limit: 100 leaves');
  });

  it('counts exactly', () => {
    expect(run(TEN_THOUSAND_STEPS, STEPS).complexity).toEqual({
      steps: 10_000,
      expensiveOperations: 0,
      beans: 0,
      primitiveValues: 1,
    });
    expect(run(fields(10), { issue: new CountedIssue() }).complexity.expensiveOperations).toBe(10);
  });

  it.each([
    [
      'the same property of the same object costs once',
      'issue.customfield_1 + issue.customfield_1',
      { issue: new CountedIssue() },
      1,
    ],
    [
      'a computed name costs as a written one',
      "issue['customfield_' + 1] + issue.customfield_1",
      { issue: new CountedIssue() },
      1,
    ],
    ['a property without a price costs nothing', 'issue.summary', { issue: new CountedIssue() }, 0],
    ['a property "once for the whole list" costs once', 'issues.map(i => i.reporter)', issues(50, {}), 1],
    ['and once each for issues that did not come as a list', 'issues.map(i => i.reporter)', issues(5), 5],
    ['only the length of comments costs once for the list', 'issues.map(i => i.comments.length)', issues(50, {}), 1],
    ['a thousand items are free', 'xs.map(x => x)', { xs: numbers(1000) }, 0],
    ['slice to a thousand avoids the rest', 'xs.slice(0, 1000).map(x => x).length', { xs: numbers(5000) }, 0],
    ['stopping early avoids the rest', 'xs.some(x => x == 3)', { xs: numbers(5000) }, 0],
    ['length and one item are no processing', 'xs.length + xs[4999]', { xs: numbers(5000) }, 0],
    ['a constructor costs one', 'new Issue(7)', {}, 1],
  ])('%s', (_, source, context: Context, expensiveOperations) => {
    expect(run(source, context).complexity.expensiveOperations).toBe(expensiveOperations);
  });

  it('loads nothing once the budget is spent, and does not let try catch it', () => {
    const issue = new CountedIssue();
    expect(failure(`try { ${fields(11)} } catch (e) { true }`, { issue }).kind).toBe('limit');
    expect(issue.loads).not.toContain('customfield_11');
  });

  it.each([
    ['a lambda that calls itself', '(x => x(x))(x => x(x))'],
    ['deep parentheses', `${'('.repeat(300)}1${')'.repeat(300)}`],
    ['deep negation', `${'!'.repeat(900)}true`],
    ['a long chain of calls', `(x => x)${'()'.repeat(400)}`],
    [
      'doubling text',
      `let a = 'x'.repeat(100); let b = a.replace('x', a); let c = b.replace('x', a); c.replace('x', a)`,
    ],
    ['a parsed text of brackets', `JSON.parse('['.repeat(100).replace('.', '['.repeat(100)))`],
  ])('%s ends in a refusal', (_, source) => {
    expect(['limit', 'parse', 'type']).toContain(failure(source).kind);
  });

  it('cuts a joined text after 10,000 characters', () => {
    const joined = (count: number): unknown =>
      run("xs.map(x => 'a'.repeat(100)).join('')", { xs: numbers(count) }).value;
    expect(joined(100)).toBe('a'.repeat(10_000));
    expect(joined(101)).toBe(`${'a'.repeat(10_000)}...`);
  });
});
