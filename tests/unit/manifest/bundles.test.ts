import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const SRC = join(__dirname, '../../../src');

/** Every file that a bundle gets when it begins here: what is imported only as a type is not loaded. */
function loadedBy(entry: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [join(SRC, entry)];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(file, 'utf8').replace(/import type [^;]*;/g, '');
    for (const [, named = ''] of text.matchAll(/(?:from|import) '(\.[^']*)'/g)) {
      const path = join(dirname(file), named);
      const found = [`${path}.ts`, join(path, 'index.ts')].find((one) => existsSync(one));
      if (found !== undefined) open.push(found);
    }
  }
  return new Set([...seen].map((file) => relative(SRC, file)));
}

describe.each(['index.ts', 'panel.ts', 'register.ts', 'pipelines.ts'])('%s, for which somebody waits', (entry) => {
  it('loads no reader of files and nothing that checks their signatures', () => {
    const loaded = [...loadedBy(entry)];
    expect(loaded.length).toBeGreaterThan(30);
    const slim = ['against', 'document', 'findings', 'matching', 'refusals'].map((name) => `readers/${name}.ts`);
    expect(loaded.filter((file) => file.startsWith('readers/') && !slim.includes(file))).toEqual([]);
  });
});

it('the jobs load every reader', () => {
  expect(loadedBy('jobs.ts')).toContain('readers/readers.ts');
});
