/** The example of the envelope's specification, run as it is printed, with a curl that writes down what it is told. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { EVIDENCE_KINDS } from '../../../src/evidence/item';
import type { IntakeRequest } from '../../../src/providers/request';
import { SECRET, TestSite } from '../intake/site';

const FORMAT = readFileSync('src/providers/pipeline/FORMAT.md', 'utf8');
const EXAMPLE = /```sh\n([^]*?)```/.exec(FORMAT)?.[1] ?? '';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'envelope-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function runExample(log: string | Buffer): IntakeRequest {
  const told = join(folder, 'told');
  const curl = '#!/bin/sh\nfor one in "$@"; do printf "%s\\n" "$one"; done >"$TOLD"\ncat >"$TOLD.body"\n';
  writeFileSync(join(folder, 'curl'), curl, { mode: 0o755 });
  writeFileSync(join(folder, 'log'), log);
  execFileSync('sh', ['-eu', '-c', EXAMPLE], {
    env: {
      ...process.env,
      PATH: `${folder}${delimiter}${process.env.PATH ?? ''}`,
      TOLD: told,
      LOG: join(folder, 'log'),
      CHANGE: 'CHG-7',
      INTAKE_URL: 'https://site.example.test/x',
      INTAKE_SECRET: SECRET,
    },
  });
  const lines = readFileSync(told, 'utf8').split('\n');
  const headers = lines.flatMap((line, i) => (lines[i - 1] === '-H' ? [line] : []));
  return {
    method: 'POST',
    query: { source: [/\?source=(.*)$/.exec(lines.find((line) => line.startsWith('https:')) ?? '')?.[1] ?? ''] },
    headers: Object.fromEntries(headers.map((line) => [line.split(': ')[0] ?? '', [line.split(': ')[1] ?? '']])),
    body: readFileSync(`${told}.body`, 'utf8'),
  };
}

it('the example is accepted once, and its file is a fact of the change', async () => {
  const request = runExample('rule 17 added\nand a second line: "quoted" \\ done\n');
  const site = new TestSite();
  site.clock.at = new Date();
  expect(await site.deliver(request)).toBe('accepted');
  expect(await site.deliver(request)).toBe('unauthorized');
  await site.drain();
  const digest = execFileSync('openssl', ['dgst', '-sha256', '-r', join(folder, 'log')], { encoding: 'utf8' });
  expect(await site.recorded('10007')).toEqual([`execution-log:sha256:${digest.slice(0, 64)}`]);
});

it('a log that is no text is taken in as its bytes', async () => {
  const request = runExample(Buffer.from([0xff, 0x00, 0xfe]));
  const site = new TestSite();
  site.clock.at = new Date();
  expect(await site.deliver(request)).toBe('accepted');
});

it('with another secret the example is refused', async () => {
  const request = runExample('x');
  const site = new TestSite();
  site.clock.at = new Date();
  site.unconfigured.add('pipeline');
  expect(await site.deliver(request)).toBe('unauthorized');
});

it('names every kind and every member', () => {
  const schema = JSON.parse(readFileSync('src/providers/pipeline/envelope.schema.json', 'utf8')) as {
    properties: Readonly<Record<string, unknown>>;
  };
  const words = [...EVIDENCE_KINDS, ...Object.keys(schema.properties)];
  expect(words.filter((word) => !FORMAT.includes(`\`${word}\``))).toEqual([]);
});
