import { contentDigest } from '../change/digest';
import { controlledEdits, type ControlledEdit } from '../change/history';
import type { ChangeSnapshot } from '../change/snapshot';
import { beforeControl } from '../gate/before-control';
import { appendEntries, type Draft } from '../ledger/append';
import type { Ports } from '../ports/ports';
import { Disclosing } from './disclosing';
import { withLedger, type Facts } from './facts';

/**
 * Brings the ledger up to what Jira's changelog says of the content: that the change exists, and every edit of a
 * controlled field. Moves are not written here: who moved it is told by our post function alone, and a changelog entry
 * without that is the exception "moved, no decision recorded". Idempotent; answers the facts as they are afterwards.
 */
export async function recordHistory(ports: Ports, facts: Facts): Promise<Facts> {
  const { snapshot, entries } = facts;
  const opened = entries.some(({ entry }) => entry.fact === 'opened');
  const drafts = [
    ...(opened ? [] : [openedDraft(ports, snapshot)]),
    ...unrecordedEdits(facts).map((one) => edit(ports, snapshot, one)),
  ];
  if (drafts.length === 0) return facts;
  await appendEntries({ store: ports.store, now: ports.clock.now() }, snapshot.issueId, drafts);
  return withLedger(ports, snapshot);
}

/** Edits of controlled fields that the ledger has not, and has to have: of an adopted change, those under control. */
export function unrecordedEdits(facts: Pick<Facts, 'snapshot' | 'entries'>): ControlledEdit[] {
  const known = new Set(facts.entries.map(({ entry }) => entry.fact));
  return controlledEdits(facts.snapshot).filter(
    ({ entry }) => !known.has(factOfEdit(entry.id)) && !beforeControl(facts, entry.at),
  );
}

export function openedDraft(ports: Ports, snapshot: ChangeSnapshot): Draft {
  const disclosing = new Disclosing(ports.random);
  return {
    chain: snapshot.issueId,
    kind: 'change-opened',
    fact: 'opened',
    body: {
      key: snapshot.key,
      project: snapshot.project,
      status: snapshot.status,
      contentDigest: contentDigest(snapshot.content),
      content: disclosing.value(snapshot.content),
      creator: disclosing.account(snapshot.creator, snapshot),
      createdAt: snapshot.createdAt,
    },
    disclosures: disclosing.disclosures,
  };
}

/** The name of an edit in the ledger: one for each Jira changelog entry that touches a controlled field. */
export const factOfEdit = (historyId: string): string => `edited:${historyId}`;

function edit(ports: Ports, snapshot: ChangeSnapshot, { entry, fields }: ControlledEdit): Draft {
  const disclosing = new Disclosing(ports.random);
  return {
    chain: snapshot.issueId,
    kind: 'content-changed',
    fact: factOfEdit(entry.id),
    body: {
      historyId: entry.id,
      at: entry.at,
      by: disclosing.account(entry.author, snapshot),
      fields,
      contentDigest: contentDigest(snapshot.content),
      content: disclosing.value(snapshot.content),
    },
    disclosures: disclosing.disclosures,
  };
}
