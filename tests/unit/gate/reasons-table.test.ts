import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const source = readFileSync(join(root, 'src/gate/verdict.ts'), 'utf8');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const section = readme.slice(readme.indexOf('### Reasons'), readme.indexOf('### Structure'));

/** The literals of a union type or of an interface's `code`, as written in the source. */
function codesAfter(start: string): string[] {
  const from = source.indexOf(start);
  expect(from).toBeGreaterThan(0);
  return [...source.slice(from, source.indexOf(';', from)).matchAll(/'([a-z-]+)'/g)].map(([, code]) => code ?? '');
}

test.each([
  ['reasons', 'export type ReasonCode ='],
  ['exceptions', 'export interface Exception {'],
  ['why somebody may not decide', 'export type MayDecideCode ='],
])('the README names every code: %s', (_, start) => {
  const codes = codesAfter(start);
  expect(codes.length).toBeGreaterThan(8);
  expect(codes.filter((code) => !section.includes(`\`${code}\``))).toEqual([]);
});

/** Every text of the tests that judge, without this file and the table itself. */
const judged = ['gate', 'handlers', 'policy']
  .flatMap((folder) => textsUnder(join(root, 'tests/unit', folder)))
  .concat(textsUnder(join(root, 'tests/host/flow')))
  .join('\n');

function textsUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'reasons-table.test.ts'
      ? [readFileSync(join(entry.parentPath, entry.name), 'utf8')]
      : [],
  );
}

test.each([
  ['reasons', 'export type ReasonCode ='],
  ['exceptions', 'export interface Exception {'],
  ['why somebody may not decide', 'export type MayDecideCode ='],
])('a test expects every code by its name: %s', (_, start) => {
  expect(codesAfter(start).filter((code) => !judged.includes(`'${code}'`))).toEqual([]);
});
