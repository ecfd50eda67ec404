import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../src/ledger/canonical';
import { ParseError, parseCanonicalJson, parseJson } from '../../src/ledger/parse';
import { corpusFolder } from './corpus';

/**
 * The JSON parsing test suite (github.com/nst/JSONTestSuite, MIT) at our two edges: `parseJson`, for what is only
 * understood, and `parseCanonicalJson`, for what is hashed. `y_` must be accepted, `n_` must be refused.
 */
const folder = corpusFolder('json-test-suite/test_parsing');
const names = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string): Uint8Array => readFileSync(join(folder ?? '', name));

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return error instanceof ParseError ? error.code : `threw ${String(error)}`;
  }
};

describe('the JSON test suite', () => {
  it('is complete where it is there', () => {
    expect([0, 283]).toContain(names.length);
  });

  it('has every y_ file accepted, and brought to a form that reads back as itself', () => {
    for (const name of names.filter((file) => file.startsWith('y_'))) {
      const value = parseJson(read(name));
      const canonical = canonicalJson(value);
      // Not the values: -0 and 0 are one number in RFC 8785.
      expect([name, canonicalJson(parseCanonicalJson(Buffer.from(canonical)))]).toEqual([name, canonical]);
    }
  });

  it('has every n_ file refused at both edges with a coded error, however deep or broken', () => {
    const outcomes = names
      .filter((file) => file.startsWith('n_'))
      .flatMap((name) =>
        [codeOf(() => parseJson(read(name))), codeOf(() => parseCanonicalJson(read(name)))].map((code) => [name, code]),
      );
    expect(outcomes.filter(([, code]) => code !== 'NOT_JSON' && code !== 'NOT_UTF8')).toEqual([]);
  });
});

/** What is JSON but not its own canonical form: accepted at the first edge only. */
describe('a line that is hashed', () => {
  it.each<[string, string | number[], string]>([
    ['a canonical object', '{"a":1,"b":[true,null]}', 'accepted'],
    ['repeated names', '{"a":1,"a":1}', 'NOT_CANONICAL'],
    ['white space', '{"a": 1}', 'NOT_CANONICAL'],
    ['a line feed at the end', '{"a":1}\n', 'NOT_CANONICAL'],
    ['unsorted names', '{"b":1,"a":2}', 'NOT_CANONICAL'],
    ['another spelling of a number', '{"a":1.0}', 'NOT_CANONICAL'],
    ['minus zero', '-0', 'NOT_CANONICAL'],
    ['more digits than a double holds', '{"a":12345678901234567890}', 'NOT_CANONICAL'],
    ['a needless escape', '"\\u0041"', 'NOT_CANONICAL'],
    ['an upper-case escape', '"\\u001F"', 'NOT_CANONICAL'],
    ['a lone surrogate', '"\\ud800"', 'NOT_CANONICAL'],
    ['a lone surrogate in a name', '{"\\udc00":1}', 'NOT_CANONICAL'],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x31], 'NOT_JSON'],
    ['invalid UTF-8', [0x22, 0xff, 0x22], 'NOT_UTF8'],
    ['an overlong form', [0x22, 0xc0, 0xaf, 0x22], 'NOT_UTF8'],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22], 'NOT_UTF8'],
    ['UTF-16', [0xff, 0xfe, 0x31, 0x00], 'NOT_UTF8'],
    ['nothing', '', 'NOT_JSON'],
    ['deeper than any entry', '['.repeat(501) + ']'.repeat(501), 'NOT_CANONICAL'],
  ])('of %s', (_, content, code) => {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Uint8Array.from(content);
    expect(codeOf(() => parseCanonicalJson(bytes))).toBe(code);
  });
});
