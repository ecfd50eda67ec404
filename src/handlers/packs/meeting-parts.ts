import type { StoredEntry } from '../../ledger/entry';
import { KeyError, meetingChain } from '../../ledger/keys';
import { inspectLedger } from '../../ledger/read';
import { meetingsNamed, type MeetingPart } from '../../pack/meetings';
import type { Ports } from '../../ports/ports';

/** The records of the meetings that decisions name, as they are kept; what does not hold is said in them. */
export async function readMeetingParts(
  ports: Pick<Ports, 'store'>,
  entries: readonly StoredEntry[],
): Promise<readonly MeetingPart[]> {
  const found: MeetingPart[] = [];
  for (const meeting of meetingsNamed(entries)) found.push(await readOne(ports, meeting));
  return found;
}

async function readOne({ store }: Pick<Ports, 'store'>, meeting: string): Promise<MeetingPart> {
  try {
    const { entries, breaks } = await inspectLedger(store, meetingChain(meeting));
    return { meeting, entries, breaksAtExport: breaks.map(({ sentence }) => sentence) };
  } catch (error) {
    // A decision altered behind the app's back may name anything: that is for the pack to say, not to fail on.
    if (!(error instanceof KeyError)) throw error;
    return { meeting, entries: [], breaksAtExport: ['no meeting has such a name'] };
  }
}
