import * as z from '#zod';
import { judge } from '../gate/judge';
import { peopleOf, waitingFor } from '../gate/waiting';
import { noticeKey } from '../ledger/keys';
import { governs } from '../policy/requirement';
import type { Ports } from '../ports/ports';
import { readFactsFor, readMembers, type Facts } from './facts';
import { refuse } from './refusal';
import { callerOf, issueOf, type ResolverCall } from './resolver-call';
import { onlyPeople } from './tell-people';

/** How long a change's deciders are left alone after somebody asked. */
export const ASK_AGAIN_MS = 4 * 3_600_000;

/** Who may ask: owner and requester, and only while a decision is waited for. */
export function mayAsk({ snapshot }: Pick<Facts, 'snapshot'>, accountId: string): boolean {
  return [snapshot.content.owner, snapshot.reporter, snapshot.creator].includes(accountId);
}

/**
 * `decision.ask`: tells those who can still decide that this change waits for them, at most once in four hours a change
 * whoever asks. Refusals: 403 for others, 409 when nobody is waited for, 429 is said as 409 `asked-already`.
 */
export async function askForDecision(ports: Ports, call: ResolverCall): Promise<{ readonly told: number }> {
  const accountId = callerOf(call);
  const facts = await readFactsFor(ports, issueOf(call));
  const { snapshot, policy } = facts;
  if (!governs(policy, snapshot))
    throw refuse(409, 'not-controlled', `${snapshot.key} is not a change request of a controlled project.`);
  if (!mayAsk(facts, accountId))
    throw refuse(403, 'not-involved', 'The change owner or the requester asks for a decision.');
  const members = await readMembers(ports, policy);
  const now = ports.clock.now();
  const waited = waitingFor(policy, facts, judge(policy, facts, now), members, now);
  const known = new Set(peopleOf(members).map((one) => one.accountId));
  const deciders = waited.flatMap((one) => (one.what === 'decide' && known.has(one.accountId) ? [one.accountId] : []));
  if (deciders.length === 0)
    throw refuse(409, 'nobody-to-ask', 'Nobody can decide on this change now: see above what it still needs.');
  const key = await takeTurn(ports, snapshot.issueId, now);
  const to = await onlyPeople(ports, deciders);
  const outcome = await ports.notices.send({
    issue: snapshot.issueId,
    to,
    subject: `${snapshot.key}: your decision is asked for`,
    lines: [
      `${snapshot.key} waits for a decision that you may make.`,
      'Open the change and look at the panel "Change control": sign off, defer or disapprove there.',
    ],
  });
  if (outcome === 'refused') {
    await ports.store.delete(key);
    throw refuse(503, 'not-sent', 'Jira did not take the message; outgoing mail may be off. Ask them another way.');
  }
  return { told: to.length };
}

const turn = z.lazy(() => z.object({ at: z.string() }));

/** Most turns a change is ever asked about; beyond it somebody should talk. */
const MOST_TURNS = 100;

/** One turn in four hours: turns are numbered, and each is taken by creating its marker, which one asker alone can. */
async function takeTurn(ports: Ports, issueId: string, now: Date): Promise<string> {
  const keys = Array.from({ length: MOST_TURNS }, (_, i) => noticeKey(issueId, `asked.${i}`));
  for (let i = 0; i < MOST_TURNS; i += BATCH) {
    const taken = await ports.store.getMany(keys.slice(i, i + BATCH));
    const free = taken.findIndex((value) => value === undefined);
    const last = turn.safeParse(free === -1 ? taken.at(-1) : taken[free - 1]).data;
    if (free !== -1 && (last === undefined || now.getTime() - Date.parse(last.at) >= ASK_AGAIN_MS)) {
      const key = keys[i + free] ?? '';
      if ((await ports.store.create(key, { at: now.toISOString() })) === 'created') return key;
    }
    if (free !== -1) break;
  }
  throw refuse(409, 'asked-already', 'They were asked less than four hours ago. Ask again later, or speak to them.');
}

const BATCH = 25;
