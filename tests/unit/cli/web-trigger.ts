import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { authenticateEnvelope } from '../../../src/providers/envelope';

export const SECRET = 'the secret of the tests';

interface Planned {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type Plan = readonly [status: number, body: object | string, headers?: Readonly<Record<string, string>>];

/** A web trigger as far as a sender sees it: takes each nonce once, and gives the answers it was told, then the last again. */
export class WebTrigger {
  readonly bodies: string[] = [];
  private answers: readonly (Planned | 'lost')[] = [];
  private readonly nonces = new Set<string>();
  private asked = 0;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, [String(value)]]),
        );
        const sent = { method: 'POST', headers, body, query: {} };
        const found = authenticateEnvelope(sent, [{ label: 'only', value: SECRET }], new Date());
        const fresh = found.authentic && !this.nonces.has(found.nonce);
        if (found.authentic) this.nonces.add(found.nonce);
        const planned = this.answers[Math.min(this.asked++, this.answers.length - 1)];
        if (fresh) this.bodies.push(body);
        if (planned === 'lost') {
          request.socket.destroy();
          return;
        }
        const answer =
          fresh && planned !== undefined
            ? planned
            : { status: 401, body: '{"verdict":"unauthorized","result":"unauthorized"}', headers: {} };
        response
          .writeHead(answer.status, { 'Content-Type': 'application/json', Location: '/elsewhere', ...answer.headers })
          .end(answer.body);
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/trigger`;
  }

  /** What it answers from now on; `lost` takes the body and cuts the connection. */
  plan(...answers: readonly (Plan | 'lost')[]): void {
    this.asked = 0;
    this.bodies.length = 0;
    this.answers = answers.map((planned) => {
      if (planned === 'lost') return planned;
      const [status, body, headers = {}] = planned;
      return { status, body: typeof body === 'string' ? body : JSON.stringify(body), headers };
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
