import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../../src/ledger/hash';
import { FILES, PACK_FORMAT } from '../../src/pack/files';
import { LEDGER_FORMAT } from '../../src/ledger/entry';

const SPECIFICATION = readFileSync(join(__dirname, '../../src/pack/FORMAT.md'), 'utf8');
const PACK = join(__dirname, 'pack');

describe('the specification', () => {
  it('has examples with real hashes: each is in the golden pack, or is the hash of a line in it', () => {
    const contents = readdirSync(PACK).map((name) => readFileSync(join(PACK, name), 'utf8'));
    const known =
      contents.join('\n') + contents.flatMap((text) => text.split('\n').map((line) => sha256Hex(line))).join('\n');
    const examples = SPECIFICATION.match(/\b[0-9a-f]{64}\b/g) ?? [];
    expect(examples.length).toBeGreaterThan(4);
    expect(examples.filter((hash) => !known.includes(hash))).toEqual([]);
  });

  it('has the example of a commitment hash to what it says', () => {
    const example = /\n```\n(\{"salt".*\})\n```\n\nhashes to `([0-9a-f]{64})`/.exec(SPECIFICATION);
    expect(sha256Hex(example?.[1] ?? '')).toBe(example?.[2]);
  });

  it('names every file and both formats', () => {
    for (const name of [...Object.values(FILES), PACK_FORMAT, LEDGER_FORMAT]) expect(SPECIFICATION).toContain(name);
  });
});
