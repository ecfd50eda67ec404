import { unzipSync } from 'fflate';
import { onChangeJob } from '../../../src/handlers/change-job';
import { readPack, type PackRecord } from '../../../src/handlers/packs/record';
import { downloadPack, readPackState } from '../../../src/handlers/packs/read';
import { startPack } from '../../../src/handlers/packs/start';
import { sha256Hex } from '../../../src/ledger/hash';
import { FILES } from '../../../src/pack/files';
import type { ChangeSnapshot } from '../../../src/change/snapshot';
import type { Ports } from '../../../src/ports/ports';
import { snapshotOf, TestSite } from '../intake/site';

export const ISSUE = '10007';
export const FIRST = `${ISSUE}-0001`;

/** A site as an auditor sees it who has packs made of CHG-7. */
export class PackSite extends TestSite {
  change: ChangeSnapshot | undefined = {
    ...snapshotOf({ id: ISSUE, key: 'CHG-7', project: 'CHG', issueType: 'Change request' }),
    historyComplete: true,
  };
  jiraCalls = 0;

  readonly app: Ports = {
    ...this.ports,
    jira: {
      ...this.ports.jira,
      mayBrowse: () => Promise.resolve(true),
      mayEdit: () => Promise.resolve(true),
      readDecider: (accountId) =>
        Promise.resolve({ accountId, displayName: 'Aud Itor', accountType: 'atlassian', active: true, groups: [] }),
      readChange: () => {
        this.jiraCalls += 1;
        return Promise.resolve(this.change);
      },
    },
  };

  readonly start = () => startPack(this.app, this.call({}));
  readonly look = (pack = FIRST) => readPackState(this.app, this.call({ pack }));
  readonly record = (pack = FIRST): Promise<PackRecord | undefined> => readPack(this.app, ISSUE, pack);

  /** What the queue does, once for each job that is in it. */
  async work(): Promise<void> {
    for (const job of this.queue.splice(0)) await onChangeJob(this.app, job);
  }

  later(seconds: number): void {
    this.clock.at = new Date(this.clock.at.getTime() + seconds * 1000);
  }

  /** Digests of the pack: as the screen shows it, as the ledger holds it, and of the bytes that are handed out. */
  async digests(pack = FIRST): Promise<{ shown: string | null; ledger: readonly string[]; bytes: string }> {
    const { base64 } = await downloadPack(this.app, this.call({ pack, part: 0 }));
    const manifest = unzipSync(Buffer.from(base64, 'base64'))[FILES.checksums];
    const entries = await this.entries(ISSUE);
    return {
      shown: (await this.look(pack)).manifestDigest,
      ledger: entries.flatMap(({ entry }) =>
        entry.kind === 'pack-assembled' && entry.body.pack === pack ? [entry.body.manifestDigest] : [],
      ),
      bytes: sha256Hex(manifest ?? new Uint8Array()),
    };
  }

  /** The screen, the ledger and the bytes agree on which pack it is, and the ledger names it once. */
  async expectOnePack(pack = FIRST): Promise<void> {
    const { shown, ledger, bytes } = await this.digests(pack);
    expect(ledger).toEqual([shown]);
    expect(bytes).toBe(shown);
  }

  edit(scope: string): void {
    if (this.change !== undefined) this.change = { ...this.change, content: { ...this.change.content, scope } };
  }

  private readonly call = (payload: unknown) => ({
    payload,
    accountId: 'auditor',
    issueKey: 'CHG-7',
    projectKey: undefined,
    site: 'example.atlassian.net',
  });
}
