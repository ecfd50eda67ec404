import { existsSync, readFileSync } from 'node:fs';
import { COLLECT_HELP } from '../../../../src/cli/collect/help';
import { run } from '../../../../src/cli/arguments';
import { GATE_HELP } from '../../../../src/cli/gate/gate';

const page = readFileSync('.github/PIPELINES.md', 'utf8');
const known = [...GATE_HELP.flags, ...COLLECT_HELP.flags].map(({ name }) => name);

it('the page on pipelines explains every option of gate and collect, and names none that there is not', () => {
  const said = new Set(Array.from(page.matchAll(/--([a-z][a-z-]*[a-z])/g), ([, name]) => name));
  expect([...said].sort()).toEqual([...new Set([...known, 'help'])].sort());
});

it.each(['gate', 'collect'])('%s --help explains each of its options and exit codes', async (verb) => {
  const { output } = await run([verb, '--help']);
  const { flags, exit } = verb === 'gate' ? GATE_HELP : COLLECT_HELP;
  for (const { name, says } of flags) {
    expect(says.length).toBeGreaterThan(10);
    expect(output).toMatch(new RegExp(`^  --${name}(?: [A-Z]+)?  `, 'm'));
  }
  expect(output.replaceAll('\n', ' ')).toContain(`Exit code: 0 ${exit[0]}, 1 ${exit[1]}, 2 ${exit[2]}.`);
});

it('every file that the page links is there', () => {
  const links = Array.from(page.matchAll(/\]\(([^)#]+)\)/g), ([, path]) => `.github/${path ?? ''}`);
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
  expect(links.length).toBeGreaterThan(10);
});
