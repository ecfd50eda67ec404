import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { CanonicalError, canonicalJson } from '../../../src/ledger/canonical';

const cyclic: Record<string, unknown> = {};
cyclic['self'] = [cyclic];
class Entry {
  readonly kind = 'moved';
}
let deep: unknown = 1;
for (let i = 0; i < 501; i += 1) deep = [deep];

const refusalOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof CanonicalError ? [error.code, error.path] : error;
  }
};

describe('what has no canonical form', () => {
  it.each<[string, unknown, string, string]>([
    ['undefined', undefined, 'NOT_A_JSON_VALUE', '$'],
    ['an undefined member', { a: { b: undefined } }, 'NOT_A_JSON_VALUE', '$.a.b'],
    ['undefined in a list', [1, undefined], 'NOT_A_JSON_VALUE', '$[1]'],
    ['a function', { toJSON: () => 1 }, 'NOT_A_JSON_VALUE', '$.toJSON'],
    ['a symbol', [Symbol('s')], 'NOT_A_JSON_VALUE', '$[0]'],
    ['a bigint', { a: 1n }, 'NOT_A_JSON_VALUE', '$.a'],
    ['NaN', [NaN], 'NUMBER_NOT_FINITE', '$[0]'],
    ['infinity', { a: -Infinity }, 'NUMBER_NOT_FINITE', '$.a'],
    ['a Date', { at: new Date(0) }, 'NOT_A_PLAIN_OBJECT', '$.at'],
    ['a Map', new Map([['a', 1]]), 'NOT_A_PLAIN_OBJECT', '$'],
    ['a Set', [new Set([1])], 'NOT_A_PLAIN_OBJECT', '$[0]'],
    ['bytes', Buffer.from('a'), 'NOT_A_PLAIN_OBJECT', '$'],
    ['a class', new Entry(), 'NOT_A_PLAIN_OBJECT', '$'],
    ['a boxed number', Object(1), 'NOT_A_PLAIN_OBJECT', '$'],
    ['an object that inherits members', Object.create({ a: 1 }), 'NOT_A_PLAIN_OBJECT', '$'],
    ['a symbol as key', { [Symbol('s')]: 1 }, 'NOT_A_PLAIN_OBJECT', '$'],
    ['a sparse list', [1, , 3], 'SPARSE_ARRAY', '$'],
    ['a list with a member of its own', Object.assign([1], { extra: 2 }), 'SPARSE_ARRAY', '$'],
    ['half a surrogate pair', ['\ud83d'], 'LONE_SURROGATE', '$[0]'],
    ['the other half', 'a\ude00', 'LONE_SURROGATE', '$'],
    ['half a surrogate pair in a key', { '\ud83d': 1 }, 'LONE_SURROGATE', '$.\ud83d'],
    ['a pair in the wrong order', '\ude00\ud83d', 'LONE_SURROGATE', '$'],
    ['a cycle', cyclic, 'CYCLE', '$.self[0]'],
    ['more levels than the limit', deep, 'TOO_DEEP', `$${'[0]'.repeat(500)}`],
  ])('is %s', (_, value, code, path) => {
    expect(refusalOf(() => canonicalJson(value))).toEqual([code, path]);
  });

  it('is not a value that merely appears twice', () => {
    const twice = { a: 1 };
    expect(canonicalJson([twice, twice])).toBe('[{"a":1},{"a":1}]');
  });

  it('is neither an object without a prototype nor one with a member named __proto__', () => {
    expect(canonicalJson(Object.assign(Object.create(null), { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
    expect(canonicalJson(JSON.parse('{"__proto__":{"b":1},"1":0,"10":0,"2":0}'))).toBe(
      '{"1":0,"10":0,"2":0,"__proto__":{"b":1}}',
    );
  });
});

describe('the canonical form', () => {
  const json = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' });

  it('is the one that an independent implementation writes', () => {
    fc.assert(
      fc.property(json, (value) => canonicalJson(value) === canonicalize(value)),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), json, { noNullPrototype: true }), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        return canonicalJson(turned) === canonicalJson(value);
      }),
    );
  });

  it('reads back as a value with the same form', () => {
    fc.assert(fc.property(json, (value) => canonicalJson(JSON.parse(canonicalJson(value))) === canonicalJson(value)));
  });

  it('differs for different values', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        if (canonicalJson(a) === canonicalJson(b))
          expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
      }),
    );
  });
});
