import type { Context } from 'hono';
import * as z from 'zod/mini';
import type { JiraAnswer } from '../contract';
import { InvokeRefusal } from '../forge/refusal';

/** An answer of Jira or a web trigger, sent as it is. */
export function send(answer: JiraAnswer): Response {
  const { status, headers, body } = answer;
  const empty = status === 204 || status === 304;
  return new Response(empty ? null : typeof body === 'string' ? body : new Uint8Array(body), { status, headers });
}

export const problem = (status: number, code: string, message: string): Response =>
  Response.json({ code, message }, { status });

export const refusal = (error: InvokeRefusal): Response => Response.json(error.toJSON(), { status: error.status });

/** The body by its schema; what does not fit is an InvokeRefusal with code `invalid`. */
export async function readBody<T extends z.ZodMiniType>(c: Context, schema: T): Promise<z.infer<T>> {
  const text = await c.req.text();
  let body: unknown;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new InvokeRefusal(400, 'invalid', 'The body is not JSON.');
  }
  const result = z.safeParse(schema, body);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'body'}: ${message}`);
  throw new InvokeRefusal(400, 'invalid', issues.join('; '));
}
