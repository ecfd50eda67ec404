import * as z from 'zod/mini';
import type { JiraAnswer } from '../contract';
import type { Invoker } from './invoker';
import { PAYLOAD } from './limits';
import type { Manifest } from './manifest';
import { jsonAnswer } from './proxy/answer';

export interface WebRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array;
  /** With or without the question mark. */
  readonly query: string;
}

const chosen = z.object({ outputKey: z.string() });

/**
 * Static web triggers: the function names an output of the manifest, which fixes status, body and content type. As on
 * Forge a function that throws, crashes or overruns is 424, one that names no output is 500 ("Web trigger").
 */
export class WebTriggers {
  constructor(
    private readonly manifest: Manifest,
    private readonly invoker: Invoker,
  ) {}

  async call(moduleKey: string, request: WebRequest): Promise<JiraAnswer> {
    const trigger = this.manifest.modules.webtrigger.find(({ key }) => key === moduleKey);
    if (trigger === undefined) return jsonAnswer(404, { message: `The app has no web trigger ${moduleKey}.` });
    if (request.body.byteLength > PAYLOAD.webTrigger) {
      return jsonAnswer(413, { message: 'A request of a web trigger is at most 5 MB.' });
    }
    const outcome = await this.invoker.call({
      functionKey: trigger.function,
      moduleKey,
      use: 'webTrigger',
      payload: requestOf(moduleKey, request),
    });
    if (outcome.kind !== 'returned') return jsonAnswer(424, { message: 'The function of the web trigger failed.' });
    const answer = chosen.safeParse(outcome.value);
    const output = trigger.response.outputs.find(({ key }) => answer.success && key === answer.data.outputKey);
    if (output === undefined) {
      return jsonAnswer(500, { message: 'The function of the web trigger named no output of the manifest.' });
    }
    const headers = { 'content-type': output.contentType ?? 'text/plain' };
    return { status: output.statusCode, headers, body: output.body ?? '' };
  }
}

/** As Forge hands it over: the body as text (bytes that are no UTF-8 are lost), header names as they were sent. */
function requestOf(moduleKey: string, { method, headers, body, query }: WebRequest) {
  const queryParameters: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) (queryParameters[name] ??= []).push(value);
  return {
    method,
    headers,
    body: Buffer.from(body).toString('utf8'),
    path: `/x1/${moduleKey}`,
    userPath: '',
    queryParameters,
  };
}
