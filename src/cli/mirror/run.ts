import type { PublishedHead } from '../../ledger/published';
import { notAcknowledged, tell } from './acknowledged';
import { findingCopy, headCopy, stampCopy, type ChangeName, type Copy } from './copy';
import { DestinationProblem, type Receipt } from './destinations/destination';
import { JiraProblem, type SeenChange } from './jira';
import type { Finding } from './findings';
import type { Mirroring } from './mirroring';
import { observe, packFindings, type Observed } from './observe';
import { sendLetters } from './letters';
import { receiptEnvelope, type Stamped } from './receipt';
import { emptyReport, type Report } from './report';
import { NoAnswer } from './request';
import { stamped, type AuthorityOptions } from './stamp/authority';
import { unknownChange, writeState, type KnownChange, type State } from './state';

/** One run over every change that the query finds. The state is written after each change; stopping anywhere is harmless. */
export class Run {
  readonly report: Report = emptyReport();

  constructor(
    private readonly world: Mirroring,
    private readonly state: State,
  ) {}

  /** @throws JiraProblem or NoAnswer when the list of changes cannot be read whole. */
  async all(): Promise<Report> {
    await this.sendReceipts();
    const found = await this.world.jira.changes(this.world.jql);
    this.report.changes = found.length;
    const there = new Set(found.map(({ issueId }) => issueId));
    for (const one of found) await this.oneChange(one);
    for (const issueId of Object.keys(this.state.changes).filter((id) => !there.has(id))) await this.absent(issueId);
    this.report.failures.push(...notAcknowledged(this.state, this.world.acknowledge));
    return this.report;
  }

  private async oneChange(found: SeenChange): Promise<void> {
    const { jira, asking, site, destinations, again } = this.world;
    const before = this.state.changes[found.issueId] ?? unknownChange(found.key);
    const isKept = (name: string) =>
      !again && destinations.every(({ id }) => this.state.done[id]?.[name] !== undefined);
    try {
      const looking = { jira, rim: asking.rim, site, isKept };
      await this.take(await observe(looking, found, before));
    } catch (error) {
      if (!(error instanceof JiraProblem || error instanceof NoAnswer)) throw error;
      this.report.failures.push(`${found.key}: ${error.message}`);
    }
  }

  private async take({ seen, known, head, packs, findings }: Observed): Promise<void> {
    const { issueId, key } = seen;
    const made = { site: this.world.site, change: { issueId, key } };
    this.state.changes[issueId] = known;
    this.found(made.change, findings);
    for (const name of seen.foreign)
      this.report.notes.push(`${key}: ${name} was not attached by an app and is not taken for a pack.`);
    for (const { code, sentence } of findings) await this.keep(findingCopy(made, code, sentence));
    for (const copy of [...(head === undefined ? [] : [headCopy(made, head)]), ...packs]) await this.keep(copy);
    await this.save();
    if (head !== undefined) await this.confirm(made.change, headCopy(made, head), head);
  }

  /** Has the head stamped and gives the receipt, when there is more to tell than that our own receipts arrived. */
  private async confirm(change: ChangeName, copy: Copy, head: PublishedHead): Promise<void> {
    const { receipted, own, copied } = this.known(change);
    const grown = head.entries > receipted + own;
    if (!grown && !copied.some(({ kind }) => kind === 'pack')) return;
    const stamp =
      grown && this.world.authority !== undefined ? await this.stamp(copy, this.world.authority) : undefined;
    // Without the time-stamp that was asked for there is no receipt yet: the next run gives both.
    if (grown && this.world.authority !== undefined && stamp === undefined) return;
    const known = this.known(change);
    if (known.copied.length > 0 || stamp !== undefined) await this.giveReceipt(change, known, head, stamp);
  }

  /** Puts a copy wherever it is not yet. */
  private async keep(copy: Copy): Promise<void> {
    const kept: Receipt[] = [];
    for (const destination of this.world.destinations) {
      const held = (this.state.done[destination.id] ??= {});
      if (held[copy.name] !== undefined && !this.world.again) continue;
      try {
        const receipt = await destination.put(copy, held[copy.name]);
        held[copy.name] = receipt;
        kept.push(receipt);
        this.report.copies.push({ change: copy.change.key, kind: copy.kind, name: copy.name, receipt });
      } catch (error) {
        if (!(error instanceof DestinationProblem || error instanceof NoAnswer)) throw error;
        await this.notKept(copy, error);
      }
    }
    if (kept.length === 0) return;
    const { kind, name, sha256, bytes, change } = copy;
    const known = this.known(change);
    const copied = [...known.copied, { kind, name, sha256, size: bytes.length, kept }];
    this.state.changes[change.issueId] = { ...known, copied };
  }

  /** A copy that somebody else put there to be let go early is no fault of this run: nobody may miss it. */
  private async notKept(copy: Copy, error: DestinationProblem | NoAnswer): Promise<void> {
    const { site, change, name, kind } = copy;
    if (error instanceof DestinationProblem && error.code === 'lock-too-short') {
      this.found(change, [{ code: 'copy-lock-too-short', sentence: error.message }]);
      if (kind !== 'finding') await this.keep(findingCopy({ site, change }, 'copy-lock-too-short', error.message));
      return;
    }
    const code = error instanceof DestinationProblem ? `${error.code}: ` : '';
    this.report.failures.push(`${change.key}: ${name}: ${code}${error.message}`);
  }

  private async stamp(head: Copy, authority: AuthorityOptions): Promise<Stamped | undefined> {
    try {
      const answer = await stamped(head.bytes, authority, this.world.asking);
      if (answer.ok) {
        const response = stampCopy(head, answer.response, { ...answer.stamp, of: head.sha256 });
        const { at, authority: by } = answer.stamp;
        this.report.stamps.push({ change: head.change.key, at, authority: by, name: response.name });
        await this.keep(response);
        return { stamp: answer.stamp, head, response };
      }
      this.report.failures.push(`${head.change.key}: the time-stamp of ${head.name} does not hold: ${answer.why}.`);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.report.failures.push(`${head.change.key}: no time-stamp: ${error.message}`);
    }
    return undefined;
  }

  private async giveReceipt(
    { issueId, key }: ChangeName,
    known: KnownChange,
    head: PublishedHead,
    stamp: Stamped | undefined,
  ): Promise<void> {
    const { intake, site, asking } = this.world;
    if (intake !== undefined) {
      const at = new Date(asking.rim.now());
      const envelope = receiptEnvelope({ site, issueId, key, head }, known.copied, stamp, at);
      this.state.outbox.push({ issueId, body: JSON.stringify(envelope) });
    }
    this.state.changes[issueId] = { ...known, receipted: head.entries, own: 0, copied: [] };
    await this.save();
    await this.sendReceipts();
  }

  private async sendReceipts(): Promise<void> {
    for (const { change, result, failure } of await sendLetters(this.world, this.state)) {
      this.report.receipts.push({ change, result });
      if (failure !== null) this.report.failures.push(`${change}: ${failure}`);
    }
  }

  /** A change that was known and that the query does not find: moved out of it, or gone. */
  private async absent(issueId: string): Promise<void> {
    const known = this.state.changes[issueId];
    if (known === undefined) return;
    try {
      const now = await this.world.jira.change(issueId);
      if (now !== undefined) {
        await this.oneChange(now);
        return;
      }
      const change = { issueId, key: known.key };
      const sentence = `${known.key} was there before and is not any more, or this token does not see it.`;
      this.found(change, [...packFindings(known), { code: 'change-gone', sentence }]);
      await this.keep(findingCopy({ site: this.world.site, change }, 'change-gone', sentence));
      await this.save();
    } catch (error) {
      if (!(error instanceof JiraProblem || error instanceof NoAnswer)) throw error;
      this.report.failures.push(`${known.key}: ${error.message}`);
    }
  }

  private found(change: ChangeName, findings: readonly Finding[]): void {
    const { site, acknowledge, asking } = this.world;
    tell(this.report, this.state, change, findings, { site, acknowledge, now: asking.rim.now() });
  }

  private known({ issueId, key }: ChangeName): KnownChange {
    return this.state.changes[issueId] ?? unknownChange(key);
  }

  private save(): Promise<void> {
    return writeState(this.world.statePath, this.state);
  }
}
