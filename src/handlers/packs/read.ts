import { packPartPayload, packPayload } from '../../contract/payloads';
import type { PackView } from '../../contract/panel';
import type { Ports } from '../../ports/ports';
import { readFactsFor } from '../facts';
import { refuse } from '../refusal';
import { issueOf, parsed, type ResolverCall } from '../resolver-call';
import { packView } from '../view/packs';
import { chunkKeys, PARTS_SIZE, readPack, type PackRecord } from './record';
import { resumeIfStalled } from './unfinished';

/** `pack.read`: the state of one pack; the panel asks again until it is ready or failed. A lost job is queued again. */
export async function readPackState(ports: Ports, call: ResolverCall): Promise<PackView> {
  const record = await visiblePack(ports, call, parsed(packPayload, call.payload).pack);
  try {
    await resumeIfStalled(ports, record);
  } catch (cause) {
    // How far the pack is can be said all the same, and the next reader tries again.
    ports.log.error('a pack that makes no progress could not be queued again', cause);
  }
  return packView(record);
}

/** `pack.download`: one part of the bytes, base64. Parts are numbered from 0; all of them in order are the ZIP. */
export async function downloadPack(
  ports: Ports,
  call: ResolverCall,
): Promise<{ part: number; parts: number; base64: string }> {
  const { pack, part } = parsed(packPartPayload, call.payload);
  const record = await visiblePack(ports, call, pack);
  if (record.state !== 'ready' || record.sealed === undefined) {
    throw refuse(409, 'not-ready', 'This pack is not ready yet.');
  }
  const chunks = chunkKeys(record.id, record.sealed);
  const parts = Math.ceil(chunks.length / PARTS_SIZE);
  if (part >= parts) throw refuse(404, 'no-such-part', `This pack has ${parts} parts.`);
  const values = await ports.store.getMany(chunks.slice(part * PARTS_SIZE, (part + 1) * PARTS_SIZE));
  const bytes = values.map((value) => {
    if (typeof value !== 'string') {
      throw refuse(
        409,
        'pack-damaged',
        'A stored piece of this pack is missing. Assemble a new one; the ledger still holds the digest of this one.',
      );
    }
    return Buffer.from(value, 'base64');
  });
  return { part, parts, base64: Buffer.concat(bytes).toString('base64') };
}

async function visiblePack(ports: Ports, call: ResolverCall, pack: string): Promise<PackRecord> {
  const { snapshot } = await readFactsFor(ports, issueOf(call));
  // The id names its change; a pack of another change is not found, whoever asks.
  const record = pack.startsWith(`${snapshot.issueId}-`) ? await readPack(ports, snapshot.issueId, pack) : undefined;
  if (record === undefined) throw refuse(404, 'no-such-pack', 'This change has no such pack.');
  return record;
}
