import type { Finding } from '../findings';
import { isMembers, listAt, numberAt, textAt, valueAt, type Members } from '../members';
import type { Reader, Statement } from '../reader';
import { counted, readAs, stated } from '../stated';

/** api.freshservice.com, "Change attributes"; an account may add its own, which are shown as their number. */
const STATUS: readonly string[] = [
  '',
  'open',
  'planning',
  'awaiting approval',
  'pending release',
  'pending review',
  'closed',
];
const TYPE: readonly string[] = ['', 'minor', 'standard', 'major', 'emergency'];
const RISK: readonly string[] = ['', 'low', 'medium', 'high', 'very high'];

/**
 * Changes as Freshservice's API v2 answers them: `{"change": …}` or `{"changes": […]}`. Agents and requesters are ids of
 * that account. `approval_status` has no published meaning and is kept as its number.
 */
export const freshservice: Reader = {
  name: 'freshservice',
  detects: ({ text }) => /"changes?"\s*:/.test(text) && /"planned_start_date"\s*:/.test(text),
  read: ({ json: { values, form } }) => {
    const one = valueAt(values[0], 'change');
    const given: readonly unknown[] = one === undefined ? listAt(values[0], 'changes') : [one];
    const changes = given.filter(
      (change): change is Members =>
        isMembers(change) && Number.isSafeInteger(change['id']) && typeof change['subject'] === 'string',
    );
    if (form !== 'single' || changes.length === 0) return { outcome: 'not-this' };
    const statements = changes.map(ofChange);
    const missing = given.length - changes.length;
    const findings: readonly Finding[] =
      missing === 0
        ? []
        : [{ code: 'malformed-records', sentence: `${counted(missing, 'record')} without id or subject left out.` }];
    const title = changes.length === 1 ? (statements[0]?.title ?? '') : counted(changes.length, 'Freshservice change');
    return readAs({
      format: 'freshservice',
      kind: 'external-change-record',
      title,
      statements,
      findings,
      complete: missing === 0,
      attributes: { records: String(changes.length) },
    });
  },
};

function ofChange(change: Members): Statement {
  const number = numberAt(change, 'id') ?? 0;
  const [agent, requester] = [numberAt(change, 'agent_id'), numberAt(change, 'requester_id')];
  return stated({
    kind: 'external-change-record',
    id: `CHN-${number}`,
    title: `CHN-${number} ${textAt(change, 'subject') ?? ''}`.trim(),
    state: word(STATUS, change, 'status'),
    at: textAt(change, 'updated_at'),
    attributes: {
      system: 'Freshservice',
      type: word(TYPE, change, 'change_type'),
      risk: word(RISK, change, 'risk'),
      approvalStatus: numberAt(change, 'approval_status'),
      windowStart: textAt(change, 'planned_start_date'),
      windowEnd: textAt(change, 'planned_end_date'),
      openedAt: textAt(change, 'created_at'),
      group: numberAt(change, 'group_id'),
      category: textAt(change, 'category'),
    },
    people: [
      ['actor', agent === undefined ? null : { login: `agent ${agent}` }],
      ['creator', requester === undefined ? null : { login: `requester ${requester}` }],
    ],
    touches: [...listAt(change, 'assets'), ...listAt(change, 'impacted_services')].map((one) => textAt(one, 'name')),
    effect: 'unknown',
  });
}

function word(words: readonly string[], change: Members, name: string): string | null {
  const value = numberAt(change, name);
  return value === undefined ? null : words[value] || String(value);
}
