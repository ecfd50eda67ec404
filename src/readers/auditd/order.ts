import type { Finding } from '../findings';
import { found } from '../statements';
import type { AuditEvent } from './event';
import type { AuditRecord } from './record';

/** Further back than this, the numbering began again: no buffer holds so many events back. */
const RESTART = 1_000;

/**
 * What the numbers of the events say of the log: missing ones, disorder, a numbering that began again (restart, or the
 * 32-bit counter rolled over). The daemon numbers its own events apart from the kernel's, so those are left out.
 */
export function orderFindings(events: readonly AuditEvent[]): readonly Finding[] {
  const byNode = new Map<string, AuditRecord[]>();
  for (const { head: first } of events) {
    if (first.type.startsWith('DAEMON_')) continue;
    const node = first.node ?? '';
    const known = byNode.get(node);
    if (known === undefined) byNode.set(node, [first]);
    else known.push(first);
  }
  const totals = { missing: 0, disordered: 0, restarts: 0, rolled: 0 };
  for (const firsts of byNode.values()) count(firsts, totals);
  return [
    ...told(
      'log-gap',
      totals.missing,
      'event numbers are missing between the first and the last: lost, or filtered out',
    ),
    ...told('log-out-of-order', totals.disordered, 'events stand behind a later one'),
    ...told('log-rolled-over', totals.rolled, 'times the event number rolled over'),
    ...told('log-rolled-over', totals.restarts, 'times the numbering began again: the system was restarted'),
  ];
}

interface Totals {
  missing: number;
  disordered: number;
  restarts: number;
  rolled: number;
}

function count(firsts: readonly AuditRecord[], totals: Totals): void {
  let segment = new Set<number>();
  let highest: AuditRecord | undefined;
  const close = (): void => {
    totals.missing += missingIn(segment);
    segment = new Set();
    highest = undefined;
  };
  for (const record of firsts) {
    if (highest !== undefined && record.serial < highest.serial - RESTART && record.time >= highest.time) {
      if (highest.serial > 2 ** 32 - RESTART * 1_000) totals.rolled += 1;
      else totals.restarts += 1;
      close();
    }
    if (highest !== undefined && record.serial < highest.serial) totals.disordered += 1;
    else highest = record;
    segment.add(record.serial);
  }
  close();
}

function missingIn(serials: ReadonlySet<number>): number {
  let least = Infinity;
  let most = -Infinity;
  for (const serial of serials) {
    least = Math.min(least, serial);
    most = Math.max(most, serial);
  }
  return serials.size === 0 ? 0 : most - least + 1 - serials.size;
}

const told = (code: Finding['code'], amount: number, what: string): readonly Finding[] =>
  amount === 0 ? [] : [found(code, `${amount} ${what}.`)];

/** What the log says itself: records the kernel dropped, auditing turned off or altered, files that are rotated. */
export function saidFindings(records: readonly AuditRecord[], lines: readonly string[]): readonly Finding[] {
  const lost = lines.reduce((most, line) => Math.max(most, lostIn(line)), 0);
  const altered = records.filter(isAltering).length;
  return [
    ...(lost === 0
      ? []
      : [
          found(
            'log-lost',
            lost === Infinity
              ? 'The kernel dropped events: a limit was exceeded.'
              : `The kernel dropped ${lost} events.`,
          ),
        ]),
    ...told('audit-altered', altered, 'records say that auditing was stopped or what it records was changed'),
    ...told(
      'log-rolled-over',
      records.filter(({ type }) => type === 'DAEMON_ROTATE').length,
      'times the log file was rotated',
    ),
  ];
}

function lostIn(line: string): number {
  const lost = /\b(?:audit_lost|lost)=(\d{1,10})/.exec(line)?.[1];
  if (lost !== undefined) return Number(lost);
  return /audit: (?:backlog|rate) limit exceeded/.test(line) ? Infinity : 0;
}

function isAltering({ type, fields }: AuditRecord): boolean {
  if (/^DAEMON_(?:END|ABORT|CONFIG)$/.test(type)) return true;
  return (
    type === 'CONFIG_CHANGE' && (/^(?:remove|add)_rule$/.test(fields.get('op') ?? '') || fields.has('audit_enabled'))
  );
}
