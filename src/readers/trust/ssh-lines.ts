import { isBlank, signerLine, type SignerFault } from '../signature/allowed-signers';
import { base64 } from '../signature/base64';
import { algorithmName } from '../signature/public-key';
import { sshFingerprint, sshKey } from '../signature/ssh-key';
import { SshWire } from '../signature/ssh-wire';
import type { KeyInText, KeysInText } from './keys-in-text';
import type { KeyProblemCode } from './problems';

const PLAIN = /^((?:ssh|ecdsa-sha2|sk-ssh|sk-ecdsa-sha2)-\S+)\s+(\S+)(?:\s+(.*))?$/;
const IN_LINE = /(?:^|\s|,)((?:ssh|ecdsa-sha2|sk-ssh|sk-ecdsa-sha2)-\S+)\s+([A-Za-z0-9+/]+={0,2})(?:\s+(.*))?$/;

/** Public keys as `ssh-keygen` writes them, and lines of an allowed_signers file (ssh-keygen(1)), one a line, mixed or not. */
export function sshKeys(text: string): KeysInText {
  const keys: KeyInText[] = [];
  const problems: { code: KeyProblemCode; place: string }[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (isBlank(line)) continue;
    const place = `line ${i + 1}`;
    const read = PLAIN.test(line.trim()) ? plainKey(line.trim()) : signer(line);
    if (typeof read === 'string') problems.push({ code: read, place });
    else keys.push({ ...read, place });
  }
  return { keys, problems };
}

type Read = Omit<KeyInText, 'place'> | KeyProblemCode;

function plainKey(line: string): Read {
  if (line.length > 20_000) return 'line-too-long';
  const [, type = '', blob, comment = ''] = PLAIN.exec(line) ?? [];
  const key = keyOf(type, blob);
  if (typeof key === 'string') return key;
  return { ...key, namespaces: null, called: comment.trim().slice(0, 200), principals: [], from: null, until: null };
}

function signer(line: string): Read {
  const read: ReturnType<typeof signerLine> | SignerFault = signerLine(line);
  if (typeof read === 'string') return read;
  const [, type = '', blob, comment = ''] = IN_LINE.exec(line.trim()) ?? [];
  // Options of an authorized_keys file stand where the principals would.
  if (/[="]/.test(read.principals)) return 'not-a-signer';
  const { namespaces } = read;
  if (namespaces !== null && (namespaces.length > 20 || namespaces.some((one) => one === '' || one.length > 100)))
    return 'option';
  const key = keyOf(type, blob);
  if (typeof key === 'string') return key;
  const principals = read.principals
    .split(',')
    .filter((one) => one !== '')
    .slice(0, 50);
  const instant = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());
  return {
    ...key,
    namespaces,
    called: comment.trim().slice(0, 200) || (principals[0] ?? '').slice(0, 200),
    principals: principals.map((one) => one.slice(0, 320)),
    from: instant(read.validAfter),
    until: instant(read.validBefore),
  };
}

function keyOf(type: string, encoded: string | undefined) {
  if (type.includes('-cert-v0')) return 'ssh-certificate' as const;
  const blob = base64(encoded);
  if (blob === undefined || blob.length === 0) return 'damaged' as const;
  const key = sshKey(blob);
  if (key === undefined) return whyNone(type, blob);
  if (key.type !== type) return 'type-differs' as const;
  return {
    kind: 'ssh' as const,
    material: `${key.type} ${blob.toString('base64')}`,
    fingerprint: sshFingerprint(blob),
    algorithm: `${key.type.startsWith('sk-') ? 'sk-' : ''}${algorithmName(key.key)}`,
  };
}

/** Whole, and of an algorithm that is not accepted; or not whole. */
function whyNone(type: string, blob: Buffer): 'damaged' | 'not-approved' | 'type-differs' {
  const wire = new SshWire(blob);
  const named = wire.text();
  for (let part = 0; part < 8 && !wire.ended(); part++) if (wire.string() === undefined) return 'damaged';
  if (!wire.ended()) return 'damaged';
  return named === type ? 'not-approved' : 'type-differs';
}
