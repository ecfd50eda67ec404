import { Listener, type Received, type Reply } from './listen';

export const SPLUNK_TOKEN = '0f0e0d0c-1111-2222-3333-444455556666';

/** An HTTP Event Collector, as docs.splunk.com describes its requests and answers. */
export class SplunkServer {
  readonly events: unknown[] = [];
  acknowledges = true;
  /** How many times the collector says "not yet" for each event. */
  slow = 1;
  private readonly asked = new Map<number, number>();
  readonly listener = new Listener((request) => this.answer(request));

  private answer({ method, target, headers, body }: Received): Reply {
    if (headers.authorization !== `Splunk ${SPLUNK_TOKEN}`) return json(403, { text: 'Invalid token', code: 4 });
    const channel = headers['x-splunk-request-channel'];
    if (channel === undefined) return json(400, { text: 'Data channel is missing', code: 10 });
    if (method !== 'POST') return json(405, { text: 'Method not allowed', code: 0 });
    if (target === `/services/collector/ack?channel=${String(channel)}`) {
      const { acks } = JSON.parse(body.toString()) as { acks: readonly number[] };
      return json(200, { acks: Object.fromEntries(acks.map((ack) => [ack, this.isIndexed(ack)])) });
    }
    if (target !== '/services/collector/event') return json(404, { text: 'Not found', code: 404 });
    const { event } = JSON.parse(body.toString()) as { event?: unknown };
    if (event === undefined) return json(400, { text: 'Event field is required', code: 12 });
    this.events.push(event);
    const answer = { text: 'Success', code: 0 };
    return json(200, this.acknowledges ? { ...answer, ackId: this.events.length - 1 } : answer);
  }

  private isIndexed(ack: number): boolean {
    const asked = this.asked.get(ack) ?? 0;
    this.asked.set(ack, asked + 1);
    return asked >= this.slow;
  }
}

const json = (status: number, value: unknown): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
