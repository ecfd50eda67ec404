import { resolveAuthorPayload } from '../../contract/payloads';
import type { ActRecorded } from '../../contract/panel';
import { authorsOf } from '../../gate/authors';
import { barredFrom } from '../../gate/barred';
import { Disclosing } from '../disclosing';
import type { Decider, Policy } from '../../policy/policy';
import { rolesOf } from '../../policy/organisation';
import type { Ports } from '../../ports/ports';
import { acting, answered, factFor, recorded } from '../acts/act';
import type { Facts } from '../facts';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';

/**
 * `author.resolve`: a named person says whose account an author of evidence is, or that it is nobody who may decide here.
 * For security reviewers and change authorities who took no part, and for Jira admins. A later resolution replaces an
 * earlier one; if it names somebody who approved, that approval counts no more. It never lifts what the admin's map or an
 * e-mail address says. Refusals: 403, 404 unknown-author, 400 unknown-account.
 */
export async function resolveAuthor(ports: Ports, call: ResolverCall): Promise<ActRecorded> {
  const { evidence, index, account, basis } = parsed(resolveAuthorPayload, call.payload);
  const who = await acting(ports, call);
  const { facts, person, policy, now } = who;
  if (!mayResolve(facts, person, policy, now) && !(await ports.jira.mayAdminister()))
    throw refuse(
      403,
      'not-eligible',
      'A security reviewer or change authority who took no part in this change, or a Jira admin, says who an author is.',
    );
  const author = authorsOf(facts).find(({ authored }) =>
    authored.some((one) => one.evidence === evidence && one.index === index),
  );
  if (author === undefined) throw refuse(404, 'unknown-author', 'The evidence of this change has no such author.');
  const disclosing = new Disclosing(ports.random);
  const chosen = await chosenAccount(ports, account, disclosing);
  const before = author.resolution;
  if (before !== null && before.accountId === account && before.byId === person.accountId && before.basis === basis)
    return answered(ports, who);
  return recorded(ports, who, {
    chain: facts.snapshot.issueId,
    kind: 'author-resolved',
    fact: factFor(facts, person.accountId, 'author-resolved', {
      key: author.key,
      account,
      basis,
      after: before?.seq ?? null,
    }),
    body: { evidence, index, account: chosen, by: disclosing.person(person.accountId, person.displayName), basis },
    disclosures: disclosing.disclosures,
  });
}

/** Whether somebody may say who an author is without being a Jira admin. */
export function mayResolve(
  facts: Facts,
  person: Pick<Decider, 'accountId' | 'groups'>,
  policy: Policy,
  now: Date,
): boolean {
  return (
    facts.snapshot.historyComplete &&
    !barredFrom(facts).has(person.accountId) &&
    rolesOf(policy, person.groups, now, ['security-reviewer', 'change-authority']).length > 0
  );
}

async function chosenAccount(ports: Ports, account: string | null, disclosing: Disclosing) {
  if (account === null) return null;
  const chosen = await ports.jira.readDecider(account);
  if (chosen === undefined)
    throw refuse(400, 'unknown-account', 'Jira knows no such account: pick one from the list.', ['account']);
  return disclosing.person(chosen.accountId, chosen.displayName);
}
