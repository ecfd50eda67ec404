/**
 * Who × how × change type on one running site: no path to an open gate that the policy forbids. Those who are refused
 * come one after the other, in every way, to the same change, which has to be as it was after each of them; those who
 * may, each to one of their own. Of every cell the answer, the status and the moves in Jira's changelog are looked at; decisions, verdict
 * and the gate's own answer after every change.
 */
import { startSite, type RunningSite } from '../running-site';
import { attempt, Drive } from './drive';
import { EVERYBODY, TYPES, type TypeCase, type Who } from './everybody.table';
import { MatrixSite } from './everybody.site';
import { swapped, WAYS, type Site, type Way } from './everybody.ways';

let site: RunningSite;
let drive: Drive;
let matrix: MatrixSite;
let ids: Site;
let cells = 0;

/** The changes that the matrix is played on, by type and by what for. */
const changes = new Map<string, string>();
const nameOf = (one: TypeCase, what: string): string => `${one.type}: ${what}`;

/** Of those who may, one for bulk and automation: both take the path of the single call. */
const mayUse = (one: TypeCase, { name, open }: Way): readonly Who[] => {
  if (open === 'nobody') return [];
  return /bulk|automation/.test(name) ? one[open].slice(0, 1) : one[open];
};

/** Changes for what is asked once, beside the matrix. */
const EXTRA = ['unheard', 'second account: reviewer', 'second account: owner'];

const FORCED: readonly TypeCase[] = TYPES.filter(({ template }) => template === undefined);

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
  matrix = new MatrixSite(drive);
  await matrix.ready(EVERYBODY);
  for (const one of TYPES) {
    const apart = WAYS.flatMap((way) => mayUse(one, way).map((who) => `${way.name} as ${who}`));
    const what = ['closed', ...apart, ...(one.template ? [] : ['forced']), ...(one.signed.length > 0 ? EXTRA : [])];
    const keys = await Promise.all(what.map(() => matrix.create(one)));
    for (const [i, each] of what.entries()) changes.set(nameOf(one, each), keys[i] ?? '');
  }
  const all = [...changes.values()];
  await drive.settle();
  ids = await matrix.ids(all[0] ?? '');
  await matrix.linkCommit(all);
  await drive.settle();
  for (const one of TYPES) {
    const keys = [...changes].filter(([name]) => name.startsWith(`${one.type}: `)).map(([, key]) => key);
    if (one.template === true)
      for (const key of keys) await drive.as('requester').invoke(key, 'template.apply', { template: 'firewall-rule' });
    for (const who of one.signed)
      for (const key of keys) await drive.as(who).decide(key, 'approved', 'One managed source, one port, logged.');
  }
  await drive.settle();
}, 300_000);

afterAll(async () => {
  await site.stop();
  console.log(`who × how × type: ${cells} cells over HTTP`);
});

/** The change and what the gate says of it. */
async function untouched(key: string) {
  const [{ verdict, decisions }, gate] = await Promise.all([drive.read(key), matrix.gate(key)]);
  return { ...(await matrix.statusOf(key)), decisions: decisions.length, open: verdict.open, gate };
}

const CLOSED = ['blocked-not-approved', 'blocked-voided'];

describe.each(TYPES)('$type', (one) => {
  describe.each(WAYS)('$name', (way) => {
    const allowed: readonly Who[] = way.open === 'nobody' ? [] : one[way.open];

    it('is closed to everybody else, and leaves nothing', async () => {
      const key = changes.get(nameOf(one, 'closed')) ?? '';
      const found: string[] = [];
      // One's own decision again adds nothing, and is answered as it was the first time.
      const repeats = (who: Who) => [way.open, way.of].includes('signs') && one.signed.includes(who);
      const barred = EVERYBODY.filter((who) => !allowed.includes(who) && !repeats(who));
      const able = barred.filter((who) => way.of !== undefined && one[way.of].includes(who));
      if (way.before !== undefined) {
        for (const who of able) await way.before(drive, key, ids.accounts[who] ?? '', ids);
        await drive.settle();
      }
      for (const who of barred) {
        if (able.includes(who)) await way.justBefore?.(drive, key, ids.accounts[who] ?? '');
        const status = await way.act(drive, key, who, ids);
        if (able.includes(who)) await way.after?.(drive, key, ids.accounts[who] ?? '');
        const { status: now, moves } = await matrix.statusOf(key);
        cells += 1;
        if (!way.refusals.includes(status) || now !== 'Proposed' || moves !== 0)
          found.push(`${who}: ${status}, ${now}, ${moves} moves`);
      }
      expect(found).toEqual([]);
      await drive.settle();
      const after = await untouched(key);
      expect({ ...after, gate: undefined }).toEqual({
        status: 'Proposed',
        moves: 0,
        decisions: one.signed.length,
        open: one.open && after.open,
        gate: undefined,
      });
      expect(after.open ? ['allowed'] : CLOSED).toContain(after.gate);
    });

    const users = mayUse(one, way);
    if (users.length > 0)
      it.each(users)('is open to %s', async (who) => {
        const key = changes.get(nameOf(one, `${way.name} as ${who}`)) ?? '';
        const status = await way.act(drive, key, who, ids);
        await drive.settle();
        cells += 1;
        const opens = way.open === 'signs' ? one.opens.includes(who) : true;
        expect(await untouched(key)).toMatchObject({
          status: way.open === 'signs' ? 'Proposed' : 'Approved',
          moves: way.open === 'signs' ? 0 : 1,
          decisions: one.signed.length + (way.open === 'approves' && one.open ? 0 : 1),
          open: opens,
          gate: opens ? 'allowed' : 'blocked-not-approved',
        });
        expect([200, 204]).toContain(status);
      });
  });
});

describe('before the app has heard of it', () => {
  it("who was the reporter a moment ago is not offered Approve: Jira's own rule reads the changelog", async () => {
    const [one] = TYPES;
    if (one === undefined) throw new Error('the table is empty');
    const key = changes.get(nameOf(one, 'unheard')) ?? '';
    await drive.faults({ events: { delayMs: 60_000 } });
    await swapped('reporter')(drive, key, ids.accounts['authority'] ?? '', ids);
    const { status } = await attempt(() => drive.as('authority').move(key, 'Approve'));
    await drive.faults({});
    await drive.settle();
    cells += 1;
    expect(status).toBe(400);
    expect(await drive.statusOf(key)).toBe('Proposed');
    expect((await drive.read(key)).verdict.open).toBe(false);
    expect(CLOSED).toContain(await matrix.gate(key));
  });
});

describe('a second account of one person', () => {
  const SAME: readonly (readonly [Who, Who])[] = [
    ['authority', 'reviewer'],
    ['authority', 'owner'],
  ];

  it.each(SAME)('%s, who is also %s, closes what is closed to either', async (who, other) => {
    await matrix.join(ids, [who, other]);
    const found: string[] = [];
    for (const one of FORCED.filter(({ signed }) => signed.length > 0))
      for (const way of WAYS.slice(0, 2)) {
        const key = changes.get(nameOf(one, `second account: ${other}`)) ?? '';
        await way.act(drive, key, who, ids);
        await drive.settle();
        cells += 1;
        const { verdict } = await drive.read(key);
        const gate = await matrix.gate(key);
        if (verdict.open || !CLOSED.includes(gate)) found.push(`${one.type}, ${way.name}: ${gate}`);
      }
    expect(found).toEqual([]);
  });
});

describe('a transition from any status, without our rules', () => {
  let force: string;
  beforeAll(async () => {
    force = await matrix.openAnyStatus();
  });

  it.each(FORCED)('$type: the status moves, and nothing is decided or open', async (one) => {
    const key = changes.get(nameOf(one, 'forced')) ?? '';
    const found: string[] = [];
    for (const who of EVERYBODY) {
      const status = await matrix.force(key, who, force);
      cells += 1;
      if (![200, 400, 403, 404].includes(status)) found.push(`${who}: ${status}`);
    }
    await drive.settle();
    expect(found).toEqual([]);
    const view = await drive.read(key);
    expect(view.status).toBe('Approved');
    expect(view.decisions).toHaveLength(one.signed.length);
    expect(view.verdict.open).toBe(false);
    expect(view.verdict.exceptions.map(({ code }) => code)).toContain('moved-no-decision');
    expect(CLOSED).toContain(await matrix.gate(key));
  });
});
