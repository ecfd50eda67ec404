import type { Difference, ValueChange } from '../differences';
import type { PackFacts } from '../facts';
import type { HandedInRow } from '../handed-in';
import { count, utc } from '../text';
import { code, markup, table } from './html';
import type { Html } from './html';

/** Values that a reader looks through on paper: of one file, and in all. The rest is in the files named. */
const OF_A_FILE = 40;
const IN_ALL = 200;

type Row = readonly [HandedInRow, Difference, ValueChange | null];

/** What actually changed: before and after, value by value, as plans and records of configuration state it. */
export function differencesSection({ handedIn: { rows, differences } }: PackFacts): Html | null {
  const erased = rows.filter(
    ({ evidence, statementsMissing }) => evidence === 'configuration-difference' && statementsMissing !== null,
  );
  if (differences.size + erased.length === 0) return null;
  const all = rows.map((row) => [row, valuesOf(row, differences.get(row.entry) ?? [])] as const);
  let room = IN_ALL;
  const shown = all.map(([row, values]) => {
    const taken = values.slice(0, Math.min(OF_A_FILE, room));
    room -= taken.length;
    return { row, taken, more: values.length - taken.length };
  });
  return markup`<div class="wide">
      ${table(
        'Configuration before and after, as the files state it',
        ['Entry, row', 'What', 'Value', 'Before', 'After'],
        [...shown.flatMap(({ taken }) => taken.map(cells)), ...erased.map(erasedCells)],
        'No value differs.',
      )}
    </div>
    ${shown.map(({ row, more }) => (more === 0 ? null : moreText(row, more)))}
    ${rows.map((row) => notKept(row, differences.get(row.entry) ?? []))}`;
}

/** A resource without a value that differs, such as one that moved, is a row as well. */
const valuesOf = (row: HandedInRow, differences: readonly Difference[]): readonly Row[] =>
  differences.flatMap((one): readonly Row[] =>
    one.values.length === 0 ? [[row, one, null]] : one.values.map((value) => [row, one, value]),
  );

const cells = ([row, one, value]: Row) => [
  `${row.entry}, ${one.index}`,
  markup`${one.title}${one.state === null || one.title.startsWith(one.state) ? null : markup` (${one.state})`}${one.at === null ? null : markup`<br />${utc(one.at)}`}`,
  value === null ? 'no value differs' : code(value.path === '' ? 'the whole' : value.path),
  value === null ? '' : side(value.before),
  value === null ? '' : side(value.after),
];

const side = (value: string | null): Html => (value === null ? markup`<span class="none">not set</span>` : code(value));

const erasedCells = (row: HandedInRow) => [
  String(row.entry),
  row.name ?? 'name erased',
  `erased or not here: ${row.statementsMissing ?? ''}`,
  'erased',
  'erased',
];

const moreText = (row: HandedInRow, more: number): Html =>
  markup`<p>
    Entry ${row.entry}: ${count(more, 'more value')} in <span class="file">${row.statementsFile ?? 'the file'}</span>.
  </p>`;

/** What the reader itself left out, because one fact of a file is bounded. */
function notKept(row: HandedInRow, differences: readonly Difference[]): Html | null {
  const left = differences.reduce((sum, { notShown }) => sum + notShown, 0);
  return left === 0
    ? null
    : markup`<p>Entry ${row.entry}: ${count(left, 'more value')} in the file itself (${row.bytes.where}).</p>`;
}
