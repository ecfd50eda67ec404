/**
 * Every payload that the corpus holds of any sender, as it is and under attack, and every file that belongs here, in one
 * table: nothing throws, everything is taken in, ignored by name or refused by a reason, and what is refused is refused quickly.
 */
import { readStatements } from '../../src/handlers/files/statements';
import { readRefusals } from '../../src/handlers/record-delivery';
import { inspectLedger } from '../../src/ledger/read';
import type { IntakeRequest } from '../../src/providers/request';
import { readDocument } from '../../src/readers/document';
import { readFile } from '../../src/readers/readers';
import { summaryOf } from '../../src/readers/summary';
import { FilesSite, ISSUE } from '../unit/handlers/files/site';
import { pipelineRequest } from '../unit/intake/requests';
import { NOW, SENDERS as ALL, type Sender as AnySender } from '../unit/intake/senders';
import { TestSite } from '../unit/intake/site';
import { handedIn } from '../unit/readers/file';
import { processorSeconds } from '../unit/processor-time';
import { CI_SENDERS } from './ci-payloads';
import { corpusPayloads } from './github-payloads';
import { CORPUS_SETS, EVIDENCE_FILES, type HandedInFile } from './handed-in';
import { HOST_SENDERS } from './host-payloads';

interface Sender extends AnySender {
  readonly payloads: readonly { readonly event: string; readonly body: unknown }[];
}

const SHA = 'a1'.repeat(20);
const OWN = [
  { event: 'commit', body: { change: 'CHG-9', kind: 'commit', commits: [SHA] } },
  { event: 'document', body: { change: 'CHG-9', kind: 'document', contents: [{ name: 'plan', text: 'x' }] } },
];

function payloadsOf(address: string): Sender['payloads'] {
  switch (address) {
    case 'github':
      return corpusPayloads();
    case 'pipeline':
      return OWN;
    default:
      return [...CI_SENDERS, ...HOST_SENDERS].find(({ source }) => source === address)?.payloads ?? [];
  }
}

const SENDERS: readonly Sender[] = ALL.map((sender) => ({ ...sender, payloads: payloadsOf(sender.address) }));

/** What is done to a delivery, and by which reasons it may be refused; none for one that the sender's way cannot tell. */
type Attack = readonly [name: string, request: IntakeRequest, reasons: readonly string[]];

const unicode = (body: string) => body.replace(/^\{/, '{"padding":"é…𝒳",');

function attacksOn({ source, send, signsBody, signsTime }: Sender, event: string, body: string): readonly Attack[] {
  const wrong = ['signature-wrong'];
  const altered = (to: string, from = body): Attack[2] =>
    signsBody && to !== from ? wrong : ['not-json', 'event-missing'];
  const wide = unicode(body);
  const recoded = Buffer.from(wide, 'utf8').toString('latin1');
  const deep = `{"object_kind":"push","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const long = body.replace(/^\{/, `{"padding":"${'a'.repeat(5 * 1024 * 1024)}",`);
  return [
    ['with another key', send(event, body, { secret: 'guess' }), wrong],
    ["with another tenant's secret", send(event, body, { secret: 'local-github-secret of another' }), wrong],
    ['with an empty key', send(event, body, { secret: '' }), [...wrong, 'signature-missing']],
    ['cut short', send(event, body.slice(0, -2), { signed: body }), altered(body.slice(0, -2))],
    ['cut short, signed so', send(event, body.slice(0, -2)), ['not-json', 'event-missing']],
    ...(signsBody ? [['in another encoding', send(event, recoded, { signed: wide }), wrong] as const] : []),
    ...(signsBody ? [['written otherwise', send(event, `${body}\n`, { signed: body }), wrong] as const] : []),
    ...(signsTime ? [['of an hour ago', send(event, body, { at: NOW - 3600 }), ['signature-stale']] as const] : []),
    ['nested deep', send(event, deep), ['too-deep', 'event-missing']],
    ['with a line of 5 MB', send(event, long), source === 'jenkins' ? ['too-large', 'token-too-large'] : ['too-large']],
  ];
}

interface Row {
  files: number;
  accepted: number;
  readonly refused: Map<string, number>;
}
const rows = new Map<string, Row>();

function note(source: string, event: string, outcome: string): void {
  const row = rows.get(`${source}\t${event}`) ?? { files: 0, accepted: 0, refused: new Map<string, number>() };
  rows.set(`${source}\t${event}`, row);
  row.files++;
  if (outcome === 'accepted') row.accepted++;
  else row.refused.set(outcome, (row.refused.get(outcome) ?? 0) + 1);
}

afterAll(() => {
  const lines = [...rows].map(([key, { files, accepted, refused }]) => {
    const [source = '', event = ''] = key.split('\t');
    const reasons = [...refused].map(([reason, count]) => `${reason} ${count}`).join(', ');
    return `${source.padEnd(15)} ${event.padEnd(36)} ${String(files).padStart(5)} ${String(accepted).padStart(8)}  ${reasons}`;
  });
  process.stdout.write(['sender, event, files, accepted, refused by reason', ...lines, ''].join('\n'));
});

async function outcomeOf(request: IntakeRequest): Promise<string> {
  const site = new TestSite();
  const answer = await site.deliver(request);
  await site.drain();
  expect(site.keys('pending:')).toEqual([]);
  if (answer === 'accepted') return answer;
  const [refusal] = await readRefusals(site.ports);
  return refusal?.reason ?? `${answer}, and nothing was counted: ${site.logged.join('; ')}`;
}

describe.each(SENDERS.map((sender) => [sender.source, sender] as const))('%s', (source, sender) => {
  const run = sender.payloads.length === 0 ? it.skip : it;

  run('every payload: accepted, or ignored by name', async () => {
    for (const { event, body } of sender.payloads) {
      const outcome = await outcomeOf(sender.send(event, JSON.stringify(body)));
      note(source, event, outcome.startsWith('ignored.') ? 'ignored by name' : outcome);
      expect([event, ['accepted', `ignored.${event}`].includes(outcome)]).toEqual([event, true]);
    }
  });

  run('one payload of each event, under attack: refused by its reason, quickly, and nothing is kept', async () => {
    const first = new Map(sender.payloads.map((payload) => [payload.event, payload]));
    for (const { event, body } of [...first.values()].slice(0, 3)) {
      for (const [name, request, reasons] of attacksOn(sender, event, JSON.stringify(body))) {
        let outcome = '';
        const seconds = await processorSeconds(async () => (outcome = await outcomeOf(request)));
        note(source, name, outcome);
        expect([event, name, outcome, reasons.includes(outcome)]).toEqual([event, name, outcome, true]);
        // The longest of them takes a tenth of a second; what is not linear would take minutes.
        expect([name, seconds < 10]).toEqual([name, true]);
      }
    }
  });
});

it('a nonce is good once, whatever it is sent with', async () => {
  const site = new TestSite();
  const body = (id: string) => JSON.stringify({ change: 'CHG-7', kind: 'run', run: id });
  expect(await site.deliver(pipelineRequest(body('1')))).toBe('accepted');
  expect(await site.deliver(pipelineRequest(body('2')))).toBe('unauthorized');
  expect((await readRefusals(site.ports)).map(({ reason }) => reason)).toEqual(['nonce-spent']);
  note('pipeline', 'with a nonce that was used', 'nonce-spent');
});

const FILES: readonly HandedInFile[] = [...CORPUS_SETS.flatMap(({ files }) => files), ...EVIDENCE_FILES];

/** Handed in by a person, each on a site of its own; what is recorded has to be what the reader makes of the kept bytes. */
async function handedOver({ name, bytes }: HandedInFile): Promise<readonly string[]> {
  const site = new FilesSite();
  const wrong: string[] = [];
  const is = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(`${name}: ${what}`);
  };
  const { marked } = await site.handIn(bytes, { kind: 'document', name: name.replace(/^.*\//, ''), mediaType: null });
  const { breaks } = await inspectLedger(site.store, ISSUE);
  is(breaks.length === 0, 'the ledger is broken');
  const [file, ...more] = await site.files();
  if (file === undefined || more.length > 0) return [...wrong, `${name}: ${more.length + 1} entries or none`];
  const { body } = file.entry;
  note('hand-in', `${name.replace(/\/.*$/, '')} as ${body.format}`, body.refusal ?? 'accepted');
  if (marked === 0) {
    const read = readFile(handedIn(bytes, name));
    is(read.outcome === body.outcome && read.format === body.format, `${body.format} instead of ${read.format}`);
    is(read.outcome !== 'refused' || read.reason === body.refusal, `refused as ${String(body.refusal)}`);
  }
  if (body.statementsDigest !== null) {
    const held = await readStatements(site.app, ISSUE, body.statementsDigest);
    const document = held.state === 'held' ? readDocument(held.text) : undefined;
    is(document !== undefined, 'its statements are not held');
    is(summaryOf(document?.statements ?? []).statements === body.statements, 'its statements are not counted right');
  }
  is([...site.keys('unread:'), ...site.keys('file-reading:'), ...site.keys('upload-piece:')].length === 0, 'left over');
  return wrong;
}

it('every file of the corpus ends in an entry: what it states, or why it was refused', async () => {
  const wrong: string[] = [];
  for (const file of FILES) if (file.bytes.length > 0) wrong.push(...(await handedOver(file)));
  expect(wrong).toEqual([]);
  if (FILES.length > 0) expect(FILES.length).toBeGreaterThan(50);
});
