import { createHash } from 'node:crypto';
import { allowedSigners, allows } from './allowed-signers';
import { dearmored } from './base64';
import { signatureOf, type Signature } from './checks';
import { sshAlgorithmThatHolds, sshFingerprint, sshKey } from './ssh-key';
import { sshString, SshWire } from './ssh-wire';

interface Sshsig {
  readonly key: Buffer;
  readonly namespace: string;
  readonly reserved: Buffer;
  readonly hash: string;
  readonly signature: Buffer;
}

const MAGIC = 'SSHSIG';

/**
 * Checks an SSH signature (OpenSSH, PROTOCOL.sshsig) over data, in a namespace, against allowed signers. Verified only if
 * a line of theirs names the key, the namespace and the time. `at` is when it claims to have been signed, epoch ms: the
 * signer's own word, as `git` uses it, so a withdrawn key can date back; `key-revocation` says that this was not checked.
 */
export function verifySshsig(
  armored: string,
  data: Uint8Array,
  wanted: { readonly namespace: string; readonly at: number | null; readonly allowedSigners: string },
): Signature & { readonly fingerprint: string | null } {
  const parsed = sshsigOf(armored);
  if (parsed === undefined) return { ...signatureOf([['signature', false]], null, 'ssh'), fingerprint: null };
  const fingerprint = sshFingerprint(parsed.key);
  const key = sshKey(parsed.key);
  if (key === undefined) {
    const named =
      new SshWire(parsed.key)
        .text()
        ?.slice(0, 60)
        .replace(/[^\w@.-]/g, '') ?? 'ssh';
    return {
      ...signatureOf(
        [
          ['signature', null],
          ['registered-key', null],
        ],
        null,
        named,
      ),
      fingerprint,
    };
  }
  const held = sshAlgorithmThatHolds(key, signedBytes(parsed, data), parsed.signature);
  const holds = held !== undefined && parsed.namespace === wanted.namespace;
  const signers = allowedSigners(wanted.allowedSigners).filter(({ key }) => key === parsed.key.toString('base64'));
  const signer = signers.find((line) => allows(line, wanted.namespace, wanted.at));
  const registered = signer !== undefined ? true : signers.length > 0 ? false : null;
  const outcomes = [
    ['signature', holds],
    ['registered-key', registered],
  ] as const;
  return { ...signatureOf(outcomes, signer?.principals ?? null, held ?? key.type, ['key-revocation']), fingerprint };
}

function signedBytes({ namespace, reserved, hash }: Sshsig, data: Uint8Array): Buffer {
  const digest = createHash(hash).update(data).digest();
  const parts = [Buffer.from(namespace, 'latin1'), reserved, hash, digest].map((part) => sshString(part));
  return Buffer.concat([Buffer.from(MAGIC), ...parts]);
}

function sshsigOf(armored: string): Sshsig | undefined {
  const wire = new SshWire(dearmored(armored, 'SSH SIGNATURE') ?? Buffer.alloc(0));
  const [magic, version] = [wire.take(MAGIC.length)?.toString('latin1'), wire.uint32()];
  const [key, namespace, reserved, hash, signature] = [
    wire.string(),
    wire.text(),
    wire.string(),
    wire.text(),
    wire.string(),
  ];
  if (magic !== MAGIC || version !== 1 || !wire.ended()) return undefined;
  if (hash !== 'sha256' && hash !== 'sha512') return undefined;
  if (key === undefined || namespace === undefined || reserved === undefined || signature === undefined)
    return undefined;
  return { key, namespace, reserved, hash, signature };
}
