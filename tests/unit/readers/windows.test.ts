import { codes, reading, refusal } from './reading';

const DATA = {
  SubjectUserName: 'dana',
  SubjectDomainName: 'CORP',
  SubjectLogonId: '0x3e7a',
  NewProcessName: 'C:\\Windows\\System32\\sc.exe',
  CommandLine: 'sc.exe stop Spooler',
};

/** The same event as each collector writes it, by the documents that `src/readers/windows/event.ts` names. */
const SHAPES: Readonly<Record<string, (id: number, record: number, data: object) => object>> = {
  'Winlogbeat 7 and later': (id, record, data) => ({
    '@timestamp': '2026-03-02T10:20:00.000Z',
    winlog: {
      event_id: id,
      record_id: record,
      channel: 'Security',
      computer_name: 'fs-01.corp.test',
      provider_name: 'P',
      event_data: data,
    },
    event: { code: String(id) },
  }),
  'Winlogbeat before 7': (id, record, data) => ({
    '@timestamp': '2026-03-02T10:20:00.000Z',
    event_id: id,
    log_name: 'Security',
    computer_name: 'fs-01.corp.test',
    source_name: 'P',
    record_number: String(record),
    event_data: data,
  }),
  NXLog: (id, record, data) => ({
    EventTime: '2026-03-02 10:20:00',
    Hostname: 'fs-01.corp.test',
    EventID: id,
    SourceName: 'P',
    Channel: 'Security',
    RecordNumber: record,
    ...data,
  }),
  'Security-Datasets': (id, record, data) => ({
    '@timestamp': '2026-03-02T10:20:00.000Z',
    EventID: id,
    Hostname: 'fs-01.corp.test',
    Channel: 'Security',
    SourceName: 'P',
    RecordNumber: record,
    Message: 'A thing happened.\r\n\r\nMore.',
    ...data,
  }),
  'XML with named data': (id, record, data) => ({
    Event: {
      System: {
        Provider: { '@Name': 'P' },
        EventID: { '@Qualifiers': '', '#text': String(id) },
        TimeCreated: { '@SystemTime': '2026-03-02T10:20:00.0000000Z' },
        EventRecordID: String(record),
        Channel: 'Security',
        Computer: 'fs-01.corp.test',
      },
      EventData: { Data: Object.entries(data).map(([name, value]) => ({ '@Name': name, '#text': value as string })) },
    },
  }),
  'XML with attributes apart': (id, record, data) => ({
    Event: {
      System: {
        Provider: { '#attributes': { Name: 'P' } },
        EventID: id,
        TimeCreated: { '#attributes': { SystemTime: '2026-03-02T10:20:00Z' } },
        EventRecordID: record,
        Channel: 'Security',
        Computer: 'fs-01.corp.test',
      },
      EventData: data,
    },
  }),
};

const nxlog = (id: number, record: number, data: object = {}): object => SHAPES['NXLog']?.(id, record, data) ?? {};

describe('Windows events', () => {
  it.each(Object.entries(SHAPES))('of %s say the same', (_, shape) => {
    const read = reading(`${JSON.stringify(shape(4688, 17, DATA))}\n`);
    expect(read.format).toBe('windows-events');
    expect(read.statements).toMatchObject([
      {
        kind: 'execution-log',
        id: 'fs-01.corp.test:Security:17:4688',
        title: '4688 · a process was created · sc.exe stop Spooler',
        claimedAt: '2026-03-02T10:20:00.000Z',
        people: [{ role: 'actor', person: { login: 'CORP\\dana' } }],
        attributes: { event: '4688', channel: 'Security', provider: 'P', record: '17', logon: '0x3e7a' },
        touches: ['fs-01.corp.test', 'C:\\Windows\\System32\\sc.exe'],
        effect: 'unknown',
      },
    ]);
  });

  it('of Get-WinEvent are read, with the time of Windows PowerShell', () => {
    const event = {
      Id: 7040,
      LogName: 'System',
      ProviderName: 'Service Control Manager',
      MachineName: 'fs-01',
      RecordId: 9,
      TimeCreated: '/Date(1772446800000)/',
      Message: 'The start type was changed.',
      Properties: [{ Value: 'Spooler' }],
    };
    expect(reading([event]).statements).toMatchObject([
      {
        title: '7040 · the start type of a service was changed',
        claimedAt: '2026-03-02T10:20:00.000Z',
        effect: 'write',
      },
    ]);
  });

  it.each([
    [4719, 'write', ['audit-altered']],
    [4739, 'write', []],
    [4738, 'write', []],
    [1102, 'write', ['log-cleared']],
    [1101, 'unknown', ['log-lost']],
    [4624, 'read', []],
    [60000, 'unknown', []],
  ])('%d: %s, %j', (id, effect, findings) => {
    const read = reading([nxlog(id, 1)]);
    expect([read.statements[0]?.effect, codes(read)]).toEqual([effect, findings]);
  });

  it.each([
    ['a machine account', { SubjectUserName: 'FS-01$' }, 4688, []],
    ['the system', { SubjectUserName: 'SYSTEM' }, 4688, []],
    ['nobody', {}, 4688, []],
    ['whoever logged on', { TargetUserName: 'olga', SubjectUserName: 'FS-01$' }, 4624, [{ login: 'olga' }]],
    [
      'an address',
      { SubjectUserName: 'dana@example.test' },
      4688,
      [{ login: 'dana@example.test', email: 'dana@example.test' }],
    ],
  ])('by %s', (_, data, id, people) => {
    expect(reading([nxlog(id, 1, data)]).statements[0]?.people.map(({ person }) => person)).toEqual(people);
  });

  it.each([
    ['numbered in turn', [5, 6, 7], []],
    ['newest first', [7, 6, 5], []],
    ['with numbers missing', [5, 6, 9], ['log-gap']],
    ['out of order', [5, 7, 6, 8], ['log-out-of-order']],
  ])('%s', (_, records, findings) => {
    expect(codes(reading(records.map((record) => nxlog(4688, record))))).toEqual(findings);
  });

  it('a number of another channel means something else', () => {
    const sysmon = { ...nxlog(4719, 1), Channel: 'Microsoft-Windows-Sysmon/Operational' };
    expect(codes(reading([sysmon]))).toEqual([]);
  });

  it('without an event id are no facts', () => {
    expect(refusal([{ ...nxlog(1, 1), EventID: 'x' }])).toBe('shape');
    expect(reading([nxlog(4688, 1), { ...nxlog(1, 1), EventID: 70_000 }])).toMatchObject({ complete: false });
  });
});
