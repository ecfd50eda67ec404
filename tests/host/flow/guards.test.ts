/** The approve matrix can fail: without each guard in turn, the cells that it is there for are not as committed. */
import { readFileSync } from 'node:fs';
import { AlteredSites, type Replacement } from './altered-site';
import { differences, type Difference, type Way } from './approve.cells';
import { APPROVE_LATE } from './approve-late.table';
import { APPROVE, type ApproveCase } from './approve.table';
import { GUARDS, type Guard, type Red } from './guards.table';

const MATRIX = [...APPROVE, ...APPROVE_LATE];
const LIMIT_MS = 180_000;

/** No guard keeps this one out, so it is green on every site that works at all. */
const CONTROL = 'a change authority with no part in it';

interface Check {
  readonly guard: Guard;
  readonly without: readonly Replacement[];
  /** What is left in, of several that belong together. */
  readonly kept: string;
}

const REMOVED: readonly Check[] = GUARDS.map((guard) => ({ guard, without: guard.without, kept: '' }));

/** The other half of defence in depth: of guards that belong together, none is there for show. */
const KEPT: readonly Check[] = GUARDS.filter(({ without }) => without.length > 1).flatMap((guard) =>
  guard.without.map((one) => ({
    guard,
    without: guard.without.filter((other) => other !== one),
    kept: `${one.file}: ${one.from}`,
  })),
);

const asked = (red: readonly Red[]) =>
  red.flatMap(({ way, aspect, of }) => of.map((title) => ({ way, aspect, title })));

type Cells = ReadonlyMap<string, readonly Difference[]>;
const cellName = (way: Way, title: string): string => `${way}: ${title}`;

/** A site for each different set of replacements, whoever asks for it. */
const sites = new Map<string, Promise<Cells>>();
const altered = new AlteredSites();

afterAll(() => altered.end());

function cellsWithout(without: readonly Replacement[]): Promise<Cells> {
  const key = JSON.stringify(without);
  const wanted = [...REMOVED, ...KEPT].filter((check) => JSON.stringify(check.without) === key);
  const made = sites.get(key) ?? inLane(() => seenWithout(without, wanted));
  sites.set(key, made);
  return made;
}

/** One cell after the other: some of them change who is in a group, or what the app hears of. */
function seenWithout(without: readonly Replacement[], checks: readonly Check[]): Promise<Cells> {
  const control = { way: 'transition', title: CONTROL } as const;
  return altered.on(without, async (drive) => {
    const seen = new Map<string, readonly Difference[]>();
    for (const { way, title } of [control, ...checks.flatMap(({ guard }) => asked(guard.red))])
      if (!seen.has(cellName(way, title))) seen.set(cellName(way, title), await differences(drive, caseOf(title), way));
    return seen;
  });
}

function caseOf(title: string): ApproveCase {
  const found = MATRIX.find((one) => one.title === title);
  if (found === undefined) throw new Error(`the approve matrix has no "${title}"`);
  return found;
}

/** Two sites at a time: more only wait for one another. */
const lanes: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];

function inLane<T>(work: () => Promise<T>): Promise<T> {
  const lane = sites.size % lanes.length;
  const run = (lanes[lane] ?? Promise.resolve()).then(work);
  lanes[lane] = run.catch(() => undefined);
  return run;
}

/** Which of the guard's cells are red, and red in what the guard names. */
async function judged({ guard, without }: Check) {
  const cells = await cellsWithout(without);
  const red = asked(guard.red).filter(({ way, aspect, title }) =>
    cells.get(cellName(way, title))?.some((difference) => difference.aspect === aspect),
  );
  return { red, control: cells.get(cellName('transition', CONTROL)) };
}

test.each(GUARDS.flatMap(({ name, without }) => without.map((one) => ({ name, ...one }))))(
  'stands in $file exactly once: $name',
  ({ name, file, from }) => {
    const times = readFileSync(file, 'utf8').split(from).length - 1;
    if (times !== 1) throw new Error(`${file} holds the guard "${name}" ${times} times, not once: ${from}`);
  },
);

describe('without it the cells that it is there for are red', () => {
  test.concurrent.each(REMOVED)(
    '$guard.name',
    async (check) => expect(await judged(check)).toEqual({ red: asked(check.guard.red), control: [] }),
    LIMIT_MS,
  );
});

describe('of several that belong together each alone is enough', () => {
  test.concurrent.each(KEPT)(
    '$guard.name, left in $kept',
    async (check) => expect(await judged(check)).toEqual({ red: [], control: [] }),
    LIMIT_MS,
  );
});
