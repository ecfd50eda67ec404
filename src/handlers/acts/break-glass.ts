import { breakGlassPayload } from '../../contract/payloads';
import { judge } from '../../gate/judge';
import type { Ports } from '../../ports/ports';
import { rolesOf } from '../../policy/organisation';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { acting, factFor, recorded, type Acting } from './act';

/** What a Jira administrator is called among the roles of a declaration. */
const ADMINISTRATOR = 'jira-administrator';

/**
 * `breakglass.declare`: says afterwards that the rules were passed by on purpose, by whom, when and why. For Jira
 * administrators and the change authority, whether or not they took part: it states a fact and opens nothing. A move is
 * declared once; it has to be one that nobody explained. Works while the licence has lapsed.
 *
 * Refusals: 400 not-yet, 403 not-eligible, 409 already-explained.
 */
export async function declareBreakGlass(ports: Ports, call: ResolverCall) {
  const { historyId, usedAt, what, why } = parsed(breakGlassPayload, call.payload);
  const who = await acting(ports, call, 'whatever the licence');
  const { facts, person, now } = who;
  if (usedAt > now.toISOString())
    throw refuse(400, 'not-yet', 'Break-glass is declared after it was used.', ['usedAt']);
  const roles = await rolesFor(ports, who);
  const fact =
    historyId === null
      ? factFor(facts, person.accountId, 'break-glass', { usedAt, what, why })
      : `break-glass:${historyId}`;
  if (historyId !== null && !saidAlready(who, fact, what, why)) mustBeUnexplained(who, historyId);
  const disclosing = new Disclosing(ports.random);
  return recorded(ports, who, {
    chain: facts.snapshot.issueId,
    kind: 'break-glass',
    fact,
    body: {
      historyId,
      usedAt,
      what,
      why,
      roles,
      by: disclosing.person(person.accountId, person.displayName),
      at: now.toISOString(),
    },
    disclosures: disclosing.disclosures,
  });
}

async function rolesFor(ports: Ports, { policy, person, now }: Acting): Promise<string[]> {
  const authority = rolesOf(policy, person.groups, now, ['change-authority']);
  const roles = (await ports.jira.mayAdminister()) ? [...authority, ADMINISTRATOR] : [...authority];
  if (roles.length === 0)
    throw refuse(403, 'not-eligible', 'Only a Jira administrator or the change authority can declare this.');
  return roles;
}

/** The same declaration sent twice is one; another one of the same move is refused, not dropped. */
const saidAlready = ({ facts }: Acting, fact: string, what: string, why: string): boolean =>
  facts.entries.some(
    ({ entry }) =>
      entry.fact === fact && entry.kind === 'break-glass' && entry.body.what === what && entry.body.why === why,
  );

function mustBeUnexplained({ policy, facts, now }: Acting, historyId: string): void {
  const moves = judge(policy, facts, now).exceptions.map(({ move }) => move);
  if (!moves.includes(historyId))
    throw refuse(409, 'already-explained', 'That move is none that nobody explained: read the change again.');
}
