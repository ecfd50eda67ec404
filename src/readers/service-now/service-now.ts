import type { Finding } from '../findings';
import { isMembers, textAt, valueAt, type Members } from '../members';
import type { Reader, Statement } from '../reader';
import { counted, readAs, stated } from '../stated';

/** ServiceNow's own states of a change request ("State model and transitions"); others are shown as they are. */
const STATES: Readonly<Record<string, string>> = {
  '-5': 'new',
  '-4': 'assess',
  '-3': 'authorize',
  '-2': 'scheduled',
  '-1': 'implement',
  '0': 'review',
  '3': 'closed',
  '4': 'canceled',
};
const NUMBER = /^CHG\d{4,}$/;

/**
 * Change requests as ServiceNow's Table API and Change Management API answer them: `result` is one record or a list. A
 * field is a text, a reference `{link, value}`, or with sysparm_display_value=all a `{display_value, value}`. Times are
 * UTC in values; as display values they are in the zone of whoever asked, which the record does not name, so they are
 * kept as text and not as times.
 */
export const serviceNow: Reader = {
  name: 'service-now',
  detects: ({ text }) => /"CHG\d{4,}"/.test(text) && /"short_description"\s*:/.test(text),
  read: ({ json: { values, form } }) => {
    const result = valueAt(values[0], 'result');
    const records: readonly unknown[] = Array.isArray(result) ? (result as readonly unknown[]) : [result ?? values[0]];
    if (form !== 'single') return { outcome: 'not-this' };
    const changes = records.filter((one): one is Members => isMembers(one) && NUMBER.test(field(one, 'number')));
    if (changes.length === 0) return { outcome: 'not-this' };
    const statements = changes.map(ofChange);
    const missing = records.length - changes.length;
    const local = changes.filter((one) => !areUtc(one)).length;
    const findings: Finding[] = [];
    if (missing > 0)
      findings.push({
        code: 'malformed-records',
        sentence: `${counted(missing, 'record')} without a change number left out.`,
      });
    if (local > 0) {
      const sentence = `${counted(local, 'record')} have times as displayed to one person, in a zone that is not named.`;
      findings.push({ code: 'time-missing', sentence });
    }
    const title = changes.length === 1 ? (statements[0]?.title ?? '') : counted(changes.length, 'ServiceNow change');
    return readAs({
      format: 'service-now',
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
  const [number, state] = [field(change, 'number'), field(change, 'state')];
  const time = (name: string): string | null => (areUtc(change) ? utc(field(change, name)) : null);
  const kept = (name: string): string => time(name) ?? shown(change, name);
  const [assigned, requested] = [shown(change, 'assigned_to'), shown(change, 'requested_by')];
  return stated({
    kind: 'external-change-record',
    id: number,
    title: `${number} ${shown(change, 'short_description')}`.trim(),
    url: link(change),
    state: STATES[state] ?? shown(change, 'state'),
    at: time('sys_updated_on'),
    attributes: {
      system: 'ServiceNow',
      approval: field(change, 'approval'),
      type: field(change, 'type'),
      risk: shown(change, 'risk'),
      windowStart: kept('start_date'),
      windowEnd: kept('end_date'),
      actualStart: kept('work_start'),
      actualEnd: kept('work_end'),
      openedAt: kept('opened_at'),
      assignmentGroup: shown(change, 'assignment_group'),
      closeCode: field(change, 'close_code'),
      onHold: field(change, 'on_hold'),
    },
    people: [
      ['actor', assigned === '' ? null : { login: assigned }],
      ['creator', requested === '' ? null : { login: requested }],
    ],
    touches: [shown(change, 'cmdb_ci'), shown(change, 'business_service')],
    effect: 'unknown',
  });
}

/** The value of a field in either of its forms; '' when there is none. */
function field(change: Members, name: string): string {
  const given = change[name];
  return typeof given === 'string' ? given : (textAt(given, 'value') ?? textAt(given, 'display_value') ?? '');
}

/** What a person is shown of a field, else its value. */
function shown(change: Members, name: string): string {
  const given = change[name];
  const display = textAt(given, 'display_value');
  return display === undefined || display === '' ? field(change, name) : display;
}

/** With display values instead of values the state is a word. */
const areUtc = (change: Members): boolean => /^-?\d+$/.test(field(change, 'state'));

function utc(text: string): string | null {
  const [, day, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(text) ?? [];
  return day === undefined || time === undefined || Number.isNaN(Date.parse(`${day}T${time}Z`))
    ? null
    : `${day}T${time}.000Z`;
}

/** The address of the record, from the link of a reference in it. */
function link(change: Members): string | null {
  const id = field(change, 'sys_id');
  const links = ['assigned_to', 'requested_by', 'opened_by', 'sys_domain'].map(
    (name) => textAt(change[name], 'link') ?? '',
  );
  const origin = links.map((one) => /^https:\/\/[a-z0-9.-]+/.exec(one)?.[0]).find((one) => one !== undefined);
  return origin === undefined || !/^[0-9a-f]{32}$/.test(id) ? null : `${origin}/change_request.do?sys_id=${id}`;
}
