import type { Statement } from '../reader';

/** What an event of the Security and System channels says (learn.microsoft.com, "Advanced security audit policy"). */
export interface Meaning {
  readonly words: string;
  readonly effect: Statement['effect'];
  /** What it says of the log or of auditing itself. */
  readonly log?: 'log-cleared' | 'log-lost' | 'audit-altered';
}

const write = (words: string): Meaning => ({ words, effect: 'write' });
const read = (words: string): Meaning => ({ words, effect: 'read' });

export const SECURITY: ReadonlyMap<number, Meaning> = new Map([
  [1100, { words: 'the event log service shut down', effect: 'write', log: 'audit-altered' }],
  [1101, { words: 'audit events were dropped', effect: 'unknown', log: 'log-lost' }],
  [1102, { words: 'the audit log was cleared', effect: 'write', log: 'log-cleared' }],
  [1104, { words: 'the security log is full', effect: 'unknown', log: 'log-lost' }],
  [4612, { words: 'audit events were lost for want of memory', effect: 'unknown', log: 'log-lost' }],
  [4616, write('the system time was changed')],
  [4624, read('an account logged on')],
  [4625, read('an account failed to log on')],
  [4634, read('an account logged off')],
  [4647, read('a user logged off')],
  [4648, read('a logon with other credentials was attempted')],
  [4656, read('a handle to an object was requested')],
  [4657, write('a registry value was modified')],
  [4660, write('an object was deleted')],
  [4663, { words: 'an object was accessed', effect: 'unknown' }],
  [4670, write('permissions on an object were changed')],
  [4672, read('special privileges were assigned to a logon')],
  [4688, { words: 'a process was created', effect: 'unknown' }],
  [4689, read('a process ended')],
  [4697, write('a service was installed')],
  [4698, write('a scheduled task was created')],
  [4699, write('a scheduled task was deleted')],
  [4700, write('a scheduled task was enabled')],
  [4701, write('a scheduled task was disabled')],
  [4702, write('a scheduled task was updated')],
  [4704, write('a user right was assigned')],
  [4705, write('a user right was removed')],
  [4715, { words: 'the audit policy of an object was changed', effect: 'write', log: 'audit-altered' }],
  [4719, { words: 'the system audit policy was changed', effect: 'write', log: 'audit-altered' }],
  [4720, write('a user account was created')],
  [4722, write('a user account was enabled')],
  [4723, write('a user tried to change a password')],
  [4724, write('a password was reset')],
  [4725, write('a user account was disabled')],
  [4726, write('a user account was deleted')],
  [4728, write('a member was added to a global security group')],
  [4729, write('a member was removed from a global security group')],
  [4732, write('a member was added to a local security group')],
  [4733, write('a member was removed from a local security group')],
  [4735, write('a local security group was changed')],
  [4737, write('a global security group was changed')],
  [4738, write('a user account was changed')],
  [4739, write('the domain policy was changed')],
  [4740, write('a user account was locked out')],
  [4756, write('a member was added to a universal security group')],
  [4767, write('a user account was unlocked')],
  [4768, read('a Kerberos ticket was requested')],
  [4769, read('a Kerberos service ticket was requested')],
  [4776, read('credentials were validated')],
  [4781, write('an account was renamed')],
  [4902, { words: 'the per-user audit policy table was created', effect: 'read' }],
  [4906, { words: 'CrashOnAuditFail was changed', effect: 'write', log: 'audit-altered' }],
  [4907, { words: 'auditing settings of an object were changed', effect: 'write', log: 'audit-altered' }],
  [4912, { words: 'the per-user audit policy was changed', effect: 'write', log: 'audit-altered' }],
  [4946, write('a firewall rule was added')],
  [4947, write('a firewall rule was modified')],
  [4948, write('a firewall rule was deleted')],
  [4950, write('a firewall setting was changed')],
  [5024, read('the firewall service started')],
  [5025, write('the firewall service was stopped')],
  [5136, write('a directory object was modified')],
  [5137, write('a directory object was created')],
  [5141, write('a directory object was deleted')],
  [5140, read('a network share was accessed')],
  [5145, read('access to a network share was checked')],
  [5156, read('a connection was permitted')],
  [5158, read('a bind to a local port was permitted')],
] satisfies [number, Meaning][]);

export const SYSTEM: ReadonlyMap<number, Meaning> = new Map([
  [104, { words: 'a log was cleared', effect: 'write', log: 'log-cleared' }],
  [6005, read('the event log service started')],
  [6006, { words: 'the event log service stopped', effect: 'read' }],
  [7036, { words: 'a service changed its state', effect: 'unknown' }],
  [7040, write('the start type of a service was changed')],
  [7045, write('a service was installed')],
] satisfies [number, Meaning][]);

/** What an event means in its channel; other channels number their events otherwise. */
export function meaningOf(id: number, channel: string | null): Meaning | undefined {
  if (channel?.toLowerCase() === 'system') return SYSTEM.get(id);
  return channel === null || /^security$|security-auditing/i.test(channel) ? SECURITY.get(id) : undefined;
}
