import { AwsV4Signer } from 'aws4fetch';
import { sha256Hex } from '../../../ledger/hash';
import type { Copy } from '../copy';
import { ask, type Answered, type Asking } from '../request';
import { DestinationProblem, type Destination, type Receipt } from './destination';
import { checksumOf, DAY_MS, lockedAsPut, lockedLongEnough, refusal, tag, type Call } from './s3-lock';

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

/**
 * A bucket with Object Lock. Each copy is put once, with a retention in compliance mode, which nobody can shorten, the
 * owner of the account included; then its very version is read back: bytes, mode and date. What was there already is kept
 * as long as a copy that is put now, or as long as it was told to be before: a lock that ends earlier is made longer. A
 * bucket without Object Lock is refused before anything is put there.
 */
export function s3Destination(options: S3Options, asking: Asking): Destination {
  const id = `s3:${options.endpoint}/${options.bucket}${options.prefix === '' ? '' : `/${options.prefix}`}`;
  const call = caller(options, asking);
  let locked: Promise<void> | undefined;
  return {
    id,
    async put(copy, before) {
      locked ??= expectLock(call, options.bucket);
      await locked;
      const key = options.prefix === '' ? copy.name : `${options.prefix}/${copy.name}`;
      const put = await putOnce(call, key, copy, new Date(asking.rim.now() + options.retainDays * DAY_MS));
      const version = await readBack(call, key, copy, put);
      const wanted = { now: asking.rim.now(), days: options.retainDays, before };
      const retainUntil = put.already
        ? await lockedLongEnough(call, key, version, wanted)
        : await lockedAsPut(call, key, version, put.until);
      const receipt: Receipt = {
        destination: id,
        where: `s3://${options.bucket}/${key}`,
        sha256: copy.sha256,
        proof: 'read-back',
        already: put.already,
        versionId: version,
        lock: { mode: 'COMPLIANCE', retainUntil },
      };
      return receipt;
    },
  };
}

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
  readonly until: Date;
}

async function putOnce(call: Call, key: string, copy: Copy, until: Date): Promise<Put> {
  const there = await call('HEAD', key, '');
  if (there.status === 200) return { versionId: versionOf(there), already: true, until };
  const answer = await call('PUT', key, '', {
    body: copy.bytes,
    headers: {
      'content-type': copy.mediaType,
      'if-none-match': '*',
      'x-amz-object-lock-mode': 'COMPLIANCE',
      'x-amz-object-lock-retain-until-date': until.toISOString(),
      ...checksumOf(copy.sha256),
    },
  });
  // Somebody else put it between the two requests, or the answer to our own was lost.
  if ([409, 412].includes(answer.status)) return { versionId: undefined, already: true, until };
  if (answer.status !== 200) throw refusal(`${key} was not taken`, answer);
  return { versionId: versionOf(answer), already: false, until };
}

/** The version that holds the copy's bytes. */
async function readBack(call: Call, key: string, copy: Copy, { versionId, already }: Put): Promise<string> {
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
  return version;
}

const versionOf = ({ headers }: Answered): string | undefined => headers.get('x-amz-version-id') ?? undefined;
