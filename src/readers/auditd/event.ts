import type { StatementInput } from '../statements';
import { present } from '../wire';
import type { AuditRecord } from './record';

/** All records of one event: same number, same time, same host. */
export interface AuditEvent {
  /** The one that came first. */
  readonly head: AuditRecord;
  readonly records: AuditRecord[];
}

const NOBODY: readonly string[] = ['4294967295', '-1', 'unset'];

/** Types that say that something of the system was changed (linux/audit.h, libaudit.h). */
const WRITES =
  /^(?:ADD_USER|DEL_USER|ADD_GROUP|DEL_GROUP|USER_MGMT|GRP_MGMT|ACCT_LOCK|ACCT_UNLOCK|USER_CHAUTHTOK|CONFIG_CHANGE|MAC_\w+|ROLE_\w+|DAEMON_CONFIG|SYSTEM_\w+|SERVICE_ST\w+|KERN_MODULE|NETFILTER_CFG|SOFTWARE_UPDATE|USYS_CONFIG|USER_MAC_\w+|GRP_CHAUTHTOK|CHGRP_ID|CHUSER_ID|TTY)$/;
const READS = /^(?:USER_AUTH|USER_ACCT|USER_START|USER_END|USER_LOGIN|USER_LOGOUT|USER_ERR|LOGIN|CRED_\w+|CRYPTO_\w+)$/;

/** Numbers on x86_64 (asm/unistd_64.h) of the calls that matter here, with whether they change something. */
const CALLS: ReadonlyMap<string, readonly [name: string, writes: boolean]> = new Map([
  ['2', ['open', false]],
  ['42', ['connect', false]],
  ['59', ['execve', false]],
  ['82', ['rename', true]],
  ['84', ['rmdir', true]],
  ['87', ['unlink', true]],
  ['90', ['chmod', true]],
  ['92', ['chown', true]],
  ['165', ['mount', true]],
  ['166', ['umount2', true]],
  ['175', ['init_module', true]],
  ['176', ['delete_module', true]],
  ['257', ['openat', false]],
  ['263', ['unlinkat', true]],
  ['264', ['renameat', true]],
  ['268', ['fchmodat', true]],
  ['313', ['finit_module', true]],
  ['322', ['execveat', false]],
]);

/** What an event says: who (the login user id, which survives su and sudo), what, on which files, and whether it worked. */
export function eventStatement({ head, records }: AuditEvent): StatementInput {
  const first = records.find(({ type }) => type === 'SYSCALL') ?? head;
  const get = (name: string): string | null => fieldOf(records, name);
  const call = callOf(first, get);
  const login = loginOf(get);
  const command = commandOf(records, get);
  return {
    kind: 'execution-log',
    id: `${first.node === null ? '' : `${first.node}:`}${first.time}:${first.serial}`,
    title: [first.type, call?.[0] ?? get('op'), command ?? get('exe')].filter((part) => part !== null).join(' '),
    state: resultOf(get),
    claimedAt: new Date(first.time).toISOString(),
    people: login === null ? [] : [{ role: 'actor', person: { login } }],
    attributes: present({
      type: first.type,
      records: [...new Set(records.map(({ type }) => type))].join(' '),
      serial: String(first.serial),
      call: call?.[0],
      operation: get('op'),
      session: get('ses'),
      key: get('key'),
      node: first.node,
    }),
    touches: touchedBy(records, get),
    effect: effectOf(records, call),
  };
}

function fieldOf(records: readonly AuditRecord[], name: string): string | null {
  for (const { fields } of records) {
    const value = fields.get(name);
    if (value !== undefined) return value;
  }
  return null;
}

function callOf(first: AuditRecord, get: (name: string) => string | null): readonly [string, boolean] | null {
  const named = get('SYSCALL');
  const known = [...CALLS.values()].find(([name]) => name === named);
  if (known !== undefined) return known;
  if (named !== null) return [named, false];
  return first.fields.get('arch') === 'c000003e' ? (CALLS.get(first.fields.get('syscall') ?? '') ?? null) : null;
}

function loginOf(get: (name: string) => string | null): string | null {
  const name = get('AUID');
  if (name !== null && name !== 'unset') return name;
  const auid = get('auid');
  if (auid !== null && !NOBODY.includes(auid)) return /^\d+$/.test(auid) ? `uid:${auid}` : auid;
  return get('acct');
}

function commandOf(records: readonly AuditRecord[], get: (name: string) => string | null): string | null {
  const execve = records.find(({ type }) => type === 'EXECVE')?.fields;
  const words = [...(execve ?? [])].filter(([name]) => /^a\d+$/.test(name)).map(([, value]) => value);
  if (words.length > 0) return words.join(' ');
  return get('cmd') ?? get('proctitle');
}

function resultOf(get: (name: string) => string | null): string | null {
  const result = get('success') ?? get('res') ?? get('result');
  if (result === null) return null;
  return /^(?:yes|success|1)$/.test(result) ? 'succeeded' : 'failed';
}

function touchedBy(records: readonly AuditRecord[], get: (name: string) => string | null): readonly string[] {
  const paths = records
    .filter(({ type, fields }) => type === 'PATH' && fields.get('nametype') !== 'PARENT')
    .map(({ fields }) => fields.get('name') ?? null);
  const unit = get('unit');
  return [records[0]?.node ?? null, get('exe'), ...paths, unit, get('key')].filter((name) => name !== null);
}

function effectOf(
  records: readonly AuditRecord[],
  call: readonly [string, boolean] | null,
): 'read' | 'write' | 'unknown' {
  const creates = records.some(({ fields }) => /^(?:CREATE|DELETE)$/.test(fields.get('nametype') ?? ''));
  if (creates || call?.[1] === true || records.some(({ type }) => WRITES.test(type))) return 'write';
  return records.every(({ type }) => READS.test(type)) ? 'read' : 'unknown';
}
