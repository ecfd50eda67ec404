import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dsseEnvelope, preAuthenticationEncoding, verifyEnvelope } from '../../src/readers/dsse/envelope';
import { algorithmThatHolds, publicKey } from '../../src/readers/signature/public-key';
import { corpusFolder } from './corpus';

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKeyPem?: string;
    readonly tests: readonly { tcId: number; comment: string; msg: string; sig: string; result: string }[];
  }[];
}

const wycheproof = corpusFolder('wycheproof');
const FILES = [
  'ed25519_test.json',
  'ecdsa_secp256r1_sha256_test.json',
  'ecdsa_secp256r1_sha256_p1363_test.json',
  'rsa_signature_2048_sha256_test.json',
];

describe('Wycheproof', () => {
  const present = FILES.filter((file) => wycheproof !== undefined && existsSync(join(wycheproof, file)));
  for (const file of FILES) if (!present.includes(file)) process.stderr.write(`not run: vectors wycheproof/${file}\n`);

  (present.length === 0 ? it.skip : it)('every signature holds or not as the vectors say', () => {
    for (const file of present) {
      const { testGroups } = JSON.parse(readFileSync(join(wycheproof ?? '', file), 'utf8')) as Wycheproof;
      const wrong: string[] = [];
      let count = 0;
      for (const { publicKeyPem = '', tests } of testGroups) {
        const key = publicKey(publicKeyPem);
        if (key === undefined) throw new Error(`${file}: no key`);
        for (const { tcId, comment, msg, sig, result } of tests) {
          count++;
          const held = algorithmThatHolds(key, Buffer.from(msg, 'hex'), Buffer.from(sig, 'hex')) !== undefined;
          if (result !== 'acceptable' && held !== (result === 'valid')) wrong.push(`${tcId} ${comment} ${result}`);
        }
      }
      expect([file, wrong]).toEqual([file, []]);
      process.stdout.write(`Wycheproof ${file}: ${count}\n`);
    }
  });
});

const intoto = corpusFolder('dsse-intoto');
(intoto === undefined ? it.skip : it)("DSSE's own vector", () => {
  const vector = JSON.parse(readFileSync(join(intoto ?? '', 'dsse-protocol-vector.json'), 'utf8')) as {
    payload: string;
    payloadType: string;
    pae: string;
    key: { crv: string; x: string; y: string };
    envelope: unknown;
  };
  expect(preAuthenticationEncoding(vector.payloadType, Buffer.from(vector.payload)).toString()).toBe(vector.pae);
  const coordinate = (decimal: string): string =>
    Buffer.from(BigInt(decimal).toString(16).padStart(64, '0'), 'hex').toString('base64url');
  const { crv, x, y } = vector.key;
  const key = createPublicKey({ key: { kty: 'EC', crv, x: coordinate(x), y: coordinate(y) }, format: 'jwk' });
  const read = dsseEnvelope(vector.envelope);
  const keys = [{ name: 'vector', pem: key.export({ type: 'spki', format: 'pem' }).toString() }];
  expect(read && verifyEnvelope(read, { keys }).state).toBe('verified');
});
