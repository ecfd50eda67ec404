import { route } from '@forge/api';
import * as z from '#zod';
import type { AttachedFile, Publishing } from '../ports/publishing';
import { Unavailable } from '../ports/ports';
import { readSite } from './jira-fields';
import { jira, messagesOf } from './jira-http';

const attachments = z.lazy(() =>
  z.looseObject({
    fields: z.looseObject({
      attachment: z.optional(
        z.array(
          z.looseObject({
            filename: z.string(),
            size: z.number(),
            author: z.optional(z.nullable(z.looseObject({ accountType: z.optional(z.string()) }))),
          }),
        ),
      ),
    }),
  }),
);

/** Packs and heads over Jira's REST API, as the app (scopes write:jira-work and write:app-data:jira). */
export const forgePublishing: Publishing = {
  async writeLedgerHead(issueId, text) {
    const { app } = await readSite();
    if (app.ledger === undefined) return;
    const { status } = await jira(route`/rest/api/3/app/field/value?generateAppEvents=false`, {
      as: 'app',
      method: 'POST',
      body: { updates: [{ customField: app.ledger, issueIds: [Number(issueId)], value: text }] },
    });
    if (status >= 300) throw new Unavailable('jira', `Jira answered ${status} for the field "Change ledger"`);
  },

  async attach(issueId, file) {
    if (await isAttached(issueId, file)) return { attached: true };
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), file.name);
    // Sent once: an answer that was lost is settled by looking for the file the next time.
    const answer = await jira(route`/rest/api/3/issue/${issueId}/attachments`, {
      as: 'app',
      method: 'POST',
      once: true,
      body: form,
    });
    return answer.status < 300 ? { attached: true } : { attached: false, messages: messagesOf(answer) };
  },
};

async function isAttached(issueId: string, { name, bytes }: AttachedFile): Promise<boolean> {
  const answer = await jira(route`/rest/api/3/issue/${issueId}?fields=attachment`, { as: 'app' });
  const read = attachments.safeParse(answer.json);
  return (
    answer.status === 200 &&
    read.success &&
    (read.data.fields.attachment ?? []).some(
      ({ filename, size, author }) => filename === name && size === bytes.length && author?.accountType === 'app',
    )
  );
}
