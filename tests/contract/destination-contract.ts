import { randomBytes } from 'node:crypto';
import { headCopy, packCopy, type Copy } from '../../src/cli/mirror/copy';
import type { Destination } from '../../src/cli/mirror/destinations/destination';
import { sha256Hex } from '../../src/ledger/hash';

/** A site and a change that no other run used: a real store keeps what it was given. */
export const made = () => ({
  site: 'https://example.atlassian.net',
  change: { issueId: String(randomBytes(4).readUInt32BE()), key: 'CHG-7' },
});

export const aHead = (): Copy =>
  headCopy(made(), { entries: 17, head: sha256Hex('head'), pack: { number: '0001', manifestDigest: sha256Hex('m') } });

export const aPack = (bytes: Uint8Array = randomBytes(300_000), where = made()): Copy =>
  packCopy(where, {
    fileName: 'CM.L2-3.4.3_CHG-7_pack-0001.zip',
    bytes,
    manifestDigest: sha256Hex('m'),
    entries: 17,
    head: sha256Hex('head'),
  });

export interface Opened {
  readonly destination: Destination;
  /** What must stand in no error and no receipt. */
  readonly secret: string;
  /** False for one that cannot tell what it is given from what it was given before. */
  readonly knowsAgain: boolean;
  /** Whether it keeps bytes under a name, or events under a digest. */
  readonly keeps: 'bytes' | 'events';
}

/** What every destination does, whatever is behind it. */
export function destinationContract(open: () => Opened): void {
  it('keeps a head and a pack, and says where and by which digest', async () => {
    const { destination, secret } = open();
    for (const copy of [aHead(), aPack()]) {
      const receipt = await destination.put(copy);
      expect(receipt).toMatchObject({ destination: destination.id, sha256: copy.sha256, already: false });
      expect(receipt.where.length).toBeGreaterThan(3);
      expect(JSON.stringify(receipt)).not.toContain(secret);
    }
  });

  it('takes the same copy again, and knows it again where it can', async () => {
    const { destination, knowsAgain } = open();
    const copy = aPack();
    const first = await destination.put(copy);
    const again = await destination.put(copy);
    expect(again).toEqual({ ...first, already: knowsAgain });
  });

  it('takes the same copy from two at once', async () => {
    const { destination } = open();
    const copy = aPack();
    const both = await Promise.all([destination.put(copy), destination.put(copy)]);
    expect(both.map(({ sha256 }) => sha256)).toEqual([copy.sha256, copy.sha256]);
    const [one, two] = both;
    expect(one.where).toBe(two.where);
  });

  it('writes over nothing: other bytes under a name that is taken are refused', async () => {
    const { destination, keeps, secret } = open();
    const copy = aPack();
    await destination.put(copy);
    const other = { ...aPack(), name: copy.name };
    if (keeps === 'events') {
      expect(await destination.put(other)).toMatchObject({ already: false });
      return;
    }
    const refused = await destination.put(other).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'exists-otherwise' });
    expect(String(refused)).not.toContain(secret);
    expect(await destination.put(copy)).toMatchObject({ sha256: copy.sha256, already: true });
  });
}
