import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../../../../src/ledger/hash';
import { ID, NAME, worldForEach } from './world';

const world = worldForEach();

describe('a ledger that does not only grow', () => {
  it.each<[string, (seen: number) => string, string]>([
    ['is shorter', (seen) => world.text(seen - 1), 'head-backwards'],
    ['has another hash at the same length', (seen) => world.text(seen, sha256Hex('other')), 'head-rewritten'],
    ['is not there any more', () => '', 'head-missing'],
    ['is no head any more', () => 'nothing', 'head-unreadable'],
  ])('%s: exit code 1, in each run, and the finding is kept too', async (_, after, code) => {
    world.change().ledger = world.text(5);
    await world.mirror();
    world.change().ledger = after(5);
    for (const copies of [1, 0]) {
      const { exitCode, codes, report } = await world.mirror();
      expect([exitCode, codes, report.copies?.length]).toEqual([1, [code], copies]);
    }
    expect(readdirSync(join(world.folder, 'worm', 'findings', ID))).toHaveLength(1);
    world.change().ledger = world.text(6);
    expect((await world.mirror()).exitCode).toBe(0);
  });

  it('that was only overtaken while the field was written is looked at again, and agrees', async () => {
    world.change().ledger = world.text(5);
    await world.mirror();
    world.change().ledger = world.text(4);
    let reads = 0;
    world.jira.beforeIssue = () => {
      reads += 1;
      if (reads === 2) world.change().ledger = world.text(6);
    };
    const { exitCode, codes } = await world.mirror();
    world.jira.beforeIssue = () => undefined;
    expect([exitCode, codes]).toEqual([0, []]);
  });

  it('and that was extended on another one is found out by the next pack', async () => {
    world.change().ledger = world.text(3, sha256Hex('another third entry'));
    await world.mirror();
    world.withPack();
    const { exitCode, codes, report } = await world.mirror();
    expect([exitCode, codes]).toEqual([1, ['pack-rewritten']]);
    expect(report.findings?.[0]?.sentence).toMatch(
      /its hash after 3 entries is [0-9a-f]{64}, 3 entries with last hash/,
    );
  });

  it.each<[string, () => void, readonly string[]]>([
    ['was altered', () => world.withPack(world.altered), ['pack-altered']],
    ['is no pack', () => world.withPack(Buffer.from('PK')), ['pack-altered', 'pack-not-announced']],
    [
      'is of another change',
      () => {
        world.withPack();
        const [other] = world.jira.issues;
        if (other !== undefined) other.attachments = world.change().attachments;
        world.change().attachments = [];
        world.change().ledger = '';
      },
      ['pack-of-another-change'],
    ],
  ])('a pack that %s is copied all the same and named', async (_, given, expected) => {
    given();
    const { exitCode, codes, report } = await world.mirror();
    expect(exitCode).toBe(1);
    expect([...new Set(codes)].filter((code) => code !== 'pack-rewritten').sort()).toEqual([...expected].sort());
    expect(report.copies?.some(({ name }) => name.startsWith('packs/'))).toBe(true);
    const next = await world.mirror();
    expect([next.exitCode, next.codes, next.report.copies]).toEqual([1, codes, []]);
  });

  it('a pack that was altered is told in each run, looked at again or not, and once it is gone, until a person acknowledges that very finding', async () => {
    world.withPack(world.altered);
    const first = await world.mirror();
    expect(first.report.findings?.map(({ code }) => code)).toEqual(['pack-altered']);
    const name = first.report.findings?.[0]?.name ?? '';
    expect(name).toMatch(/^findings\/10042\/pack-altered-[0-9a-f]{16}\.json$/);
    expect((await world.mirror(['--again'])).codes).toEqual(['pack-altered']);
    const other = await world.mirror(['--acknowledge', name.replace('altered', 'gone')]);
    expect([other.exitCode, other.report.failures?.length]).toEqual([1, 1]);
    world.change().attachments = [];
    expect((await world.mirror()).codes).toEqual(['pack-altered', 'pack-gone']);
    const one = await world.mirror(['--acknowledge', name]);
    expect([one.exitCode, one.codes, one.report.failures]).toEqual([1, ['pack-gone'], []]);
    const gone = one.report.findings?.[0]?.name ?? '';
    expect((await world.mirror(['--acknowledge', gone])).exitCode).toBe(0);
    const quiet = await world.mirror();
    expect([quiet.exitCode, quiet.report.notes?.length]).toEqual([0, 2]);
    expect(quiet.report.notes?.[0]).toMatch(/pack-altered: .* .acknowledged at 20/);
  });

  it('a finding about a head cannot be acknowledged: it ends when the ledger agrees', async () => {
    world.change().ledger = world.text(5);
    await world.mirror();
    world.change().ledger = world.text(4);
    const name = (await world.mirror()).report.findings?.[0]?.name ?? '';
    const { exitCode, codes, report } = await world.mirror(['--acknowledge', name]);
    expect([exitCode, codes]).toEqual([1, ['head-backwards']]);
    expect(report.failures?.[0]).toContain('ends only when it agrees again');
  });

  it('a pack that was deleted, or one that never came, is named as long as it is not there', async () => {
    world.withPack();
    await world.mirror();
    world.change().attachments = [];
    expect((await world.mirror()).codes).toEqual(['pack-gone']);
    expect((await world.mirror()).codes).toEqual(['pack-gone']);
    world.withPack();
    expect((await world.mirror()).exitCode).toBe(0);
    const [other] = world.jira.issues;
    if (other !== undefined) other.ledger = world.text(4, sha256Hex('x'), `, pack 0007 manifest ${'0'.repeat(64)}`);
    expect((await world.mirror()).codes).toEqual(['pack-missing']);
    expect((await world.mirror()).codes).toEqual(['pack-missing']);
  });

  it('a file of a person that is called as a pack is none, and said', async () => {
    world.change().attachments = [{ id: '502', filename: NAME, bytes: world.altered, by: 'atlassian' }];
    const { exitCode, report } = await world.mirror();
    expect([exitCode, report.copies, report.notes?.[0]]).toEqual([
      0,
      [],
      `CHG-42: ${NAME} was not attached by an app and is not taken for a pack.`,
    ]);
  });

  it('a change that is gone is named in each run; one that the query does not find any more is still compared', async () => {
    world.change().ledger = world.text(5);
    await world.mirror();
    world.jira.unfound.add(ID);
    world.change().ledger = world.text(4);
    expect((await world.mirror()).codes).toEqual(['head-backwards']);
    world.jira.issues.splice(world.jira.issues.indexOf(world.change()), 1);
    const gone = await world.mirror();
    expect(gone.codes).toEqual(['change-gone']);
    expect((await world.mirror()).codes).toEqual(['change-gone']);
    expect((await world.mirror(['--acknowledge', gone.report.findings?.[0]?.name ?? ''])).exitCode).toBe(0);
    expect((await world.mirror()).exitCode).toBe(0);
  });
});
