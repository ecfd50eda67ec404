import sax from 'sax';
import { MAX_NESTING } from '../limits';
import type { RefusalReason } from '../refusals';

/** The test cases of a file, counted one by one; what a suite says of itself is kept beside. */
export interface JunitReport {
  readonly cases: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly suites: number;
  /** Named suites on top, in order. */
  readonly names: readonly string[];
  /** Failed and broken cases, the first thousand. */
  readonly bad: readonly { readonly name: string; readonly state: 'failed' | 'error' }[];
  /** Sums that the outermost elements state: tests, failures, errors. */
  readonly stated: Readonly<Partial<Record<'tests' | 'failures' | 'errors', number>>>;
  readonly seconds: number | null;
  readonly timestamp: string | null;
}

const MAX_BAD = 1_000;
const CHUNK = 65_536;
/** The type of the package does not know `strictEntities`: no entity but XML's own five, not those of HTML either. */
const STRICT = { strictEntities: true, position: false } as sax.SAXOptions;

/**
 * Reads JUnit XML as Ant, Surefire, pytest, Jest, GoogleTest and others write it: `testsuites` or `testsuite` outermost,
 * suites in suites. sax keeps the five entities of XML only: a document type is refused before anything of it could be
 * expanded, and so is what is not well-formed. One pass; memory does not grow with the text.
 */
export function parseJunit(text: string): JunitReport | RefusalReason {
  const reading = new Reading();
  const parser = sax.parser(true, STRICT);
  parser.onopentag = ({ name, attributes }) => reading.open(name, attributes as Readonly<Record<string, string>>);
  parser.onclosetag = (name) => reading.close(name);
  parser.ondoctype = () => reading.fail('document-type');
  parser.onerror = () => reading.fail('not-xml');
  for (let at = 0; at < text.length && reading.failed === undefined; at += CHUNK)
    parser.write(text.slice(at, at + CHUNK));
  if (reading.failed === undefined) parser.close();
  return reading.failed ?? reading.report();
}

class Reading {
  failed: RefusalReason | undefined;
  private readonly open_: string[] = [];
  private current: { name: string; state: 'passed' | 'failed' | 'error' | 'skipped' } | undefined;
  private readonly counts = { passed: 0, failed: 0, error: 0, skipped: 0 };
  private suites = 0;
  private readonly names: string[] = [];
  private readonly bad: { name: string; state: 'failed' | 'error' }[] = [];
  private stated: JunitReport['stated'] = {};
  private seconds: number | null = null;
  private timestamp: string | null = null;

  fail(reason: RefusalReason): void {
    this.failed ??= reason;
  }

  open(qualified: string, attributes: Readonly<Record<string, string>>): void {
    const name = qualified.slice(qualified.indexOf(':') + 1);
    const depth = this.open_.push(name);
    if (depth > MAX_NESTING) this.fail('too-deep');
    if (depth === 1) this.outermost(name, attributes);
    if (name === 'testsuite') {
      this.suites++;
      this.timestamp ??= attributes['timestamp'] ?? null;
      if (this.names.length < 20 && depth <= 2 && attributes['name'] !== undefined) this.names.push(attributes['name']);
    }
    if (name === 'testcase') this.current = { name: caseName(attributes), state: stateBy(attributes) };
    else if (this.current !== undefined && this.open_.at(-2) === 'testcase') this.inside(name);
  }

  close(qualified: string): void {
    this.open_.pop();
    if (!/(?:^|:)testcase$/.test(qualified) || this.current === undefined) return;
    const { name, state } = this.current;
    this.counts[state]++;
    if ((state === 'failed' || state === 'error') && this.bad.length < MAX_BAD) this.bad.push({ name, state });
    this.current = undefined;
  }

  report(): JunitReport {
    const { passed, failed, error, skipped } = this.counts;
    return {
      cases: passed + failed + error + skipped,
      failures: failed,
      errors: error,
      skipped,
      suites: this.suites,
      names: this.names,
      bad: this.bad,
      stated: this.stated,
      seconds: this.seconds,
      timestamp: this.timestamp,
    };
  }

  private outermost(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name !== 'testsuites' && name !== 'testsuite') this.fail('shape');
    const sums = (['tests', 'failures', 'errors'] as const).flatMap((sum) => {
      const value = attributes[sum];
      return value !== undefined && /^\d{1,9}$/.test(value) ? [[sum, Number(value)] as const] : [];
    });
    this.stated = Object.fromEntries(sums);
    this.seconds = /^\d{1,9}(?:\.\d{1,9})?$/.test(attributes['time'] ?? '') ? Number(attributes['time']) : null;
    this.timestamp = attributes['timestamp'] ?? null;
  }

  /** Surefire's `flakyFailure` and `rerunFailure` stand beside a case that passed in the end, or beside its `failure`. */
  private inside(name: string): void {
    if (this.current === undefined) return;
    if (name === 'error') this.current.state = 'error';
    else if (name === 'failure' && this.current.state !== 'error') this.current.state = 'failed';
    else if (name === 'skipped' && this.current.state === 'passed') this.current.state = 'skipped';
  }
}

const caseName = ({ classname = '', name = '' }: Readonly<Record<string, string>>): string =>
  classname === '' || name.startsWith(classname) ? name : `${classname} › ${name}`;

/** GoogleTest marks a disabled case by an attribute, and others a failed one. */
function stateBy({ status = '', result = '' }: Readonly<Record<string, string>>): 'passed' | 'failed' | 'skipped' {
  if (/^(?:notrun|disabled|skipped|ignored)$/i.test(status) || /^(?:suppressed|skipped)$/i.test(result))
    return 'skipped';
  return /^(?:failed|failure)$/i.test(status) ? 'failed' : 'passed';
}
