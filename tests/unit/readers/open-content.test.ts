import * as fc from 'fast-check';
import { gzipSync, zipSync, zlibSync } from 'fflate';
import type { Content } from '../../../src/readers/content';
import { MAX_BYTES } from '../../../src/readers/limits';
import { openContent } from '../../../src/readers/open-content';
import { READERS, readFile } from '../../../src/readers/readers';
import { handedIn, utf16 } from './file';
import { processorSeconds } from '../processor-time';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function opened(bytes: string | Uint8Array): Content {
  const content = openContent(handedIn(bytes));
  if ('reason' in content) throw new Error(content.reason);
  return content;
}

const JSON_TEXT = '{"naïve": "ключ 鍵", "list": [1, 2]}';

describe('openContent', () => {
  it.each([
    ['UTF-8', utf8(JSON_TEXT), 'utf-8'],
    ['UTF-8 with a byte order mark', utf8(`\ufeff${JSON_TEXT}`), 'utf-8-bom'],
    ['UTF-16 little endian with a mark', utf16(JSON_TEXT), 'utf-16le'],
    ['UTF-16 big endian with a mark', utf16(JSON_TEXT, 'be'), 'utf-16be'],
    ['UTF-16 little endian without a mark', utf16(JSON_TEXT, 'le', false), 'utf-16le'],
    ['UTF-16 big endian without a mark', utf16(JSON_TEXT, 'be', false), 'utf-16be'],
    ['gzip', gzipSync(utf8(JSON_TEXT)), 'utf-8'],
    ['a ZIP of one file', zipSync({ 'a/b.json': utf8(JSON_TEXT) }), 'utf-8'],
    ['a stored ZIP of one file', zipSync({ 'b.json': [utf8(JSON_TEXT), { level: 0 }] }), 'utf-8'],
  ])('reads %s', (_, bytes, encoding) => {
    const content = opened(bytes);
    expect(content.encoding).toBe(encoding);
    expect(content.json.values).toEqual([JSON.parse(JSON_TEXT)]);
  });

  it('reads Latin-1, and says so', () => {
    const content = opened(Uint8Array.from([0x6e, 0x61, 0xef, 0x76, 0x65]));
    expect(content.text).toBe('naïve');
    expect(content.findings.map(({ code }) => code)).toEqual(['other-encoding']);
  });

  it.each([
    ['one value', JSON_TEXT, 'single', 1, false],
    ['one value a line', `${JSON_TEXT}\n{}\r\n[1]\n`, 'lines', 3, false],
    ['lines with noise between', `starting\n${JSON_TEXT}\nmore\n{"a":1}\ndone`, 'lines', 2, true],
    ['values behind each other', '{"a":1}{"b":2}\n{\n"c":3}', 'concatenated', 3, false],
    [
      'noise before and behind',
      `[command]/bin/terraform show\n[INFO] x\n{\n  "a": [1]\n}\n::set-output::\n`,
      'concatenated',
      1,
      true,
    ],
    ['a value after a prefix', `##[debug]{"a": {"b": [1]}}`, 'concatenated', 1, true],
  ] as const)('finds %s', (_, text, form, count, noise) => {
    const { json } = opened(text);
    expect([json.form, json.values.length, json.noise > 0, json.broken]).toEqual([form, count, noise, 0]);
  });

  it('counts what begins like JSON and does not end', () => {
    expect(opened('{"a":1}\n{"b":\n').json).toMatchObject({ values: [{ a: 1 }], broken: 1 });
    expect(opened('{\n"b": [1,\n').json).toMatchObject({ values: [], broken: 1 });
  });

  it('takes off colours and the time stamps of a runner', () => {
    const stamp = '2024-05-01T10:00:00.1234567Z ';
    const content = opened(`${stamp}\u001b[0m\u001b[1m{\n${stamp}"a": 1}\u001b[0m\n`);
    expect(content.json.values).toEqual([{ a: 1 }]);
    expect(content.findings.map(({ code }) => code)).toEqual(['wrapper-noise', 'wrapper-noise']);
  });

  it.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['more than the limit', new Uint8Array(MAX_BYTES + 1), 'too-large'],
    ['a gzip bomb', gzipSync(new Uint8Array(MAX_BYTES + 1)), 'inflates-too-far'],
    ['a ZIP bomb', zipSync({ a: new Uint8Array(MAX_BYTES + 1) }), 'inflates-too-far'],
    ['a gzip that is cut off', gzipSync(utf8(JSON_TEXT)).subarray(0, 30), 'archive-damaged'],
    ['a gzip header only', Uint8Array.from([0x1f, 0x8b]), 'archive-damaged'],
    ['deep nesting', utf8('['.repeat(1_000_000)), 'too-deep'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(openContent(handedIn(bytes))).toEqual({ reason });
  });

  it('does not open an archive of several files, and says so', () => {
    const content = opened(zipSync({ a: utf8('{}'), b: utf8('{}') }));
    expect([content.text, content.findings.map(({ code }) => code)]).toEqual(['', ['not-read-whole']]);
  });

  it('stays linear where brackets never close', async () => {
    const read = () => {
      expect(opened('[ \n'.repeat(150)).json.values).toEqual([]);
      expect(opened('x [\n{\n'.repeat(60) + '\n{ "'.repeat(100_000)).json.values).toEqual([]);
    };
    expect(await processorSeconds(read)).toBeLessThan(3);
  });
});

describe('readFile', () => {
  it('makes evidence of any other file by its digest, size and type', () => {
    const pdf = handedIn('%PDF-1.7 …', 'approval.pdf');
    expect(readFile(pdf)).toMatchObject({
      outcome: 'read',
      format: 'other-file',
      kind: 'document',
      title: 'approval.pdf',
      statements: [{ id: `sha256:${pdf.digest}` }],
      attributes: { size: '12', type: 'application/pdf' },
      complete: true,
    });
  });

  it('never throws, whatever the bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 500 }),
      fc.json().map(utf8),
      fc.json().map((text) => utf16(text)),
      fc.uint8Array({ maxLength: 200 }).map((plain) => gzipSync(plain)),
      fc.uint8Array({ maxLength: 200 }).map((plain) => zlibSync(plain)),
    );
    fc.assert(fc.property(bytes, (content) => ['read', 'refused'].includes(readFile(handedIn(content)).outcome)));
  });

  it('names every reader once', () => {
    const names = READERS.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });
});
