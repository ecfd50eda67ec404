import * as z from '#zod';
import { EVIDENCE_KINDS } from '../../evidence/item';
import { uploadKey, uploadPieceKey, uploadPrefix } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { listAll } from '../intake/list-all';
import { refuse } from '../refusal';
import type { ResolverCall } from '../resolver-call';
import { callerOf, issueOf } from '../resolver-call';

/** Bytes of a piece: in base64 below the 240 KiB of a stored value and the 500 KB of a call. */
export const PIECE_BYTES = 160 * 1024;
/** What is not finished by then is swept away. */
export const UPLOAD_MS = 24 * 60 * 60 * 1000;
/** Files that may be on their way to one change at the same time. */
export const MAX_UPLOADS = 20;
/** Files that people may begin to hand in for one change within a day: nobody may fill the site's storage. */
export const MAX_A_DAY = 100;

const shape = z.lazy(() =>
  z.object({
    format: z.literal('upload/1'),
    upload: z.string(),
    issueId: z.string(),
    key: z.string(),
    accountId: z.string(),
    name: z.string(),
    mediaType: z.nullable(z.string()),
    kind: z.enum(EVIDENCE_KINDS),
    about: z.string(),
    size: z.number(),
    digest: z.string(),
    begunAt: z.string(),
    /** Once the file is a delivery: as it was answered. */
    finished: z.exactOptional(z.object({ digest: z.string(), size: z.number(), marked: z.number() })),
  }),
);

/** A file that a person is handing in. */
export type Upload = z.infer<typeof shape>;

export const pieceCount = ({ size }: Pick<Upload, 'size'>): number => Math.ceil(size / PIECE_BYTES);

/** Bytes that a piece has to have; the last one is shorter. */
export const pieceLength = ({ size }: Pick<Upload, 'size'>, piece: number): number =>
  Math.min(PIECE_BYTES, size - piece * PIECE_BYTES);

export const expiresAt = ({ begunAt }: Pick<Upload, 'begunAt'>): Date => new Date(Date.parse(begunAt) + UPLOAD_MS);

export const writeUpload = (ports: Ports, upload: Upload): Promise<void> =>
  ports.store.set(uploadKey(upload.issueId, upload.upload), upload);

/**
 * The upload that a person began on the change the call is about.
 *
 * @throws Refused 404 `unknown-upload` for one that does not exist, expired, or is somebody else's.
 */
export async function uploadFor(ports: Ports, call: ResolverCall, issueId: string, upload: string): Promise<Upload> {
  const found = shape.safeParse(await ports.store.get(uploadKey(issueId, upload))).data;
  const own = found?.accountId === callerOf(call) && found.key === issueOf(call);
  if (found === undefined || !own || ports.clock.now() >= expiresAt(found))
    throw refuse(404, 'unknown-upload', 'This upload does not exist any more. Hand the file in again from the start.');
  return found;
}

/** Uploads of a change, or of all of them. Eventually consistent. */
export async function listUploads(ports: Pick<Ports, 'store'>, issueId?: string): Promise<readonly Upload[]> {
  const items = await listAll(ports.store, uploadPrefix(issueId));
  return items.flatMap(({ value }) => shape.safeParse(value).data ?? []);
}

/** Takes away the pieces, the last first, so that what a broken-off attempt leaves is still found from the first on. */
export async function deletePieces(ports: Ports, upload: Upload): Promise<void> {
  for (let i = pieceCount(upload) - 1; i >= 0; i -= 1) await ports.store.delete(uploadPieceKey(upload.upload, i));
}

export async function deleteUpload(ports: Ports, upload: Upload): Promise<void> {
  await deletePieces(ports, upload);
  await ports.store.delete(uploadKey(upload.issueId, upload.upload));
}
