import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../src/ledger/canonical';
import { parseCanonicalJson } from '../../src/ledger/parse';
import { corpusFolder } from './corpus';

/** RFC 8785 test data of github.com/cyberphone/json-canonicalization, Apache-2.0. */
const folder = corpusFolder('jcs-rfc8785');

describe('the published RFC 8785 vectors', () => {
  const names = folder === undefined ? [] : readdirSync(join(folder, 'input'));

  it('are all there, where there are any', () => {
    expect([0, 6]).toContain(names.length);
  });

  for (const name of names) {
    it(`writes ${name} byte for byte`, () => {
      const input: unknown = JSON.parse(readFileSync(join(folder ?? '', 'input', name), 'utf8'));
      const hex = readFileSync(join(folder ?? '', 'outhex', name.replace('.json', '.txt')), 'utf8').replace(/\s+/g, '');
      const bytes = Buffer.from(canonicalJson(input), 'utf8');
      expect(bytes.toString('hex')).toBe(hex);
      expect(bytes.equals(readFileSync(join(folder ?? '', 'output', name)))).toBe(true);
      expect(canonicalJson(parseCanonicalJson(bytes))).toBe(bytes.toString('utf8'));
    });
  }
});

/** RFC 8785 appendix B: IEEE 754 bits in hexadecimal and the text of the number. */
const NUMBERS: [string, string][] = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
];

describe('the numbers of RFC 8785 appendix B', () => {
  it.each(NUMBERS)('writes the number with the bits %s as %s', (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  it.each(['7fffffffffffffff', '7ff0000000000000', 'fff0000000000000'])('refuses the bits %s', (bits) => {
    const number = Buffer.from(bits, 'hex').readDoubleBE();
    expect(() => canonicalJson(number)).toThrow('NUMBER_NOT_FINITE');
  });
});
