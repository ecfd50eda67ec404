import { readFileSync } from 'node:fs';
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
