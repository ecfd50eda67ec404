import type { Finding } from '../findings';
import { MAX_LINE } from '../limits';
import type { Reader } from '../reader';
import { counted } from '../stated';
import { found, Statements } from '../statements';
import { eventStatement, type AuditEvent } from './event';
import { orderFindings, saidFindings } from './order';
import { auditRecord, type AuditRecord } from './record';

const LOOKED_AT = 50;

/**
 * Linux audit logs as auditd writes them, and as syslog, the journal and collectors hand their lines on
 * (github.com/linux-audit/audit-documentation). Records of one event become one fact. Refused: `line-too-long`.
 */
export const auditd: Reader = {
  name: 'auditd',
  detects: ({ lines }) => lines.slice(0, LOOKED_AT).some((line) => auditRecord(line.slice(0, 2_000)) !== undefined),
  read({ lines }) {
    if (lines.some(({ length }) => length > MAX_LINE)) {
      return { outcome: 'refused', format: 'auditd', reason: 'line-too-long' };
    }
    const records: AuditRecord[] = [];
    const malformed: string[] = [];
    for (const line of lines) {
      const record = auditRecord(line);
      if (record !== undefined) records.push(record);
      else if (!/^\s*$|^----|^time->/.test(line)) malformed.push(line);
    }
    const events = eventsOf(records);
    const statements = new Statements();
    for (const event of events) statements.add(eventStatement(event));
    const unread = malformed.filter((line) => !/\baudit(?:d|:|\b)/.test(line)).length;
    return {
      outcome: 'read',
      format: 'auditd',
      kind: 'execution-log',
      title: counted(events.length, 'audit event'),
      statements: statements.statements,
      findings: [
        ...(unread > 0 ? [found('malformed-records', `${unread} lines hold no audit record and were not read.`)] : []),
        ...statements.findings,
        ...orderFindings(events),
        ...partial(events),
        ...saidFindings(records, lines),
      ],
      complete: statements.complete && unread === 0,
      attributes: { records: String(records.length), events: String(events.length) },
    };
  },
};

/** Records with the same host, time and number, in the order in which each event began. */
function eventsOf(records: readonly AuditRecord[]): readonly AuditEvent[] {
  const events = new Map<string, AuditEvent>();
  for (const record of records) {
    const key = `${record.node ?? ''} ${record.time} ${record.serial}`;
    const event = events.get(key);
    if (event === undefined) events.set(key, { head: record, records: [record] });
    else event.records.push(record);
  }
  return [...events.values()];
}

/** A system call says how many path records belong to it. */
function partial(events: readonly AuditEvent[]): readonly Finding[] {
  const short = events.filter(({ records }) => {
    const items = Number(records.find(({ type }) => type === 'SYSCALL')?.fields.get('items') ?? 0);
    return records.filter(({ type }) => type === 'PATH').length < items;
  }).length;
  return short === 0 ? [] : [found('log-gap', `${short} events have fewer path records than they say.`)];
}
