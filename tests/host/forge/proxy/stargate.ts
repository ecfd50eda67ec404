import * as z from 'zod/mini';
import type { JiraSite } from '../../contract';
import type { Manifest } from '../manifest';
import type { JobQueue } from '../delivery/jobs';
import type { Faults } from '../faults';
import { QUEUE } from '../limits';
import type { ExitAnswer, ExitCall } from '../process/messages';
import { jsonAnswer, proxyError } from './answer';
import type { Caller } from './caller';

const push = z.object({
  queueName: z.string(),
  jobId: z.string(),
  payload: z.array(
    z.object({
      body: z.record(z.string(), z.unknown()),
      delayInSeconds: z.optional(z.number().check(z.minimum(0), z.maximum(QUEUE.delaySeconds))),
      concurrency: z.optional(z.object({ key: z.string(), limit: z.int().check(z.minimum(1)) })),
    }),
  ),
});
export type Push = z.infer<typeof push>;
const job = z.object({ queueName: z.string(), jobId: z.string() });
const graphql = z.object({
  query: z.string(),
  variables: z.optional(z.object({ input: z.optional(z.object({ triggerKey: z.string() })) })),
});

/** Atlassian's gateway as far as the SDKs use it here: queues, and the URL of a web trigger. */
export class Stargate {
  constructor(
    private readonly manifest: Manifest,
    private readonly queue: JobQueue,
    private readonly faults: Faults,
    private readonly baseUrl: () => string,
    private readonly jira: () => JiraSite,
  ) {}

  /** `'kill'` when the fault plan ends the process at this push; nothing is queued. */
  call(caller: Caller, call: ExitCall): ExitAnswer | 'kill' {
    // The braces of {contextAri} and the like are literal; Forge fills them in on the way.
    const [, service] = /^\/webhook\/queue\/(publish|stats|cancel)\//.exec(call.path) ?? [];
    const body = parsedJson(call.body);
    if (service === 'publish' && this.faults.crashesNow()) return 'kill';
    if (service === 'publish') return this.#push(caller, body, call.body.byteLength);
    if (service === 'stats') return this.#stats(body);
    if (service === 'cancel') return this.#cancel(body);
    if (call.path === '/graphql/twg') return this.#graph(caller, call, body);
    if (call.path === '/graphql') return this.#graphql(body);
    return jsonAnswer(404, { message: `${call.path} is not implemented by the local site.` });
  }

  #push(caller: Caller, body: unknown, bytes: number): ExitAnswer {
    if (bytes > QUEUE.pushBytes + 2048) return jsonAnswer(413, { errorMessage: 'A push is at most 200 KB.' });
    const request = push.safeParse(body);
    if (!request.success) return jsonAnswer(400, { message: request.error.issues[0]?.message ?? 'malformed' });
    const { queueName, payload } = request.data;
    const consumer = this.manifest.modules.consumer.find((one) => one.queue === queueName);
    if (consumer === undefined) return jsonAnswer(400, { message: `The manifest has no consumer of ${queueName}.` });
    if (payload.length === 0 || payload.length > QUEUE.events) {
      return jsonAnswer(413, { errorMessage: `A push has 1 to ${QUEUE.events} events.` });
    }
    const seconds = this.manifest.modules.function.find(({ key }) => key === consumer.function)?.timeoutSeconds ?? 0;
    const longest = Math.max(...payload.map((event) => Buffer.byteLength(JSON.stringify(event.body))));
    if (seconds > 55 && longest > QUEUE.longEventBytes) {
      return jsonAnswer(413, { errorMessage: 'An event for a consumer with a longer time limit is at most 100 KB.' });
    }
    this.queue.push(request.data, consumer, caller.isCopy);
    return jsonAnswer(201, {});
  }

  #stats(body: unknown): ExitAnswer {
    const request = job.safeParse(body);
    const stats = request.success ? this.queue.stats(request.data.jobId) : undefined;
    return stats === undefined ? jsonAnswer(404, { message: 'There is no such job.' }) : jsonAnswer(200, stats);
  }

  #cancel(body: unknown): ExitAnswer {
    const request = job.safeParse(body);
    const known = request.success && this.queue.cancel(request.data.jobId);
    return known ? jsonAnswer(204, undefined) : jsonAnswer(404, { message: 'There is no such job.' });
  }

  /** The Teamwork Graph answers people alone: `@forge/api` has no such call as the app. */
  #graph(caller: Caller, { descriptor }: ExitCall, body: unknown): ExitAnswer {
    if (descriptor.provider !== 'user') return proxyError(501, 'NOT_IMPLEMENTED_BY_THE_LOCAL_SITE');
    if (descriptor.accountId !== undefined && descriptor.accountId !== caller.accountId)
      return proxyError(403, 'USER_IMPERSONATION_NOT_ALLOWED');
    if (caller.accountId === undefined) return proxyError(401, 'NEEDS_AUTHENTICATION_ERR');
    return jsonAnswer(200, this.jira().askGraph(caller.accountId, caller.scopes, body));
  }

  #graphql(body: unknown): ExitAnswer {
    const request = graphql.safeParse(body);
    const key = request.success ? request.data.variables?.input?.triggerKey : undefined;
    if (!request.success || !request.data.query.includes('createWebTriggerUrl')) {
      return jsonAnswer(200, { errors: [{ message: 'Not implemented by the local site.' }] });
    }
    const known = this.manifest.modules.webtrigger.some((trigger) => trigger.key === key);
    if (!known) return jsonAnswer(200, { errors: [{ message: `There is no web trigger ${key ?? ''}.` }] });
    const url = `${this.baseUrl()}/forge/webtrigger/${key ?? ''}`;
    return jsonAnswer(200, { data: { createWebTriggerUrl: { url } } });
  }
}

function parsedJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
