import { sha256Hex } from '../../../ledger/hash';
import type { Answered } from '../request';
import { DestinationProblem, type Receipt } from './destination';

export const DAY_MS = 24 * 60 * 60 * 1000;

/** A signed request for one key of a bucket; the key is empty for the bucket itself. */
export type Call = (
  method: 'GET' | 'HEAD' | 'PUT',
  key: string,
  query: string,
  sent?: { readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> },
) => Promise<Answered>;

interface Lock {
  readonly mode: string | undefined;
  /** As the bucket writes it; empty when it names none. */
  readonly retainUntil: string;
}

/** A store may keep whole seconds. */
const ROUNDING_MS = 1000;

/**
 * Until when a version is locked that was put just now.
 *
 * @throws DestinationProblem `not-locked` when the bucket keeps another lock than it was given.
 */
export async function lockedAsPut(call: Call, key: string, version: string, until: Date): Promise<string> {
  const lock = await lockOf(call, key, version);
  if (lock === undefined || !lasts(lock, until.getTime()))
    throw new DestinationProblem('not-locked', `${named(key, version)} is not locked as asked: ${words(lock)}.`);
  return lock.retainUntil;
}

/**
 * Until when a version is locked that was there already, by whoever put it: at least as long as it was found to be before,
 * or, when nothing is known of it, as long as a copy that is put now. A lock that ends earlier is made longer, which
 * compliance mode allows and shortening it does not, and is read again.
 *
 * @throws DestinationProblem `lock-too-short` when it cannot be made longer. The sentence is the same in each run.
 */
export async function lockedLongEnough(
  call: Call,
  key: string,
  version: string,
  { now, days, before }: { readonly now: number; readonly days: number; readonly before: Receipt | undefined },
): Promise<string> {
  const asked = now + days * DAY_MS;
  const known = before?.versionId === version ? Date.parse(before.lock?.retainUntil ?? '') : Number.NaN;
  // What has ended protects nothing, whatever was found before.
  const least = known > now ? known : asked;
  const lock = await lockOf(call, key, version);
  if (lock !== undefined && lasts(lock, least)) return lock.retainUntil;
  const answer = await extend(call, key, version, new Date(Math.max(asked, least)));
  const longer = answer.status === 200 ? await lockOf(call, key, version) : undefined;
  if (longer !== undefined && lasts(longer, Math.max(asked, least))) return longer.retainUntil;
  const why = answer.status === 200 ? 'the bucket said that it was made longer, and it was not' : said(answer);
  throw new DestinationProblem(
    'lock-too-short',
    `${named(key, version)} was there already and is not locked for the ${days} days that were asked for (${words(lock)}), and this could not be made longer: ${why}.`,
  );
}

function extend(call: Call, key: string, version: string, until: Date): Promise<Answered> {
  const body = new TextEncoder().encode(
    `<Retention xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Mode>COMPLIANCE</Mode><RetainUntilDate>${until.toISOString()}</RetainUntilDate></Retention>`,
  );
  const headers = { 'content-type': 'application/xml', ...checksumOf(sha256Hex(body)) };
  return call('PUT', key, retentionOf(version), { body, headers });
}

/** Undefined when the version has no retention. */
async function lockOf(call: Call, key: string, version: string): Promise<Lock | undefined> {
  const answer = await call('GET', key, retentionOf(version));
  if (answer.status === 404 && tag(answer.text, 'Code') === 'NoSuchObjectLockConfiguration') return undefined;
  if (answer.status !== 200) throw refusal(`The retention of ${named(key, version)} cannot be read`, answer);
  return { mode: tag(answer.text, 'Mode'), retainUntil: tag(answer.text, 'RetainUntilDate') ?? '' };
}

const retentionOf = (version: string): string => `?retention=&versionId=${encodeURIComponent(version)}`;

const lasts = ({ mode, retainUntil }: Lock, until: number): boolean =>
  mode === 'COMPLIANCE' && Date.parse(retainUntil) >= until - ROUNDING_MS;

const named = (key: string, version: string): string => `${key} (version ${version})`;

const words = (lock: Lock | undefined): string =>
  `mode ${lock?.mode ?? 'none'}, until ${lock === undefined || lock.retainUntil === '' ? 'no date' : lock.retainUntil}`;

export const checksumOf = (sha256: string): Readonly<Record<string, string>> => ({
  'x-amz-sdk-checksum-algorithm': 'SHA256',
  'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
});

/** The text of an element without children; S3's answers have each of ours once. */
export const tag = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];

const said = ({ status, text }: Answered): string => {
  const all = [tag(text, 'Code'), tag(text, 'Message')].filter((one) => one !== undefined).join(': ');
  return `HTTP ${status}${all === '' ? '' : ` (${all})`}`;
};

export const refusal = (what: string, answer: Answered): DestinationProblem =>
  new DestinationProblem('refused', `${what}: ${said(answer)}`);
