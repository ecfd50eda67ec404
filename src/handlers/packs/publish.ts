import { Unavailable, type Ports } from '../../ports/ports';
import { publishHead } from '../publish-head';
import { chunkKeys, PARTS_SIZE, readPacks, writePack, type PackRecord } from './record';
import { clearUnfinished, isTooOld } from './unfinished';

/** Packs that are attached to one change within a day: whoever may browse it may have packs made, and fills its attachments. */
export const MAX_ATTACHED_A_DAY = 20;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Puts a ready pack where a pipeline can fetch it: as an attachment of its change. Idempotent. What keeps Jira from
 * taking it is said in the record, and so is that as many were attached as a day takes; the pack stays to be downloaded. An
 * outage is thrown, for a day.
 */
export async function publishPack(ports: Ports, record: PackRecord): Promise<void> {
  if (record.attachment === undefined) await writePack(ports, { ...record, attachment: await attach(ports, record) });
  await publishHead(ports, record.issueId, null);
  await clearUnfinished(ports, record);
}

async function attach(ports: Ports, record: PackRecord): Promise<NonNullable<PackRecord['attachment']>> {
  const before = await attachedToday(ports, record);
  if (before >= MAX_ATTACHED_A_DAY) return { attached: false, because: manyWords(before) };
  const bytes = await packBytes(ports, record);
  if (bytes === undefined) return { attached: false, because: 'a stored piece of it is missing.' };
  try {
    const file = { name: record.fileName, mediaType: 'application/zip', bytes };
    const answer = await ports.publishing.attach(record.issueId, file);
    return answer.attached ? { attached: true } : { attached: false, because: answer.messages.join(' ') };
  } catch (failure) {
    if (failure instanceof Unavailable && isTooOld(ports, record))
      return { attached: false, because: 'Jira took no attachment for a day.' };
    throw failure;
  }
}

/** Of the same change, by when each was asked for, which its number goes by. */
async function attachedToday(ports: Ports, { issueId, id }: PackRecord): Promise<number> {
  const since = ports.clock.now().getTime() - DAY_MS;
  const packs = await readPacks(ports, issueId);
  return packs.filter((one) => one.id !== id && one.attachment?.attached === true && Date.parse(one.createdAt) > since)
    .length;
}

const manyWords = (count: number): string =>
  `${count} packs of this change were attached within a day, which is as many as it takes. Download this one here; one that is made tomorrow is attached again.`;

async function packBytes(ports: Ports, { id, sealed }: PackRecord): Promise<Uint8Array | undefined> {
  if (sealed === undefined) return undefined;
  const keys = chunkKeys(id, sealed);
  const pieces: Buffer[] = [];
  for (let i = 0; i < keys.length; i += PARTS_SIZE) {
    for (const value of await ports.store.getMany(keys.slice(i, i + PARTS_SIZE))) {
      if (typeof value !== 'string') return undefined;
      pieces.push(Buffer.from(value, 'base64'));
    }
  }
  return Buffer.concat(pieces);
}
