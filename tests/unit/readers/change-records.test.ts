import { neutral } from '../../../src/readers/tracking-sheet/neutral';
import { readFile } from '../../../src/readers/readers';
import { handedIn, utf16 } from './file';

const facts = (content: string | Uint8Array, name = 'file') => {
  const one = readFile(handedIn(content, name));
  if (one.outcome !== 'read') throw new Error(`${one.format} ${one.reason}`);
  return one;
};

/** As the Table API answers GET /api/now/table/change_request?sysparm_exclude_reference_link=false. */
const serviceNow = {
  sys_id: 'c83c5e5347c12200e0ef563dbb9a7190',
  number: 'CHG0030042',
  short_description: 'Patch the VPN gateway',
  state: '-2',
  approval: 'approved',
  type: 'normal',
  risk: '3',
  start_date: '2026-03-02 09:00:00',
  end_date: '2026-03-02 11:00:00',
  work_start: '',
  assigned_to: {
    link: 'https://dev1.service-now.com/api/now/table/sys_user/46d4',
    value: '46d44a23a9fe19810012d100cca80666',
  },
  assignment_group: {
    link: 'https://dev1.service-now.com/api/now/table/sys_user_group/28',
    value: '287ebd7da9fe198100f92cc8d1d2154e',
  },
  cmdb_ci: '',
  sys_updated_on: '2026-03-01 16:30:00',
};

describe('ServiceNow', () => {
  it('a record by values: state in words, window in UTC, people by their id there', () => {
    const { statements, format, kind, findings } = facts(JSON.stringify({ result: serviceNow }));
    expect([format, kind, findings]).toEqual(['service-now', 'external-change-record', []]);
    expect(statements).toMatchObject([
      {
        id: 'CHG0030042',
        title: 'CHG0030042 Patch the VPN gateway',
        state: 'scheduled',
        url: 'https://dev1.service-now.com/change_request.do?sys_id=c83c5e5347c12200e0ef563dbb9a7190',
        claimedAt: '2026-03-01T16:30:00.000Z',
        attributes: {
          approval: 'approved',
          windowStart: '2026-03-02T09:00:00.000Z',
          windowEnd: '2026-03-02T11:00:00.000Z',
        },
        people: [{ role: 'actor', person: { login: '46d44a23a9fe19810012d100cca80666' } }],
      },
    ]);
  });

  it('with both, the display names; with display values only, times stay text', () => {
    const all = Object.fromEntries(
      Object.entries(serviceNow).map(([name, value]) => [
        name,
        {
          display_value: name === 'assigned_to' ? 'Beth Anglin' : 'x',
          value: typeof value === 'string' ? value : value.value,
        },
      ]),
    );
    expect(facts(JSON.stringify({ result: [all] })).statements[0]).toMatchObject({
      id: 'CHG0030042',
      state: 'scheduled',
      people: [{ person: { login: 'Beth Anglin' } }],
      attributes: { windowStart: '2026-03-02T09:00:00.000Z' },
    });
    const shown = { ...serviceNow, state: 'Scheduled', start_date: '02/03/2026 10:00:00' };
    const read = facts(JSON.stringify({ result: shown }));
    expect(read.statements[0]).toMatchObject({
      state: 'scheduled',
      claimedAt: null,
      attributes: { windowStart: '02/03/2026 10:00:00' },
    });
    expect(read.findings.map(({ code }) => code)).toEqual(['time-missing']);
  });

  it('a record without a change number is left out and told; none at all is any other file', () => {
    const two = facts(JSON.stringify({ result: [serviceNow, { ...serviceNow, number: 'INC0000001' }] }));
    expect([two.statements.length, two.complete, two.findings[0]?.code]).toEqual([1, false, 'malformed-records']);
    expect(facts(JSON.stringify({ result: { ...serviceNow, number: 'INC0000001', x: 'CHG0030042' } })).format).toBe(
      'other-file',
    );
  });
});

describe('Freshservice', () => {
  /** As GET /api/v2/changes/{id} answers. */
  const change = {
    id: 5,
    subject: 'Replace the core switch',
    status: 3,
    priority: 2,
    impact: 1,
    risk: 4,
    change_type: 4,
    approval_status: 4,
    agent_id: 434,
    requester_id: 888,
    group_id: null,
    planned_start_date: '2026-03-02T09:00:00Z',
    planned_end_date: '2026-03-02T11:00:00Z',
    created_at: '2026-02-27T08:00:00Z',
    updated_at: '2026-03-01T16:30:00Z',
    impacted_services: [{ id: 1, name: 'Network' }],
    assets: [],
  };

  it('one and several', () => {
    const one = facts(JSON.stringify({ change }));
    expect(one.statements).toMatchObject([
      {
        id: 'CHN-5',
        state: 'awaiting approval',
        claimedAt: '2026-03-01T16:30:00.000Z',
        attributes: { type: 'emergency', risk: 'very high', approvalStatus: '4', windowStart: '2026-03-02T09:00:00Z' },
        people: [{ person: { login: 'agent 434' } }, { person: { login: 'requester 888' } }],
        touches: ['Network'],
      },
    ]);
    expect(
      facts(JSON.stringify({ changes: [change, { ...change, id: 6, status: 42 }] })).statements.map((s) => s.state),
    ).toEqual(['awaiting approval', '42']);
    expect(facts(JSON.stringify({ changes: [change, { ...change, id: 'x' }] })).complete).toBe(false);
    expect(facts(JSON.stringify({ change: { ...change, subject: null } })).format).toBe('other-file');
  });
});

describe('a tracking sheet', () => {
  const sheet = [
    'Change ID,Summary,Status,Requested By,Approved By,Approval Date,Planned Start,Affected Systems',
    'CR-1,"Patch, reboot ""gw"" and',
    'watch it",Done,Ana,bob@example.com,2026-03-02T09:00:00Z,02/03/2026,"gw1; gw2"',
    'CR-2,Plain,Open,Ana,,,,',
  ].join('\r\n');

  it('quoted commas, quotes and line ends; people, systems; times only with a zone', () => {
    const { format, statements, findings, complete } = facts(sheet);
    expect([format, complete, findings]).toEqual(['tracking-sheet', true, []]);
    expect(statements).toMatchObject([
      {
        kind: 'external-change-record',
        id: 'CR-1',
        title: 'CR-1 Patch, reboot "gw" and\nwatch it',
        state: 'done',
        claimedAt: '2026-03-02T09:00:00.000Z',
        attributes: { windowStart: '02/03/2026', approver: 'bob@example.com' },
        people: [
          { role: 'creator', person: { displayName: 'Ana' } },
          { role: 'reviewer', person: { email: 'bob@example.com' } },
        ],
        touches: ['gw1', 'gw2'],
      },
      { id: 'CR-2', claimedAt: null },
    ]);
  });

  it.each([
    ['semicolons', sheet.replaceAll(';', '/').replace(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g, ';')],
    ['tabs', sheet.replace(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '\t')],
    ['a byte order mark', `\ufeff${sheet}`],
    ['line ends of Unix', sheet.replaceAll('\r\n', '\n')],
    ['a title and empty lines above the headings', `Change log of Example Ltd,,,\n,,,\n\n${sheet}`],
  ])('with %s', (_, text) => {
    const { format, statements } = facts(text, 'log.csv');
    expect([format, statements.map(({ id }) => id)]).toEqual(['tracking-sheet', ['CR-1', 'CR-2']]);
  });

  it('in UTF-16 as Excel saves it', () => {
    expect(facts(utf16(sheet)).statements).toHaveLength(2);
  });

  it('other tables are other files, and a quote that never ends is refused', () => {
    expect(facts('name,age\nAna,7\n', 'people.csv').format).toBe('other-file');
    expect(facts('just text, with a comma\n', 'a.csv').format).toBe('other-file');
    expect(() => facts('Change ID,Summary,Status\nCR-1,"never ends,Done\n')).toThrow('tracking-sheet not-a-table');
    expect(() => facts('Change ID,Summary,Status\n,a,b\n')).toThrow('tracking-sheet no-records');
  });

  it('is read up to a bound, and says so', () => {
    const long = facts(`id,title,status\n${'1,a,b\n'.repeat(12_000)}`);
    expect([long.statements.length, long.complete]).toEqual([10_000, false]);
    expect(long.findings.map(({ code }) => code)).toContain('not-read-whole');
  });

  it.each([
    ['=cmd|x', "'=cmd|x"],
    ['  =1+1', "'=1+1"],
    ['+SUM(A1)', "'+SUM(A1)"],
    ['-2+3', "'-2+3"],
    ['@x', "'@x"],
    ['\uff1d1', "'\uff1d1"],
    ['\t=1', "'=1"],
    ['-5', '-5'],
    ['+49', '+49'],
    ['-1.5%', '-1.5%'],
    ['plain - text', 'plain - text'],
  ])('makes %p harmless', (cell, shown) => {
    expect(neutral(cell)).toBe(shown);
    const title = facts(`id\ttitle\tstatus\nCR-1\t"${cell}"\tx\n`).statements[0]?.title ?? '';
    expect(title.trim()).toBe(`CR-1 ${neutral(cell.trim())}`);
  });
});
