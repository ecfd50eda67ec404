import { sha256Hex } from '../ledger/hash';
import { bytesOfHandIn, HAND_IN, readHandIn } from './hand-in';
import { bytesOf } from './pipeline/contents';
import { readEnvelope } from './pipeline/envelope';

/** A file that came whole with a delivery. */
export interface WholeFile {
  readonly name: string;
  readonly mediaType: string | null;
  readonly bytes: Uint8Array;
  readonly digest: string;
  /** What it was handed in as, and what the person said it is about. */
  readonly kind: string;
  readonly about: string | null;
}

/** The files in the kept body of a delivery, in its order; none for a sender that sends none, or for another body. */
export function filesIn(source: string, body: string): readonly WholeFile[] {
  if (source !== HAND_IN && source !== 'pipeline') return [];
  const document = parsed(body);
  if (source === HAND_IN) {
    const handIn = readHandIn(document);
    if (handIn === undefined) return [];
    const { name, mediaType, kind, about } = handIn;
    return [fileOf({ name, mediaType, kind, about }, bytesOfHandIn(handIn))];
  }
  const read = readEnvelope(document);
  if (!read.ok) return [];
  const { kind, contents = [] } = read.envelope;
  return contents.map((content) =>
    fileOf({ name: content.name, mediaType: content.mediaType ?? null, kind, about: null }, bytesOf(content)),
  );
}

const fileOf = (said: Pick<WholeFile, 'name' | 'mediaType' | 'kind' | 'about'>, bytes: Uint8Array): WholeFile => ({
  ...said,
  bytes,
  digest: sha256Hex(bytes),
});

function parsed(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch {
    return undefined;
  }
}
