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
 * none is the active account of a person, because an actor whom nobody knows cannot be told apart from a decider.
 */
export function whyNotDeployer(
  { snapshot }: Pick<GateFacts, 'snapshot'>,
  verdict: Pick<Verdict, 'decisions'>,
  actor: DeployActor,
  accounts: readonly FoundAccount[],
): string | null {
  const fitting = accounts.filter((account) => fits(account, actor));
  const decided = new Set(
    verdict.decisions.flatMap(({ valid, decision, accountId }) =>
      valid && decision !== 'withdrawn' && accountId !== null ? [accountId] : [],
    ),
  );
  if (fitting.some(({ accountId }) => decided.has(accountId)))
    return `The person who deploys decided on ${snapshot.key}. Somebody who did not decide has to deploy it.`;
  return fitting.some(({ accountType, active }) => accountType === 'atlassian' && active)
    ? null
    : 'The person who deploys is nobody whom Jira knows by that e-mail address or name. Name the person with the e-mail address that Jira shows.';
}

function fits({ displayName, email }: FoundAccount, actor: DeployActor): boolean {
  const [name, address, shown] = [actor.name, actor.email, email].map((text) => text?.trim().toLowerCase());
  if (shown !== undefined && (shown === address || shown === name || shown.split('@')[0] === name)) return true;
  return displayName.trim().toLowerCase() === name;
}
