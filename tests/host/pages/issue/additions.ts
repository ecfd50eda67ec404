import type { Context } from 'hono';
import * as z from 'zod/mini';
import { textToAdf } from '../fields/adf';
import { segment } from '../jira-calls';
import type { Pages } from '../pages';
import { readForm, textsOf } from './submitted';

/** Adds a comment; blank text is refused. */
export async function comment(pages: Pages, c: Context): Promise<Response> {
  const jira = pages.as(await pages.viewer(c));
  const body = textToAdf(textsOf(await readForm(c), 'text')[0] ?? '');
  if (body === null) return c.json({ messages: ['Write something first.'], fields: {} }, 400);
  await jira.send('POST', `/rest/api/3/issue/${segment(c.req.param('key') ?? '')}/comment`, { body }, z.unknown());
  return c.json({ said: 'Your comment was added.' });
}

/** Adds a file. */
export async function attach(pages: Pages, c: Context): Promise<Response> {
  const jira = pages.as(await pages.viewer(c));
  const file = (await readForm(c))['file']?.[0];
  if (!(file instanceof File) || file.size === 0)
    return c.json({ messages: ['Choose a file first.'], fields: {} }, 400);
  const form = new FormData();
  form.append('file', file, file.name);
  const request = new Request('http://site.invalid/', { method: 'POST', body: form });
  const headers = {
    'content-type': request.headers.get('content-type') ?? '',
    'x-atlassian-token': 'no-check',
    accept: 'application/json',
  };
  const path = `/rest/api/3/issue/${segment(c.req.param('key') ?? '')}/attachments`;
  await jira.raw('POST', path, new Uint8Array(await request.arrayBuffer()), headers);
  return c.json({ said: `${file.name} was attached.` });
}

/** Hands out a file of the issue. */
export async function download(pages: Pages, c: Context): Promise<Response> {
  const jira = pages.as(await pages.viewer(c));
  const answer = await jira.raw(
    'GET',
    `/rest/api/3/attachment/content/${segment(c.req.param('id') ?? '')}`,
    new Uint8Array(),
    {},
  );
  const name = encodeURIComponent(c.req.param('name') ?? 'file');
  // Somebody else's file is never shown as part of the site: it is only handed over.
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${name}`,
  };
  return c.newResponse(typeof answer.body === 'string' ? answer.body : new Uint8Array(answer.body), {
    status: 200,
    headers,
  });
}
