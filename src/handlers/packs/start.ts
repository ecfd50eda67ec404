import type { PackView } from '../../contract/panel';
import { packKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { governs } from '../../policy/requirement';
import { readFactsFor } from '../facts';
import { recordHistory } from '../record-history';
import { refuse } from '../refusal';
import { callerOf, issueOf, type ResolverCall } from '../resolver-call';
import { packView } from '../view/packs';
import { packId, readPack, readPacks, type PackRecord } from './record';
import { whyNotExported } from './uncleared';
import { failPack, markUnfinished, queueAssembly } from './unfinished';

const ATTEMPTS = 20;

/** `pack.start`: takes the next pack number and queues its assembly. Whoever may browse the change may have its pack. */
export async function startPack(ports: Ports, call: ResolverCall): Promise<PackView> {
  const accountId = callerOf(call);
  const [facts, person] = await Promise.all([readFactsFor(ports, issueOf(call)), ports.jira.readDecider(accountId)]);
  const { snapshot } = facts;
  if (!governs(facts.policy, snapshot)) {
    throw refuse(
      409,
      'not-controlled',
      `${snapshot.key} is not a change request of a controlled project, so it has no evidence pack.`,
    );
  }
  const uncleared = whyNotExported(facts);
  if (uncleared !== undefined) throw refuse(409, 'marking-uncleared', uncleared.sentence, uncleared.places);
  await recordHistory(ports, facts);
  const record = await takeNumber(ports, {
    issueId: snapshot.issueId,
    key: snapshot.key,
    state: 'queued',
    progress: { done: 0, total: 1, step: 'Waiting to start' },
    createdAt: ports.clock.now().toISOString(),
    by: { accountId, displayName: person?.displayName ?? accountId },
    site: call.site,
  });
  try {
    await queueAssembly(ports, record);
    return packView(record);
  } catch (cause) {
    ports.log.error('a pack could not be queued', cause);
    return packView(await orFailed(ports, record));
  }
}

/**
 * The pack as its job left it, when the queue took the job after all and only the answer was lost. Otherwise it has
 * failed; its number stays taken, so that numbers stay without gaps.
 */
async function orFailed(ports: Ports, started: PackRecord): Promise<PackRecord> {
  const record = (await readPack(ports, started.issueId, started.id)) ?? started;
  if (record.state !== 'queued') return record;
  const sentence = 'Jira did not take the job that makes this pack. Assemble it again.';
  await failPack(ports, record, 'queue-unavailable', sentence);
  throw refuse(
    503,
    'queue-unavailable',
    'No evidence pack was made: Jira did not take the job that makes it. Assemble it again in a minute.',
  );
}

async function takeNumber(ports: Ports, draft: Omit<PackRecord, 'id' | 'fileName'>): Promise<PackRecord> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const number = (await readPacks(ports, draft.issueId)).length + 1;
    const id = packId(draft.issueId, number);
    const record: PackRecord = {
      ...draft,
      id,
      fileName: `CM.L2-3.4.3_${draft.key}_pack-${String(number).padStart(4, '0')}.zip`,
    };
    await markUnfinished(ports, record);
    if ((await ports.store.create(packKey(draft.issueId, id), record)) === 'created') return record;
  }
  throw refuse(503, 'busy', 'Many packs are being started for this change. Try again in a minute.');
}
