import { sameText } from '../policy/identity';
import { accountsOf, peopleMatching } from '../policy/people';
import type { MappedPerson } from '../policy/people';
import type { DeployActor } from './question';
import type { GateFacts } from './recorded';
import type { Verdict } from './verdict';

/** An account of Jira that its search finds for a text, as far as Jira shows it. */
export interface FoundAccount {
  readonly accountId: string;
  readonly displayName: string;
  /** Null when the person hides it. */
  readonly email: string | null;
  /** Jira's account type; only 'atlassian' is a person. */
  readonly accountType: string;
  readonly active: boolean;
}

/**
 * Why the person who deploys may not, in a sentence; null when they may. The pipeline names them, so nothing is proved
 * by the name: any account that fits by e-mail, by display name or by the part of the e-mail before the `@` counts. If one
 * of them decided on this change, deploying is refused (SP 800-171 3.1.4, separation of duties); so it is when
 * none is the active account of a person, because an actor whom nobody knows cannot be told apart from a decider. All
 * accounts of one person count as theirs, and whom the admin's map knows as nobody who may decide here, may deploy.
 */
export function whyNotDeployer(
  { snapshot, people }: Pick<GateFacts, 'snapshot' | 'people'>,
  verdict: Pick<Verdict, 'decisions'>,
  actor: DeployActor,
  accounts: readonly FoundAccount[],
): string | null {
  const fitting = accounts.filter((account) => fits(account, actor));
  const mapped = mappedAs(people, actor);
  const theirs = [...fitting.map(({ accountId }) => accountId), ...mapped.flatMap((one) => one.accounts)];
  const decided = new Set(
    verdict.decisions.flatMap(({ valid, decision, accountId, onBehalfOf }) =>
      valid && decision !== 'withdrawn'
        ? [accountId, onBehalfOf?.accountId]
            .filter((one) => typeof one === 'string')
            .flatMap((one) => accountsOf(people, one))
        : [],
    ),
  );
  if (theirs.some((accountId) => decided.has(accountId)))
    return `The person who deploys decided on ${snapshot.key}. Somebody who did not decide has to deploy it.`;
  return mapped.length > 0 || fitting.some(({ accountType, active }) => accountType === 'atlassian' && active)
    ? null
    : 'The person who deploys is nobody whom Jira knows by that e-mail address or name. Name the person with the e-mail address that Jira shows.';
}

/** The map is asked for the address, and for the name as a user name at any sender: a pipeline does not say at which. */
function mappedAs(people: GateFacts['people'], { name, email }: DeployActor): readonly MappedPerson[] {
  const logins = (people?.people ?? []).filter(({ identities }) =>
    identities.some((known) => known.kind === 'login' && sameText(known.login, name)),
  );
  const named = peopleMatching(people, { displayName: name, ...(email === undefined ? {} : { email }) }, 'pipeline');
  return [...new Set([...logins, ...named])];
}

function fits({ displayName, email }: FoundAccount, actor: DeployActor): boolean {
  const [name, address, shown] = [actor.name, actor.email, email].map((text) => text?.trim().toLowerCase());
  if (shown !== undefined && (shown === address || shown === name || shown.split('@')[0] === name)) return true;
  return displayName.trim().toLowerCase() === name;
}
