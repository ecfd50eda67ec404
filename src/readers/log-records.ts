import type { JsonDocuments } from './json-documents';
import { isMembers, listOf, member, type Members } from './wire';

/**
 * Members in which exporters wrap a list of records: CloudTrail (`Records`), CloudTrail Lake and Azure (`records`), Graph
 * (`value`), CloudWatch (`logEvents`), Splunk and others (`results`, `logs`, `events`), AWS Config (`configurationItems`).
 */
const LISTS = [
  'Records',
  'records',
  'logs',
  'events',
  'Events',
  'value',
  'results',
  'items',
  'data',
  'entries',
  'logEvents',
  'configurationItems',
];
/** Members in which one record is wrapped: Elasticsearch, Splunk, EventBridge, CloudWatch, SNS, audit search exports. */
const SINGLES = ['_source', 'result', 'detail', 'message', 'Message', 'CloudTrailEvent', 'AuditData', 'invokingEvent'];
const MAX_WRAPPERS = 5;
/** How many texts that begin like JSON may be none: a failure to parse is slow. */
const MAX_FAILURES = 1_000;

/**
 * The records in a file, out of whatever wraps them, together with what is no record (counted). `isRecord` says where
 * unwrapping ends: a record's own lists are never taken for a wrapper.
 */
export function recordsIn(
  { values }: JsonDocuments,
  isRecord: (value: Members) => boolean,
): { readonly records: readonly Members[]; readonly others: number } {
  const records: Members[] = [];
  const budget = { failures: MAX_FAILURES };
  let others = 0;
  const visit = (value: unknown, depth: number): void => {
    if (isMembers(value) && isRecord(value)) {
      records.push(value);
      return;
    }
    const inside = depth < MAX_WRAPPERS ? insideOf(value, budget) : undefined;
    if (inside === undefined) others += 1;
    else for (const one of inside) visit(one, depth + 1);
  };
  for (const value of values) visit(value, 0);
  return { records, others };
}

interface Budget {
  failures: number;
}

function insideOf(value: unknown, budget: Budget): readonly unknown[] | undefined {
  if (Array.isArray(value)) return listOf(value);
  if (typeof value === 'string') return parsedText(value, budget);
  if (!isMembers(value)) return undefined;
  const hits = member(value, 'hits', 'hits');
  if (Array.isArray(hits)) return listOf(hits);
  const list = LISTS.find((name) => Array.isArray(member(value, name)));
  if (list !== undefined) return listOf(value[list]);
  const single = SINGLES.find(
    (name) => isMembers(member(value, name)) || parsedText(member(value, name), budget) !== undefined,
  );
  return single === undefined ? undefined : [value[single]];
}

/** JSON inside a JSON string, as SNS and audit searches hand it on. */
function parsedText(value: unknown, budget: Budget): readonly unknown[] | undefined {
  if (typeof value !== 'string' || budget.failures <= 0 || !/^\s*[{[]/.test(value)) return undefined;
  try {
    const inner: unknown = JSON.parse(value);
    return [inner];
  } catch {
    budget.failures -= 1;
    return undefined;
  }
}
