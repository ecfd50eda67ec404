import { AwsV4Signer } from 'aws4fetch';
import { sha256Hex } from '../../../ledger/hash';
import type { Copy } from '../copy';
import { ask, type Answered, type Asking } from '../request';
import { DestinationProblem, type Destination, type Receipt } from './destination';

export interface S3Options {
  /** `https://s3.eu-central-1.amazonaws.com`, or of a server that speaks the same. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Before every name, without slashes at its ends; may be empty. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly retainDays: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A bucket with Object Lock. Each copy is put once, with a retention in compliance mode, which nobody can shorten, the
 * owner of the account included; then its very version is read back: bytes, mode and date. A bucket without Object Lock
 * is refused before anything is put there.
 */
export function s3Destination(options: S3Options, asking: Asking): Destination {
  const id = `s3:${options.endpoint}/${options.bucket}${options.prefix === '' ? '' : `/${options.prefix}`}`;
  const call = caller(options, asking);
  let locked: Promise<void> | undefined;
  return {
    id,
    async put(copy) {
      locked ??= expectLock(call, options.bucket);
      await locked;
      const key = options.prefix === '' ? copy.name : `${options.prefix}/${copy.name}`;
      const put = await putOnce(call, key, copy, asking.rim.now(), options.retainDays);
      const found = await readBack(call, key, copy, put);
      const receipt: Receipt = {
        destination: id,
        where: `s3://${options.bucket}/${key}`,
        sha256: copy.sha256,
        proof: 'read-back',
        already: put.already,
        versionId: found.versionId,
        lock: { mode: 'COMPLIANCE', retainUntil: found.retainUntil },
      };
      return receipt;
    },
  };
}

type Call = (
  method: 'GET' | 'HEAD' | 'PUT',
  key: string,
  query: string,
  sent?: { readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> },
) => Promise<Answered>;

/** Requests signed by AWS Signature Version 4 over headers and body; the bucket stands in the path. */
function caller(options: S3Options, asking: Asking): Call {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey, sessionToken } = options;
  return (method, key, query, sent) =>
    ask(asking, async () => {
      const signer = new AwsV4Signer({
        accessKeyId,
        secretAccessKey,
        ...(sessionToken === undefined ? {} : { sessionToken }),
        service: 's3',
        region,
        method,
        url: `${endpoint.replace(/\/$/, '')}/${bucket}${key === '' ? '' : `/${key}`}${query}`,
        headers: { ...sent?.headers, 'x-amz-content-sha256': sha256Hex(sent?.body ?? new Uint8Array()) },
        ...(sent === undefined ? {} : { body: new Uint8Array(sent.body) }),
        datetime: new Date(asking.rim.now()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
      });
      const { url, headers } = await signer.sign();
      return {
        url: url.href,
        method,
        headers: Object.fromEntries(headers),
        ...(sent === undefined ? {} : { body: sent.body }),
      };
    });
}

async function expectLock(call: Call, bucket: string): Promise<void> {
  const answer = await call('GET', '', '?object-lock=');
  if (answer.status === 200 && tag(answer.text, 'ObjectLockEnabled') === 'Enabled') return;
  if (answer.status === 200 || tag(answer.text, 'Code') === 'ObjectLockConfigurationNotFoundError')
    throw new DestinationProblem(
      'not-locked',
      `The bucket ${bucket} has no Object Lock, so nothing was put there. It is turned on when a bucket is made, or in its properties.`,
    );
  throw refusal(`The bucket ${bucket} cannot be looked at`, answer);
}

interface Put {
  /** Undefined when it was there already. */
  readonly versionId: string | undefined;
  readonly already: boolean;
  /** Until when it has to be locked at least, epoch ms: what was there before keeps the retention that it was given then. */
  readonly lockedTo: number;
}

async function putOnce(call: Call, key: string, copy: Copy, now: number, days: number): Promise<Put> {
  const until = new Date(now + days * DAY_MS);
  const there = await call('HEAD', key, '');
  if (there.status === 200) return { versionId: versionOf(there), already: true, lockedTo: now };
  const answer = await call('PUT', key, '', {
    body: copy.bytes,
    headers: {
      'content-type': copy.mediaType,
      'if-none-match': '*',
      'x-amz-object-lock-mode': 'COMPLIANCE',
      'x-amz-object-lock-retain-until-date': until.toISOString(),
      'x-amz-sdk-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': Buffer.from(copy.sha256, 'hex').toString('base64'),
    },
  });
  // Somebody else put it between the two requests, or the answer to our own was lost.
  if ([409, 412].includes(answer.status)) return { versionId: undefined, already: true, lockedTo: now };
  if (answer.status !== 200) throw refusal(`${key} was not taken`, answer);
  // A store may keep whole seconds.
  return { versionId: versionOf(answer), already: false, lockedTo: until.getTime() - 1000 };
}

async function readBack(call: Call, key: string, copy: Copy, { versionId, already, lockedTo }: Put) {
  const got = await call('GET', key, versionId === undefined ? '' : `?versionId=${encodeURIComponent(versionId)}`);
  if (got.status !== 200) throw refusal(`${key} cannot be read back`, got);
  const version = versionOf(got) ?? versionId;
  if (version === undefined || version === 'null')
    throw new DestinationProblem('not-as-written', `${key} has no version, so nobody can say which bytes are locked.`);
  const found = sha256Hex(got.bytes);
  if (found !== copy.sha256)
    throw new DestinationProblem(
      already ? 'exists-otherwise' : 'not-as-written',
      `${key} (version ${version}) is not this copy: its SHA-256 is ${found}.`,
    );
  const retention = await call('GET', key, `?retention=&versionId=${encodeURIComponent(version)}`);
  if (retention.status !== 200) throw refusal(`The retention of ${key} (version ${version}) cannot be read`, retention);
  const mode = tag(retention.text, 'Mode');
  const retainUntil = tag(retention.text, 'RetainUntilDate') ?? '';
  if (mode !== 'COMPLIANCE' || !(Date.parse(retainUntil) >= lockedTo))
    throw new DestinationProblem(
      'not-locked',
      `${key} (version ${version}) is not locked as asked: mode ${mode ?? 'none'}, until ${retainUntil === '' ? 'no date' : retainUntil}.`,
    );
  return { versionId: version, retainUntil };
}

const versionOf = ({ headers }: Answered): string | undefined => headers.get('x-amz-version-id') ?? undefined;

/** The text of an element without children; S3's answers have each of ours once. */
const tag = (xml: string, name: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];

const refusal = (what: string, { status, text }: Answered): DestinationProblem => {
  const said = [tag(text, 'Code'), tag(text, 'Message')].filter((one) => one !== undefined).join(': ');
  return new DestinationProblem('refused', `${what}: HTTP ${status}${said === '' ? '' : ` (${said})`}`);
};
