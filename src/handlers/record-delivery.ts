import { isWhole } from '../evidence/fact';
import { appendEntries } from '../ledger/append';
import { deliveryKey } from '../ledger/keys';
import { LedgerError } from '../ledger/read';
import type { Ports } from '../ports/ports';
import { governs } from '../policy/requirement';
import { policyInForce } from './policy/store';
import { deliveryRecord, isDeliveryName, type DeliveryContent, type DeliveryRecord } from './intake/delivery';
import { evidenceDrafts, markingDrafts } from './intake/drafts';
import { clearPending } from './intake/pending';
import { readContent } from './intake/read-delivery';
import { noteNumbers } from './intake/numbers';
import { changesNamed } from './intake/understand';
import { markUnread } from './intake/unread';
import { aboutOf, listOrphan, type Orphan } from './orphans/list';
import { listUnexplained } from './orphans/unexplained';

export { countPending, isChangePending, sweepPending } from './intake/pending';
export { readOrphans } from './orphans/list';
export { readRefusals } from './intake/refusals';

export interface RecordedDelivery {
  /** Entries added now; 0 when all of them were there. */
  readonly recorded: number;
  /** The changes that the delivery's facts are recorded on, whether added now or before. */
  readonly issueIds: readonly string[];
}

const NOTHING: RecordedDelivery = { recorded: 0, issueIds: [] };

/**
 * Records the facts of a stored delivery on every change they name. Idempotent. Rejects when the site could not answer
 * now, to be called again; what can never succeed is put on the list of orphans and answered with nothing recorded.
 *
 * @param follow what has to follow for a change before the delivery is pending no more, such as barring its authors.
 */
export async function recordDelivery(
  ports: Ports,
  delivery: string,
  follow: (issueId: string) => Promise<void> = () => Promise.resolve(),
): Promise<RecordedDelivery> {
  if (!isDeliveryName(delivery)) return refuse(ports, delivery, 'is no name of a delivery');
  const stored = await ports.store.get(deliveryKey(delivery));
  // Without a record nothing was accepted: its sender is sending again, or the sweep clears away what is left.
  if (stored === undefined) return refuse(ports, delivery, 'has no record');
  const record = deliveryRecord.safeParse(stored);
  if (!record.success) {
    refuse(ports, delivery, 'has a record that was altered');
    return orphaned(ports, delivery, unreadable(ports, delivery), 'not-recordable', []);
  }
  const content = await readContent(ports, delivery, record.data);
  if (content === undefined) return orphaned(ports, delivery, record.data, 'not-recordable', []);
  await noteNumbers(ports, record.data.source, content.items);
  const names = changesNamed(content.items);
  const changes = await findChanges(ports, names);
  if (changes.size === 0) {
    const reason = names.length === 0 ? 'names-no-change' : 'no-such-change';
    return orphaned(ports, delivery, record.data, reason, names, content);
  }
  return recordOn(ports, delivery, { record: record.data, content, changes, follow });
}

interface ToRecord {
  readonly record: DeliveryRecord;
  readonly content: DeliveryContent;
  readonly changes: ReadonlyMap<string, string>;
  readonly follow: (issueId: string) => Promise<void>;
}

async function recordOn(
  ports: Ports,
  delivery: string,
  { record, content, changes, follow }: ToRecord,
): Promise<RecordedDelivery> {
  const issueIds = [...new Set(changes.values())];
  const ledger = { store: ports.store, now: ports.clock.now() };
  let recorded = 0;
  try {
    for (const issueId of issueIds) {
      const drafts = [...evidenceDrafts(ports, record, content, changes, issueId), ...markingDrafts(record, issueId)];
      recorded += (await appendEntries(ledger, issueId, drafts)).filter(({ added }) => added).length;
    }
  } catch (failure) {
    if (!isPermanent(failure)) throw failure;
    ports.log.error('the facts of a delivery cannot be recorded', failure);
    for (const issueId of issueIds) await follow(issueId);
    await orphaned(ports, delivery, record, 'not-recordable', [...changes.keys()], content);
    return { recorded, issueIds };
  }
  await listUnexplained(ports, delivery, record, content, issueIds);
  for (const issueId of issueIds) await follow(issueId);
  for (const issueId of withFiles(content, changes)) await markUnread(ports, delivery, issueId);
  await clearPending(ports, delivery);
  return { recorded, issueIds };
}

/** The changes that a fact with a whole file names. */
const withFiles = ({ items }: DeliveryContent, changes: ReadonlyMap<string, string>): readonly string[] => {
  const keys = items.flatMap(({ item, names }) => (isWhole(item) ? names.map(({ key }) => key) : []));
  return [...new Set(keys.flatMap((key) => changes.get(key) ?? []))];
};

const isPermanent = (failure: unknown): boolean =>
  failure instanceof LedgerError && (failure.code === 'ENTRY_INVALID' || failure.code === 'ENTRY_TOO_LARGE');

async function orphaned(
  ports: Ports,
  delivery: string,
  { source, event, deliveryId, receivedAt }: Pick<DeliveryRecord, 'source' | 'event' | 'deliveryId' | 'receivedAt'>,
  reason: Orphan['reason'],
  names: readonly string[],
  content?: DeliveryContent,
): Promise<RecordedDelivery> {
  const about = content === undefined ? {} : { about: aboutOf(content.items) };
  await listOrphan(ports, delivery, { source, event, deliveryId, receivedAt, names: [...names], reason, ...about });
  await clearPending(ports, delivery);
  return NOTHING;
}

function refuse(ports: Ports, delivery: string, why: string): RecordedDelivery {
  ports.log.error('a delivery was not recorded', new Error(`${delivery} ${why}`));
  return NOTHING;
}

/** What can still be said of a delivery whose record was altered behind the app's back. */
const unreadable = (ports: Ports, delivery: string) => ({
  source: delivery.slice(0, delivery.indexOf('.')),
  event: 'unknown',
  deliveryId: null,
  receivedAt: ports.clock.now().toISOString(),
});

/** How many changes Jira is asked for at once. */
const AT_ONCE = 5;

/** Issue ids by named key. A key that Jira does not show, or that is no controlled change, is left out. */
async function findChanges(ports: Ports, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const policy = await policyInForce(ports);
  for (let i = 0; i < keys.length; i += AT_ONCE) {
    const batch = keys.slice(i, i + AT_ONCE);
    const snapshots = await Promise.all(batch.map((key) => ports.jira.readChange(key)));
    for (const [j, key] of batch.entries()) {
      const snapshot = snapshots[j];
      if (snapshot !== undefined && governs(policy, snapshot)) found.set(key, snapshot.issueId);
    }
  }
  return found;
}
