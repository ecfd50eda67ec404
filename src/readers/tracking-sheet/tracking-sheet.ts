import Papa from 'papaparse';
import type { Content } from '../content';
import type { Finding } from '../findings';
import { MAX_STATEMENTS } from '../limits';
import type { Read, Reader, Statement } from '../reader';
import { counted, readAs, stated } from '../stated';
import { columnOf, type Column } from './columns';
import { neutral } from './neutral';

const DELIMITERS = [',', ';', '\t', '|'];
/** Headings stand on one of the first lines: sheets begin with a title or a logo's empty cells. */
const MAX_LEAD = 20;
const MAX_COLUMNS = 200;

/**
 * A tracking sheet as CSV (RFC 4180; commas, semicolons, tabs or bars), one fact for each row. Columns are told by their
 * headings: one that names the change and two others at least. Cells are kept as text, formulas made harmless. A time
 * counts only with its zone: 03/04/2026 is two days in two countries, so it stays text.
 */
export const trackingSheet: Reader = {
  name: 'tracking-sheet',
  detects: (content) => /\.(?:csv|tsv)$/i.test(content.file.name) || headingsIn(content.text.slice(0, 8192)),
  read: (content) => {
    if (content.encoding === null) return { outcome: 'refused', format: 'tracking-sheet', reason: 'not-text' };
    return ofTable(content);
  },
};

function headingsIn(start: string): boolean {
  if (/^\s*[[{<]/.test(start)) return false;
  return start
    .split(/\r?\n/, MAX_LEAD)
    .some((line) => DELIMITERS.some((delimiter) => columnsOf(line.split(delimiter).map(unquoted)) !== undefined));
}

const unquoted = (cell: string): string => cell.trim().replace(/^"(.*)"$/, '$1');

/** Which column is where; undefined when the cells are not the headings of a sheet of changes. */
function columnsOf(cells: readonly string[]): ReadonlyMap<Column, number> | undefined {
  if (cells.length > MAX_COLUMNS) return undefined;
  const found = new Map<Column, number>();
  cells.forEach((cell, i) => {
    const column = columnOf(cell);
    if (column !== undefined && !found.has(column)) found.set(column, i);
  });
  const named = found.has('id') || found.has('ticket');
  return named && found.size >= 3 ? found : undefined;
}

function ofTable({ text, file }: Content): Read {
  const { data, errors, meta } = Papa.parse<string[]>(text, {
    delimitersToGuess: DELIMITERS,
    skipEmptyLines: 'greedy',
    // One more than is taken, so that the sheet is known to go on.
    preview: MAX_STATEMENTS + MAX_LEAD + 1,
  });
  const lead = data.slice(0, MAX_LEAD).findIndex((row) => columnsOf(row) !== undefined);
  const columns = columnsOf(data[lead] ?? []);
  if (lead === -1 || columns === undefined) {
    // A CSV of anything else is evidence like any other file.
    return { outcome: 'not-this' };
  }
  if (errors.some(({ type }) => type === 'Quotes'))
    return { outcome: 'refused', format: 'tracking-sheet', reason: 'not-a-table' };
  const rows = data.slice(lead + 1);
  const statements = rows.flatMap((row, i) => ofRow(row, columns, `sha256:${file.digest}/${lead + 2 + i}`));
  if (statements.length === 0) return { outcome: 'refused', format: 'tracking-sheet', reason: 'no-records' };
  const missing = rows.length - statements.length;
  const findings: Finding[] = [];
  if (missing > 0)
    findings.push({ code: 'malformed-records', sentence: `${counted(missing, 'row')} that name no change left out.` });
  const more = meta.truncated;
  if (more)
    findings.push({
      code: 'not-read-whole',
      sentence: `The sheet has more than ${MAX_STATEMENTS} rows; hand it in in parts.`,
    });
  return readAs({
    format: 'tracking-sheet',
    kind: 'external-change-record',
    title: `Tracking sheet: ${counted(statements.length, 'change')}`,
    statements,
    findings,
    complete: missing === 0 && !more,
    attributes: { rows: String(statements.length), columns: [...columns.keys()].join(', ') },
  });
}

/** `row` tells apart rows that name the same change. */
function ofRow(row: readonly string[], columns: ReadonlyMap<Column, number>, place: string): readonly Statement[] {
  const cell = (column: Column): string =>
    neutral((row[columns.get(column) ?? -1] ?? '').trim().replace(/\r\n?/g, '\n'));
  const name = cell('id') || cell('ticket');
  if (name === '') return [];
  const [owner, implementer] = [cell('owner'), cell('implementer')];
  const person = (text: string) => (text === '' ? null : text.includes('@') ? { email: text } : { name: text });
  const others = [
    'approver',
    'approvedAt',
    'windowStart',
    'windowEnd',
    'requestedAt',
    'type',
    'risk',
    'ticket',
  ] as const;
  return [
    stated({
      kind: 'external-change-record',
      id: name,
      title: `${name} ${cell('title')}`.trim(),
      state: cell('state') || null,
      at: zoned(cell('approvedAt')) ?? zoned(cell('requestedAt')),
      attributes: { place, ...Object.fromEntries(others.map((column) => [column, cell(column)])) },
      people: [
        ['creator', person(owner)],
        ['actor', person(implementer)],
        ['reviewer', person(cell('approver'))],
      ],
      touches: cell('systems')
        .split(/[,;\n]/)
        .map((one) => one.trim()),
      effect: 'unknown',
    }),
  ];
}

const zoned = (text: string): string | null =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : null;
