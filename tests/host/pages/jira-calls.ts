import * as z from 'zod/mini';
import type { JiraAnswer, JiraSite } from '../contract';

const errorBody = z.object({
  errorMessages: z.optional(z.array(z.string())),
  errors: z.optional(z.record(z.string(), z.string())),
});

/** What Jira said no to, in its own words: messages about the whole, and by field id. */
export class JiraRefusal extends Error {
  constructor(
    readonly status: number,
    readonly messages: readonly string[],
    readonly fieldErrors: Readonly<Record<string, string>>,
  ) {
    super([...messages, ...Object.values(fieldErrors)].join(' ') || `Jira answered ${status}.`);
  }
}

const text = (answer: JiraAnswer): string =>
  typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body);

function refusalOf(answer: JiraAnswer): JiraRefusal {
  try {
    const body = errorBody.parse(JSON.parse(text(answer)));
    return new JiraRefusal(answer.status, body.errorMessages ?? [], body.errors ?? {});
  } catch {
    return new JiraRefusal(answer.status, [text(answer).slice(0, 500)], {});
  }
}

/** Jira's REST API as one person, as a browser would use it. Every non-2xx answer throws `JiraRefusal`. */
export class JiraAs {
  constructor(
    private readonly jira: JiraSite,
    private readonly accountId: string,
  ) {}

  async raw(
    method: string,
    path: string,
    body: Uint8Array,
    headers: Readonly<Record<string, string>>,
  ): Promise<JiraAnswer> {
    const answer = await this.jira.handle({
      method,
      path,
      headers,
      body,
      actor: { kind: 'user', accountId: this.accountId },
    });
    if (answer.status < 200 || answer.status > 299) throw refusalOf(answer);
    return answer;
  }

  async get<S extends z.ZodMiniType>(path: string, schema: S): Promise<z.output<S>> {
    const answer = await this.raw('GET', path, new Uint8Array(), { accept: 'application/json' });
    return schema.parse(JSON.parse(text(answer)));
  }

  async send<S extends z.ZodMiniType>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: unknown,
    schema: S,
  ): Promise<z.output<S>> {
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    const answer = text(await this.raw(method, path, bytes, headers));
    return schema.parse(answer === '' ? null : JSON.parse(answer));
  }
}

/** A path segment of the REST API. */
export const segment = (value: string): string => encodeURIComponent(value);
