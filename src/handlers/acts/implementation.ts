import { latestResubmission, newestHistoryId } from '../../change/history';
import { isPlaceholder } from '../../change/placeholder';
import { implementationPayload, type ImplementationPayload } from '../../contract/payloads';
import { rolesHere } from '../../gate/barriers';
import { implementationRecords, isOfThisRound } from '../../gate/implementation';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import type { Facts } from '../facts';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { acting, factFor, recorded } from './act';

const STATUSES: readonly string[] = ['Approved', 'Scheduled', 'Executed', 'Closed'];

/**
 * `implementation.record`: what was done, by implementer, owner or somebody who decides (SP 800-171 3.4.3 discussion,
 * "implementation, testing, review"). A later record supersedes an earlier one; both stay in the ledger.
 */
export async function recordImplementation(ports: Ports, call: ResolverCall) {
  const given = parsed(implementationPayload, call.payload);
  const who = await acting(ports, call);
  const { facts, person, policy, now } = who;
  const { snapshot } = facts;
  if (!STATUSES.includes(snapshot.status))
    throw refuse(409, 'wrong-status', `Nothing was implemented of a change that is ${snapshot.status}.`);
  const mine = [snapshot.content.owner, snapshot.content.implementer, snapshot.assignee].includes(person.accountId);
  if (!mine && rolesHere(policy, facts, person, now).length === 0)
    throw refuse(403, 'not-involved', 'The implementer, the owner or somebody who decides records this.');
  const verifier = await ports.jira.findPerson(given.verifiedBy);
  if (verifier === undefined)
    throw refuse(400, 'unknown-verifier', `Nobody in Jira is "${given.verifiedBy}": say who verified.`, ['verifiedBy']);
  checkTimes(given, now);
  if (isPlaceholder(given.verification))
    throw refuse(400, 'verification-missing', 'Say how it was checked that the controls are still satisfied.', [
      'verification',
    ]);
  const disclosing = new Disclosing(ports.random);
  return recorded(ports, who, {
    chain: snapshot.issueId,
    kind: 'implementation',
    fact: factFor(facts, person.accountId, 'implementation', {
      ...given,
      place: place(facts, given, person.accountId, verifier.accountId),
    }),
    body: {
      ...given,
      by: disclosing.person(person.accountId, person.displayName),
      verifiedBy: disclosing.person(verifier.accountId, verifier.displayName),
      historyHead: newestHistoryId(snapshot.history),
    },
    disclosures: disclosing.disclosures,
  });
}

/**
 * Which record of this round it is. One sent twice is one entry; the same words after something else was recorded, or
 * after the change was resubmitted, are a record of their own.
 */
function place(facts: Facts, given: ImplementationPayload, by: string, verifier: string): string {
  const round = implementationRecords(facts.entries).filter((one) => isOfThisRound(facts, one));
  const newest = round.at(-1);
  const again =
    newest?.by?.accountId === by &&
    newest.verifiedBy?.accountId === verifier &&
    Object.entries({ ...newest.body, ...given, verifiedBy: newest.body.verifiedBy }).every(
      ([key, value]) => newest.body[key as keyof typeof newest.body] === value,
    );
  return `${latestResubmission(facts.snapshot)?.historyId ?? '0'}.${round.length - (again ? 1 : 0)}`;
}

/** The order in which it can only have happened. */
function checkTimes({ startedAt, endedAt, verifiedAt }: ImplementationPayload, now: Date): void {
  const [starts, ends, verified] = [startedAt, endedAt, verifiedAt].map((time) => Date.parse(time)) as [
    number,
    number,
    number,
  ];
  if (!(starts <= ends)) throw refuse(400, 'times-inverted', 'The end is before the start.', ['startedAt', 'endedAt']);
  if (ends > now.getTime())
    throw refuse(400, 'in-the-future', 'What has not ended yet cannot be recorded as done.', ['endedAt']);
  if (!(ends <= verified))
    throw refuse(400, 'verified-too-early', 'It was verified before the work had ended: verify afterwards.', [
      'verifiedAt',
    ]);
  if (verified > now.getTime())
    throw refuse(400, 'in-the-future', 'A verification that is still to come cannot be recorded as done.', [
      'verifiedAt',
    ]);
}
