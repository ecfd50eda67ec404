import * as z from 'zod/mini';
import type { JiraAnswer } from '../../contract';
import { PageRefusal } from '../parts';

const call = z.object({
  product: z.string(),
  restPath: z.string(),
  fetchRequestInit: z.optional(
    z.object({
      method: z.optional(z.string()),
      body: z.optional(z.nullable(z.string())),
      headers: z.optional(z.array(z.tuple([z.string(), z.string()]))),
    }),
  ),
  isMultipartFormData: z.optional(z.boolean()),
});

export interface ProductRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A `fetchProduct` call of @forge/bridge as a REST request. Only Jira is behind this site. */
export async function productRequest(payload: unknown): Promise<ProductRequest> {
  const { product, restPath, fetchRequestInit: init, isMultipartFormData } = call.parse(payload);
  if (product !== 'jira') throw new PageRefusal(400, `This site has no ${product}.`);
  if (!restPath.startsWith('/rest/') || restPath.includes('..'))
    throw new PageRefusal(400, 'Only paths below /rest/ can be fetched.');
  const given = Object.fromEntries((init?.headers ?? []).map(([name, value]) => [name.toLowerCase(), value]));
  const request = { method: (init?.method ?? 'GET').toUpperCase(), path: restPath };
  const body = init?.body ?? '';
  if (isMultipartFormData !== true) return { ...request, headers: given, body: new TextEncoder().encode(body) };
  const form = multipart(body);
  return {
    ...request,
    headers: { ...given, 'content-type': form.headers.get('content-type') ?? 'multipart/form-data' },
    body: new Uint8Array(await form.arrayBuffer()),
  };
}

/** The bridge turns a form into JSON: a file as base64 beside its `__fileName` and `__fileType`; this turns it back. */
function multipart(json: string): Response {
  const fields = z.record(z.string(), z.unknown()).parse(JSON.parse(json));
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (name.startsWith('__') || typeof value !== 'string') continue;
    const [fileName, type] = [fields[`__${name}Name`], fields[`__${name}Type`]];
    if (typeof fileName !== 'string') form.append(name, value);
    else
      form.append(
        name,
        new Blob([Buffer.from(value.split(',').at(-1) ?? '', 'base64')], {
          type: typeof type === 'string' ? type : '',
        }),
        fileName,
      );
  }
  return new Response(form);
}

const TEXT = /^(text\/|application\/(json|problem\+json|xml|javascript))/i;

export interface ProductResponse {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  readonly statusText: string;
  readonly isAttachment?: true;
}

/** A REST answer as the bridge's `fetchProduct` gives it to a frame: anything but text goes as base64. */
export function productResponse(answer: JiraAnswer): ProductResponse {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const common = { headers, status: answer.status, statusText: '' };
  if (typeof answer.body === 'string') return { ...common, body: answer.body };
  const isText = answer.body.byteLength === 0 || TEXT.test(headers['content-type'] ?? '');
  if (isText) return { ...common, body: new TextDecoder().decode(answer.body) };
  return { ...common, body: Buffer.from(answer.body).toString('base64'), isAttachment: true };
}
