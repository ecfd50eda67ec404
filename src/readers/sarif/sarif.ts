import type { Finding } from '../findings';
import { jsonReader } from '../json-reader';
import { isMembers, listAt, textAt, valueAt, type Members } from '../members';
import type { Statement } from '../reader';
import { counted, readAs, stated } from '../stated';

type Level = 'error' | 'warning' | 'note' | 'none';
const LEVELS: readonly Level[] = ['error', 'warning', 'note', 'none'];

/** Findings of a scanner as SARIF 2.1.0 (OASIS): one fact a run, with its results counted by level. */
export const sarif = jsonReader(
  'sarif',
  /"runs"\s*:/,
  (document) =>
    Array.isArray(document['runs']) &&
    /sarif/i.test(`${textAt(document, '$schema') ?? ''}${textAt(document, 'version') === '2.1.0' ? 'sarif' : ''}`),
  (document, { file }) => {
    if (textAt(document, 'version') !== '2.1.0')
      return { outcome: 'refused', format: 'sarif', reason: 'version-unknown' };
    const runs = listAt(document, 'runs').filter(isMembers);
    const named = runs.filter((run) => textAt(run, 'tool', 'driver', 'name') !== undefined);
    if (named.length === 0) return { outcome: 'refused', format: 'sarif', reason: 'shape' };
    const statements = named.map((run, i) => ofRun(run, `sha256:${file.digest}/${i}`));
    const total = named.reduce((sum, run) => sum + listAt(run, 'results').length, 0);
    const tools = [...new Set(named.map((run) => textAt(run, 'tool', 'driver', 'name') ?? ''))].join(', ');
    const missing = listAt(document, 'runs').length - named.length;
    const findings: readonly Finding[] =
      missing === 0
        ? []
        : [{ code: 'malformed-records', sentence: `${counted(missing, 'run')} without a tool left out.` }];
    return readAs({
      format: 'sarif',
      kind: 'test-result',
      title: `${tools}: ${counted(total, 'result')}`,
      statements,
      findings,
      complete: missing === 0,
      attributes: { runs: String(named.length), results: String(total), tools },
    });
  },
);

function ofRun(run: Members, id: string): Statement {
  const results = listAt(run, 'results').filter(isMembers);
  const defaults = new Map(
    listAt(run, 'tool', 'driver', 'rules').map((rule) => [
      textAt(rule, 'id'),
      textAt(rule, 'defaultConfiguration', 'level'),
    ]),
  );
  const counts: Record<Level, number> = { error: 0, warning: 0, note: 0, none: 0 };
  let suppressed = 0;
  for (const result of results) {
    // A result may say that a rule was kept, or does not apply: no finding then (section 3.27.9).
    const kind = textAt(result, 'kind') ?? 'fail';
    const stated = textAt(result, 'level') ?? defaults.get(textAt(result, 'ruleId')) ?? 'warning';
    const level = kind === 'fail' ? (LEVELS.find((one) => one === stated) ?? 'warning') : 'none';
    if (listAt(result, 'suppressions').length > 0) suppressed++;
    else counts[level]++;
  }
  const tool = textAt(run, 'tool', 'driver', 'name') ?? '';
  const version = textAt(run, 'tool', 'driver', 'semanticVersion') ?? textAt(run, 'tool', 'driver', 'version');
  const invocations = listAt(run, 'invocations');
  const failed = invocations.some((one) => valueAt(one, 'executionSuccessful') === false);
  const sources = listAt(run, 'versionControlProvenance');
  return stated({
    kind: 'test-result',
    id,
    title: `${tool}${version === undefined ? '' : ` ${version}`}: ${counted(results.length, 'result')}`,
    state: failed ? 'not-finished' : counts.error > 0 ? 'errors' : counts.warning > 0 ? 'warnings' : 'clean',
    at: textAt(invocations.at(-1), 'endTimeUtc'),
    commits: sources.flatMap((one) => {
      const revision = textAt(one, 'revisionId')?.toLowerCase() ?? '';
      return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision) ? [revision] : [];
    }),
    attributes: {
      tool,
      version,
      results: results.length,
      errors: counts.error,
      warnings: counts.warning,
      notes: counts.note,
      suppressed,
    },
    touches: sources.map((one) => textAt(one, 'repositoryUri')),
  });
}
