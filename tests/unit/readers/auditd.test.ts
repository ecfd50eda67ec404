import { codes, reading, refusal } from './reading';
import { processorSeconds } from '../processor-time';

const hex = (text: string): string => Buffer.from(text).toString('hex').toUpperCase();

const line = (serial: number, rest: string, type = 'SYSCALL', seconds = 1772446800): string =>
  `type=${type} msg=audit(${seconds}.${String(serial % 1000).padStart(3, '0')}:${serial}): ${rest}`;

const log = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

const user = (serial: number, seconds?: number): string =>
  line(serial, `pid=1 uid=0 auid=1000 ses=3 msg='op=x exe="/bin/x" res=success'`, 'USER_AUTH', seconds);

describe('an audit log', () => {
  it('makes one fact of the records of an event, with hexadecimal fields in plain text', () => {
    const read = reading(
      log(
        line(
          100,
          `arch=c000003e syscall=87 success=yes exit=0 items=1 pid=7 auid=1000 uid=0 ses=3 comm="rm" exe="/usr/bin/rm" key="etc-watch"`,
        ),
        line(
          101,
          `pid=1 auid=4294967295 msg='unit=sshd comm="systemd" exe="/lib/systemd" res=failed'`,
          'SERVICE_START',
        ),
        line(100, `item=0 name=${hex('/etc/my app.conf')} nametype=DELETE`, 'PATH'),
        line(100, `proctitle=${hex('rm\0/etc/my app.conf')}`, 'PROCTITLE'),
      ),
    );
    expect(read.statements).toMatchObject([
      {
        id: '1772446800100:100',
        title: 'SYSCALL unlink rm /etc/my app.conf',
        state: 'succeeded',
        claimedAt: '2026-03-02T10:20:00.100Z',
        people: [{ role: 'actor', person: { login: 'uid:1000' } }],
        touches: ['/usr/bin/rm', '/etc/my app.conf', 'etc-watch'],
        effect: 'write',
      },
      { state: 'failed', people: [], effect: 'write', touches: ['/lib/systemd', 'sshd'] },
    ]);
    expect(codes(read)).toEqual([]);
  });

  it.each([
    ['node=fs-01 ', 'fs-01', ''],
    ['Mar  2 10:20:00 fs-01 audispd: ', 'fs-01', ''],
    ['2026-03-02T10:20:00+00:00 fs-01 kernel: audit: ', 'fs-01', ''],
    ['', null, '\u001dUID="root" AUID="dana"'],
  ])('is read behind "%s", and with names added', (before, node, behind) => {
    const [statement] = reading(log(before + user(5) + behind)).statements;
    expect(statement?.attributes['node'] ?? null).toBe(node);
    expect(statement?.people).toEqual([{ role: 'actor', person: { login: behind === '' ? 'uid:1000' : 'dana' } }]);
  });

  it.each([
    ['in order', [1, 2, 3], []],
    ['with numbers missing', [1, 2, 5], ['log-gap']],
    ['with one behind a later one', [2, 1, 3], ['log-out-of-order']],
    ['rolled over at 32 bits', [4_294_967_294, 4_294_967_295, 0, 1], ['log-rolled-over']],
    ['begun again after a restart', [50_000, 50_001, 1, 2], ['log-rolled-over']],
    ['with the same twice', [1, 1, 2], []],
  ])('%s', (_, serials, findings) => {
    const lines = serials.map((serial, i) => user(serial, 1772446800 + (serial === serials[i - 1] ? i - 1 : i)));
    expect(codes(reading(log(...lines))).filter((code) => code !== 'duplicate-records')).toEqual(findings);
  });

  it.each([
    ['the kernel dropped events', 'audit: audit_lost=12 audit_rate_limit=0 audit_backlog_limit=64', 'log-lost'],
    ['a limit was exceeded', 'kernel: audit: backlog limit exceeded', 'log-lost'],
    ['auditing was turned off', line(2, 'auid=0 audit_enabled=0 old=1 res=1', 'CONFIG_CHANGE'), 'audit-altered'],
    ['a rule was removed', line(2, 'auid=0 op="remove_rule" key="x" list=4 res=1', 'CONFIG_CHANGE'), 'audit-altered'],
    ['the daemon ended', line(2, 'op=terminate auid=0 res=success', 'DAEMON_END'), 'audit-altered'],
    ['the file was rotated', line(2, 'op=rotate res=success', 'DAEMON_ROTATE'), 'log-rolled-over'],
    ['a path is missing', line(2, 'arch=c000003e syscall=59 success=yes items=2 auid=0', 'SYSCALL'), 'log-gap'],
    ['lines are no records', 'something else entirely', 'malformed-records'],
  ])('says that %s', (_, said, code) => {
    expect(codes(reading(log(user(1), said)))).toEqual([code]);
  });

  it('refuses a line of 5 MB quickly', async () => {
    const read = () => {
      expect(refusal(log(user(1), `type=SYSCALL msg=audit(1.1:1): ${'a'.repeat(5_000_000)}`))).toBe('line-too-long');
      expect(refusal(log(user(1), `type=SYSCALL msg=audit(1.1:1): ${'a'.repeat(1_000_000)}`))).toBe('read as auditd');
    };
    expect(await processorSeconds(read)).toBeLessThan(3);
  });

  it('hides passwords on command lines', () => {
    const read = reading(log(line(1, `auid=1000 proctitle=${hex('mysql\0password=Hunter2Hunter2')}`, 'PROCTITLE')));
    expect(JSON.stringify(read)).not.toContain('Hunter2');
  });
});
