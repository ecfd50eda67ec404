import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../../../../src/ledger/hash';
import { ID, NAME, worldForEach } from './world';

const world = worldForEach();

describe('a receipt', () => {
  it('goes back as evidence of the change: where, read back, by which digest; and none follows on its own entry', async () => {
    world.withPack();
    const { exitCode, report } = await world.mirror(world.receipts());
    expect([exitCode, report.receipts]).toEqual([0, [{ change: 'CHG-42', result: 'accepted' }]]);
    const [envelope] = world.sent();
    expect(envelope).toMatchObject({ change: 'CHG-42', kind: 'document' });
    const [content] = envelope?.contents ?? [];
    const receipt = JSON.parse(content !== undefined && 'text' in content ? content.text : '') as {
      copies: { name: string; sha256: string; kept: unknown[] }[];
    };
    expect(receipt).toMatchObject({ issueId: ID, ledger: { entries: world.hashes.length + 1 }, timeStamp: null });
    expect(receipt.copies[1]).toMatchObject({
      kind: 'pack',
      sha256: sha256Hex(world.pack),
      kept: [{ proof: 'read-back' }],
    });
    // The receipt came and was read: two entries of the ledger by now.
    world.change().ledger = world.text(world.hashes.length + 3, sha256Hex('the receipt'), world.named());
    expect((await world.mirror(world.receipts())).report).toMatchObject({
      receipts: [],
      copies: [{ change: 'CHG-42' }],
    });
    world.change().ledger = world.text(world.hashes.length + 4, sha256Hex('a decision'), world.named());
    expect((await world.mirror(world.receipts())).report.receipts).toHaveLength(1);
  });

  it('that is not taken is sent again by the next run as it was', async () => {
    world.withPack();
    world.intake.plan([401, { result: 'unauthorized' }]);
    const failed = await world.mirror(world.receipts());
    expect([failed.exitCode, failed.report.failures]).toEqual([
      2,
      ['CHG-42: the receipt was not taken: unauthorized.'],
    ]);
    const [first] = world.intake.bodies;
    world.intake.plan([202, { result: 'accepted' }]);
    expect((await world.mirror(world.receipts())).report.receipts).toEqual([{ change: 'CHG-42', result: 'accepted' }]);
    expect([first, world.intake.bodies]).toEqual([expect.any(String), [first]]);
    expect((await world.mirror(world.receipts())).report.receipts).toEqual([]);
  });

  it('with a time-stamp holds the head and the response, which OpenSSL verifies', async () => {
    world.withPack();
    const tsa = ['--tsa', world.authority.listener.url, '--tsa-root', world.authority.rootFile];
    const { exitCode, report } = await world.mirror([...world.receipts(), ...tsa]);
    expect([exitCode, report.stamps?.length]).toEqual([0, 1]);
    const contents = world.sent()[0]?.contents ?? [];
    expect(contents.map(({ name }) => name)).toEqual(['mirror-receipt.json', 'ledger-head.json', 'ledger-head.tsr']);
    const [, head, stamp] = contents.map((one) =>
      'text' in one ? Buffer.from(one.text) : Buffer.from(one.base64, 'base64'),
    );
    expect(world.authority.verifies(stamp ?? Buffer.of(), head ?? Buffer.of())).toBe(true);
    const files = readdirSync(join(world.folder, 'worm', 'heads', ID));
    expect(files.map((name) => name.split('.').at(-1)).sort()).toEqual(['json', 'tsr']);
  });

  it('waits for the time-stamp that was asked for', async () => {
    world.withPack();
    const tsa = ['--tsa', world.authority.listener.url, '--tsa-root', world.authority.rootFile];
    world.authority.listener.instead.push({ status: 400 });
    expect((await world.mirror([...world.receipts(), ...tsa])).report).toMatchObject({
      receipts: [],
      failures: [expect.stringMatching(/no time-stamp/) as string],
    });
    const { report } = await world.mirror([...world.receipts(), ...tsa]);
    expect(report.receipts).toHaveLength(1);
    expect(JSON.stringify(world.sent()[0])).toContain(NAME);
  });
});
