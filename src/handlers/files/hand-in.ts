import { beginFilePayload, filePiecePayload, finishFilePayload } from '../../contract/file-payloads';
import type { FileHandedIn, PieceView, UploadView } from '../../contract/files';
import { sha256Hex } from '../../ledger/hash';
import { uploadPieceKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { MAX_HANDED_IN } from '../../providers/hand-in';
import { acting, type Acting } from '../acts/act';
import { refuse } from '../refusal';
import { callerOf, issueOf, parsed, type ResolverCall } from '../resolver-call';
import { storeHandIn } from './store-hand-in';
import {
  deletePieces,
  expiresAt,
  listUploads,
  MAX_A_DAY,
  MAX_UPLOADS,
  PIECE_BYTES,
  pieceCount,
  pieceLength,
  UPLOAD_MS,
  uploadFor,
  writeUpload,
  type Upload,
} from './upload';

/**
 * Somebody who may work on the change, in Jira's own word: may edit it. Evidence is taken in whatever the licence and the
 * status, as everything that is only recorded.
 *
 * @throws Refused as `acting`, and 403 `may-not-edit`.
 */
async function handingIn(ports: Ports, call: ResolverCall): Promise<Acting> {
  const [who, mayEdit] = await Promise.all([
    acting(ports, call, 'whatever the licence'),
    ports.jira.mayEdit(issueOf(call)),
  ]);
  if (!mayEdit) throw refuse(403, 'may-not-edit', 'Only somebody who may edit this change in Jira can hand in files.');
  return who;
}

/** `file.begin`: opens an upload. Refusals besides: 400 empty, 413 too-large, 409 too-many-uploads. */
export async function beginFile(ports: Ports, call: ResolverCall): Promise<UploadView> {
  const given = parsed(beginFilePayload, call.payload);
  const { facts } = await handingIn(ports, call);
  const { issueId, key } = facts.snapshot;
  if (given.size === 0) throw refuse(400, 'empty', 'The file is empty: there is nothing to hand in.', ['size']);
  if (given.size > MAX_HANDED_IN)
    throw refuse(
      413,
      'too-large',
      `The file has ${given.size} bytes, and at most ${MAX_HANDED_IN} can be handed in here. Hand in a part of it, or have the pipeline hand in its digest.`,
      ['size'],
    );
  await refuseTooMany(ports, issueId);
  const upload: Upload = {
    format: 'upload/1',
    upload: sha256Hex(`${ports.random.id()}.${ports.random.salt()}`).slice(0, 32),
    issueId,
    // As the frame names the issue: the same word comes with every piece.
    key: issueOf(call),
    accountId: callerOf(call),
    name: given.name,
    mediaType: given.mediaType,
    kind: given.kind,
    about: given.about,
    size: given.size,
    digest: given.digest,
    begunAt: ports.clock.now().toISOString(),
  };
  await writeUpload(ports, upload);
  ports.log.info('a file is being handed in', { change: key, bytes: given.size });
  return {
    upload: `${issueId}.${upload.upload}`,
    pieceBytes: PIECE_BYTES,
    pieces: pieceCount(upload),
    expiresAt: expiresAt(upload).toISOString(),
  };
}

/** Finished ones are listed until they are swept, a day after they were begun. */
async function refuseTooMany(ports: Ports, issueId: string): Promise<void> {
  const ofToday = (await listUploads(ports, issueId)).filter((one) => ports.clock.now() < expiresAt(one));
  const open = ofToday.filter((one) => one.finished === undefined).length;
  if (open >= MAX_UPLOADS)
    throw refuse(
      409,
      'too-many-uploads',
      `${open} files are on their way to this change and not finished. Finish them, or wait a day.`,
    );
  if (ofToday.length >= MAX_A_DAY)
    throw refuse(
      409,
      'too-many-uploads',
      `${ofToday.length} files were handed in for this change within a day, which is as many as it takes. Put several into one, or have the pipeline hand them in.`,
    );
}

/**
 * `file.piece`: one piece. Whether it is the right one is told at the end, by the digest of the whole. Refusals: 404
 * unknown-upload, no-such-piece; 400 piece-size.
 */
export async function sendPiece(ports: Ports, call: ResolverCall): Promise<PieceView> {
  const { upload: named, piece, base64 } = parsed(filePiecePayload, call.payload);
  const upload = await uploadNamed(ports, call, named);
  if (upload.finished !== undefined) return { upload: named, piece };
  if (piece >= pieceCount(upload))
    throw refuse(404, 'no-such-piece', `This file has ${pieceCount(upload)} pieces, numbered from 0.`, ['piece']);
  const bytes = Buffer.from(base64, 'base64');
  const length = pieceLength(upload, piece);
  if (bytes.length !== length || bytes.toString('base64') !== base64)
    throw refuse(400, 'piece-size', `Piece ${piece} has to have ${length} bytes, it has ${bytes.length}.`, ['base64']);
  // Also gone by itself: one that arrives while its upload is swept would never be found.
  await ports.store.set(uploadPieceKey(upload.upload, piece), base64, { ttlSeconds: (2 * UPLOAD_MS) / 1000 });
  return { upload: named, piece };
}

/**
 * `file.finish`: the file becomes a delivery of this change, durable when this answers, and is read soon after. May be
 * sent again. Refusals besides those of `file.begin`: 404 unknown-upload, 409 piece-missing, 400 digest-changed.
 */
export async function finishFile(ports: Ports, call: ResolverCall): Promise<FileHandedIn> {
  const { upload: named } = parsed(finishFilePayload, call.payload);
  const { facts, person } = await handingIn(ports, call);
  const upload = await uploadNamed(ports, call, named);
  if (upload.issueId !== facts.snapshot.issueId)
    throw refuse(404, 'unknown-upload', 'This upload belongs to another change. Hand the file in again.');
  if (upload.finished !== undefined) return { ...upload.finished, stored: false };
  const bytes = await wholeFile(ports, upload);
  const by = { accountId: person.accountId, displayName: person.displayName };
  const finished = await storeHandIn(ports, facts.snapshot.key, upload, bytes, by);
  await writeUpload(ports, { ...upload, finished });
  await deletePieces(ports, upload);
  return { ...finished, stored: true };
}

/** An upload as it is named outside: the issue it belongs to and its own name. */
function uploadNamed(ports: Ports, call: ResolverCall, named: string): Promise<Upload> {
  const [issueId = '', upload = ''] = named.split('.');
  return uploadFor(ports, call, issueId, upload);
}

async function wholeFile(ports: Ports, upload: Upload): Promise<Buffer> {
  const numbers = Array.from({ length: pieceCount(upload) }, (_, i) => i);
  const pieces = await ports.store.getMany(numbers.map((i) => uploadPieceKey(upload.upload, i)));
  const missing = numbers.filter((i) => typeof pieces[i] !== 'string');
  if (missing.length > 0) {
    const some = missing.slice(0, 10).join(', ');
    throw refuse(
      409,
      'piece-missing',
      `Pieces are missing: ${some}${missing.length > 10 ? ' and more' : ''}. Send them.`,
    );
  }
  const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(String(piece), 'base64')));
  if (bytes.length !== upload.size || sha256Hex(bytes) !== upload.digest)
    throw refuse(
      400,
      'digest-changed',
      'The pieces are not the file that was begun: its digest is another. It changed meanwhile, or a piece was cut. Hand it in again from the start.',
    );
  return bytes;
}
