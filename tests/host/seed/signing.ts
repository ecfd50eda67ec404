import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';

/** Somebody's signing key. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  /** SPKI. */
  readonly pem: string;
  /** As in an authorized_keys or allowed-signers file: `ssh-ed25519 AAAA…`. */
  readonly ssh: string;
}

/** The DER around the 32 bytes of an Ed25519 private key (RFC 8410, section 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 key that is made from a name, so that a new site has the same signatures and commits. For the demo alone. */
export function keyOf(name: string): SigningKey {
  const secret = createHash('sha256').update(`demo key of ${name}`).digest();
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return {
    privateKey,
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ssh: `ssh-ed25519 ${Buffer.concat([text('ssh-ed25519'), text(der.subarray(-32))]).toString('base64')}`,
  };
}

/** A `string` of the SSH wire format (RFC 4251, section 5). */
function text(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** An SSH signature as `ssh-keygen -Y sign` writes it (OpenSSH, PROTOCOL.sshsig). */
function sshSignature({ privateKey, ssh }: SigningKey, namespace: string, message: string): string {
  const [, key = ''] = ssh.split(' ');
  const digest = createHash('sha512').update(message).digest();
  const about = [text(namespace), text(''), text('sha512')];
  const signature = sign(null, Buffer.concat([Buffer.from('SSHSIG'), ...about, text(digest)]), privateKey);
  const version = Buffer.from([0, 0, 0, 1]);
  const blob = Buffer.concat([
    Buffer.from('SSHSIG'),
    version,
    text(Buffer.from(key, 'base64')),
    ...about,
    text(Buffer.concat([text('ssh-ed25519'), text(signature)])),
  ]).toString('base64');
  const lines = blob.match(/.{1,70}/g) ?? [];
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----'].join('\n');
}

export interface SignedCommit {
  readonly id: string;
  /** As `git cat-file commit` prints it. */
  readonly object: string;
}

/** A commit object, signed as git does with `gpg.format ssh`. */
export function signedCommit(
  key: SigningKey,
  { name, email }: { readonly name: string; readonly email: string },
  at: Date,
  message: string,
): SignedCommit {
  const time = `${Math.floor(at.getTime() / 1000)} +0000`;
  const headers = [
    `tree ${createHash('sha1').update(`tree of ${message}`).digest('hex')}`,
    `parent ${createHash('sha1').update(`before ${message}`).digest('hex')}`,
    `author ${name} <${email}> ${time}`,
    `committer ${name} <${email}> ${time}`,
  ].join('\n');
  const rest = `\n\n${message}\n`;
  const signature = sshSignature(key, 'git', headers + rest).replaceAll('\n', '\n ');
  const object = `${headers}\ngpgsig ${signature}${rest}`;
  const id = createHash('sha1')
    .update(`commit ${Buffer.byteLength(object)}\0${object}`)
    .digest('hex');
  return { id, object };
}

const IN_TOTO = 'application/vnd.in-toto+json';

/** An in-toto statement in a signed DSSE envelope (secure-systems-lab/dsse, version 1). */
export function attestation(key: SigningKey, keyid: string, statement: object): string {
  const payload = Buffer.from(JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', ...statement }));
  const signed = Buffer.concat([Buffer.from(`DSSEv1 ${IN_TOTO.length} ${IN_TOTO} ${payload.length} `), payload]);
  const sig = sign(null, signed, key.privateKey).toString('base64');
  return JSON.stringify({ payloadType: IN_TOTO, payload: payload.toString('base64'), signatures: [{ keyid, sig }] });
}
