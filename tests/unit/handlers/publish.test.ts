import { publishHead } from '../../../src/handlers/publish-head';
import { MAX_ATTACHED_A_DAY } from '../../../src/handlers/packs/publish';
import { packId } from '../../../src/handlers/packs/record';
import { reconcile } from '../../../src/handlers/reconcile';
import { appendEntry } from '../../../src/ledger/append';
import { packKey } from '../../../src/ledger/keys';
import { publishedText, readPublished } from '../../../src/ledger/published';
import { sha256Hex } from '../../../src/ledger/hash';
import { verifyPack } from '../../../src/pack/verify';
import { FIRST, ISSUE, PackSite } from './pack-site';

let site: PackSite;
beforeEach(() => {
  site = new PackSite();
});

const appended = (site: PackSite, fact: string) =>
  appendEntry(
    { store: site.store, now: site.clock.now() },
    { chain: ISSUE, kind: 'change-deleted', fact, body: { at: '2026-03-02T09:00:00.000Z', by: null }, disclosures: {} },
  );

describe('a pack that was made', () => {
  it('is attached to its change, once, and the field names it by the digest that the ledger holds', async () => {
    await site.start();
    const [job] = site.queue;
    await site.work();
    if (job !== undefined) site.queue.push(job);
    await site.work();
    expect(site.attached.map(({ issueId, name }) => [issueId, name])).toEqual([
      [ISSUE, 'CM.L2-3.4.3_CHG-7_pack-0001.zip'],
    ]);
    const { summary, ok } = verifyPack(site.attached[0]?.bytes ?? new Uint8Array());
    const entries = await site.entries(ISSUE);
    expect(ok).toBe(true);
    expect(readPublished(site.heads.get(ISSUE) ?? '')).toEqual({
      entries: entries.length,
      head: entries.at(-1)?.hash,
      pack: { number: '0001', manifestDigest: summary.manifestDigest },
    });
    expect(await site.look()).toMatchObject({ state: 'ready', attachment: { attached: true, because: null } });
  });

  it('is attached up to as many times a day as a change takes; further ones are made, and say so', async () => {
    const [today, yesterday] = [0, 25].map((hours) => new Date(site.clock.at.getTime() - hours * 3_600_000));
    await site.start();
    const first = await site.record(FIRST);
    const attached = (number: number, at = today, isAttached = true) => {
      const id = packId(ISSUE, number);
      const attachment = { attached: isAttached, because: 'x' };
      return site.store.set(packKey(ISSUE, id), {
        ...first,
        id,
        state: 'ready',
        createdAt: at?.toISOString(),
        attachment,
      });
    };
    site.queue.length = 0;
    await attached(1, yesterday);
    await attached(2, today, false);
    for (let number = 3; number < MAX_ATTACHED_A_DAY + 2; number += 1) await attached(number);
    const [last, beyond] = [MAX_ATTACHED_A_DAY + 2, MAX_ATTACHED_A_DAY + 3].map((number) => packId(ISSUE, number));
    for (let i = 0; i < 2; i += 1) {
      await site.start();
      await site.work();
    }
    expect(await site.look(last)).toMatchObject({ state: 'ready', attachment: { attached: true } });
    expect(await site.look(beyond)).toMatchObject({
      state: 'ready',
      attachment: {
        attached: false,
        because: expect.stringMatching(/^20 packs of this change were attached within a day/) as string,
      },
    });
    expect(site.attached).toHaveLength(1);
    await site.expectOnePack(beyond);
    site.later(90_000);
    await site.start();
    await site.work();
    expect(site.attached).toHaveLength(2);
  });

  it('that Jira refuses to attach is ready all the same, and the panel has Jira’s words', async () => {
    site.attachRefusal = ['Attachments are disabled.'];
    await site.start();
    await site.work();
    expect(await site.look()).toMatchObject({
      state: 'ready',
      attachment: { attached: false, because: 'Attachments are disabled.' },
    });
    expect(site.keys('pack-unfinished:')).toEqual([]);
  });

  it('is ready while Jira takes no attachment, and the hourly run has it attached later', async () => {
    await site.start();
    site.store.faultAt = ({ operation, keys: [key = ''] }) => {
      // From the moment the pack is announced on, Jira is gone.
      if (operation === 'create' && key.startsWith('ledger:')) site.jiraDown = true;
      return undefined;
    };
    await expect(site.work()).rejects.toThrow('no Jira now');
    site.store.faultAt = () => undefined;
    expect(await site.look()).toMatchObject({ state: 'ready', attachment: null });
    site.jiraDown = false;
    site.later(961);
    await reconcile(site.app).catch(() => undefined);
    await site.work();
    expect(site.attached).toHaveLength(1);
    expect(await site.look()).toMatchObject({ attachment: { attached: true } });
  });

  it('that Jira took no attachment of for a day is given up, and says so', async () => {
    await site.start();
    await site.work();
    const record = await site.record(FIRST);
    await site.store.set(`pack:${ISSUE}:${FIRST}`, { ...record, attachment: undefined });
    site.jiraDown = true;
    site.later(90_000);
    site.queue.push({ job: 'assemble-pack', issueId: ISSUE, pack: FIRST });
    await site.work();
    expect(await site.look()).toMatchObject({ attachment: { attached: false, because: expect.any(String) as string } });
  });
});

describe('the field "Change ledger"', () => {
  it('is written again by the one who was overtaken, so the older head never stays', async () => {
    await appended(site, 'one');
    const write = site.app.publishing.writeLedgerHead.bind(site.app.publishing);
    let overtaken = false;
    const publishing = {
      ...site.app.publishing,
      writeLedgerHead: async (issueId: string, text: string) => {
        if (!overtaken) {
          overtaken = true;
          await appended(site, 'two');
          await publishHead(site.app, ISSUE, null);
        }
        await write(issueId, text);
      },
    };
    await publishHead({ ...site.app, publishing }, ISSUE, null);
    expect(readPublished(site.heads.get(ISSUE) ?? '')?.entries).toBe(2);
  });

  it('is left alone when it says what the ledger says', async () => {
    await appended(site, 'one');
    const text = publishedText(await site.entries(ISSUE));
    await publishHead(site.app, ISSUE, text);
    expect(site.heads.size).toBe(0);
    expect(text.length).toBeLessThan(255);
  });

  it.each([
    ['nothing', ''],
    ['no entries', `0 entries, last hash ${sha256Hex('a')}`],
    ['half a hash', `1 entry, last hash ${sha256Hex('a').slice(1)}`],
    ['a pack without its digest', `3 entries, last hash ${sha256Hex('a')}, pack 0001`],
    ['more behind it', `3 entries, last hash ${sha256Hex('a')} `],
  ])('is no head: %s', (_, text) => {
    expect(readPublished(text)).toBeUndefined();
  });
});
