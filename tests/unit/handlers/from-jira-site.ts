import { readDevelopment } from '../../../src/handlers/from-jira/development';
import { refreshChange } from '../../../src/handlers/refresh-change';
import { openDiscrepancies } from '../../../src/evidence/jira/discrepancies';
import { standingRecords, type StandingRecord } from '../../../src/evidence/jira/standing';
import type { FromJiraView } from '../../../src/contract/from-jira';
import { readChange } from '../../../src/handlers/read-change';
import { readLedger } from '../../../src/ledger/append';
import { inspectLedger } from '../../../src/ledger/read';
import { jiraChain } from '../../../src/ledger/keys';
import type { HistoryEntry } from '../../../src/change/snapshot';
import type { StoredEntry } from '../../../src/ledger/entry';
import { FakeJiraRecords } from '../../fakes/jira-records';
import { PeopleSite } from './people-site';

export const ISSUE = '10007';

/** A site whose change CHG-7 has things on it in Jira. */
export class FromJiraSite extends PeopleSite {
  readonly records = new FakeJiraRecords();
  readonly jobs = { ...this.app, records: this.records };
  history: HistoryEntry[] = [];
  private touches = 0;

  /** Something on the issue is touched in Jira, which says so and tells the app. */
  touch(): void {
    this.touches += 1;
    this.clock.at = new Date(this.clock.at.getTime() + 60_000);
    this.snapshots.set('CHG-7', {
      updatedAt: `touched ${this.touches}`,
      history: this.history,
      names: { owner: 'Owner' },
    });
  }

  /** The event's job. */
  async refresh(run?: string): Promise<void> {
    await refreshChange(this.jobs, ISSUE, run);
  }

  async touched(): Promise<void> {
    this.touch();
    await this.refresh();
  }

  later(hours: number): void {
    this.clock.at = new Date(this.clock.at.getTime() + hours * 3_600_000);
  }

  chain(): Promise<StoredEntry[]> {
    return readLedger(this.store, jiraChain(ISSUE));
  }

  async standing(): Promise<readonly StandingRecord[]> {
    return [...standingRecords(await this.chain()).values()];
  }

  /** What stands as exceptions in the change's own ledger. */
  async open(): Promise<readonly string[]> {
    return openDiscrepancies(await readLedger(this.store, ISSUE)).map(({ code, subject }) => `${code} ${subject}`);
  }

  /** Both chains hold together, and no fact is in one twice. */
  async expectSound(): Promise<void> {
    for (const chain of [ISSUE, jiraChain(ISSUE)]) {
      const { entries, breaks } = await inspectLedger(this.store, chain);
      expect(breaks).toEqual([]);
      expect(new Set(entries.map(({ entry }) => entry.fact)).size).toBe(entries.length);
    }
  }

  async view(who = 'rita'): Promise<FromJiraView> {
    return (await readChange(this.app, this.call(who, {}, 'CHG-7'))).fromJira;
  }

  async exceptions(): Promise<readonly { readonly code: string; readonly sentence: string }[]> {
    return (await readChange(this.app, this.call('rita', {}, 'CHG-7'))).verdict.exceptions;
  }

  async lookAtGraph(who = 'rita'): Promise<FromJiraView> {
    const call = { ...this.call(who, {}, 'CHG-7'), cloudId: 'cloud' };
    return (await readDevelopment({ ...this.app, graph: this.records }, call)).fromJira;
  }
}
