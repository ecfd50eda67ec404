import { gzipSync } from 'fflate';
import type { Read, Statement } from '../../src/readers/reader';
import { readFile } from '../../src/readers/readers';
import { handedIn, utf16 } from '../unit/readers/file';
import { CORPUS_SETS, EVIDENCE_FILES, textOf, type CorpusSet, type HandedInFile } from './handed-in';
import { isRecord } from './member';

type Answer = Exclude<Read, { outcome: 'not-this' }>;

interface Row {
  files: number;
  read: number;
  facts: number;
  readonly refused: Map<string, number>;
}

const rows = new Map<string, Row>();

function count(set: string, answer: Answer): void {
  const name = `${set.padEnd(15)} ${answer.format}`;
  const row = rows.get(name) ?? { files: 0, read: 0, facts: 0, refused: new Map<string, number>() };
  rows.set(name, row);
  row.files += 1;
  if (answer.outcome === 'read') {
    row.read += 1;
    row.facts += answer.statements.length;
  } else {
    row.refused.set(answer.reason, (row.refused.get(answer.reason) ?? 0) + 1);
  }
}

afterAll(() => {
  const lines = [...rows].map(([name, { files, read, facts, refused }]) =>
    [
      name.padEnd(44),
      ...[files, read, facts].map((figure) => String(figure).padStart(7)),
      `  ${[...refused].map(([reason, times]) => `${reason} ${times}`).join(', ')}`,
    ].join(' '),
  );
  process.stdout.write(
    ['handed-in files: set, reader, files, read, facts, refused by reason', ...lines, ''].join('\n'),
  );
});

const answerOf = (name: string, bytes: Uint8Array): Answer => readFile(handedIn(bytes, name));

/** The subject of a statement in the words of the hand-written rule. */
const subjectOf = (set: string, { id, title }: Statement): string =>
  set === 'aws-config' ? title : id.replace(/^drift:/, '');

function subjects(set: string, answer: Answer): readonly string[] | string {
  if (answer.outcome === 'refused') return answer.reason;
  return answer.statements.map((statement) => subjectOf(set, statement)).sort();
}

function expectedOf({ expected }: CorpusSet, file: HandedInFile): readonly string[] | string {
  const rule = expected(file);
  return 'refused' in rule ? rule.refused : [...rule.facts].sort();
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const STAMP = '2024-05-01T10:00:00.1234567Z ';

/** Forms in which the same content arrives; what it says must not change. */
const FORMS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-16 little endian': (text) => utf16(text),
  'UTF-16 big endian': (text) => utf16(text, 'be'),
  'UTF-8 with a mark': (text) => utf8(`\ufeff${text}`),
  gzip: (text) => gzipSync(utf8(text)),
  'Windows line ends': (text) => utf8(text.replaceAll(/\r?\n/g, '\r\n')),
  colours: (text) => utf8(`\u001b[0m\u001b[1m${text}\u001b[0m`),
  'a runner’s time stamps': (text) => utf8(text.replaceAll('\r', '').replaceAll(/^/gm, STAMP)),
};

/** Around JSON only: what a command line prints before and after it. */
const NOISY: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'command line output': (text) =>
    utf8(
      `[command]/usr/bin/tool show -json\n[INFO] Refreshing state... [id=i-1]\n\n${text}\n::set-output name=x::\nDone {ok}\n`,
    ),
};

describe.each(CORPUS_SETS)('the files of $set', (set) => {
  const run = set.files.length === 0 ? it.skip : it;
  const isJson = (file: HandedInFile): boolean => file.name.endsWith('.json');
  const whole = set.files.filter((file) => 'facts' in set.expected(file));

  run('every file as it is: the expected facts, or refused by name', () => {
    for (const file of set.files) {
      const answer = answerOf(file.name, file.bytes);
      count(set.set, answer);
      expect([file.name, subjects(set.set, answer)]).toEqual([file.name, expectedOf(set, file)]);
    }
  });

  run('says the same in every encoding and wrapping', () => {
    for (const file of whole) {
      for (const [form, wrap] of Object.entries(isJson(file) ? { ...FORMS, ...NOISY } : FORMS)) {
        const answer = answerOf(file.name, wrap(textOf(file)));
        expect([file.name, form, subjects(set.set, answer)]).toEqual([file.name, form, expectedOf(set, file)]);
      }
    }
  });

  run('cut off: refused by name, and never more than was there', () => {
    for (const file of whole) {
      const text = textOf(file).trimEnd();
      for (const share of [0.4, 0.8, 1]) {
        const answer = answerOf(file.name, utf8(text.slice(0, Math.floor(text.length * share) - 1)));
        if (isJson(file)) expect([file.name, share, subjects(set.set, answer)]).toEqual([file.name, share, 'not-json']);
        else if (answer.outcome === 'read')
          expect(answer.statements.length).toBeLessThanOrEqual(expectedOf(set, file).length);
      }
    }
  });

  run('with any member missing, or of another type: no fact that was not there, and no exception', () => {
    for (const file of whole.filter(isJson).filter(({ bytes }) => bytes.length < 3_000)) {
      const known = new Set(expectedOf(set, file));
      for (const mutated of mutations(JSON.parse(textOf(file)) as unknown)) {
        const answer = answerOf(file.name, utf8(JSON.stringify(mutated)));
        if (answer.outcome === 'refused' || answer.format === 'other-file') continue;
        const strange = answer.statements.map((one) => subjectOf(set.set, one)).filter((one) => !known.has(one));
        // A subject of which a part is gone is another subject, but still one for each fact that was there.
        expect([file.name, answer.statements.length <= known.size, strange.length <= known.size]).toEqual([
          file.name,
          true,
          true,
        ]);
      }
    }
  });
});

const ODD: readonly unknown[] = [undefined, null, 7, 'x', [], {}, [null], { a: [{}] }];

/** The value with each member down to the third level in turn taken out or replaced by something of another type. */
function* mutations(value: unknown, depth = 0): Generator {
  if (depth > 3) return;
  const entries = Object.entries(Array.isArray(value) || isRecord(value) ? value : {}).slice(0, 20);
  for (const [i, [name, inner]] of entries.entries()) {
    const odd = ODD[(depth + i) % ODD.length];
    yield replaced(value, name, odd);
    yield replaced(value, name, undefined);
    for (const changed of mutations(inner, depth + 1)) yield replaced(value, name, changed);
  }
}

function replaced(value: unknown, name: string, by: unknown): unknown {
  if (Array.isArray(value)) return (value as readonly unknown[]).map((one, i) => (String(i) === name ? by : one));
  return { ...(value as object), [name]: by };
}

(EVIDENCE_FILES.length > 0 ? it : it.skip)('the evidence files: each is read, or refused by name', () => {
  for (const { name, bytes } of EVIDENCE_FILES) {
    const answer = answerOf(name, bytes);
    count('evidence-files', answer);
    expect([name, ['read', 'refused'].includes(answer.outcome)]).toEqual([name, true]);
  }
});
