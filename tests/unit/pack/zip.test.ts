import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { PackFile } from '../../../src/pack/assemble';
import { crc32 } from '../../../src/pack/crc32';
import { unzipPack } from '../../../src/pack/unzip';
import { zipPack } from '../../../src/pack/zip';

const FILES: PackFile[] = [
  { name: '3.4.3_README.txt', bytes: Buffer.from('cover sheet '.repeat(50)) },
  { name: 'manifest.json', bytes: Buffer.from('{}') },
  { name: 'empty.txt', bytes: new Uint8Array() },
];
const asText = (files: readonly PackFile[]): [string, string][] =>
  files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('latin1')]);
const sentences = (zip: Uint8Array): [string | null, string][] =>
  unzipPack(zip).problems.map(({ file, sentence }) => [file, sentence]);

/** A ZIP with the names given in both places, whatever they are; fflate would not write all of them. */
function archive(
  entries: readonly { name: string; content: string; declared?: number; method?: number; flags?: number }[],
): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declared, method = 0, flags = 0 } of entries) {
    const data = Buffer.from(content);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(declared ?? data.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), shared, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end]);
}

describe('a ZIP of a pack', () => {
  it('gives back its files in their order', () => {
    const { files, problems } = unzipPack(zipPack(FILES));
    expect([asText(files), problems]).toEqual([asText(FILES), []]);
  });

  it('has the same bytes in every time zone', () => {
    const script =
      "const z=require('fflate');process.stdout.write(Buffer.from(z.zipSync({a:new Uint8Array(9)},{mtime:new Date(1980,0,1)})).toString('hex'))";
    const zones = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'];
    const written = zones.map(
      (TZ) => spawnSync(process.execPath, ['-e', script], { env: { ...process.env, TZ }, encoding: 'utf8' }).stdout,
    );
    expect(new Set(written).size).toBe(1);
    expect(written[0]).not.toBe('');
  });

  it('may be zipped again: stored, with a comment, in a folder, by other tools', () => {
    const entries = Object.fromEntries(FILES.map(({ name, bytes }) => [name, bytes]));
    const inFolder = Object.fromEntries(FILES.map(({ name, bytes }) => [`CHG-42/${name}`, bytes]));
    for (const zip of [
      zipSync(entries, { level: 0 }),
      zipSync(entries, { comment: 'again' }),
      zipSync({ 'CHG-42/': new Uint8Array(), ...inFolder }),
    ]) {
      expect(asText(unzipPack(zip).files).sort()).toEqual(asText(FILES).sort());
    }
  });

  it('may be written by Python, which streams with data descriptors and ZIP64 sizes, where there is one', () => {
    const script = `import zipfile,sys
z=zipfile.ZipFile(sys.stdout.buffer,'w',zipfile.ZIP_DEFLATED)
with z.open('manifest.json','w',force_zip64=True) as f: f.write(b'{}'*1000)
z.close()`;
    const run = spawnSync('python3', ['-c', script]);
    if (run.status !== 0) {
      process.stderr.write('not run: a ZIP written by Python (no python3 on this machine)\n');
      return;
    }
    expect(asText(unzipPack(run.stdout).files)).toEqual([['manifest.json', '{}'.repeat(1000)]]);
  });
});

describe('a hostile or damaged ZIP', () => {
  const plain = { name: 'manifest.json', content: '{}' };

  it.each([
    '../manifest.json',
    '/etc/passwd',
    'C:\\a.json',
    'a\\b.json',
    'a/b/c.json',
    '.hidden',
    'näme.json',
    'a b.json',
    '',
    'a'.repeat(200),
    'a[1].json',
    'CON:',
    'a\u0000b',
  ])('is refused the name %j', (name) => {
    const { files, problems } = unzipPack(archive([plain, { name, content: 'x' }]));
    expect(problems.map(({ file }) => file)).toEqual([name]);
    expect(files.map((file) => file.name)).toEqual(['manifest.json']);
  });

  it.each(['manifest.json', 'MANIFEST.JSON'])('is refused a second %s', (name) => {
    const { problems } = unzipPack(archive([plain, { name, content: '[]' }]));
    expect(problems.map(({ file, sentence }) => [file, sentence])).toEqual([
      [name, 'the archive holds a file of this name twice'],
    ]);
  });

  it('does not unpack what says that it is huge', () => {
    const bomb = zipSync({ 'bomb.json': new Uint8Array(50 * 1024 * 1024) }, { level: 9 });
    const lying = Buffer.from(bomb);
    const at = lying.lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
    lying.writeUInt32LE(1000, at + 24);
    expect(sentences(lying)).toEqual([['bomb.json', 'it unpacks to more bytes than the archive says']]);
    lying.writeUInt32LE(0xf0000000, at + 24);
    expect(sentences(lying)[0]?.[1]).toMatch(/more than a pack may hold/);
  });

  it('is refused a name that differs between its two places', () => {
    const zip = Buffer.from(archive([plain]));
    zip.write('Manifest', 30, 'latin1');
    expect(sentences(zip)[0]?.[1]).toMatch(/in two ways/);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['another method', archive([{ ...plain, method: 12 }]), /method 12/],
    ['encryption', archive([{ ...plain, flags: 1 }]), /encrypted/],
    ['a size that is wrong', archive([{ ...plain, declared: 3 }]), /holds 2 bytes, the archive says 3/],
    ['bytes behind its end', Buffer.concat([zipPack(FILES), Buffer.from('more')]), /something was added behind it/],
    ['bytes before its start', Buffer.concat([Buffer.from('more'), zipPack(FILES)]), /list of files/],
    ['nothing but a start', Buffer.from('PK\u0003\u0004'), /no end/],
  ])('is refused %s', (_, zip, sentence) => {
    expect(sentences(zip)[0]?.[1]).toMatch(sentence);
  });

  it('shows damage in one file and still gives the others', () => {
    const zip = Buffer.from(zipSync(Object.fromEntries(FILES.map(({ name, bytes }) => [name, bytes])), { level: 0 }));
    zip.write('COVER', zip.indexOf('cover'), 'latin1');
    const { files, problems } = unzipPack(zip);
    expect(problems).toEqual([
      { file: '3.4.3_README.txt', sentence: 'its checksum in the archive (CRC-32) does not match its bytes' },
    ]);
    expect(files).toHaveLength(2);
  });

  it('cut off anywhere is a problem, never an exception, and never a file with other bytes', () => {
    const zip = zipPack(FILES);
    for (let length = 0; length < zip.length; length += 1) {
      const { files, problems } = unzipPack(zip.subarray(0, length));
      expect(problems.length).toBeGreaterThan(0);
      for (const file of asText(files)) expect(asText(FILES)).toContainEqual(file);
    }
  });
});

describe('CRC-32', () => {
  // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
  it('of 123456789 is cbf43926', () => {
    expect(crc32(Buffer.from('123456789')).toString(16)).toBe('cbf43926');
    expect(crc32(new Uint8Array())).toBe(0);
  });
});

it('keeps unzip and Info-ZIP satisfied, where there is one', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'zip-')), 'pack.zip');
  writeFileSync(path, zipPack(FILES));
  const run = spawnSync('unzip', ['-t', path], { encoding: 'utf8' });
  if (run.error !== undefined) process.stderr.write('not run: unzip -t (not on this machine)\n');
  else expect([run.status, readFileSync(path).length > 0]).toEqual([0, true]);
});
