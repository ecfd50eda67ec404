import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { commit, commitmentsIn, disclosed } from '../../../src/ledger/commitment';
import { sha256Hex } from '../../../src/ledger/hash';

const salt = '5a'.repeat(32);
const holding = ({ committed, disclosure }: ReturnType<typeof commit>) => ({
  disclosures: { [committed.commitment]: disclosure },
});

describe('sha256Hex', () => {
  // FIPS 180-4 examples, as NIST publishes them.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('hashes %j', (text, hex) => {
    expect(sha256Hex(text)).toBe(hex);
    expect(sha256Hex(Buffer.from(text))).toBe(hex);
  });

  it('hashes text as UTF-8', () => {
    expect(sha256Hex('é🙂')).toBe(sha256Hex(Uint8Array.from([0xc3, 0xa9, 0xf0, 0x9f, 0x99, 0x82])));
  });
});

describe('a commitment', () => {
  const made = commit({ displayName: 'Ada', accountId: 'a1' }, salt);

  it('is SHA-256 over the RFC 8785 bytes of salt and value', () => {
    const bytes = `{"salt":"${salt}","value":{"accountId":"a1","displayName":"Ada"}}`;
    expect(made.committed.commitment).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('gives its value back while it is disclosed', () => {
    expect(disclosed(holding(made), made.committed)).toEqual({ displayName: 'Ada', accountId: 'a1' });
  });

  it.each([
    ['it was erased', { disclosures: {} }],
    [
      'the value was swapped',
      { disclosures: { [made.committed.commitment]: { salt, value: { displayName: 'Eve' } } } },
    ],
    [
      'the salt was swapped',
      { disclosures: { [made.committed.commitment]: { ...made.disclosure, salt: '00'.repeat(32) } } },
    ],
    ['the value is not JSON', { disclosures: { [made.committed.commitment]: { salt, value: undefined } } }],
    ['another value is disclosed', holding(commit('Eve', salt))],
  ])('gives nothing back when %s', (_, stored) => {
    expect(disclosed(stored, made.committed)).toBeUndefined();
  });

  it('gives nothing back for nobody, nor for a member that every object has', () => {
    expect(disclosed(holding(made), null)).toBeUndefined();
    expect(disclosed(holding(made), { commitment: 'constructor' })).toBeUndefined();
  });

  it.each(['', 'zz'.repeat(32), 'AB'.repeat(32), 'ab'.repeat(31)])('refuses the salt %j', (bad) => {
    expect(() => commit('value', bad)).toThrow(RangeError);
  });

  it('differs whenever salt or value differ', () => {
    const salts = fc.stringMatching(/^[0-9a-f]{64}$/);
    fc.assert(
      fc.property(salts, salts, fc.string(), fc.string(), (s, t, v, w) => {
        const same = commit(v, s).committed.commitment === commit(w, t).committed.commitment;
        return same === (s === t && v === w);
      }),
    );
  });

  it('is found wherever it is in a body, and only there', () => {
    const one = { commitment: '1'.repeat(64) };
    const two = { commitment: '2'.repeat(64) };
    expect(
      commitmentsIn({ by: one, people: [{ role: 'author', person: two }], text: 'commitment', none: null }),
    ).toEqual([one.commitment, two.commitment]);
    expect(commitmentsIn({ commitment: 'x', other: 1 })).toEqual([]);
  });
});
