import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { base64Of, partBytes, sha256Of, sizeWords } from '../../../static/src/wording/bytes';

describe('partBytes', () => {
  // RFC 4648 section 10
  it.each([
    ['', ''],
    ['Zg==', 'f'],
    ['Zm8=', 'fo'],
    ['Zm9v', 'foo'],
    ['Zm9vYg==', 'foob'],
    ['Zm9vYmE=', 'fooba'],
    ['Zm9vYmFy', 'foobar'],
  ])('%j', (base64, text) => {
    expect(Buffer.from(partBytes(base64)).toString('latin1')).toBe(text);
  });

  it('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(partBytes(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
      }),
    );
  });

  it.each(['Zg', 'Zg=', 'Zm9v\n', 'Zm-_', '====', 'Zm9v Zm9v', '<!doctype html>'])('refuses %j', (text) => {
    expect(() => partBytes(text)).toThrow('base64');
  });
});

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [9_940, '9.9 kB'],
  [482_113, '482 kB'],
  [1_500_000, '1.5 MB'],
  [123_456_789, '123 MB'],
])('%d bytes are %s', (bytes, words) => {
  expect(sizeWords(bytes, 'en-GB')).toBe(words);
});

describe('base64Of and sha256Of', () => {
  it('are those of Node, for any bytes and beyond what one call takes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
        expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        const digest = createHash('sha256').update(bytes).digest('hex');
        expect(await sha256Of(new Uint8Array(bytes).buffer)).toBe(digest);
      }),
      { numRuns: 50 },
    );
    const large = Buffer.alloc(20_001, 'ab');
    expect(base64Of(large)).toBe(large.toString('base64'));
  });
});
