import type { Content } from './content';
import type { Finding } from './findings';
import { recordsIn } from './log-records';
import type { Read, Reader } from './reader';
import { counted } from './stated';
import { found, Statements, type StatementInput } from './statements';
import type { Members } from './wire';

/** A log that is a list of JSON records. */
export interface LogFormat {
  readonly name: string;
  /** One and many, for the title: `CloudTrail record`, `CloudTrail records`. */
  readonly record: string;
  readonly records: string;
  readonly kind: StatementInput['kind'];
  /** Whether a record is of this format: by members that no other format has together. */
  isRecord(record: Members): boolean;
  /** The facts of a record; undefined when what they rest on is missing or of another type. */
  read(record: Members): readonly StatementInput[] | undefined;
  /** In a text that is no whole JSON: the mark by which it is this format, cut off or edited. */
  readonly mark: RegExp;
  /** What only the records together show: gaps in their numbering, auditing turned off. */
  findings?(records: readonly Members[]): readonly Finding[];
}

/** How much of a text is searched for the mark of a format that cannot be parsed. */
const MARK_WITHIN = 20_000;

/**
 * Reads a log of JSON records out of whatever wraps them. Refused: `not-json` (cut off or edited: what remains of a
 * document is no evidence of what was in it), `no-records` (no record has what a fact rests on).
 */
export const logReader = (format: LogFormat): Reader => ({
  name: format.name,
  detects: ({ json, text }) =>
    recordsIn(json, (record) => format.isRecord(record)).records.length > 0 || isCutOff(format, json, text),
  read: (content) => readLog(format, content),
});

const isCutOff = ({ mark }: LogFormat, { broken, form }: Content['json'], text: string): boolean =>
  broken > 0 && form !== 'lines' && mark.test(text.slice(0, MARK_WITHIN));

function readLog(format: LogFormat, { json }: Content): Read {
  if (json.broken > 0 && json.form !== 'lines') return refused(format, 'not-json');
  const { records, others } = recordsIn(json, (record) => format.isRecord(record));
  if (records.length === 0) return refused(format, json.broken > 0 ? 'not-json' : 'no-records');
  const statements = new Statements();
  let malformed = 0;
  for (const record of records) {
    const facts = format.read(record);
    if (facts === undefined) malformed += 1;
    else for (const fact of facts) statements.add(fact);
  }
  if (malformed === records.length) return refused(format, 'shape');
  const unread = malformed + others + json.broken;
  return {
    outcome: 'read',
    format: format.name,
    kind: format.kind,
    title: `${records.length} ${records.length === 1 ? format.record : format.records}`,
    statements: statements.statements,
    findings: [
      ...noise(json),
      ...(unread > 0
        ? [
            found(
              'malformed-records',
              `${counted(unread, 'record')} could not be read: cut off, or without what a fact rests on.`,
            ),
          ]
        : []),
      ...statements.findings,
      ...(format.findings?.(records) ?? []),
    ],
    complete: statements.complete && unread === 0,
    attributes: { records: String(records.length) },
  };
}

const refused = ({ name }: LogFormat, reason: 'not-json' | 'no-records' | 'shape'): Read => ({
  outcome: 'refused',
  format: name,
  reason,
});

/** A finding on what stood around the JSON, if anything did. */
export const noise = ({ noise: amount, form }: Content['json']): readonly Finding[] =>
  amount === 0
    ? []
    : [
        found(
          'wrapper-noise',
          `Not part of the JSON, and around it: ${counted(amount, form === 'lines' ? 'line' : 'character')}.`,
        ),
      ];
