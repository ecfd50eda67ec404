/**
 * Hostile deliveries through the intake in a process of their own, for what they take of memory and time:
 * node BUNDLE intake|plain SENDER ATTACK runs one, `plain` with no more than `JSON.parse` of the same body;
 * node BUNDLE all runs each of every sender, one after another.
 */
import { readRefusals } from '../../src/handlers/intake/refusals';
import { ATTACKS, attackRequest, isFor, type Attack } from '../unit/intake/attacks';
import { SENDERS, type Sender } from '../unit/intake/senders';
import { TestSite } from '../unit/intake/site';

interface Ran {
  readonly source: string;
  readonly attack: string;
  readonly bytes: number;
  readonly outcome: string;
  readonly ms: number;
}

async function run(sender: Sender, attack: Attack): Promise<Ran> {
  const request = attackRequest(attack, sender);
  const site = new TestSite();
  const started = performance.now();
  const answer = await site.deliver(request);
  const ms = performance.now() - started;
  const [refusal] = answer === 'accepted' ? [] : await readRefusals(site.ports);
  const bytes = Buffer.byteLength(request.body);
  return { source: sender.source, attack: attack.name, bytes, outcome: refusal?.reason ?? answer, ms };
}

function parse(body: string): string {
  try {
    return typeof JSON.parse(body);
  } catch {
    return 'no JSON';
  }
}

async function one(how: string, source: string, name: string): Promise<object> {
  const sender = SENDERS.find((other) => other.source === source);
  const attack = ATTACKS.find((other) => other.name === name);
  if (sender === undefined || attack === undefined) throw new Error(`there is no ${name} of ${source}`);
  const { body } = attackRequest(attack, sender);
  const before = process.resourceUsage().maxRSS;
  const started = performance.now();
  const ran =
    how === 'plain'
      ? { bytes: Buffer.byteLength(body), outcome: parse(body), ms: performance.now() - started }
      : await run(sender, attack);
  return { ...ran, peakKb: process.resourceUsage().maxRSS - before };
}

async function all(): Promise<object> {
  const ran: Ran[] = [];
  for (const sender of SENDERS)
    for (const attack of ATTACKS.filter((other) => isFor(other, sender))) ran.push(await run(sender, attack));
  return { ran, peakKb: process.resourceUsage().maxRSS };
}

const [how = 'all', source = '', name = ''] = process.argv.slice(2);
void (how === 'all' ? all() : one(how, source, name)).then((told) => process.stdout.write(JSON.stringify(told)));
