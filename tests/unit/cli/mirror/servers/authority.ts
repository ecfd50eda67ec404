import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { der } from '../../../../../src/readers/signature/der';
import { Listener, type Reply } from './listen';

const openssl = (...args: readonly string[]): Buffer =>
  execFileSync('openssl', [...args], { stdio: ['ignore', 'pipe', 'pipe'] });

export const POLICY = '1.2.3.4.1';

const CONFIGURATION = (folder: string): string => `
[tsa]
dir = ${folder}
serial = ${folder}/serial
crypto_device = builtin
signer_cert = ${folder}/tsa.pem
certs = ${folder}/between.pem
signer_key = ${folder}/tsa.key
signer_digest = sha256
default_policy = ${POLICY}
other_policies = 1.2.3.4.5
digests = sha256, sha384
accuracy = secs:1
ess_cert_id_alg = sha256
`;

/**
 * A time-stamping authority: `openssl ts`, behind HTTP as RFC 3161 section 3.4 has it. Its certificate is issued by one
 * between it and the root, as those of real authorities are.
 */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), 'tsa-'));
  /** What is done to a response on its way. */
  spoil: (response: Buffer) => Buffer = (response) => response;
  readonly listener = new Listener(({ headers, body }) => this.answer(headers['content-type'], body));

  constructor(usage = 'critical,timeStamping') {
    writeFileSync(join(this.folder, 'tsa.cnf'), CONFIGURATION(this.folder));
    writeFileSync(join(this.folder, 'serial'), '01\n');
    this.issue('root', undefined, 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign');
    this.issue('between', 'root', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign');
    this.issue('tsa', 'between', `extendedKeyUsage=${usage}\nkeyUsage=critical,digitalSignature`);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  get rootFile(): string {
    return this.path('root.pem');
  }

  /** The response to a request, made by OpenSSL. */
  reply(query: Buffer, ...more: readonly string[]): Buffer {
    writeFileSync(this.path('query.tsq'), query);
    const config = ['-config', this.path('tsa.cnf'), '-section', 'tsa'];
    openssl('ts', '-reply', ...config, '-queryfile', this.path('query.tsq'), '-out', this.path('reply.tsr'), ...more);
    return readFileSync(this.path('reply.tsr'));
  }

  /** What OpenSSL says of a response: whether it is one of the data under the root. */
  verifies(response: Uint8Array, data: Uint8Array): boolean {
    writeFileSync(this.path('check.tsr'), response);
    writeFileSync(this.path('check.data'), data);
    try {
      const trust = ['-CAfile', this.rootFile];
      openssl('ts', '-verify', '-in', this.path('check.tsr'), '-data', this.path('check.data'), ...trust);
      return true;
    } catch {
      // OpenSSL answers no by its exit code.
      return false;
    }
  }

  /** A response that holds a statement as OpenSSL's CMS signs it; with `-cades`, naming the certificate. */
  signed(info: Uint8Array, how = '-cades'): Buffer {
    writeFileSync(this.path('info.der'), info);
    const files = ['-in', this.path('info.der'), '-out', this.path('token.der'), '-outform', 'DER'];
    const signer = [
      '-signer',
      this.path('tsa.pem'),
      '-inkey',
      this.path('tsa.key'),
      '-certfile',
      this.path('between.pem'),
    ];
    const type = ['-econtent_type', '1.2.840.113549.1.9.16.1.4', '-binary', '-nodetach', '-md', 'sha256'];
    openssl('cms', '-sign', how, ...type, ...signer, ...files);
    const granted = Buffer.from('3003020100', 'hex');
    return der(0x30, granted, readFileSync(this.path('token.der')));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private issue(name: string, issuer: string | undefined, extensions: string): void {
    const [key, request, certificate] = [`${name}.key`, `${name}.csr`, `${name}.pem`].map((file) => this.path(file));
    openssl('ecparam', '-genkey', '-name', 'prime256v1', '-noout', '-out', key ?? '');
    openssl('req', '-new', '-key', key ?? '', '-subj', `/O=Test/CN=${name}`, '-out', request ?? '');
    writeFileSync(this.path('extensions'), extensions);
    const by =
      issuer === undefined
        ? ['-signkey', key ?? '']
        : ['-CA', this.path(`${issuer}.pem`), '-CAkey', this.path(`${issuer}.key`), '-CAcreateserial'];
    const made = ['-days', '30', '-sha256', '-extfile', this.path('extensions'), '-out', certificate ?? ''];
    openssl('x509', '-req', '-in', request ?? '', ...by, ...made);
  }

  private answer(type: string | undefined, body: Buffer): Reply {
    if (type !== 'application/timestamp-query') return { status: 415 };
    const headers = { 'content-type': 'application/timestamp-reply' };
    return { status: 200, headers, body: this.spoil(this.reply(body)) };
  }
}
