import { readOrphans, readRefusals } from '../../src/handlers/record-delivery';
import { verifyChain } from '../../src/ledger/chain';
import { TestSite } from '../unit/intake/site';
import { understand, type Understood } from '../../src/handlers/intake/understand';
import { providerOf } from '../../src/providers/sources';
import { CI_SENDERS, textsNaming, type CiPayload, type CiRule } from './ci-payloads';
import { HOST_SENDERS } from './host-payloads';
import { withMember } from './member';

/** One for each member in turn, so that a run stays short. */
const ODD = [null, 7, 'x', [], {}, [null]] as const;

const SENDERS = [...CI_SENDERS, ...HOST_SENDERS];

interface Row {
  files: number;
  accepted: number;
  ignored: number;
  readonly refused: Map<string, number>;
}

describe.each(SENDERS.map((sender) => [sender.source, sender] as const))('%s', (source, sender) => {
  const { payloads, rules, request } = sender;
  const rows = new Map<string, Row>();
  const ruleOf = ({ rule, event }: CiPayload) => rules[rule ?? event];

  const count = (event: string): Row => {
    const row = rows.get(event) ?? { files: 0, accepted: 0, ignored: 0, refused: new Map<string, number>() };
    rows.set(event, row);
    return row;
  };

  afterAll(() => {
    const lines = [...rows].map(([event, { files, accepted, ignored, refused }]) =>
      [
        event.padEnd(28),
        ...[files, accepted, ignored].map((figure) => String(figure).padStart(9)),
        `  ${[...refused].map(([reason, times]) => `${reason} ${times}`).join(', ')}`,
      ].join(' '),
    );
    const head = `sender ${source}: event, files, accepted, ignored, refused by reason`;
    process.stdout.write([head, ...lines, ''].join('\n'));
  });

  const run = payloads.length === 0 ? it.skip : it;

  run('every payload as it is: the expected facts, or ignored by name', async () => {
    for (const payload of payloads) {
      const { name, event, body } = payload;
      const site = new TestSite();
      const answer = await site.deliver(request(JSON.stringify(body), event));
      const row = count(event);
      row.files++;
      expect([name, answer]).toEqual([name, ruleOf(payload) === undefined ? 'ignored' : 'accepted']);
      await site.drain();
      if (answer === 'accepted') {
        row.accepted++;
        expect((await readOrphans(site.ports)).map((orphan) => orphan.event)).toEqual([event]);
      } else {
        row.ignored++;
        expect((await readRefusals(site.ports)).map(({ reason }) => reason)).toEqual([`ignored.${event}`]);
      }
      expect([name, site.keys('pending:'), site.keys('quarantine:')]).toEqual([name, [], []]);
    }
    const met = new Set(payloads.map(({ rule, event }) => rule ?? event));
    expect(Object.keys(rules).filter((rule) => !met.has(rule))).toEqual([]);
  });

  run('every payload re-keyed at every place: its one fact on that change, once, and on no other', async () => {
    for (const payload of payloads) {
      const { name, event, body } = payload;
      const rule = ruleOf(payload);
      for (const [how, path] of rule?.places ?? []) {
        // CHG-70 goes first: what it is given must not reach CHG-7.
        for (const [key, linked, other] of [
          ['CHG-70', '10070', '10007'],
          ['CHG-7', '10007', '10070'],
        ] as const) {
          for (const text of textsNaming(key, how, path)) {
            const site = new TestSite();
            const changed = withMember(body, path, text);
            const delivery = request(JSON.stringify(changed), event);
            const facts = [rule?.fact(changed, path) ?? []].flat();
            expect([name, path, await site.deliver(delivery)]).toEqual([name, path, 'accepted']);
            await site.drain();
            expect([name, path, await site.recorded(linked)]).toEqual([name, path, facts]);
            expect(await site.recorded(other)).toEqual([]);
            expect(verifyChain(await site.entries(linked))).toEqual([]);
            expect(site.keys('orphan:')).toEqual([]);
            expect(await site.deliver(delivery)).toBe('duplicate');
            // The same event in other bytes is stored, and adds no fact.
            expect(await site.deliver(request(JSON.stringify(changed, null, 1), event))).toBe('accepted');
            await site.drain();
            expect(await site.recorded(linked)).toEqual(facts);
          }
        }
      }
    }
  });

  run('every payload from somebody else: unauthorized, and nothing is kept', async () => {
    for (const { name, event, body } of payloads) {
      for (const delivery of sender.forged(JSON.stringify(body), event)) {
        const site = new TestSite();
        expect([name, await site.deliver(delivery)]).toEqual([name, 'unauthorized']);
        expect(site.keys('delivery')).toEqual([]);
      }
    }
    count('from somebody else').refused.set('unauthorized', payloads.length * sender.forged('{}', 'repo:push').length);
  });

  run(
    'any member missing, null or of another type: the fact stands on its change unless it rests on that member',
    () => {
      const provider = providerOf(source);
      if (provider === undefined) throw new Error('no such sender');
      const done = new Map<CiRule, Set<string>>();
      for (const payload of payloads) {
        const { name, event, body } = payload;
        const rule = ruleOf(payload);
        if (rule === undefined) continue;
        // Files that differ in their values only show nothing new here.
        const shape = pathsOf(body).join();
        const shapes = done.get(rule) ?? new Set();
        if (shapes.has(shape)) continue;
        done.set(rule, shapes.add(shape));
        const [first] = rule.places;
        if (first === undefined) throw new Error('a rule without a place');
        const [how, place] = first;
        const [text] = textsNaming('CHG-7', how, place);
        const keyed = withMember(body, place, text);
        for (const [i, path] of pathsOf(keyed).entries()) {
          const rests = [place, ...rule.restsOn].some((needed) => `${needed}.`.startsWith(`${path}.`));
          for (const value of [undefined, ODD[i % ODD.length]]) {
            const read = understand(provider, request(JSON.stringify(withMember(keyed, path, value)), event));
            expect([name, path, value, outcomeOf(read, rests)]).toEqual([name, path, value, 'as it should']);
          }
        }
      }
    },
  );

  run('payloads of the other senders under its secret: refused or ignored', async () => {
    for (const other of SENDERS.filter((one) => one.source !== source)) {
      for (const { name, body } of other.payloads) {
        for (const event of source === 'bitbucket' ? Object.keys(rules) : ['']) {
          const answer = await new TestSite().deliver(request(JSON.stringify(body), event));
          expect([name, event, ['invalid', 'ignored'].includes(answer)]).toEqual([name, event, true]);
        }
      }
    }
  });
});

/** A fact that does not rest on what was changed is recorded; whatever happens, it is one of the named answers. */
function outcomeOf(read: Understood, rests: boolean): string {
  if (rests) return 'as it should';
  if (read.outcome !== 'evidence') return `${read.outcome} ${read.reason}`;
  const linked = read.items.filter(({ names }) => names.some(({ key }) => key === 'CHG-7'));
  return linked.length > 0 ? 'as it should' : 'names no change';
}

/** Every path to a member of a payload, as deep as anything is read. */
function pathsOf(value: unknown, depth = 7): readonly string[] {
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    name,
    ...pathsOf(member, depth - 1).map((path) => `${name}.${path}`),
  ]);
}
