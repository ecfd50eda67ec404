/**
 * What collectors differ in, for every sender alike: each ends in the evidence that a hand-written rule expects, or in a
 * named refusal with a trace. What only one sender has (forks, deleted branches, ghosts, bots) is in its own tests.
 */
import { readOrphans, readRefusals } from '../../../src/handlers/record-delivery';
import { withMember } from '../../vectors/member';
import { SENDERS, type Sender } from './senders';
import { TestSite } from './site';

interface Ends {
  /** Issue ids on which the delivery's own fact stands afterwards. */
  readonly on: readonly string[];
  readonly refused?: string;
  readonly orphan?: string;
}

const SEVEN = '10007';
const SEVENTY = '10070';

/** Our own envelope names its change in a member and takes no text that canonical JSON could not hold. */
const TEXTS: readonly (readonly [name: string, text: string, ends: Ends, ofPipeline?: Ends])[] = [
  ['one key', 'CHG-7 Close the port', { on: [SEVEN] }],
  ['several keys, one twice', 'CHG-7, CHG-70 and chg-7 again', { on: [SEVEN, SEVENTY] }],
  ['a key that begins like another', 'CHG-70 Close the port', { on: [SEVENTY] }, { on: [SEVEN, SEVENTY] }],
  ['a key of a project that is not controlled', 'OPS-1 and CHG-7', { on: [SEVEN] }],
  ['no key', 'Close the port', { on: [], orphan: 'names-no-change' }, { on: [SEVEN] }],
  ['a key of no issue', 'CHG-999', { on: [], orphan: 'no-such-change' }, { on: [SEVEN] }],
  ['a key in other letters', 'ＣＨＧ-7 and СНG-7', { on: [], orphan: 'names-no-change' }, { on: [SEVEN] }],
  ['a key inside a word', 'CHG-7x and CHG-07', { on: [], orphan: 'names-no-change' }, { on: [SEVEN] }],
  ['a key that ends like another', 'XCHG-7', { on: [], orphan: 'no-such-change' }, { on: [SEVEN] }],
  ['letters of all kinds', 'CHG-7 Größe 端口 🔒 e\u0301 \u202etfel', { on: [SEVEN] }],
  ['half a character', 'CHG-7 \ud83d', { on: [SEVEN] }, { on: [], refused: 'shape.commits' }],
  ['a character of no width', 'CHG\u200b-7', { on: [], orphan: 'names-no-change' }, { on: [SEVEN] }],
  ['null characters', 'CHG-7 \u0000\u0000', { on: [SEVEN] }],
  ['a long text', `CHG-7 ${'port '.repeat(10_000)}`, { on: [SEVEN] }],
  ['nothing but the key', 'CHG-7', { on: [SEVEN] }],
];

async function expectEnds(sender: Sender, body: unknown, { on, refused, orphan }: Ends): Promise<void> {
  const site = new TestSite();
  const answer = await site.deliver(sender.send(sender.event, JSON.stringify(body)));
  await site.drain();
  const told = {
    on: (await Promise.all([SEVEN, SEVENTY].map(async (id) => [id, await site.recorded(id)] as const))).flatMap(
      ([id, facts]) => (facts.includes(sender.states(10)) ? [id] : []),
    ),
    refused: (await readRefusals(site.ports)).map(({ reason }) => reason),
    orphan: (await readOrphans(site.ports)).map(({ reason }) => reason),
    answer,
  };
  expect(told).toEqual({
    on,
    refused: refused === undefined ? [] : [refused],
    orphan: orphan === undefined ? [] : [orphan],
    answer: refused === undefined ? 'accepted' : 'invalid',
  });
}

/** Members that other collectors, other versions and deleted accounts leave null or out; no fact rests on them. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  github: ['repository', 'sender', 'pusher', 'head_commit', 'commits.0.author', 'commits.0.url', 'before', 'created'],
  gitlab: ['project', 'user_username', 'commits.0.author', 'commits.0.timestamp', 'before', 'total_commits_count'],
  bitbucket: ['repository', 'actor', 'push.changes.0.commits.0.author', 'push.changes.0.commits.0.date'],
  'azure-devops': ['id', 'createdDate', 'resource.repository', 'resource.pushedBy', 'resource.commits.0.author'],
  jenkins: ['payload.builds.0.url', 'payload.builds.0.state', 'payload.builds.0.lastUpdated'],
  circleci: ['project', 'happened_at', 'workflow.name', 'workflow.status', 'pipeline.vcs.revision'],
  pipeline: [],
};

describe.each(SENDERS.map((sender) => [sender.source, sender] as const))('%s', (_, sender) => {
  it.each(TEXTS.map((row) => [row[0], row] as const))('%s', async (_name, [, text, ends, ofPipeline = ends]) => {
    await expectEnds(sender, sender.body(10, text), sender.source === 'pipeline' ? ofPipeline : ends);
  });

  it('without members that no fact rests on, null or left out, one by one and all', async () => {
    const paths = OPTIONAL[sender.address] ?? [];
    const body = sender.body(10, 'CHG-7 Close the port');
    for (const value of [null, undefined, 17, [], {}]) {
      for (const path of paths) await expectEnds(sender, withMember(body, path, value), { on: [SEVEN] });
      const without = paths.reduce<unknown>((some, path) => withMember(some, path, value), body);
      await expectEnds(sender, without, { on: [SEVEN] });
    }
  });

  it('with members that nobody knows', async () => {
    const body = withMember(sender.body(10, 'CHG-7'), 'installation', { id: 1, nested: [{ deep: null }] });
    const strict = sender.source === 'pipeline';
    await expectEnds(sender, body, strict ? { on: [], refused: 'unknown-member' } : { on: [SEVEN] });
  });
});
