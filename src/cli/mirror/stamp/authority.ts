import { randomBytes, type X509Certificate } from 'node:crypto';
import { ask, NoAnswer, type Asking } from '../request';
import { checkStamp, type CheckedStamp } from './check';
import { stampRequest } from './request';

export interface AuthorityOptions {
  readonly url: string;
  readonly roots: readonly X509Certificate[];
  readonly policy: string | undefined;
}

const NONCE_BYTES = 16;

/** Has data stamped (RFC 3161 section 3.4, by HTTP) and checks the answer; the data itself does not leave. */
export async function stamped(
  data: Uint8Array,
  { url, roots, policy }: AuthorityOptions,
  asking: Asking,
): Promise<CheckedStamp & { readonly response: Uint8Array }> {
  const nonce = randomBytes(NONCE_BYTES);
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  const body = stampRequest(data, nonce, policy);
  const headers = { 'Content-Type': 'application/timestamp-query', Accept: 'application/timestamp-reply' };
  const answer = await ask(asking, () => ({ url, method: 'POST', headers, body }));
  if (answer.status !== 200) throw new NoAnswer(`the time-stamping authority answered HTTP ${answer.status}`);
  const checked = checkStamp(answer.bytes, data, roots, { nonce: nonce.toString('hex'), policy });
  return { ...checked, response: answer.bytes };
}
