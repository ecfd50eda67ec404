/** What Jira holds beside the fields: recorded once, noticed when it goes, and never taken for gone because nobody could look. */
import { openDiscrepancies } from '../../../src/evidence/jira/discrepancies';
import { withLedger } from '../../../src/handlers/facts';
import { readingDue, type Occasion } from '../../../src/handlers/from-jira/due';
import type { ReadingNote } from '../../../src/handlers/from-jira/note';
import { MOST_TEXT } from '../../../src/handlers/from-jira/drafts';
import { readLedger } from '../../../src/ledger/append';
import { commitmentsIn } from '../../../src/ledger/commitment';
import { jiraChain, jiraReadingKey, ledgerEntryKey } from '../../../src/ledger/keys';
import { attachment, comment } from '../../fakes/jira-records';
import { FromJiraSite, ISSUE } from './from-jira-site';

let site: FromJiraSite;
beforeEach(() => {
  site = new FromJiraSite();
});
afterEach(() => site.expectSound());

const BYTES = new TextEncoder().encode('abc');
const SHA_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

const attach = (id: string, name: string, at?: string): void => {
  site.records.contents.set(id, BYTES);
  site.records.attachments = [...site.records.attachments, attachment(id, name, 3, 'owner', at)];
};
const detach = (id: string): void => {
  site.records.attachments = site.records.attachments.filter((one) => one.id !== id);
};

describe('a reading', () => {
  it('of a change with nothing on it adds no entry, and says as of when that was', async () => {
    await site.touched();
    expect(await site.chain()).toEqual([]);
    const { readAt, parts, records } = await site.view();
    expect([readAt, records]).toEqual([site.clock.at.toISOString(), []]);
    expect(parts.every(({ complete }) => complete)).toBe(true);
  });

  it('records what is there in one entry, with names, texts and people beside it', async () => {
    attach('1', 'plan.pdf');
    site.records.comment = [comment('2', 'Looks good to me.', 'rita')];
    await site.touched();
    const chain = await site.chain();
    expect(chain).toHaveLength(1);
    const [stored] = chain;
    expect(JSON.stringify(stored?.entry)).not.toMatch(/plan\.pdf|Looks good|rita/i);
    expect(commitmentsIn(stored?.entry.body)).toHaveLength(4);
    expect(await site.standing()).toMatchObject([
      { record: 'attachment', id: '1', attributes: { sha256: SHA_ABC, size: '3' }, what: { title: 'plan.pdf' } },
      { record: 'comment', id: '2', what: { text: 'Looks good to me.' }, by: { accountId: 'rita' } },
    ]);
  });

  it('that finds everything as it was adds nothing, and hashes no file again', async () => {
    attach('1', 'plan.pdf');
    await site.touched();
    await site.touched();
    expect(await site.chain()).toHaveLength(1);
    expect(site.records.calls.filter((call) => call === 'hash')).toHaveLength(1);
  });

  it('is not made while nothing was touched, is made daily, and every hour while something could not be read', async () => {
    await site.touched();
    const asked = () => site.records.calls.splice(0).length > 0;
    asked();
    await site.refresh('run');
    expect(asked()).toBe(false);
    site.later(23.5);
    await site.refresh('run');
    expect(asked()).toBe(false);
    site.later(1);
    site.records.down.set('comments', 'Jira answered 403.');
    await site.refresh('run');
    expect(asked()).toBe(true);
    site.later(1);
    await site.refresh('run');
    expect(asked()).toBe(true);
    site.records.down.clear();
    site.later(1);
    await site.refresh('run');
    asked();
    site.later(1);
    await site.refresh('run');
    expect(asked()).toBe(false);
  });

  it('whose event never came is made by the hourly run, because Jira says that something was touched', async () => {
    await site.touched();
    site.records.comment = [comment('1', 'A.')];
    site.touch();
    await site.refresh('run');
    expect((await site.standing()).map(({ id }) => id)).toEqual(['1']);
  });

  it('of a change that is over is made weekly unless something is touched', async () => {
    site.snapshots.set('CHG-7', { status: 'Closed' });
    await site.refresh();
    site.records.calls.length = 0;
    site.later(6 * 24);
    await site.refresh('run');
    expect(site.records.calls).toEqual([]);
    site.later(25);
    await site.refresh('run');
    expect(site.records.calls).not.toEqual([]);
  });

  it('is asked for by opening the panel, which itself asks nothing of what hangs on the change', async () => {
    site.queue.length = 0;
    await site.view();
    expect(site.records.calls).toEqual([]);
    expect(site.queue).toEqual([{ job: 'refresh-change', issueId: ISSUE }]);
  });

  const NOTE = {
    readAt: '2026-03-02T09:00:00.000Z',
    updatedAt: 'u1',
    parts: [],
    outstanding: 0,
    more: [],
    evidence: 0,
  };
  it.each<[string, Partial<ReadingNote> | undefined, number, Occasion, boolean]>([
    ['never made', undefined, 0, 'hourly', true],
    ['of just now', {}, 0, 'touched', false],
    ['of 59 minutes ago, looked at', {}, 59, 'touched', false],
    ['of an hour ago, looked at', {}, 60, 'touched', true],
    ['of 23 hours ago', {}, 23 * 60, 'hourly', false],
    ['of a day ago', {}, 24 * 60, 'hourly', true],
    ['before something was touched', { updatedAt: 'u0' }, 0, 'hourly', true],
    ['with something unread, 54 minutes ago', { outstanding: 1 }, 54, 'hourly', false],
    ['with something unread, 55 minutes ago', { outstanding: 1 }, 55, 'hourly', true],
    ['that missed a commit, and none came', { more: ['commits'] }, 0, 'touched', false],
    ['that missed a commit, and evidence came', { more: ['commits'], evidence: 1 }, 0, 'touched', true],
    ['from a time that a clock put back has not reached', {}, -25 * 60, 'hourly', true],
  ])('%s', async (_, note, minutes, occasion, due) => {
    const snapshot = await site.app.jira.readChange('CHG-7');
    if (snapshot === undefined) throw new Error('no change');
    const facts = await withLedger(site.app, { ...snapshot, updatedAt: 'u1' });
    const now = new Date(Date.parse(NOTE.readAt) + minutes * 60_000);
    expect(readingDue(note === undefined ? undefined : { ...NOTE, ...note }, facts, now, occasion)).toBe(due);
  });
});

describe('comments', () => {
  it('edited are recorded as changed, deleted as gone; those of people who matter become an exception', async () => {
    site.snapshots.set('CHG-7', {});
    site.records.comment = [comment('1', 'First.', 'olga'), comment('2', 'Second.', 'rita')];
    await site.touched();
    site.records.comment = [comment('1', 'First, edited.', 'olga', '2026-03-02T09:30:00.000Z')];
    await site.touched();
    expect((await site.standing()).map(({ id, state, changes }) => [id, state, changes])).toEqual([
      ['1', 'changed', 1],
      ['2', 'gone', 0],
    ]);
    expect(await site.open()).toEqual([]);
  });

  it('of the owner that disappear are an exception, settled when Jira shows them again', async () => {
    const content = { ...(await site.app.jira.readChange('CHG-7'))?.content, owner: 'olga' };
    site.touch();
    const owned = { ...site.snapshots.get('CHG-7'), content } as never;
    site.snapshots.set('CHG-7', owned);
    const said = comment('1', 'I tested the backout.', 'olga');
    site.records.comment = [said];
    await site.refresh();
    expect((await site.view()).records[0]?.matters).toBe('owner');
    site.records.comment = [];
    site.later(2);
    await site.refresh();
    expect(await site.open()).toEqual(['comment-gone 1']);
    expect((await site.exceptions()).find(({ code }) => code === 'comment-gone')?.sentence).toMatch(
      /A comment by Olga/,
    );
    // Somebody else owns it now: the comment is no less gone for that.
    const passed = { ...site.snapshots.get('CHG-7'), content: { ...content, owner: 'rita' } } as never;
    site.snapshots.set('CHG-7', passed);
    site.later(2);
    await site.refresh();
    expect(await site.open()).toEqual(['comment-gone 1']);
    site.records.comment = [said];
    site.later(2);
    await site.refresh();
    expect(await site.open()).toEqual([]);
  });

  it('with a marking or a secret, or too long, keep their digest and not their text', async () => {
    const marked = 'CUI//SP-CTI the drawings';
    const long = 'a '.repeat(MOST_TEXT);
    site.records.comment = [comment('1', marked), comment('2', long), comment('3', 'password: hunter2secret')];
    await site.touched();
    const all = await site.standing();
    expect(all.map(({ what }) => what?.text)).toEqual([undefined, undefined, undefined]);
    expect(all.map(({ attributes }) => attributes['text'])).toEqual([
      expect.stringMatching(/^not kept: cui-/),
      'not kept: too long',
      expect.stringMatching(/^not kept: secret-/),
    ]);
    expect(JSON.stringify(site.store.dump())).not.toMatch(/drawings|hunter2/);
    site.records.comment = [
      comment('1', `${marked} edited`),
      comment('2', long),
      comment('3', 'password: hunter2secret'),
    ];
    await site.touched();
    expect((await site.standing()).map(({ state }) => state)).toEqual(['changed', 'there', 'there']);
  });

  it.each([{ restricted: 'role' }, { internal: 'yes' }])(
    'that Jira shows to some alone (%j) are recorded without their text, which everybody on the change would see',
    async (limits) => {
      const said = comment('1', 'Only for the security team.', 'olga');
      site.records.comment = [{ ...said, attributes: { ...said.attributes, ...limits } }];
      await site.touched();
      expect(await site.standing()).toMatchObject([
        { attributes: { ...limits, text: 'not kept: not for everybody' }, what: { title: 'comment 1' } },
      ]);
      expect((await site.view()).records.map(({ text }) => text)).toEqual([null]);
      expect(JSON.stringify(site.store.dump())).not.toContain('security team');
    },
  );

  it('that are long are shown by their beginning, so that all that are listed fit into an answer, and are kept whole', async () => {
    const long = '\u{20ac}'.repeat(MOST_TEXT);
    site.records.comment = Array.from({ length: 20 }, (_, i) => comment(String(i), long));
    await site.touched();
    const { records } = await site.view();
    expect(records).toHaveLength(20);
    // Two hundred are listed at most, and an answer has 5 MB.
    expect(10 * Buffer.byteLength(JSON.stringify(records))).toBeLessThan(2 * 1024 * 1024);
    expect((await site.standing())[0]?.what?.text).toBe(long);
  });

  it('of more than a thousand fit into entries, are each recorded once, and are counted where not all are listed', async () => {
    site.records.comment = Array.from({ length: 1_500 }, (_, i) => comment(String(i), `Comment ${i}.`));
    await site.touched();
    await site.touched();
    const chain = await site.chain();
    expect(chain.length).toBeLessThan(20);
    expect(new Set((await site.standing()).map(({ id }) => id)).size).toBe(1_500);
    const { records, totals } = await site.view();
    expect([records.length, totals.comment]).toEqual([200, 1_500]);
  });

  it('can be erased: the chain holds, an edit is still noticed, and the text is nowhere', async () => {
    site.records.comment = [comment('1', 'Call me at home.', 'olga')];
    await site.touched();
    const [stored] = await site.chain();
    await site.store.set(ledgerEntryKey(jiraChain(ISSUE), 0), { ...stored, disclosures: {} });
    site.records.comment = [comment('1', 'Call me at work.', 'olga')];
    await site.touched();
    expect(await site.standing()).toMatchObject([{ state: 'changed', what: { text: 'Call me at work.' } }]);
    expect(JSON.stringify(site.store.dump())).not.toContain('at home');
  });
});

describe('attachments', () => {
  it('that are deleted become an entry and an exception that says who, when, and which bytes', async () => {
    attach('1', 'plan.pdf');
    await site.touched();
    detach('1');
    const items = [
      { field: 'other' as const, fieldId: 'attachment', from: '1', fromText: 'plan.pdf', to: null, toText: null },
    ];
    site.history = [{ id: '500', author: 'owner', at: '2026-03-02T09:01:30.000Z', items }];
    await site.touched();
    expect(await site.open()).toEqual(['attachment-gone 1']);
    expect(await site.exceptions()).toContainEqual(
      expect.objectContaining({
        code: 'attachment-gone',
        sentence: `The attachment "plan.pdf" (id 1, SHA-256 ${SHA_ABC}) was taken off the change by Owner on 2026-03-02 09:01 UTC.`,
        at: '2026-03-02T09:01:30.000Z',
      }),
    );
    await site.touched();
    expect(await site.open()).toEqual(['attachment-gone 1']);
  });

  it('that are replaced by a file of the same name are told as replaced', async () => {
    attach('1', 'plan.pdf');
    await site.touched();
    detach('1');
    attach('2', 'plan.pdf', '2026-03-02T08:30:00.000Z');
    await site.touched();
    expect(await site.open()).toEqual(['attachment-replaced 1']);
    expect((await site.exceptions()).find(({ code }) => code === 'attachment-replaced')?.sentence).toContain('(id 2)');
  });

  it('that cannot be hashed say why; the hash comes with a later reading and is a change of the record alone', async () => {
    attach('1', 'plan.pdf');
    site.records.attachments = [...site.records.attachments, attachment('2', 'disk.img', 30_000_000)];
    site.records.down.set('hash', 'Jira answered 503.');
    await site.touched();
    const notHashed = async () => (await site.standing()).map(({ attributes }) => attributes['notHashed']);
    expect(await notHashed()).toEqual([
      'Jira answered 503.',
      'It has 30000000 bytes; at most 20971520 are read to be hashed.',
    ]);
    site.records.down.clear();
    site.later(1);
    await site.refresh('run');
    expect((await notHashed())[0]).toBeUndefined();
    expect(await site.open()).toEqual([]);
  });

  it('are not gone because nobody could look, and what could not be read is named until it can', async () => {
    attach('1', 'plan.pdf');
    site.records.comment = [comment('2', 'A.')];
    await site.touched();
    site.records.down.set('onIssue', 'Jira answered 403.');
    site.records.down.set('comments', 'Jira did not answer.');
    await site.touched();
    expect((await site.standing()).map(({ state }) => state)).toEqual(['there', 'there']);
    const { parts } = await site.view();
    expect(parts.filter(({ complete }) => !complete).map(({ part, because }) => `${part}: ${because}`)).toEqual([
      'attachment: Jira answered 403.',
      'comment: Jira did not answer.',
      'link: Jira answered 403.',
      'approval: Jira did not say whether there are any.',
    ]);
    expect(await site.chain()).toHaveLength(2);
    site.records.down.clear();
    await site.touched();
    expect(await site.chain()).toHaveLength(3);
    expect((await site.view()).parts.every(({ complete }) => complete)).toBe(true);
  });
});

describe('links and approvals', () => {
  it('with a marking in any word of theirs are recorded without that word', async () => {
    const marked = { application: 'CUI//SP-CTI drawings', relationship: 'password: hunter2secret' };
    const what = { title: 'CUI//SP-CTI drawings', url: 'https://x.test/?password=hunter2secret' };
    site.records.webLink = [{ record: 'web-link', id: '2', attributes: marked, what, by: null, at: null }];
    await site.touched();
    expect((await site.standing())[0]?.attributes['application']).toMatch(/^.redacted/);
    expect(JSON.stringify(site.store.dump())).not.toMatch(/drawings|hunter2/);
  });

  it('of every kind are recorded and noticed when they are removed, and open nothing', async () => {
    const people = [{ accountId: 'cora', displayName: 'Cora', did: 'approved' }];
    const shown = { by: null, at: null };
    site.records.links = [
      { record: 'link', id: '1', attributes: { type: 'Blocks' }, what: { title: 'blocks OPS-1' }, ...shown },
    ];
    site.records.webLink = [
      { record: 'web-link', id: '2', attributes: {}, what: { title: 'Runbook', url: 'https://x.test/' }, ...shown },
    ];
    site.records.approval = [
      { record: 'approval', id: '3', attributes: { decision: 'approved' }, what: { title: 'CAB', people }, ...shown },
    ];
    await site.touched();
    const view = await site.view();
    expect(view.records.map(({ record, title }) => [record, title])).toEqual([
      ['link', 'blocks OPS-1'],
      ['web-link', 'Runbook'],
      ['approval', 'CAB'],
    ]);
    expect(view.records[2]?.people).toEqual([{ name: 'Cora', did: 'approved' }]);
    const entries = await readLedger(site.store, ISSUE);
    expect(entries.map(({ entry }) => entry.kind)).toEqual(['change-opened']);
    site.records.links = [];
    site.records.webLink = [];
    await site.touched();
    expect((await site.standing()).map(({ state }) => state)).toEqual(['gone', 'gone', 'there']);
    expect(await site.open()).toEqual([]);
  });
});

describe('what development tools reported to Jira', () => {
  it('beyond what is held is an exception until it comes or Jira counts no more', async () => {
    site.records.reported = [{ kind: 'commit', id: 'a1b2c3d' }];
    await site.touched();
    expect(await site.open()).toEqual(['jira-knows-more commits']);
    expect((await site.exceptions()).find(({ code }) => code === 'jira-knows-more')?.sentence).toMatch(
      /^Jira knew of more commits of this change than the 0 commits recorded here/,
    );
    site.records.reported = [];
    await site.touched();
    expect(await site.open()).toEqual([]);
    site.records.reported = [{ kind: 'commit', id: 'e' }];
    await site.touched();
    expect(await site.open()).toEqual(['jira-knows-more commits']);
    const all = await readLedger(site.store, ISSUE);
    expect(all.filter(({ entry }) => entry.kind === 'discrepancy-found')).toHaveLength(2);
  });

  it('is neither found nor settled while Jira cannot be asked', async () => {
    site.records.reported = [{ kind: 'commit', id: 'a' }];
    await site.touched();
    site.records.reported = [];
    site.records.down.set('countsMoreThan', 'Jira’s search does not take this question.');
    await site.touched();
    expect(await site.open()).toEqual(['jira-knows-more commits']);
    const counts = (await site.view()).parts.find(({ part }) => part === 'development-counts');
    expect(counts?.because).toMatch(/^commits: Jira’s search does not take this question[.] pullrequests:/);
  });

  it('is recorded as the view of whoever looked, and what another does not see is not gone', async () => {
    site.records.reported = [
      { kind: 'commit', id: 'a1b2c3d4' },
      { kind: 'pull-request', id: '12' },
    ];
    const view = await site.lookAtGraph('rita');
    expect(view.development).toMatchObject({ viewer: 'Rita', due: false });
    expect(view.records.map(({ title, held }) => [title, held])).toEqual([
      ['a1b2c3d4', false],
      ['12', false],
    ]);
    site.records.reported = [];
    await site.lookAtGraph('cora');
    expect((await site.standing()).map(({ state }) => state)).toEqual(['there', 'there']);
    expect(await site.chain()).toHaveLength(1);
    site.later(25);
    expect((await site.view()).development.due).toBe(true);
    expect((await site.lookAtGraph('cora')).development).toMatchObject({ viewer: 'Cora', due: false });
  });

  it('that the graph does not answer says why, in whose view', async () => {
    site.records.down.set('development', 'The Teamwork Graph answered 403.');
    await site.lookAtGraph('rita');
    const [stored] = await site.chain();
    expect(stored?.entry).toMatchObject({
      kind: 'jira-read',
      body: {
        parts: [{ part: 'development', complete: false, found: 0, because: 'The Teamwork Graph answered 403.' }],
        records: [],
      },
    });
  });
});

describe('crashes, duplicates and readings at the same time', () => {
  it('loses nothing and doubles nothing wherever storage fails, before or after the write', async () => {
    const prepared = async () => {
      const one = new FromJiraSite();
      one.records.contents.set('1', BYTES);
      one.records.attachments = [attachment('1', 'plan.pdf', 3)];
      one.records.comment = [comment('2', 'A.')];
      await one.touched();
      one.records.attachments = [];
      one.records.reported = [{ kind: 'commit', id: 'a' }];
      one.touch();
      one.store.calls.length = 0;
      return one;
    };
    const whole = await prepared();
    await whole.refresh();
    const calls = whole.store.calls.length;
    expect(calls).toBeGreaterThan(10);
    for (const fault of ['before', 'after'] as const) {
      for (let at = 1; at <= calls; at += 1) {
        const one = await prepared();
        one.store.faultAt = ({ n }) => (n === at ? fault : undefined);
        await one.refresh().catch(() => undefined);
        one.store.faultAt = () => undefined;
        await one.refresh();
        await one.refresh();
        expect(await one.open()).toEqual(['attachment-gone 1', 'jira-knows-more commits']);
        expect((await one.standing()).map(({ id, state }) => `${id} ${state}`)).toEqual(['1 gone', '2 there']);
        await one.expectSound();
      }
    }
  });

  it('of two readings at the same time only one is recorded, and the slower one looks again', async () => {
    site.records.comment = [comment('1', 'A.')];
    let once = true;
    site.records.meanwhile = async (part) => {
      if (part !== 'webLinks' || !once) return;
      once = false;
      // While the first waits for an answer, somebody comments, and the reading of that event is recorded before it.
      site.records.comment = [comment('1', 'A.'), comment('2', 'B.')];
      await site.touched();
    };
    await site.touched();
    expect((await site.standing()).map(({ id, state }) => `${id} ${state}`)).toEqual(['1 there', '2 there']);
    expect(
      (await site.chain()).flatMap(({ entry }) => (entry.kind === 'jira-read' ? entry.body.records : [])),
    ).toHaveLength(2);
  });

  it('does not trust its note: one that is altered or gone means reading again', async () => {
    attach('1', 'plan.pdf');
    await site.touched();
    await site.store.set(jiraReadingKey(ISSUE), { readAt: 7 });
    site.records.calls.length = 0;
    await site.refresh('run');
    expect(site.records.calls).toContain('onIssue');
    expect(await site.chain()).toHaveLength(1);
    expect(openDiscrepancies(await readLedger(site.store, ISSUE))).toEqual([]);
  });
});
