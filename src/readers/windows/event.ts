import { utcOf } from '../times';
import { firstText, isMembers, listAt, listOf, member, textAt, textOf, type Members } from '../wire';

/** A Windows event, whichever collector wrote it as JSON. */
export interface WindowsEvent {
  readonly id: number;
  /** UTC ISO 8601, or null when there is none that can be read. */
  readonly at: string | null;
  readonly computer: string | null;
  readonly channel: string | null;
  readonly provider: string | null;
  /** The event's number in its channel; Windows counts it up by one. */
  readonly record: number | null;
  readonly data: ReadonlyMap<string, string>;
  readonly message: string | null;
}

interface Shape {
  readonly is: (record: Members) => boolean;
  readonly read: (record: Members) => WindowsEvent | undefined;
}

/** Event ids are 16 bits; anything else is none. */
function event(id: unknown, rest: Omit<WindowsEvent, 'id'>): WindowsEvent | undefined {
  const number = Number(textOf(id) ?? textAt(id, '#text') ?? textAt(id, 'Value') ?? Number.NaN);
  return Number.isInteger(number) && number >= 0 && number <= 0xffff ? { id: number, ...rest } : undefined;
}

const recordNumber = (value: unknown): number | null => {
  const number = Number(textOf(value) ?? Number.NaN);
  return Number.isSafeInteger(number) ? number : null;
};

function dataOf(...sources: readonly unknown[]): ReadonlyMap<string, string> {
  const data = new Map<string, string>();
  for (const source of sources) {
    if (!isMembers(source)) continue;
    for (const [name, value] of Object.entries(source)) {
      const text = textOf(value);
      if (text !== null && text !== '-') data.set(name, text);
    }
  }
  return data;
}

/** Winlogbeat since 7: everything Windows says is under `winlog` (elastic.co, "Winlogbeat fields"). */
const winlogbeat: Shape = {
  is: (record) => isMembers(record['winlog']),
  read: (record) =>
    event(firstText(textAt(record, 'winlog', 'event_id'), textAt(record, 'event', 'code')), {
      at: utcOf(firstText(textAt(record, 'winlog', 'time_created'), record['@timestamp'])),
      computer: firstText(textAt(record, 'winlog', 'computer_name'), textAt(record, 'host', 'name')),
      channel: textAt(record, 'winlog', 'channel'),
      provider: textAt(record, 'winlog', 'provider_name'),
      record: recordNumber(member(record, 'winlog', 'record_id')),
      data: dataOf(member(record, 'winlog', 'user_data'), member(record, 'winlog', 'event_data')),
      message: textOf(record['message']),
    }),
};

/** Winlogbeat before 7, and Logstash's output of it: the same members at the top. */
const olderWinlogbeat: Shape = {
  is: (record) => 'event_id' in record && ('event_data' in record || 'log_name' in record || 'computer_name' in record),
  read: (record) =>
    event(record['event_id'], {
      at: utcOf(record['@timestamp']),
      computer: textOf(record['computer_name']),
      channel: firstText(record['log_name'], record['channel']),
      provider: firstText(record['source_name'], record['provider_name']),
      record: recordNumber(firstText(record['record_number'], record['record_id'])),
      data: dataOf(record['user_data'], record['event_data']),
      message: textOf(record['message']),
    }),
};

/** The event's XML turned into JSON, as evtx tools and Azure do: `Event`, `System`, `EventData` (MS-EVEN6, "Event"). */
const xml: Shape = {
  is: (record) =>
    isMembers(member(record, 'Event', 'System')) || (isMembers(record['System']) && 'EventData' in record),
  read: (record) => {
    const root = isMembers(record['Event']) ? record['Event'] : record;
    const system = root['System'];
    const created = member(system, 'TimeCreated');
    return event(member(system, 'EventID'), {
      at: utcOf(attribute(created, 'SystemTime')),
      computer: textAt(system, 'Computer'),
      channel: textAt(system, 'Channel'),
      provider: attribute(member(system, 'Provider'), 'Name'),
      record: recordNumber(member(system, 'EventRecordID')),
      data: xmlData(root),
      message: textAt(root, 'RenderingInfo', 'Message'),
    });
  },
};

/** An attribute of an element: `@Name`, `#attributes`, `$` or plain, by the converter. */
const attribute = (element: unknown, name: string): string | null =>
  firstText(
    textAt(element, `@${name}`),
    textAt(element, '#attributes', name),
    textAt(element, '@attributes', name),
    textAt(element, '$', name),
    textAt(element, name),
    textAt(element, `-${name}`),
  );

function xmlData(root: Members): ReadonlyMap<string, string> {
  const named = listOf(member(root, 'EventData', 'Data')).flatMap((one) => {
    const name = attribute(one, 'Name');
    const value = firstText(textAt(one, '#text'), textAt(one, '_'), textAt(one, 'Value'), textAt(one, '$t'));
    return name === null || value === null ? [] : [[name, value] as const];
  });
  const user = Object.values(isMembers(root['UserData']) ? root['UserData'] : {});
  return dataOf(...user, root['EventData'], Object.fromEntries(named));
}

/** `Get-WinEvent | ConvertTo-Json`: the values have no names, so only the head is read. */
const powershell: Shape = {
  is: (record) => 'Id' in record && 'LogName' in record && ('ProviderName' in record || 'MachineName' in record),
  read: (record) =>
    event(record['Id'], {
      at: utcOf(firstText(record['TimeCreated'], textAt(record, 'TimeCreated', 'value'))),
      computer: textOf(record['MachineName']),
      channel: textOf(record['LogName']),
      provider: textOf(record['ProviderName']),
      record: recordNumber(record['RecordId']),
      data: dataOf(
        Object.fromEntries(listAt(record, 'Properties').map((one, i) => [`Property${i}`, member(one, 'Value')])),
      ),
      message: textOf(record['Message']),
    }),
};

/** Flat: NXLog's `to_json`, Security-Datasets, Azure's SecurityEvent table. The event's values stand beside its head. */
const flat: Shape = {
  is: (record) =>
    ('EventID' in record || 'EventId' in record) &&
    [
      'Channel',
      'SourceName',
      'RecordNumber',
      'EventRecordID',
      'ProviderGuid',
      'EventSourceName',
      'SourceComputerId',
    ].some((name) => name in record),
  read: (record) =>
    event(firstText(record['EventID'], record['EventId']), {
      at: utcOf(
        firstText(
          record['EventTime'],
          record['TimeCreated'],
          record['TimeGenerated'],
          record['UtcTime'],
          record['@timestamp'],
        ),
      ),
      computer: firstText(record['Hostname'], record['Computer'], record['host']),
      channel: firstText(record['Channel'], record['EventSourceName']),
      provider: firstText(record['SourceName'], record['ProviderName']),
      record: recordNumber(firstText(record['RecordNumber'], record['EventRecordID'], record['EventRecordId'])),
      data: dataOf(record),
      message: textOf(record['Message']),
    }),
};

const SHAPES: readonly Shape[] = [winlogbeat, xml, powershell, olderWinlogbeat, flat];

export const isWindowsEvent = (record: Members): boolean => SHAPES.some(({ is }) => is(record));

/** The event in a record; undefined when it has no event id. */
export const windowsEvent = (record: Members): WindowsEvent | undefined =>
  SHAPES.find(({ is }) => is(record))?.read(record);
