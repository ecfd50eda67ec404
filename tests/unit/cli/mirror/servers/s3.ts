import { createHash } from 'node:crypto';
import { Listener, type Received, type Reply } from './listen';
import { isSignedBy } from './sigv4';

interface Version {
  readonly id: string;
  readonly bytes: Buffer;
  readonly mode: string | undefined;
  readonly until: string | undefined;
}

export const S3_KEYS = { id: 'AKIDEXAMPLE', secret: 'the secret key of the tests', region: 'eu-test-1' };
const BUCKET = 'evidence';

/** S3 as far as Object Lock goes ("API Reference": PutObject, GetObject, GetObjectRetention, GetObjectLockConfiguration). */
export class S3Server {
  readonly versions = new Map<string, Version[]>();
  lock: 'Enabled' | undefined = 'Enabled';
  /** Whether the key has the right to PutObjectRetention. */
  mayRetain = true;
  /** What the server does to a put, as one that is wrong would. */
  spoil: (version: Version) => Version = (version) => version;
  readonly listener = new Listener((request) => this.answer(request));

  private answer(request: Received): Reply {
    if (!isSignedBy(request, S3_KEYS)) return failure(403, 'SignatureDoesNotMatch');
    const { pathname, searchParams } = new URL(request.target, 'http://server');
    const [, bucket, ...rest] = pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    if (bucket !== BUCKET) return failure(404, 'NoSuchBucket');
    if (searchParams.has('object-lock'))
      return this.lock === undefined
        ? failure(404, 'ObjectLockConfigurationNotFoundError')
        : xml(`<ObjectLockConfiguration><ObjectLockEnabled>${this.lock}</ObjectLockEnabled></ObjectLockConfiguration>`);
    const all = this.versions.get(key) ?? [];
    if (request.method === 'PUT' && searchParams.has('retention'))
      return this.retain(key, all, searchParams.get('versionId'), request);
    if (request.method === 'PUT') return this.put(key, all, request);
    const wanted = searchParams.get('versionId');
    const found = wanted === null ? all.at(-1) : all.find(({ id }) => id === wanted);
    if (found === undefined) return failure(404, 'NoSuchKey');
    if (searchParams.has('retention'))
      return found.mode === undefined
        ? failure(404, 'NoSuchObjectLockConfiguration')
        : xml(
            `<Retention><Mode>${found.mode}</Mode><RetainUntilDate>${found.until ?? ''}</RetainUntilDate></Retention>`,
          );
    return { status: 200, headers: named(found), body: found.bytes };
  }

  /** PutObjectRetention: compliance mode is only ever made longer. */
  private retain(key: string, all: readonly Version[], id: string | null, { headers, body }: Received): Reply {
    const [, mode, until = ''] = /<Mode>(\w+)<\/Mode><RetainUntilDate>([^<]+)</.exec(body.toString()) ?? [];
    if (headers['x-amz-checksum-sha256'] !== createHash('sha256').update(body).digest('base64'))
      return failure(400, 'BadDigest');
    const found = all.find((one) => one.id === id);
    if (found === undefined) return failure(404, 'NoSuchVersion');
    if (!this.mayRetain || Date.parse(until) < Date.parse(found.until ?? '')) return failure(403, 'AccessDenied');
    this.versions.set(
      key,
      all.map((one) => (one === found ? { ...one, mode, until } : one)),
    );
    return { status: 200 };
  }

  private put(key: string, all: readonly Version[], { headers, body }: Received): Reply {
    if (headers['if-none-match'] === '*' && all.length > 0) return failure(412, 'PreconditionFailed');
    if (headers['x-amz-checksum-sha256'] !== createHash('sha256').update(body).digest('base64'))
      return failure(400, 'BadDigest');
    const id = `v${all.length + 1}`;
    const mode = headers['x-amz-object-lock-mode'] as string | undefined;
    const until = headers['x-amz-object-lock-retain-until-date'] as string | undefined;
    const version = this.spoil({ id, bytes: body, mode, until });
    this.versions.set(key, [...all, version]);
    return { status: 200, headers: named(version) };
  }
}

/** A bucket that keeps no versions names none. */
const named = ({ id }: Version): Record<string, string> => (id === 'none' ? {} : { 'x-amz-version-id': id });

const xml = (body: string): Reply => ({ status: 200, headers: { 'content-type': 'application/xml' }, body });
const failure = (status: number, code: string): Reply => ({
  status,
  body: `<Error><Code>${code}</Code><Message>It is so.</Message></Error>`,
});
