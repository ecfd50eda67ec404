import { redactJson } from '../../evidence/redact';
import { sha256Hex } from '../../ledger/hash';
import { deliveryName } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import {
  bytesOfHandIn,
  HAND_IN,
  handInItem,
  handInOf,
  readHandIn,
  searchedHandIn,
  type HandIn,
} from '../../providers/hand-in';
import type { HandedInBy } from '../intake/delivery';
import { storeDelivery } from '../intake/store-delivery';
import { refuse } from '../refusal';
import type { Upload } from './upload';

/**
 * Makes a file that a person handed in a delivery like any other: searched for markings and secrets, the original in
 * quarantine where there are some, durable, and queued to be recorded and read. The same upload is the same delivery.
 * Bytes that are no text cannot be searched and stay as they are; what is inside an archive is searched when it is read.
 */
export async function storeHandIn(
  ports: Ports,
  change: string,
  { upload, kind, about, name, mediaType }: Upload,
  bytes: Buffer,
  by: HandedInBy,
): Promise<{ readonly digest: string; readonly size: number; readonly marked: number }> {
  const said = { change, upload, kind, about, name, mediaType };
  const handIn = handInOf(said, bytes);
  const body = JSON.stringify(handIn);
  const { text, findings } = redactJson(JSON.stringify(searchedHandIn(said, bytes)));
  const kept = findings.length === 0 ? handIn : redactedAgain(text);
  const outcome = await storeDelivery(
    ports,
    deliveryName(HAND_IN, sha256Hex(body)),
    { source: HAND_IN, secret: '', by: 'jira-session', person: by },
    body,
    {
      outcome: 'evidence',
      event: 'file',
      deliveryId: upload,
      // The change is the one that was named, whatever redaction made of the text.
      items: [handInItem({ ...kept, change }, by)],
      kept: findings.length === 0 ? body : text,
      findings,
    },
  );
  ports.log.info('a file was handed in', { change, outcome, bytes: bytes.length, findings: findings.length });
  const held = bytesOfHandIn(kept);
  return { digest: sha256Hex(held), size: held.length, marked: findings.length };
}

function redactedAgain(text: string): HandIn {
  const read = readHandIn(JSON.parse(text));
  if (read !== undefined) return read;
  throw refuse(
    400,
    'unreadable-after-redaction',
    'A marking or a secret stands where it cannot be taken out, such as in the name of the file. Rename it and hand it in again.',
  );
}
