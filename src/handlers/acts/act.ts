import type { ChangeView } from '../../contract/panel';
import { barredFrom } from '../../gate/barred';
import { isPerson } from '../../gate/decision-state';
import { listed } from '../../gate/words';
import { appendEntry, type Draft } from '../../ledger/append';
import { canonicalJson } from '../../ledger/canonical';
import { sha256Hex } from '../../ledger/hash';
import type { Decider, Policy } from '../../policy/policy';
import { governs } from '../../policy/requirement';
import type { Ports } from '../../ports/ports';
import { barDeciders } from '../authors/bar';
import { enterInCalendar } from '../calendar';
import { changeView } from '../change-view';
import { readFactsFor, withLedger, type Facts } from '../facts';
import { refreshGateFields } from '../gate-fields';
import { mustBeLicensed } from '../licensed';
import { namingSalt } from '../naming-salt';
import { recordHistory } from '../record-history';
import { refuse } from '../refusal';
import { callerOf, issueOf, type ResolverCall } from '../resolver-call';

/** Somebody about to do something to a change that goes into its ledger. */
export interface Acting {
  readonly facts: Facts;
  readonly person: Decider;
  readonly policy: Policy;
  readonly now: Date;
}

/**
 * Reads who acts on what, live: the change as the person may see it, the person as Jira knows them. Refuses apps, changes
 * that are not controlled and ledgers that do not verify; the ledger is up to Jira's changelog afterwards.
 */
export async function acting(
  ports: Ports,
  call: ResolverCall,
  needs: 'a licence' | 'whatever the licence' = 'a licence',
): Promise<Acting> {
  if (needs === 'a licence') mustBeLicensed(ports);
  const key = issueOf(call);
  const [facts, person] = await Promise.all([readFactsFor(ports, key), ports.jira.readDecider(callerOf(call))]);
  const { policy } = facts;
  if (!governs(policy, facts.snapshot))
    throw refuse(409, 'not-controlled', `${key} is not a change request of a controlled project.`);
  if (person === undefined || !isPerson(person))
    throw refuse(403, 'not-a-person', 'Only a person with an active account can do this.');
  const up = await recordHistory(ports, facts);
  const [broken] = up.breaks;
  if (broken !== undefined)
    throw refuse(409, 'ledger-broken', `Nothing is recorded on a ledger that does not verify: ${broken.sentence}.`);
  return { facts: up, person, policy, now: ports.clock.now() };
}

/** Refuses somebody who took part in the change, or about whom that cannot be told yet. */
export function independentOf(facts: Facts, person: Decider): void {
  if (!facts.snapshot.historyComplete)
    throw refuse(
      409,
      'history-incomplete',
      'The history of this change could not be read completely. Try again later.',
    );
  const took = barredFrom(facts).get(person.accountId);
  if (took !== undefined)
    throw refuse(
      403,
      'own-change',
      `This is not for those who took part: you ${listed(took.map(({ sentence }) => sentence))}.`,
    );
}

/** Names a fact by who and what, so that one click sent twice is one entry and no name can be guessed from it. */
export const factFor = (facts: Facts, accountId: string, kind: string, what: unknown): string =>
  `${kind}:${sha256Hex(`${namingSalt(facts)}.${accountId}.${canonicalJson(what)}`).slice(0, 32)}`;

/** Appends, brings the read-only fields and the calendar up, and answers the change as it is now. */
export async function recorded(ports: Ports, who: Acting, draft: Draft): Promise<{ change: ChangeView }> {
  await appendEntry({ store: ports.store, now: ports.clock.now() }, draft);
  return answered(ports, who);
}

/** As `recorded` when what was asked for is recorded already. */
export async function answered(ports: Ports, { facts, person }: Acting): Promise<{ change: ChangeView }> {
  const after = await barDeciders(ports, await withLedger(ports, facts.snapshot));
  await enterInCalendar(ports, after);
  await refreshGateFields(ports, after);
  const shown = await readFactsFor(ports, facts.snapshot.key);
  return { change: await changeView(ports, shown, person.accountId, person) };
}
