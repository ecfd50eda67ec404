import type { NamedItem } from '../../evidence/item';
import { appendEntries, appendEntry, type Draft } from '../../ledger/append';
import { ORPHAN_CHAIN, orphanChangeKey, orphanKey, orphanUnfinishedKey } from '../../ledger/keys';
import type { IssueRef, Ports } from '../../ports/ports';
import { isWhole } from '../../evidence/fact';
import { Disclosing } from '../disclosing';
import { readFacts } from '../facts';
import { evidenceDraft, markingDrafts } from '../intake/drafts';
import { readDelivery } from '../intake/read-delivery';
import { markUnread } from '../intake/unread';
import { recordHistory } from '../record-history';
import { changeFor, type Dismissal, type Opening } from './acts';

/** Where a fact named its change: nowhere, a person put it there from the list. */
export const FROM_THE_LIST = 'unexplained-list';

/**
 * Attaches a delivery's facts to the change that was opened for it, with who opened it, and takes it off the list. Every
 * step may be repeated. Answers the change: that of the first to get here, should there ever be two.
 */
export async function finishOpening(
  ports: Ports,
  delivery: string,
  opening: Opening,
  created: IssueRef,
): Promise<IssueRef> {
  const first = (await ports.store.create(orphanChangeKey(delivery), created)) === 'created';
  const change = first ? created : ((await changeFor(ports, delivery)) ?? created);
  const facts = await readFacts(ports, change.issueId);
  if (facts !== undefined) await recordHistory(ports, facts);
  const ledger = { store: ports.store, now: ports.clock.now() };
  const evidence = await evidenceFor(ports, delivery, change.issueId);
  const entry = (chain: string) => openedDraft(ports, chain, delivery, opening, change);
  await appendEntries(ledger, change.issueId, [...evidence, entry(change.issueId)]);
  await appendEntry(ledger, entry(ORPHAN_CHAIN));
  if (evidence.some(hasWholeFile)) await markUnread(ports, delivery, change.issueId);
  await takenOff(ports, delivery);
  const { issueId } = change;
  await ports.jobs.push({ job: 'refresh-change', issueId }, { onePerKey: `change-${issueId}` });
  return change;
}

/** Enters that a delivery was dismissed, by whom and why, and takes it off the list. Every step may be repeated. */
export async function finishDismissal(ports: Ports, delivery: string, { by, reason, at }: Dismissal): Promise<void> {
  const disclosing = new Disclosing(ports.random);
  await appendEntry(
    { store: ports.store, now: ports.clock.now() },
    {
      chain: ORPHAN_CHAIN,
      kind: 'orphan-dismissed',
      fact: `dismissed:${delivery}`,
      body: {
        delivery,
        source: sourceOf(delivery),
        by: disclosing.person(by.accountId, by.displayName),
        reason,
        at,
      },
      disclosures: disclosing.disclosures,
    },
  );
  await takenOff(ports, delivery);
}

async function takenOff(ports: Ports, delivery: string): Promise<void> {
  await ports.store.delete(orphanKey(delivery));
  await ports.store.delete(orphanUnfinishedKey(delivery));
}

/** Every fact of the delivery; nothing when its content cannot be read any more, which its own record tells. */
async function evidenceFor(ports: Ports, delivery: string, chain: string): Promise<readonly Draft[]> {
  const read = await readDelivery(ports, delivery);
  if (read?.content === undefined) return [];
  const { record, content } = read;
  const drafts = content.items.map(({ item }: NamedItem) => evidenceDraft(ports, record, item, [FROM_THE_LIST], chain));
  return [...drafts, ...markingDrafts(record, chain)];
}

const hasWholeFile = (draft: Draft): boolean => draft.kind === 'evidence' && isWhole(draft.body);

function openedDraft(
  ports: Ports,
  chain: string,
  delivery: string,
  { by, at }: Opening,
  { issueId, key }: IssueRef,
): Draft {
  const disclosing = new Disclosing(ports.random);
  return {
    chain,
    kind: 'orphan-opened',
    fact: `opened-for:${delivery}`,
    body: {
      delivery,
      source: sourceOf(delivery),
      issueId,
      key,
      by: disclosing.person(by.accountId, by.displayName),
      at,
    },
    disclosures: disclosing.disclosures,
  };
}

const sourceOf = (delivery: string): string => delivery.slice(0, delivery.indexOf('.'));
