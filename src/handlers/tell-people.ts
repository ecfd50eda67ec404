import { dueNotices, type DueNotice } from '../gate/due-notices';
import { isPerson, type Members } from '../gate/decision-state';
import { judge } from '../gate/judge';
import { noticeKey } from '../ledger/keys';
import type { Ports } from '../ports/ports';
import type { Facts } from './facts';

/** More people than this are never told at once: whom a change concerns is a handful. */
const MOST_PEOPLE = 50;

/**
 * Tells people what they have to know of a change, each event at most once however often this runs: the marker is
 * written before anything is sent. A crash between the two loses that message and nothing else; what it says stands in
 * the panel, on the register page and in the field "Waiting for", and a reminder has a next stage.
 */
export async function tellPeople(ports: Ports, facts: Facts, members: Members): Promise<void> {
  const now = ports.clock.now();
  const verdict = judge(facts.policy, facts, now);
  for (const notice of dueNotices(facts.policy, facts, verdict, members, now)) await tell(ports, facts, notice);
}

async function tell(ports: Ports, { snapshot }: Facts, { events, to, subject, lines }: DueNotice): Promise<void> {
  const keys = events.map((event) => noticeKey(snapshot.issueId, event));
  const known = await ports.store.getMany(keys);
  const at = ports.clock.now().toISOString();
  const mine = await Promise.all(
    keys.filter((_, i) => known[i] === undefined).map((key) => ports.store.create(key, { at })),
  );
  if (!mine.includes('created')) return;
  const reached = await onlyPeople(ports, to);
  if (reached.length === 0) return;
  try {
    const outcome = await ports.notices.send({ issue: snapshot.issueId, to: reached, subject, lines });
    if (outcome === 'refused')
      ports.log.info('Jira did not take a notice', { issue: snapshot.issueId, event: events.join(' ') });
  } catch (cause) {
    // Whether it went out is not known, and a second one would be worse than none.
    ports.log.error('a notice may not have been sent', cause);
  }
}

/** People with an active account among these: apps and those who left are told nothing. */
export async function onlyPeople(ports: Ports, accounts: readonly string[]): Promise<readonly string[]> {
  const read = await Promise.all(accounts.slice(0, MOST_PEOPLE).map((accountId) => ports.jira.readDecider(accountId)));
  return read.flatMap((one) => (one !== undefined && isPerson(one) ? [one.accountId] : []));
}
