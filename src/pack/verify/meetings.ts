import type { StoredEntry } from '../../ledger/entry';
import { FILES } from '../files';
import { meetingBreaks, meetingsNamed } from '../meetings';
import type { MeetingPart } from '../meetings';
import { count } from '../text';
import { readStoredEntries } from './health';
import { jsonIn, type OpenedPack } from './opened';
import type { Findings } from './outcome';

/** Every meeting that a decision names has its record in the pack, from its first save on, and no other has. */
export function checkMeetings(pack: OpenedPack, entries: readonly StoredEntry[], findings: Findings): void {
  findings.check('meetings', (report) => {
    const named = meetingsNamed(entries);
    const bytes = pack.files.get(FILES.meetings);
    if (bytes === undefined) {
      if (named.length === 0) return 'no decision names a meeting';
      report(FILES.meetings, `is missing, and decisions name ${named.join(', ')}`);
      return { notDone: `${FILES.meetings} is missing` };
    }
    const json = jsonIn(bytes);
    const parts = 'value' in json ? readMeetingParts(json.value) : undefined;
    if (parts === undefined) {
      report(FILES.meetings, 'is not a list of records of meetings');
      return { notDone: `${FILES.meetings} cannot be read` };
    }
    if (parts.map(({ meeting }) => meeting).join('\n') !== named.join('\n'))
      report(FILES.meetings, `decisions name ${named.join(', ') || 'no meeting'}, and it holds others`);
    for (const part of parts) for (const sentence of meetingBreaks(part)) report(FILES.meetings, sentence);
    return `${count(parts.length, 'record')} of meetings, ${count(parts.flatMap((part) => part.entries).length, 'entry', 'entries')}`;
  });
}

/** The records in the file; undefined when it has another form. */
export function readMeetingParts(value: unknown): readonly MeetingPart[] | undefined {
  if (typeof value !== 'object' || value === null || !('meetings' in value) || !Array.isArray(value.meetings))
    return undefined;
  const read = value.meetings.map(readMeetingPart);
  const sound = read.filter((part) => part !== undefined);
  return sound.length === read.length ? sound : undefined;
}

function readMeetingPart(value: unknown): MeetingPart | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('meeting' in value && 'breaksAtExport' in value) || typeof value.meeting !== 'string') return undefined;
  const { meeting, breaksAtExport } = value;
  const entries = readStoredEntries(value);
  if (entries === undefined || !Array.isArray(breaksAtExport)) return undefined;
  const breaks = breaksAtExport.filter((one) => typeof one === 'string');
  return breaks.length === breaksAtExport.length ? { meeting, entries, breaksAtExport: breaks } : undefined;
}
