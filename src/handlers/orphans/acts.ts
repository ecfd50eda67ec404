import * as z from '#zod';
import { orphanActKey, orphanChangeKey, orphanUnfinishedKey } from '../../ledger/keys';
import type { IssueRef, Ports } from '../../ports/ports';
import { refuse } from '../refusal';

const person = z.lazy(() => z.object({ accountId: z.string(), displayName: z.string() }));
const act = z.lazy(() =>
  z.discriminatedUnion('act', [
    z.object({ act: z.literal('open'), project: z.string(), by: person, at: z.string() }),
    z.object({ act: z.literal('dismiss'), reason: z.string(), by: person, at: z.string() }),
    /** Jira did not let that person create the change: the next may try at once. */
    z.object({ act: z.literal('refused'), at: z.string() }),
  ]),
);
/** What somebody set out to do about an unexplained delivery, written before it is done. */
export type OrphanAct = z.infer<typeof act>;
export type Opening = Extract<OrphanAct, { act: 'open' }>;
export type Dismissal = Extract<OrphanAct, { act: 'dismiss' }>;

const issueRef = z.lazy(() => z.object({ issueId: z.string(), key: z.string() }));

/** One batch of a storage read. */
const MOST = 25;

/** Every attempt, oldest first; the last one counts. */
export async function readActs(ports: Pick<Ports, 'store'>, delivery: string): Promise<readonly OrphanAct[]> {
  const keys = Array.from({ length: MOST }, (_, i) => orphanActKey(delivery, i));
  return (await ports.store.getMany(keys)).flatMap((value) => act.safeParse(value).data ?? []);
}

/**
 * Takes the turn after `before` attempts. Of two at once one gets it.
 *
 * @throws Refused 409 `being-handled` for the other.
 */
export async function claim(ports: Ports, delivery: string, before: number, wanted: OrphanAct): Promise<void> {
  if (before >= MOST) throw refuse(409, 'too-often', 'This was tried too often. Ask a Jira admin to look into it.');
  // First the marker, so that whoever wins and breaks off is found.
  await ports.store.set(orphanUnfinishedKey(delivery), wanted.at);
  const outcome = await ports.store.create(orphanActKey(delivery, before), wanted);
  if (outcome === 'exists')
    throw refuse(409, 'being-handled', 'Somebody else is seeing to this right now. Read again.');
}

/** Lets the next person try at once, after Jira refused. */
export const giveUp = (ports: Ports, delivery: string, turn: number): Promise<void> =>
  ports.store.set(orphanActKey(delivery, turn), { act: 'refused', at: ports.clock.now().toISOString() });

/** The change that was opened for a delivery. */
export async function changeFor(ports: Pick<Ports, 'store'>, delivery: string): Promise<IssueRef | undefined> {
  return issueRef.safeParse(await ports.store.get(orphanChangeKey(delivery))).data;
}

/** Whether a change was opened for it, or it was dismissed. */
export async function isHandled(ports: Pick<Ports, 'store'>, delivery: string): Promise<boolean> {
  const last = (await readActs(ports, delivery)).at(-1);
  if (last === undefined) return false;
  return last.act === 'dismiss' || (await changeFor(ports, delivery)) !== undefined;
}
