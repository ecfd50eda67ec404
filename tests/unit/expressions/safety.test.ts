/** Whatever the source, an expression ends in a value or in an `ExpressionError`, and reaches nothing of the machine. */
import * as fc from 'fast-check';
import { analyse, evaluate, ExpressionError, fromJson, toJson, type Context } from '../../host/expressions';
import { parse } from '../../host/expressions/parser';
import { CountedIssue } from './objects';

const NOW = new Date('2026-03-02T09:00:00Z');
const context = (): Context => ({
  issue: new CountedIssue(),
  map: fromJson({ a: 1, 'b c': [true, null] }),
  list: [1, 'x', null],
  text: 'text',
  number: 3,
  nothing: null,
});

function endsWell(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError);
  }
}

/** Pieces of the language in any order: more of it parses than of random characters. */
const soup = fc
  .array(
    fc.constantFrom(
      ...'issue map list text number nothing x y null true false 1 2.5 \'s\' "d" `t${x}` let return if else try catch throw typeof new Date Map Issue User'.split(
        ' ',
      ),
      ...'( ) { } [ ] . ?. , : ; ? ! < > = == != <= >= && || ?? + - * / % => ( ) . => x => ( ) length map filter get split'.split(
        ' ',
      ),
    ),
    { maxLength: 60 },
  )
  .map((words) => words.join(' '));

describe('any source', () => {
  it.each([
    ['characters', fc.string({ maxLength: 300, unit: 'binary' })],
    ['pieces of the language', soup],
  ])('of %s ends in a value or an ExpressionError', (_, sources) => {
    fc.assert(
      fc.property(sources, (source) => {
        endsWell(() => parse(source));
        endsWell(() => evaluate(source, context(), { now: NOW }));
        for (const check of ['syntax', 'type', 'complexity'] as const)
          expect(typeof analyse(source, check).valid).toBe('boolean');
      }),
      { numRuns: 400 },
    );
  });

  it('that parses says so alike in analyser and interpreter', () => {
    fc.assert(
      fc.property(soup, (source) => {
        const kind = ((): string => {
          try {
            evaluate(source, context(), { now: NOW });
            return 'value';
          } catch (error) {
            return error instanceof ExpressionError ? error.kind : 'crash';
          }
        })();
        expect(analyse(source, 'syntax').errors?.[0]?.type === 'syntax').toBe(kind === 'parse');
      }),
      { numRuns: 300 },
    );
  });
});

describe('nothing of JavaScript', () => {
  const NAMES = [
    'constructor',
    '__proto__',
    'prototype',
    'hasOwnProperty',
    'valueOf',
    'isPrototypeOf',
    'toLocaleString',
    '__defineGetter__',
  ];

  it.each(NAMES)('%s is reached from a map, which has no such key', (name) => {
    expect(evaluate(`map.${name}`, context(), { now: NOW }).value).toBeNull();
    expect(evaluate(`map['${name}']`, context(), { now: NOW }).value).toBeNull();
  });

  it.each(
    NAMES.flatMap((name) =>
      ['issue', 'list', 'text', 'number', 'new Date()', '(x => x)', 'issue.properties'].map((target) => [
        `${target}.${name}`,
      ]),
    ),
  )('%s is refused', (source) => {
    endsWell(() => {
      const { value } = evaluate(source, context(), { now: NOW });
      expect(value).toBeNull();
    });
  });

  it.each([...NAMES, 'globalThis', 'process', 'require', 'Function', 'Object', 'eval', 'undefined', 'this', 'Math'])(
    '%s is no variable',
    (name) => {
      expect(() => evaluate(name, context(), { now: NOW })).toThrow(ExpressionError);
      expect(evaluate(`typeof ${name}`, context(), { now: NOW }).value).toBe('undefined');
    },
  );

  it('a key __proto__ is a key like any other, in and out', () => {
    const { value, json } = evaluate(`JSON.parse('{"__proto__": {"admin": true}}')`, {}, { now: NOW });
    expect(Object.keys(json ?? {})).toEqual(['__proto__']);
    expect(JSON.stringify(toJson(value))).toBe('{"__proto__":{"admin":true}}');
    expect(evaluate(`{'__proto__': 1}.admin`, {}, { now: NOW }).value).toBeNull();
  });
});

describe('the algebra', () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const run = (source: string, given: Context): unknown => evaluate(source, given, { now: NOW }).value;

  it('equality is reflexive on JSON, symmetric, and the negation of !=', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const given = { a: fromJson(a), b: fromJson(b) };
        expect(run('a == a', given)).toBe(true);
        expect(run('a == b', given)).toBe(run('b == a', given));
        expect(run('a != b', given)).toBe(run('!(a == b)', given));
      }),
    );
  });

  it('filter, map, some and every agree; concat and slice take a list apart and together', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 30 }), fc.nat(40), (xs, n) => {
        const given = { xs, n };
        expect(run('xs.every(x => x > n) == !xs.some(x => !(x > n))', given)).toBe(true);
        expect(run('xs.filter(x => x > n).length + xs.filter(x => !(x > n)).length == xs.length', given)).toBe(true);
        expect(run('xs.slice(0, n).concat(xs.slice(n)) == xs', given)).toBe(true);
        expect(run('xs.map(x => x) == xs && xs.flatMap(x => [x]) == xs', given)).toBe(true);
      }),
    );
  });

  it('a text, quoted, is itself', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const quoted = `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
        expect(run(quoted, {})).toBe(text);
      }),
    );
  });
});

describe('the message', () => {
  it('names what failed, as the evaluate call does (Jira OpenAPI, example of a 400)', () => {
    const report = (source: string): string => {
      try {
        evaluate(source, context(), { now: NOW });
      } catch (error) {
        if (error instanceof ExpressionError) return error.report();
      }
      return '';
    };
    expect(report("issue['a' + 'b']")).toMatch(
      /^Evaluation failed: "issue\['a' \+ 'b'\]" - Unrecognized property of `issue`: "ab" \('a' \+ 'b'\)\. Available properties of type 'Issue' are: 'assignee', /,
    );
    expect(report('nothing.id')).toBe('Evaluation failed: "nothing.id" - Type null does not have any properties');
    expect(analyse("issues.map(i => i.id > '0')", 'type')).toEqual({
      expression: "issues.map(i => i.id > '0')",
      valid: false,
      type: 'TypeError',
      errors: [{ type: 'type', expression: "i.id > '0'", message: "Can't compare Number to String." }],
    });
    expect(analyse('1\n  + > 2', 'syntax').errors).toEqual([
      {
        type: 'syntax',
        line: 2,
        column: 5,
        message:
          '!, -, typeof, (, IDENTIFIER, null, true, false, NUMBER, STRING, TEMPLATE_LITERAL, new, [ or { expected, > encountered.',
      },
    ]);
  });
});
