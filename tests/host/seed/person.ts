/** The site as one person drives it over HTTP: the public routes only, as anybody could. */
import { createHash } from 'node:crypto';

export class RouteError extends Error {
  constructor(
    readonly status: number,
    readonly answer: string,
    what: string,
  ) {
    super(`${what}: ${status} ${answer.slice(0, 500)}`);
    this.name = 'RouteError';
  }
}

export type FieldValues = Readonly<Record<string, unknown>>;

interface PersonsFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

interface Field {
  readonly id: string;
  readonly name: string;
}

/** A person at the site. Field values are given by the fields' names; paragraphs as text, one paragraph a line. */
export class Person {
  constructor(
    readonly base: string,
    readonly userName: string,
  ) {}

  async request(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: {
        Authorization: `Basic ${Buffer.from(`${this.userName}:local`).toString('base64')}`,
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new RouteError(response.status, text, `${method} ${path} as ${this.userName}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  async create(project: string, issueType: string, values: FieldValues): Promise<string> {
    const fields = await this.wireFields(values);
    const body = { fields: { project: { key: project }, issuetype: { name: issueType }, ...fields } };
    return ((await this.request('POST', '/rest/api/3/issue', body)) as { key: string }).key;
  }

  async edit(key: string, values: FieldValues): Promise<void> {
    await this.request('PUT', `/rest/api/3/issue/${key}`, { fields: await this.wireFields(values) });
  }

  async move(key: string, name: string, values: FieldValues = {}): Promise<void> {
    const { transitions } = (await this.request('GET', `/rest/api/3/issue/${key}/transitions`)) as {
      transitions: { id: string; name: string }[];
    };
    const found = transitions.find((one) => one.name === name);
    if (found === undefined) throw new RouteError(400, '', `${name} is not offered to ${this.userName} on ${key}`);
    const fields = await this.wireFields(values);
    await this.request('POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id: found.id }, fields });
  }

  async comment(key: string, text: string): Promise<void> {
    await this.request('POST', `/rest/api/3/issue/${key}/comment`, { body: paragraphs(text) });
  }

  invoke(key: string, functionKey: string, payload: unknown = {}): Promise<unknown> {
    const body = { functionKey, payload, context: { issueKey: key } };
    return this.request('POST', '/forge/invoke/change-evidence-panel', body);
  }

  decide(key: string, decision: string, basis: string, requiredActions?: { what: string; owner: string }[]) {
    return this.invoke(key, 'decision.record', {
      decision,
      basis,
      ...(requiredActions === undefined ? {} : { requiredActions }),
    });
  }

  /** Hands in a file in the panel, by pieces, as the screen does. `about`: what it is, in the person's words. */
  async handInFile(key: string, kind: string, about: string, { name, mediaType, text }: PersonsFile): Promise<void> {
    const bytes = Buffer.from(text);
    const digest = createHash('sha256').update(bytes).digest('hex');
    const begun = { name, mediaType, kind, about, size: bytes.length, digest };
    const { upload, pieceBytes, pieces } = (await this.invoke(key, 'file.begin', begun)) as {
      upload: string;
      pieceBytes: number;
      pieces: number;
    };
    for (let piece = 0; piece < pieces; piece += 1) {
      const base64 = bytes.subarray(piece * pieceBytes, (piece + 1) * pieceBytes).toString('base64');
      await this.invoke(key, 'file.piece', { upload, piece, base64 });
    }
    await this.invoke(key, 'file.finish', { upload });
  }

  private async wireFields(values: FieldValues): Promise<Record<string, unknown>> {
    const list = (await this.request('GET', '/rest/api/3/field')) as Field[];
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const field = list.find((one) => one.name === name);
        if (field === undefined) throw new Error(`The site has no field named ${name}`);
        return [field.id, wireValue(name, value)];
      }),
    );
  }
}

const SELECTS = ['Change type'];
const PEOPLE = ['Change owner', 'Implementer', 'Reporter', 'Assignee'];
const LINES = ['Summary', 'Change window start', 'Change window end'];

function wireValue(name: string, value: unknown): unknown {
  if (value === null || LINES.includes(name)) return value;
  if (SELECTS.includes(name)) return { value };
  if (PEOPLE.includes(name)) return { accountId: value };
  if (Array.isArray(value)) return value.map((option: unknown) => ({ value: option }));
  return typeof value === 'string' ? paragraphs(value) : value;
}

/** Atlassian Document Format: one paragraph a line. */
export const paragraphs = (text: string) => ({
  type: 'doc',
  version: 1,
  content: text
    .split('\n')
    .map((line) => ({ type: 'paragraph', content: line === '' ? [] : [{ type: 'text', text: line }] })),
});
