import { randomUUID } from 'node:crypto';
import * as z from '#zod';
import { backoff } from '../../backoff';
import { eventOf, type Copy } from '../copy';
import { ask, jsonOf, type Asking } from '../request';
import { DestinationProblem, type Destination, type Receipt } from './destination';

export interface SplunkOptions {
  /** Of the collector: `https://splunk.example:8088`. */
  readonly url: string;
  readonly token: string;
  /** Without one the token's own. */
  readonly index: string | undefined;
}

const taken = z.looseObject({ code: z.number(), ackId: z.exactOptional(z.number()) });
const acked = z.looseObject({ acks: z.record(z.string(), z.boolean()) });
const refused = z.looseObject({ text: z.string(), code: z.number() });

/**
 * Splunk's HTTP Event Collector (docs.splunk.com, "HTTP Event Collector examples" and "About HTTP Event Collector Indexer
 * Acknowledgment"): an event for each copy. Where the token has acknowledgment, waits until the event is indexed. Splunk
 * tells no event from one that is sent again; each holds its `sha256` and `name` to tell by.
 */
export function splunkDestination({ url, token, index }: SplunkOptions, asking: Asking): Destination {
  const base = url.replace(/\/$/, '');
  const id = `splunk:${base}${index === undefined ? '' : `/${index}`}`;
  const channel = randomUUID();
  const headers = {
    Authorization: `Splunk ${token}`,
    'X-Splunk-Request-Channel': channel,
    'Content-Type': 'application/json',
  };
  return {
    id,
    async put(copy) {
      const body = JSON.stringify({
        time: Math.floor(asking.rim.now() / 1000),
        source: 'change-control-mirror',
        sourcetype: 'change-control:mirror',
        ...(index === undefined ? {} : { index }),
        event: eventOf(copy),
      });
      const answer = await ask(asking, () => ({
        url: `${base}/services/collector/event`,
        method: 'POST',
        headers,
        body,
      }));
      const read = taken.safeParse(jsonOf(answer));
      if (answer.status !== 200 || !read.success || read.data.code !== 0)
        throw refusal(answer.status, jsonOf(answer), copy);
      const { ackId } = read.data;
      const where = `${base} ${index ?? "the token's index"} sha256=${copy.sha256}`;
      const receipt = { destination: id, where, sha256: copy.sha256, already: false };
      if (ackId === undefined) return { ...receipt, proof: 'taken' };
      await indexed(asking, `${base}/services/collector/ack?channel=${channel}`, headers, ackId);
      const proved: Receipt = { ...receipt, proof: 'acknowledged' };
      return proved;
    },
  };
}

async function indexed(asking: Asking, url: string, headers: Readonly<Record<string, string>>, ackId: number) {
  const { rim, waitSeconds } = asking;
  const end = rim.now() + waitSeconds * 1000;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(asking, () => ({ url, method: 'POST', headers, body: JSON.stringify({ acks: [ackId] }) }));
    const read = acked.safeParse(jsonOf(answer));
    if (read.success && read.data.acks[String(ackId)] === true) return;
    if (rim.now() >= end)
      throw new DestinationProblem(
        'not-acknowledged',
        `Splunk took event ${ackId} and did not say within ${waitSeconds} s that it is indexed. It is sent again by the next run.`,
      );
    await rim.sleep(Math.min(backoff(attempt), end - rim.now()));
  }
}

function refusal(status: number, json: unknown, { name }: Copy): DestinationProblem {
  const read = refused.safeParse(json);
  const said = read.success ? `${read.data.text} (code ${read.data.code})` : 'and not as a collector does';
  return new DestinationProblem('refused', `Splunk did not take ${name}: HTTP ${status}: ${said}.`);
}
