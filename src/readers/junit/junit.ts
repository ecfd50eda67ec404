import type { Finding } from '../findings';
import type { Reader } from '../reader';
import { counted, readAs, stated } from '../stated';
import { parseJunit, type JunitReport } from './parse';

const ROOT = /<(?:\w+:)?testsuites?[\s>/]/;

/** Test results as JUnit XML: the sums, counted from the cases, and each case that failed. */
export const junit: Reader = {
  name: 'junit',
  detects: ({ text }) => /^\s*</.test(text) && ROOT.test(text.slice(0, 4096)),
  read: ({ text, file }) => {
    const report = parseJunit(text);
    if (typeof report === 'string') return { outcome: 'refused', format: 'junit', reason: report };
    if (report.cases === 0 && report.suites === 0) return { outcome: 'refused', format: 'junit', reason: 'no-records' };
    const { cases, failures, errors, skipped, suites, names, seconds, timestamp } = report;
    const attributes = {
      tests: String(cases),
      failures: String(failures),
      errors: String(errors),
      skipped: String(skipped),
      suites: String(suites),
      ...(seconds === null ? {} : { seconds: String(seconds) }),
    };
    const state = cases === 0 ? 'empty' : failures + errors > 0 ? 'failed' : 'passed';
    const title = `${counted(cases, 'test')}: ${failures} failed, ${errors} broken, ${skipped} skipped`;
    const id = `sha256:${file.digest}`;
    const whole = stated({ kind: 'test-result', id, title, state, at: timestamp, attributes, touches: names });
    const bad = report.bad.map(({ name, state }, i) =>
      stated({ kind: 'test-result', id: `${id}/${i}`, title: name, state, at: timestamp, touches: [name] }),
    );
    const statements = [whole, ...bad];
    const findings = findingsOf(report);
    return readAs({ format: 'junit', kind: 'test-result', title, statements, attributes, findings });
  },
};

/** What the file says of itself is not what it holds: cut out, or merged by hand. */
function findingsOf({ cases, failures, errors, bad, stated }: JunitReport): readonly Finding[] {
  const held = { tests: cases, failures, errors };
  const differing = (['tests', 'failures', 'errors'] as const).filter(
    (sum) => stated[sum] !== undefined && stated[sum] !== held[sum],
  );
  const findings: Finding[] = differing.map((sum) => ({
    code: 'malformed-records',
    sentence: `The file says it has ${stated[sum] ?? 0} ${sum} and holds ${held[sum]}.`,
  }));
  if (failures + errors > bad.length) {
    const sentence = `Of ${failures + errors} failed tests the first ${bad.length} are listed.`;
    findings.push({ code: 'not-read-whole', sentence });
  }
  return findings;
}
