/** Hostile deliveries of every sender in a process whose memory is bounded: each ends as it must, quickly, and it lives. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { ATTACKS, isFor } from '../unit/intake/attacks';
import { SENDERS } from '../unit/intake/senders';

interface Told {
  readonly ran: readonly {
    readonly source: string;
    readonly attack: string;
    readonly bytes: number;
    readonly outcome: string;
    readonly ms: number;
  }[];
  readonly peakKb: number;
}

/** Of the heap in MB: Forge gives a function 1,024 (developer.atlassian.com, "Invocation limits"). */
const HEAP_MB = 128;

let told: Told;
const folder = mkdtempSync(join(tmpdir(), 'attacks-'));

beforeAll(() => {
  const outfile = join(folder, 'intake.cjs');
  buildSync({ entryPoints: ['tests/bench/intake.ts'], outfile, bundle: true, platform: 'node', format: 'cjs' });
  const run = ['--max-old-space-size=' + String(HEAP_MB), outfile, 'all'];
  told = JSON.parse(execFileSync(process.execPath, run, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })) as Told;
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true }));

const outcomesOf = (name: string) => told.ran.filter(({ attack }) => attack === name);

it.each(ATTACKS.map((attack) => [attack.name, attack] as const))('%s', (name, attack) => {
  const outcomes = outcomesOf(name);
  expect(outcomes.map(({ source }) => source)).toEqual(
    SENDERS.filter((sender) => isFor(attack, sender)).map(({ source }) => source),
  );
  const wrong = outcomes.filter(({ outcome }) => !attack.ends.includes(outcome));
  expect(wrong).toEqual([]);
  // The slowest takes a second on a busy machine; what is not linear in its length would take hours.
  expect(outcomes.filter(({ ms }) => ms > 30_000)).toEqual([]);
});

it('one after another they live in a heap an eighth of a function’s, so nothing of them stays', () => {
  expect(told.ran.length).toBeGreaterThan(150);
  const bytes = told.ran.reduce((sum, one) => sum + one.bytes, 0);
  process.stdout.write(
    `hostile deliveries: ${told.ran.length}, ${Math.round(bytes / 1024 / 1024)} MB in all, in a heap of ${HEAP_MB} MB; peak of the process ${Math.round(told.peakKb / 1024)} MB; slowest ${Math.round(Math.max(...told.ran.map(({ ms }) => ms)))} ms\n`,
  );
});
