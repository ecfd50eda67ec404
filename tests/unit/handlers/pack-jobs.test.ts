import { PackSite } from './pack-site';

let site: PackSite;
beforeEach(() => {
  site = new PackSite();
});

describe('two jobs of one pack', () => {
  it('one after the other: the second changes nothing', async () => {
    await site.start();
    const [job] = site.queue;
    if (job === undefined) throw new Error('nothing is queued');
    await site.work();
    const before = JSON.stringify(site.store.dump());
    site.queue.push(job);
    await site.work();
    expect(JSON.stringify(site.store.dump())).toBe(before);
    await site.expectOnePack();
  });

  it.each([3, 5, 8, 12, 20, 30])(
    'at the same time over an edit, at step %d: one pack with one digest',
    async (step) => {
      await site.start();
      const [job] = site.queue.splice(0);
      if (job === undefined) throw new Error('nothing is queued');
      let calls = 0;
      let late: Promise<void> | undefined;
      site.store.pause = async () => {
        calls += 1;
        if (calls === step && late === undefined) {
          site.edit('Another rule.');
          site.queue.push(job);
          late = site.work();
        }
        // Lets the other go first, now and then.
        if (calls % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      };
      site.queue.push(job);
      await site.work();
      await late;
      expect(late).toBeDefined();
      expect(await site.look()).toMatchObject({ state: 'ready' });
      await site.expectOnePack();
      expect(new Set(site.keys('pack-chunk:').map((key) => key.split(':')[1])).size).toBe(1);
    },
  );
});
