/** One line of an audit log. */
export interface AuditRecord {
  /** `SYSCALL`, or the number as the kernel's own log has it. */
  readonly type: string;
  /** The host, where the line names one. */
  readonly node: string | null;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Number of the event: all its records carry it. The kernel counts it up from boot, in 32 bits. */
  readonly serial: number;
  readonly fields: ReadonlyMap<string, string>;
}

const HEAD =
  /(?:^|\s)type=([A-Z][A-Z0-9_]{0,40}|\d{4}|UNKNOWN\[\d{1,6}\]) (?:msg=)?audit\((\d{1,11})\.(\d{1,6}):(\d{1,10})\):? ?/;
const NODE = /^node=(\S{1,253})\s/;
const SYSLOG_HOST = /^(?:[A-Z][a-z]{2} [ \d]\d [\d:]{8}|\d{4}-\d\d-\d\dT\S{1,40}) (\S{1,253}) /;
// Looking behind keeps the search linear: a name is only tried where one begins.
const FIELD = /(?<![\w-])([A-Za-z_][\w-]*)=("[^"]*"|'[^']*'|[^\s,)]*)/g;

/** The record in a line of an audit log, whatever a log collector put before it; undefined when there is none. */
export function auditRecord(line: string): AuditRecord | undefined {
  const head = HEAD.exec(line);
  if (head === null) return undefined;
  const [whole, type = '', seconds = '', fraction = '', serial = ''] = head;
  const node = (NODE.exec(line) ?? SYSLOG_HOST.exec(line))?.[1] ?? null;
  const fields = new Map<string, string>();
  readFields(line.slice(head.index + whole.length), type, fields);
  const time = Number(seconds) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
  return { type, node, time, serial: Number(serial), fields };
}

/** The first of several values of a name counts; what a program wrote stands in quotes inside `msg`. */
function readFields(text: string, type: string, fields: Map<string, string>): void {
  for (const [, name = '', raw = ''] of text.matchAll(FIELD)) {
    if (name === 'msg' && raw.startsWith("'")) {
      readFields(raw.slice(1, -1), type, fields);
      continue;
    }
    const value = valueOf(name, raw, type);
    if (value !== null && !fields.has(name)) fields.set(name, value);
  }
}

/** Fields that users choose: the kernel writes them in hexadecimal when they hold a space, a quote or a control character. */
const ENCODED: readonly string[] = [
  'proctitle',
  'comm',
  'exe',
  'cmd',
  'cwd',
  'name',
  'acct',
  'key',
  'data',
  'path',
  'dir',
  'file',
  'sw',
];

function valueOf(name: string, raw: string, type: string): string | null {
  const quoted = /^(["'])(.*)\1$/s.exec(raw)?.[2];
  if (quoted !== undefined) return quoted === '' ? null : quoted;
  if (raw === '' || raw === '?' || raw === '(null)' || raw === '(none)') return null;
  const encoded = ENCODED.includes(name) || (type === 'EXECVE' && /^a\d+$/.test(name));
  return encoded && /^(?:[0-9A-F]{2})+$/.test(raw) ? decoded(raw) : raw;
}

function decoded(hex: string): string {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  // NUL stands between the words of a command line, 1 between the keys of a rule.
  return new TextDecoder('utf-8')
    .decode(bytes)
    .replace(/[\u0000\u0001]+/g, ' ')
    .trim();
}
