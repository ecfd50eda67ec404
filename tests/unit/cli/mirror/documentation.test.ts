import { readFileSync } from 'node:fs';
import { MIRROR_HELP } from '../../../../src/cli/mirror/flags';
import { FINDINGS } from '../../../../src/cli/mirror/findings';

const page = readFileSync('.github/MIRROR.md', 'utf8');

it.each(MIRROR_HELP.flags.map(({ name }) => name))('the page on copies outside Jira explains --%s', (name) => {
  expect(page).toMatch(new RegExp(`--${name}(?![a-z-])`));
});

it('the page names no option that there is not', () => {
  const known = new Set(MIRROR_HELP.flags.map(({ name }) => name));
  // Within code fences the options of other programs stand too.
  const said = page.replaceAll(/```[\s\S]*?```/g, '').matchAll(/--([a-z][a-z0-9-]*)/g);
  expect([...said].map(([, name]) => name).filter((name) => !known.has(name ?? ''))).toEqual([]);
});

it.each(FINDINGS)('the page says what the finding %s means', (code) => {
  expect(page).toContain(`\`${code}\``);
});
