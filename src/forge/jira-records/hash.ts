import { createHash } from 'node:crypto';
import { route } from '@forge/api';
import { MOST_HASHED_BYTES, type Hashed } from '../../ports/jira-records';
import { jiraBytes } from '../jira-http';
import { look, Unseen } from '../looking';

/**
 * Reads an attachment's bytes as the app and hashes them. `redirect=false` has Jira hand them out itself: the redirect
 * leads to another host, which an app without egress does not follow (OpenAPI, GET /attachment/content/{id}).
 */
export async function hash(attachmentId: string, size: number): Promise<Hashed> {
  if (size > MOST_HASHED_BYTES)
    return { because: `It has ${size} bytes; at most ${MOST_HASHED_BYTES} are read to be hashed.` };
  const seen = await look(async () => {
    const { status, bytes } = await jiraBytes(route`/rest/api/3/attachment/content/${attachmentId}?redirect=false`);
    if (status !== 200) throw new Unseen(`Jira answered ${status}.`);
    if (bytes.byteLength !== size)
      throw new Unseen(`Jira handed out ${bytes.byteLength} bytes and says that it has ${size}.`);
    return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.byteLength };
  });
  return 'seen' in seen ? seen.seen : { because: seen.unseen };
}
