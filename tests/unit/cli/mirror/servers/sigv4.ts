import { createHash, createHmac } from 'node:crypto';
import type { Received } from './listen';

/**
 * Whether a request is signed by AWS Signature Version 4, worked out anew from the documentation ("Authenticating Requests:
 * Using the Authorization Header"), with nothing of the library that signs.
 */
export function isSignedBy(
  { method, target, headers, body }: Received,
  keys: { readonly id: string; readonly secret: string; readonly region: string },
): boolean {
  const [, credential = '', signed = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const [id, day = '', region, service] = credential.split('/');
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const names = signed.split(';');
  const needed = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (id !== keys.id || region !== keys.region || service !== 's3') return false;
  if (headers['x-amz-content-sha256'] !== bodyHash || needed.some((name) => !names.includes(name))) return false;
  const [path = '', query = ''] = target.split('?');
  const parameters = query
    .split('&')
    .filter((one) => one !== '')
    .map((one) => (one.includes('=') ? one : `${one}=`))
    .sort();
  const canonical = [
    method,
    path,
    parameters.join('&'),
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    bodyHash,
  ].join('\n');
  const date = String(headers['x-amz-date']);
  const scope = `${day}/${region}/s3/aws4_request`;
  const hashed = createHash('sha256').update(canonical).digest('hex');
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hashed}`;
  const mac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
  const key = mac(mac(mac(mac(`AWS4${keys.secret}`, day), region), 's3'), 'aws4_request');
  return date.startsWith(day) && mac(key, text).toString('hex') === signature;
}
