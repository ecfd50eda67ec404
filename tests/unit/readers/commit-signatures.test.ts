import { commitObject } from '../../../src/readers/git-commit/object';
import { verifyCommit } from '../../../src/readers/git-commit/verify-commit';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { sshAlgorithmThatHolds, sshKey } from '../../../src/readers/signature/ssh-key';
import { sshString } from '../../../src/readers/signature/ssh-wire';
import { signingKeys } from '../../../src/readers/signature/openpgp/certificate';
import { verifySshsig } from '../../../src/readers/signature/sshsig';
import fixture from './signed-commits.json';

type Name = keyof typeof fixture.commits;
type KeyName = keyof typeof fixture.keys;

const ssh = (name: string): string => fixture.keys[name as KeyName].trim();
const allowing = (key: string, options = ''): string => `dana@example.com ${options}${ssh(key)}\n`;
const pgp = (...names: readonly string[]) => names.map((name) => ({ name, key: fixture.keys[name as KeyName] }));
const objectOf = (name: string): string => fixture.commits[name as Name].object;

function verdict(object: string, allowedSigners: string, openPgpKeys: ReturnType<typeof pgp> = []) {
  const commit = commitObject(Buffer.from(object));
  if (commit === undefined) return 'no commit';
  const { state, by, algorithm } = verifyCommit(commit, { allowedSigners, openPgpKeys });
  return [state, by, algorithm];
}

describe('the id of a commit', () => {
  it.each(Object.entries(fixture.commits))('%s: is what git named it, in either object format', (_, { id, object }) => {
    expect(commitObject(Buffer.from(object))?.id).toBe(id);
    const loose = Buffer.from(`commit ${Buffer.byteLength(object)}\0${object}`);
    expect(commitObject(loose)?.id).toBe(id);
  });

  it('says who, when and what', () => {
    expect(commitObject(Buffer.from(objectOf('ssh-ecdsa256')))).toMatchObject({
      author: { name: 'Dana Reviewer', email: 'dana@example.com', at: Date.parse('2026-03-02T09:00:00Z') },
      committer: { at: Date.parse('2026-03-02T09:05:00Z') },
      parents: [fixture.commits['ssh-ed25519'].id],
      message: 'CHG-7 ssh-ecdsa256\n',
      signatureKind: 'ssh',
    });
  });

  it.each([
    ['no tree', (text: string) => text.replace(/^tree .*\n/, '')],
    ['parents of another object format', (text: string) => text.replace(/^parent .*$/m, `parent ${'a'.repeat(64)}`)],
    ['a second author', (text: string) => text.replace(/^committer /m, 'author A <a@example.com> 1 +0000\ncommitter ')],
    ['a committer behind the signature', (text: string) => text.replace('\n\n', '\ncommitter A <a@b> 1 +0000\n\n')],
    ['two signatures', (text: string) => text.replace('\n\n', '\ngpgsig -----BEGIN SSH SIGNATURE-----\n\n')],
    ['no time', (text: string) => text.replace(/ \d+ \+0100$/m, '')],
    ['no end of the headers', (text: string) => text.split('\n\n')[0] ?? ''],
  ])('refuses %s', (_, change) => {
    expect(commitObject(Buffer.from(change(objectOf('ssh-ecdsa256'))))).toBeUndefined();
  });
});

const SSH = [
  ['ssh-ed25519', 'ssh-ed25519', 'ed25519'],
  ['ssh-ecdsa256', 'ssh-ecdsa256', 'ecdsa-p256-sha256'],
  ['ssh-ecdsa384', 'ssh-ecdsa384', 'ecdsa-p384-sha384'],
  ['ssh-ecdsa521', 'ssh-ecdsa521', 'ecdsa-p521-sha512'],
  ['ssh-rsa', 'ssh-rsa', 'rsa-pkcs1-sha512'],
  ['ssh-sha256-repository', 'ssh-ed25519', 'ed25519'],
] as const;
const PGP = [
  ['pgp-rsa', 'rsa', 'rsa-pkcs1-sha512'],
  ['pgp-ed', 'ed', 'ed25519'],
  ['pgp-p256', 'p256', 'ecdsa-p256-sha256'],
  ['pgp-p384', 'p384', 'ecdsa-p384-sha384'],
  ['pgp-sub', 'sub', 'rsa-pkcs1-sha512'],
  ['pgp-sha256-repository', 'ed', 'ed25519'],
] as const;

describe.each(SSH)('%s', (name, key, algorithm) => {
  const object = objectOf(name);

  it('is verified by the allowed signer, and by nobody else', () => {
    expect(verdict(object, allowing(key))).toEqual(['verified', 'dana@example.com', algorithm]);
    expect(verdict(object, allowing(key, 'namespaces="file,git" '))[0]).toBe('verified');
    expect(verdict(object, allowing(key, 'namespaces="g?t" '))[0]).toBe('verified');
    const unknown = ['signed-signer-unknown', null, algorithm];
    expect(verdict(object, '')).toEqual(unknown);
    expect(verdict(object, allowing(key === 'ssh-rsa' ? 'ssh-ed25519' : 'ssh-rsa'))).toEqual(unknown);
    expect(verdict(object, `# ${allowing(key)}`)).toEqual(unknown);
    expect(verdict(object, allowing(key, 'cert-authority '))).toEqual(unknown);
  });

  it('is invalid in a namespace that the list forbids, wherever it does (ssh_config(5), PATTERNS)', () => {
    for (const option of ['*,!git', '!git,*', '!g*,git', '!file'])
      expect(verdict(object, allowing(key, `namespaces="${option}" `))[0]).toBe('invalid');
    expect(verdict(object, allowing(key, 'namespaces="*,!file" '))[0]).toBe('verified');
  });

  it('is invalid in another namespace, and outside the time of the signer', () => {
    for (const option of ['namespaces="file"', 'valid-after="20260303"', 'valid-before="20260302"']) {
      expect([option, verdict(object, allowing(key, `${option} `))[0]]).toEqual([option, 'invalid']);
    }
    expect(verdict(object, allowing(key, 'valid-after="20260302090000Z",valid-before="20260303" '))[0]).toBe(
      'verified',
    );
  });

  it('is never verified with any character of it changed, or cut off', () => {
    expect(neverVerified(object, (text) => verdict(text, allowing(key))[0])).toEqual([]);
  });
});

describe.each(PGP)('%s', (name, key, algorithm) => {
  const object = objectOf(name);

  it('is verified by the registered key, and by no other', () => {
    expect(verdict(object, '', pgp(key))).toEqual(['verified', key, algorithm]);
    expect(verdict(object, '', pgp('short', key, 'gone'))).toEqual(['verified', key, algorithm]);
    expect(verdict(object, '', [])[0]).toBe('signed-signer-unknown');
    expect(verdict(object, '', pgp('short'))[0]).toBe('signed-signer-unknown');
  });

  it('is never verified with any character of it changed, or cut off', () => {
    expect(neverVerified(object, (text) => verdict(text, '', pgp(key))[0])).toEqual([]);
  });
});

/** Every 5th character changed, the signature's base64 among them, and the object cut off there. */
function neverVerified(object: string, judge: (text: string) => unknown): readonly string[] {
  const bad: string[] = [];
  for (let i = 0; i < object.length; i += 5) {
    const other = object[i] === 'A' ? 'B' : 'A';
    if (judge(object.slice(0, i) + other + object.slice(i + 1)) === 'verified')
      bad.push(`changed at ${i}: ${object.slice(i - 8, i + 8)}`);
    if (judge(object.slice(0, i)) === 'verified') bad.push(`cut at ${i}`);
  }
  return bad;
}

describe('OpenPGP keys that may not sign', () => {
  it('an expired one verifies what it signed before, and a withdrawn one nothing', () => {
    expect(verdict(objectOf('pgp-short'), '', pgp('short'))[0]).toBe('verified');
    expect(verdict(objectOf('pgp-gone'), '', pgp('gone'))[0]).toBe('verified');
    expect(verdict(objectOf('pgp-gone'), '', pgp('gone-revoked'))[0]).toBe('invalid');
  });

  it('a signature over SHA-1 is not accepted', () => {
    expect(verdict(objectOf('pgp-sha1'), '', pgp('rsa'))[0]).not.toBe('verified');
  });

  it('a primary key for certifying only signs nothing; its bound subkey does', () => {
    expect(signingKeys(fixture.keys.sub)).toHaveLength(1);
    expect(signingKeys(fixture.keys.rsa)).toHaveLength(1);
  });
});

describe('an SSH signature', () => {
  const wanted = { at: null, allowedSigners: allowing('ssh-ed25519') };
  it('holds in the namespace it was made for only', () => {
    const data = Buffer.from('hello\n');
    expect(verifySshsig(fixture.otherNamespace, data, { ...wanted, namespace: 'file' }).state).toBe('verified');
    expect(verifySshsig(fixture.otherNamespace, data, { ...wanted, namespace: 'git' }).state).toBe('invalid');
    expect(verifySshsig(fixture.otherNamespace, Buffer.from('hallo\n'), { ...wanted, namespace: 'file' }).state).toBe(
      'invalid',
    );
  });
});

it('a commit without a signature is unsigned, whoever is registered', () => {
  expect(verdict(objectOf('unsigned'), allowing('ssh-rsa'), pgp('rsa'))).toEqual(['unsigned', null, null]);
  expect(verdict(objectOf('unsigned-sha256-repository'), '')).toEqual(['unsigned', null, null]);
});

describe('a key in a security token (OpenSSH, PROTOCOL.u2f), made here as no token was at hand', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const type = 'sk-ssh-ed25519@openssh.com';
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const key = sshKey(Buffer.concat([sshString(type), sshString(raw), sshString('ssh:')]));
  const digest = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
  const blob = (flags: number, application = 'ssh:'): Buffer => {
    const rest = Buffer.from([flags, 0, 0, 0, 7]);
    const signed = Buffer.concat([digest(application), rest, digest('data')]);
    return Buffer.concat([sshString(type), sshString(sign(null, signed, privateKey)), rest]);
  };
  const held = (signature: Buffer, data = 'data') =>
    key === undefined ? 'no key' : sshAlgorithmThatHolds(key, Buffer.from(data), signature);

  it('holds when a person touched it, for its own application and data only', () => {
    expect(held(blob(1))).toBe('sk-ed25519');
    expect(held(blob(0))).toBeUndefined();
    expect(held(blob(1, 'web:'))).toBeUndefined();
    expect(held(blob(1), 'other')).toBeUndefined();
    expect(held(blob(1).subarray(0, -1))).toBeUndefined();
    expect(held(Buffer.concat([blob(1), Buffer.from([0])]))).toBeUndefined();
  });
});
