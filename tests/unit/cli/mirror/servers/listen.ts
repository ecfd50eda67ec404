import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** An HTTP server on loopback for the length of a test. */
export class Listener {
  readonly received: Received[] = [];
  /** What is answered in place of the server, for as many requests as there are. */
  readonly instead: Reply[] = [];
  private readonly server: Server;

  constructor(answer: (request: Received) => Reply | Promise<Reply>) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const received = { method, target: url, headers, body: Buffer.concat(chunks) };
        this.received.push(received);
        void Promise.resolve(this.instead.shift() ?? answer(received)).then(
          ({ status, headers: sent = {}, body = '' }) => {
            response.writeHead(status, { ...sent, Connection: 'close' });
            response.end(method === 'HEAD' ? undefined : body);
          },
        );
      });
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.close((error) => (error === undefined ? resolve() : reject(error)));
    });
  }
}
