import type { Person } from '../../ledger/entry';
import type { Finding } from '../findings';
import { logReader } from '../log-reader';
import { found, type StatementInput } from '../statements';
import { present, type Members } from '../wire';
import { isWindowsEvent, windowsEvent, type WindowsEvent } from './event';
import { meaningOf, type Meaning } from './meanings';

/** Windows events as JSON, from any of the usual collectors. An event is a fact if it has an event id. */
export const windows = logReader({
  name: 'windows-events',
  record: 'Windows event',
  records: 'Windows events',
  kind: 'execution-log',
  mark: /"winlog"\s*:|"EventRecordID"\s*:|"EventID"\s*:[\s\S]{0,2000}"(?:Channel|Hostname|SourceName)"/,
  isRecord: isWindowsEvent,
  read: (record) => {
    const event = windowsEvent(record);
    return event === undefined ? undefined : [statementOf(event)];
  },
  findings: logFindings,
});

function statementOf(event: WindowsEvent): StatementInput {
  const { id, at, computer, channel, provider, record, data } = event;
  const meaning = meaningOf(id, channel ?? provider);
  const subject = subjectOf(event);
  const command =
    data.get('CommandLine') ?? data.get('NewProcessName') ?? data.get('ServiceName') ?? data.get('TaskName');
  return {
    kind: 'execution-log',
    id: `${computer ?? 'unknown'}:${channel ?? 'unknown'}:${record ?? at ?? 'unnumbered'}:${id}`,
    title: [`${id}`, meaning?.words ?? event.message?.split(/[\r\n]/)[0] ?? 'event', command]
      .filter((part) => part !== undefined)
      .join(' · '),
    state: resultOf(event),
    claimedAt: at,
    people: subject === null ? [] : [{ role: 'actor', person: subject }],
    attributes: present({
      event: String(id),
      channel,
      provider,
      record: record === null ? null : String(record),
      computer,
      logon: data.get('SubjectLogonId') ?? data.get('LogonId'),
      subcategory: data.get('SubcategoryGuid'),
      policyChange: data.get('AuditPolicyChanges') ?? data.get('DomainPolicyChanged'),
    }),
    touches: touchedBy(event),
    effect: meaning?.effect ?? 'unknown',
  };
}

/** Who acted: the subject; for a logon, who logged on. Machine accounts end in `$` and are nobody. */
function subjectOf({ id, data }: WindowsEvent): Person | null {
  const side = id === 4624 || id === 4625 ? 'Target' : 'Subject';
  const name = data.get(`${side}UserName`) ?? data.get('SubjectUserName') ?? data.get('User') ?? data.get('Account');
  if (
    name === undefined ||
    name.endsWith('$') ||
    /^(?:SYSTEM|LOCAL SERVICE|NETWORK SERVICE|ANONYMOUS LOGON)$/i.test(name)
  ) {
    return null;
  }
  const domain = data.get(`${side}DomainName`);
  const login = domain === undefined || name.includes('\\') || name.includes('@') ? name : `${domain}\\${name}`;
  return name.includes('@') ? { login, email: name } : { login };
}

function resultOf({ id, data }: WindowsEvent): string | null {
  if (id === 4625) return 'failed';
  const type = data.get('EventType') ?? data.get('Keywords') ?? '';
  if (/audit.failure|AUDIT_FAILURE/i.test(type)) return 'failed';
  return /audit.success|AUDIT_SUCCESS/i.test(type) ? 'succeeded' : null;
}

const TOUCHED = [
  'ObjectName',
  'ServiceName',
  'TaskName',
  'TargetUserName',
  'TargetComputer',
  'ShareName',
  'NewProcessName',
  'ObjectDN',
  'RuleName',
] as const;

const touchedBy = ({ computer, data }: WindowsEvent): readonly string[] =>
  [computer ?? undefined, ...TOUCHED.map((name) => data.get(name))].filter((name) => name !== undefined);

function logFindings(records: readonly Members[]): readonly Finding[] {
  const events = records.map(windowsEvent).filter((event) => event !== undefined);
  return [...saidFindings(events), ...numberFindings(events)];
}

function saidFindings(events: readonly WindowsEvent[]): readonly Finding[] {
  const said = new Map<NonNullable<Meaning['log']>, number[]>();
  for (const { id, channel, provider } of events) {
    const code = meaningOf(id, channel ?? provider)?.log;
    if (code !== undefined) said.set(code, [...(said.get(code) ?? []), id]);
  }
  return [...said].map(([code, ids]) =>
    found(code, `${ids.length} events say so: ${[...new Set(ids)].sort((a, b) => a - b).join(', ')}.`),
  );
}

/** Windows numbers the events of a channel without gaps; an export may be filtered, so a gap is a question, not an answer. */
function numberFindings(events: readonly WindowsEvent[]): readonly Finding[] {
  const numbers = new Map<string, number[]>();
  for (const { computer, channel, record } of events) {
    if (record === null) continue;
    const key = `${computer ?? ''} ${channel ?? ''}`;
    const known = numbers.get(key);
    if (known === undefined) numbers.set(key, [record]);
    else known.push(record);
  }
  let missing = 0;
  let disordered = 0;
  for (const list of numbers.values()) {
    const sorted = [...new Set(list)].sort((a, b) => a - b);
    missing += (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) + 1 - sorted.length;
    disordered += turns(list);
  }
  return [
    ...(missing > 0
      ? [
          found(
            'log-gap',
            `${missing} record numbers are missing between the first and the last: lost, or filtered out.`,
          ),
        ]
      : []),
    ...(disordered > 0
      ? [found('log-out-of-order', `${disordered} events stand out of the order of their numbers.`)]
      : []),
  ];
}

/** Steps against the direction that most of the list has: newest first is an order too. */
function turns(list: readonly number[]): number {
  let up = 0;
  let down = 0;
  for (let i = 1; i < list.length; i += 1) {
    if ((list[i] ?? 0) > (list[i - 1] ?? 0)) up += 1;
    else if ((list[i] ?? 0) < (list[i - 1] ?? 0)) down += 1;
  }
  return Math.min(up, down);
}
