import { MAX_PAGE_BYTES, pageOf, sentencesOf } from '../../../../src/handlers/files/page';
import { readFileRows } from '../../../../src/handlers/files/rows';
import { PEOPLE_CURRENT_KEY } from '../../../../src/ledger/keys';
import { cloudTrail, FilesSite, ISSUE, trail } from './site';

const LOG = cloudTrail(
  trail('2026-03-02T09:00:00Z', 'dana', 'i-0aa'),
  trail('2026-03-02T10:30:00Z', 'dana', 'i-0aa'),
  trail('2026-03-02T11:00:00Z', 'olga', 'i-0aa'),
  trail('2026-03-02T13:00:00Z', 'nobody-knows', 'i-0bb'),
);

const PEOPLE = {
  version: 'people-1',
  people: [
    ['dana', 'dana'],
    ['olga', 'olga'],
  ].map(([account = '', login = '']) => ({
    id: account,
    name: account,
    accounts: [account],
    identities: [{ kind: 'login', source: 'cloudtrail', login }],
    organisation: null,
  })),
};

let site: FilesSite;
beforeEach(async () => {
  site = new FilesSite();
  await site.store.set(PEOPLE_CURRENT_KEY, PEOPLE);
});

it('shows every row, each with how it stands to the change, and counts over all of them', async () => {
  await site.send([{ name: 'trail.json', text: LOG }]);
  await site.drain();
  const view = await site.rows();
  expect(view).toMatchObject({
    state: 'held',
    of: 4,
    next: null,
    totals: {
      rows: 4,
      fits: 1,
      window: { inside: 2, before: 1, after: 1, unknown: 0 },
      who: { implementer: 2, another: 1, unknown: 1, nobody: 0 },
      onNamedSystems: 3,
    },
    against: { systems: ['Bastion (i-0aa)'], implementer: { accountId: 'dana' } },
  });
  expect(view.rows.map(({ match }) => [match?.window, match?.who, match?.fits])).toEqual([
    ['before', 'implementer', false],
    ['inside', 'implementer', true],
    ['inside', 'another', false],
    ['after', 'unknown', false],
  ]);
  expect(view.matching.map(({ code }) => code)).toEqual(['outside-window', 'by-another', 'by-unknown', 'other-system']);
});

it('is a page at a time, and may be asked for what does not fit', async () => {
  await site.send([{ name: 'trail.json', text: LOG }]);
  await site.drain();
  const first = await site.rows({ limit: 3 });
  expect([first.rows.map(({ index }) => index), first.next, first.of]).toEqual([[0, 1, 2], 3, 4]);
  const last = await site.rows({ limit: 3, from: 3 });
  expect([last.rows.map(({ index }) => index), last.next]).toEqual([[3], null]);
  const other = await site.rows({ only: 'not-fitting', limit: 2 });
  expect([other.rows.map(({ index }) => index), other.next, other.of]).toEqual([[0, 2], 2, 3]);
  expect(other.totals.rows).toBe(4);
});

describe('a page of rows made to be as long as can be', () => {
  const LONG = '\u0001'.repeat(1_000);
  const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
  const row = (index: number) => ({
    index,
    match: null,
    statement: {
      kind: 'execution-log' as const,
      id: LONG,
      repository: null,
      title: LONG,
      url: null,
      state: LONG,
      commits: many(500, (i) => `${LONG}${i}`),
      attributes: Object.fromEntries(many(500, (i) => [`${i}${LONG}`, LONG])),
      people: many(500, () => ({ role: 'author' as const, person: { displayName: LONG } })),
      claimedAt: null,
      touches: many(500, (i) => `${LONG}${i}`),
      effect: 'write' as const,
    },
  });
  const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

  it('ends early, below what a front end is given, and says in each row how much is not shown', () => {
    const page = pageOf(many(200, row));
    expect(bytesOf(page)).toBeLessThan(MAX_PAGE_BYTES + 100_000);
    expect(page.length).toBeGreaterThan(1);
    expect(page.length).toBeLessThan(200);
    const [first] = page;
    expect(first).toMatchObject({ attributes: { '…': '440 more' } });
    expect(first?.people.at(-1)).toEqual({ role: '…', name: '470 more' });
    expect([first?.touches.at(-1), first?.commits.at(-1)]).toEqual(['… 470 more', '… 470 more']);
    expect(first?.title).toBe(`${LONG.slice(0, 300)}…`);
  });

  it('is one row at least, and goes on where it ended until all were shown', () => {
    const rows = many(40, row);
    expect(bytesOf(pageOf([row(0)]))).toBeLessThan(1_000_000);
    const seen: number[] = [];
    while (seen.length < rows.length) seen.push(...pageOf(rows.slice(seen.length)).map(({ index }) => index));
    expect(seen).toEqual(rows.map(({ index }) => index));
  });

  it('has its findings cut and counted too', () => {
    const told = sentencesOf(many(5_000, (i) => ({ code: `code-${i}`, sentence: LONG.repeat(10) })));
    expect(bytesOf(told)).toBeLessThan(400_000);
    expect(told.at(-1)?.sentence).toContain('4970 more');
  });
});

it('follows the change: another window, other rows inside', async () => {
  await site.send([{ name: 'trail.json', text: LOG }]);
  await site.drain();
  const { content } = site.change;
  site.change = { ...site.change, content: { ...content, windowEnd: '2026-03-02T14:00:00.000Z' } };
  expect((await site.rows()).totals.window).toEqual({ inside: 3, before: 1, after: 0, unknown: 0 });
});

it.each([
  ['erased', (at: FilesSite, key: string) => at.store.delete(key)],
  ['damaged', (at: FilesSite, key: string) => at.store.set(key, 'H4sIAAAAAAAAA0vLBwAhZVuMAwAAAA==')],
] as const)('says that what a file states was %s, and still shows the file', async (state, change) => {
  await site.send([{ name: 'trail.json', text: LOG }]);
  await site.drain();
  await change(site, site.keys('file-statements:')[0] ?? '');
  const view = await site.rows();
  expect(view).toMatchObject({ state, of: 0, rows: [], file: { format: 'cloudtrail', statements: 4 } });
});

it('shows why a file was refused, and holds what is no log against nothing', async () => {
  await site.send([
    { name: 'bad.json', text: '{"Records": [' },
    { name: 'notes.txt', text: 'hello' },
  ]);
  await site.drain();
  const { files } = await site.list();
  const [refused, notes] = files;
  expect(notes).toMatchObject({ outcome: 'read', format: 'other-file', name: 'notes.txt' });
  const rows = await readFileRows(site.app, site.call({ file: notes?.seq }));
  expect(rows.rows.map(({ match }) => match)).toEqual([null]);
  expect(rows.matching).toEqual([]);
  if (refused?.outcome === 'refused') {
    expect(await readFileRows(site.app, site.call({ file: refused.seq }))).toMatchObject({ state: 'refused', of: 0 });
  }
});

it('lists the files with where they came from, and says who may hand in', async () => {
  await site.send([{ name: 'trail.json', text: LOG }]);
  expect(await site.list()).toMatchObject({ files: [], waiting: 1, mayHandIn: true });
  await site.drain();
  await site.handIn('a note', { kind: 'document', name: 'note.txt', mediaType: null });
  const { files, waiting } = await site.list();
  expect(waiting).toBe(0);
  expect(files.map(({ name, from }) => [name, from])).toEqual([
    ['trail.json', { how: 'pipeline', source: 'pipeline', secret: 'only' }],
    ['note.txt', { how: 'person', by: { accountId: 'dana', name: 'Dana D' } }],
  ]);
  site.mayEdit = false;
  expect(await site.list()).toMatchObject({ mayHandIn: false, whyNot: { code: 'may-not-edit' } });
});

it.each([[99], [0]])('refuses a number that is no file of the change: %d', async (file) => {
  await site.send([{ name: 'trail.json', text: LOG }]);
  await site.drain();
  await expect(readFileRows(site.app, site.call({ file }))).rejects.toMatchObject({
    refusal: { status: 404, code: 'no-such-file' },
  });
  expect((await site.entries(ISSUE)).length).toBeGreaterThan(0);
});
