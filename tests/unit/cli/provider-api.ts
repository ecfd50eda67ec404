import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Told {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or a text as it is. */
  readonly body?: unknown;
  /** The connection is cut instead. */
  readonly lost?: true;
}

/**
 * The API of a provider, over HTTP: answers by path and query what it was told, several answers one after the other and then the
 * last again, and 404 to all else. What is asked is written down.
 */
export class ProviderApi {
  readonly asked: Asked[] = [];
  private readonly answers = new Map<string, Told[]>();
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const path = (request.url ?? '').slice(1);
      this.asked.push({ method: request.method ?? '', path, headers: request.headers, body });
      const planned = this.answers.get(path) ?? [{ status: 404, body: { message: 'Not Found' } }];
      const told = planned.length > 1 ? planned.shift() : planned[0];
      if (told?.lost === true) {
        request.socket.destroy();
        return;
      }
      const text = typeof told?.body === 'string' ? told.body : JSON.stringify(told?.body ?? {});
      response.writeHead(told?.status ?? 200, { 'Content-Type': 'application/json', ...told?.headers }).end(text);
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Forgets everything and answers these paths from now on. */
  plan(answers: Readonly<Record<string, Told | readonly Told[]>>): void {
    this.asked.length = 0;
    this.answers.clear();
    for (const [path, told] of Object.entries(answers))
      this.answers.set(path, Array.isArray(told) ? [...(told as readonly Told[])] : [told as Told]);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
