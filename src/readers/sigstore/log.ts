import { createHash } from 'node:crypto';
import { canonicalJson } from '../../ledger/canonical';
import { base64 } from '../signature/base64';
import { algorithmThatHolds } from '../signature/public-key';
import type { InclusionProof, LogEntry } from './bundle';
import { within, type Log } from './root';

/** Whether the log promised the entry with its index and time (Rekor 1's signed entry timestamp); null without one. */
export function promiseHolds({ promise, body, integratedTime, logId, logIndex }: LogEntry, log: Log): boolean | null {
  if (promise === null || integratedTime === null) return null;
  const index = Number(logIndex);
  if (!Number.isSafeInteger(index) || !within(log.valid, integratedTime * 1000)) return false;
  const logID = Buffer.from(logId, 'base64').toString('hex');
  const signed = canonicalJson({ body: body.toString('base64'), integratedTime, logID, logIndex: index });
  return algorithmThatHolds(log.key, Buffer.from(signed), promise) !== undefined;
}

/** Whether the entry is in the tree of a checkpoint that the log has signed; null when no proof is there. */
export function inclusionHolds({ proof, body }: LogEntry, log: Log): boolean | null {
  if (proof === null) return null;
  const leaf = hash(0, body);
  return rootFrom(leaf, proof)?.equals(proof.root) === true && checkpointHolds(proof, log);
}

const hash = (prefix: 0 | 1, ...parts: readonly Buffer[]): Buffer =>
  createHash('sha256')
    .update(Buffer.concat([Buffer.from([prefix]), ...parts]))
    .digest();

/** The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2); undefined when it has not the right length. */
function rootFrom(leaf: Buffer, { index, size, hashes }: InclusionProof): Buffer | undefined {
  if (index >= size) return undefined;
  let [node, last, at] = [index, size - 1n, leaf];
  for (const sibling of hashes) {
    if (last === 0n) return undefined;
    if ((node & 1n) === 1n || node === last) {
      at = hash(1, sibling, at);
      while ((node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else at = hash(1, at, sibling);
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n ? at : undefined;
}

/** A checkpoint as a signed note (C2SP tlog-checkpoint): origin, size, root; the log's own signature among those below. */
function checkpointHolds({ checkpoint, size, root }: InclusionProof, log: Log): boolean {
  const end = checkpoint.indexOf('\n\n');
  if (end === -1) return false;
  const text = checkpoint.slice(0, end + 1);
  const [origin = '', statedSize, statedRoot] = text.split('\n');
  if (origin === '' || statedSize !== size.toString() || base64(statedRoot)?.equals(root) !== true) return false;
  const hint = Buffer.from(log.id, 'base64').subarray(0, 4);
  const lines = checkpoint
    .slice(end + 2)
    .split('\n')
    .slice(0, 32);
  return lines.some((line) => {
    const [, name = '', encoded] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = base64(encoded);
    // Rekor's origin is the name, alone or with the tree's id behind " - ".
    const ours = origin === name || origin.startsWith(`${name} - `);
    if (bytes === undefined || !ours || !bytes.subarray(0, 4).equals(hint)) return false;
    return algorithmThatHolds(log.key, Buffer.from(text), bytes.subarray(4)) !== undefined;
  });
}
