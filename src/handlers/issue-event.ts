import * as z from '#zod';
import { appendEntry, readLedger } from '../ledger/append';
import { hiddenKey } from '../ledger/keys';
import type { Ports } from '../ports/ports';
import { Disclosing } from './disclosing';

const event = z.lazy(() =>
  z.looseObject({
    eventType: z.string(),
    issue: z.looseObject({ id: z.union([z.string(), z.number()]) }),
    atlassianId: z.optional(z.nullable(z.string())),
  }),
);

const DELETED = 'avi:jira:deleted:issue';

/**
 * A product event of an issue (developer.atlassian.com, Jira events). It comes at least once, late and unordered, so
 * nothing in it is believed but which issue it is about: the job reads that issue live.
 */
export async function onIssueEvent(ports: Ports, payload: unknown): Promise<void> {
  const parsed = event.safeParse(payload);
  if (!parsed.success) {
    ports.log.error('an issue event was not understood', parsed.error);
    return;
  }
  const { eventType, issue, atlassianId } = parsed.data;
  const issueId = String(issue.id);
  if (eventType === DELETED) {
    await recordDeletion(ports, issueId, atlassianId ?? null);
    return;
  }
  await ports.jobs.push({ job: 'refresh-change', issueId }, { onePerKey: `change-${issueId}` });
}

/** A deleted issue takes its changelog with it; the ledger stays and says so. Only for changes that have a ledger. */
async function recordDeletion(ports: Ports, issueId: string, accountId: string | null): Promise<void> {
  const entries = await readLedger(ports.store, issueId);
  if (entries.length === 0) return;
  await ports.store.delete(hiddenKey(issueId));
  const disclosing = new Disclosing(ports.random);
  const now = ports.clock.now();
  await appendEntry(
    { store: ports.store, now },
    {
      chain: issueId,
      kind: 'change-deleted',
      fact: 'deleted',
      body: { at: now.toISOString(), by: accountId === null ? null : disclosing.person(accountId, undefined) },
      disclosures: disclosing.disclosures,
    },
  );
}
