import { demanded } from '../evidence/expected';
import type { Policy } from '../policy/policy';
import { whyNotDeployer } from './deployer';
import type { FoundAccount } from './deployer';
import { freezeSentence } from './frozen';
import { judge } from './judge';
import { whyNotCovered } from './linked';
import type { DeployQuestion } from './question';
import type { GateFacts } from './recorded';
import type { Verdict } from './verdict';
import { listed, when } from './words';

export { readQuestion } from './question';
export type { DeployQuestion } from './question';
export type { FoundAccount } from './deployer';

/** What the gate answers about a change that it knows. */
export type GateVerdict =
  | 'pending'
  | 'blocked-voided'
  | 'blocked-not-approved'
  | 'blocked-incomplete'
  | 'blocked-freeze'
  | 'blocked-window'
  | 'blocked-commit'
  | 'blocked-actor'
  | 'allowed';

export interface GateAnswer {
  readonly verdict: GateVerdict;
  /** Why, and what to do next. Names no person: it becomes part of a hashed entry. */
  readonly sentence: string;
  readonly policyVersion: string;
}

export interface Asked {
  readonly question: DeployQuestion;
  /** Every account that Jira finds for the actor's name and e-mail address. */
  readonly accounts: readonly FoundAccount[];
  /** Whether facts accepted for this change are still being recorded. */
  readonly pending: boolean;
}

/**
 * The deploy gate: the one judgement that panel and validator share, and on top of it what only a deployment has, its
 * environment, commits, artifacts and actor. The first reason that applies answers, in the order of `GateVerdict`.
 * Windows and freezes hold in every environment. Unknown is closed.
 *
 * @param facts the change as Jira has it at this moment, never a snapshot kept from before.
 * @param now UTC.
 */
export function answerDeploy(policy: Policy, facts: GateFacts, asked: Asked, now: Date): GateAnswer {
  const verdict = judge(policy, facts, now);
  const answer = (verdictKey: GateVerdict, sentence: string): GateAnswer => ({
    verdict: verdictKey,
    sentence,
    policyVersion: verdict.policyVersion,
  });
  const { question, accounts, pending } = asked;
  const { key } = facts.snapshot;
  if (pending) return answer('pending', `Facts about ${key} are still being recorded. Ask again in a few seconds.`);
  if (!verdict.open) return answer(...closedAs(verdict, key));
  const missing = missingKinds(policy, facts);
  if (missing.length > 0)
    return answer(
      'blocked-incomplete',
      `The policy demands evidence that ${key} does not have yet: ${listed(missing)}.`,
    );
  if (verdict.freezesNow.length > 0) return answer('blocked-freeze', verdict.freezesNow.map(freezeSentence).join(' '));
  if (verdict.windowNow !== true) return answer('blocked-window', windowSentence(facts));
  const uncovered = whyNotCovered(policy, facts, question, now);
  if (uncovered !== null) return answer('blocked-commit', uncovered);
  const barred = whyNotDeployer(facts, verdict, question.actor, accounts);
  if (barred !== null) return answer('blocked-actor', barred);
  return answer('allowed', `${key} is approved, inside its change window, and covers what is deployed.`);
}

/** Sentences of reasons may name people, so the entry says what is the matter by code; the panel says it in full. */
function closedAs({ reasons }: Verdict, key: string): [GateVerdict, string] {
  if (reasons.some(({ code }) => code === 'voided'))
    return ['blocked-voided', `${key} was edited after it was approved. It has to be approved again as it is now.`];
  const codes = reasons.map(({ code }) => code.replaceAll('-', ' '));
  return ['blocked-not-approved', `${key} is not open: ${listed(codes)}. The panel of the change says what it needs.`];
}

const missingKinds = (policy: Policy, { entries }: GateFacts): readonly string[] =>
  policy.evidenceBeforeDeploying.flatMap((kind) => {
    const state = demanded(entries, kind);
    if (state === 'there') return [];
    return [state === 'missing' ? kind : `${kind} (a person handed in a file as one, which was not read as one)`];
  });

function windowSentence({ snapshot }: GateFacts): string {
  const { windowStart, windowEnd } = snapshot.content;
  if (windowStart === null || windowEnd === null) return `${snapshot.key} has no change window.`;
  return `The change window of ${snapshot.key} lasts from ${when(windowStart)} to ${when(windowEnd)}.`;
}
