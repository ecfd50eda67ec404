import type { LedgerEntry, StoredEntry } from '../ledger/entry';
import type { Policy } from '../policy/policy';
import { decidingRules, lastDecidedAt } from './deciding';
import { approversAmong } from './deciding';
import type { DeployQuestion } from './question';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';
import { listed, when } from './words';

type Evidence = LedgerEntry<'evidence'>['body'];

/**
 * Why a commit or artifact that is to be deployed is not covered by the change, in a sentence; null when all are. Each has
 * to be named by evidence of this change: a commit by any fact about it, an artifact by its digest. Under the policy
 * 'before-approval' that evidence had to be received no later than the approval by which the change became, or last
 * became again, decided: what came later was seen by nobody who decided. A Standard change was decided with its template,
 * so any evidence will do. A Discovered change opens nothing for a commit that was already deployed there before.
 *
 * @param now UTC; tells by which rules the change is judged.
 */
export function whyNotCovered(policy: Policy, facts: GateFacts, question: DeployQuestion, now: Date): string | null {
  const evidence = evidenceIn(facts.entries);
  const approvers = approversAmong(standingDecisions(facts));
  const deciding = decidingRules(policy, facts, approvers, now);
  const decidedAt = deciding.requirement.length === 0 ? null : lastDecidedAt(deciding, approvers);
  const named = [...question.commits, ...question.artifacts];
  const firstReceived = receivedBy(evidence, named);
  const unlinked = named.filter((one) => !firstReceived.has(one));
  if (unlinked.length > 0)
    return `No evidence of ${facts.snapshot.key} names ${shown(unlinked)}. Hand in the evidence, or deploy what belongs to the change.`;
  if (policy.laterCommits === 'before-approval' && decidedAt !== null) {
    const late = named.filter((one) => (firstReceived.get(one) ?? '') > decidedAt);
    if (late.length > 0)
      return `Evidence of ${shown(late)} came after the change was approved on ${when(decidedAt)}. Ask a decider to look at it and approve again.`;
  }
  if (deciding.judgedAs !== 'Discovered') return null;
  const done = question.commits.filter((commit) => wasDeployed(evidence, commit, question.environment, decidedAt));
  return done.length === 0
    ? null
    : `Commit ${shown(done)} was deployed to ${question.environment} before this discovered change was decided; a decision afterwards does not open the gate for it.`;
}

const evidenceIn = (entries: readonly StoredEntry[]): readonly Evidence[] =>
  entries.flatMap(({ entry }) => (entry.kind === 'evidence' && mayLink(entry.body) ? [entry.body] : []));

/**
 * What an invalid signature is on links nothing. Neither does what a person hands in through the panel, whoever that is,
 * unless a registered key has signed it: whoever deploys must not be able to write the evidence by hand.
 */
const mayLink = ({ evidence, attributes, provenance }: Evidence): boolean => {
  const isSignature = evidence === 'attestation' || evidence === 'commit-signature';
  if (isSignature && attributes['signature'] === 'invalid') return false;
  return provenance.authenticatedBy !== 'jira-session' || attributes['signature'] === 'verified';
};

/** When the first evidence that names it was received, for each that is named at all. */
function receivedBy(evidence: readonly Evidence[], named: readonly string[]): ReadonlyMap<string, string> {
  const asked = new Set(named);
  const first = new Map<string, string>();
  for (const { commits, id, attributes, receivedAt } of evidence) {
    for (const name of [...commits, id, ...Object.values(attributes)]) {
      const known = first.get(name);
      if (asked.has(name) && isAbout(name, commits, id) && (known === undefined || receivedAt < known))
        first.set(name, receivedAt);
    }
  }
  return first;
}

/** An artifact may be named in an attribute; a commit there, such as the tip of a branch, is not what the fact is about. */
const isAbout = (name: string, commits: readonly string[], id: string): boolean =>
  name.startsWith('sha256:') || name === id || commits.includes(name);

const wasDeployed = (
  evidence: readonly Evidence[],
  commit: string,
  environment: string,
  decidedAt: string | null,
): boolean =>
  evidence.some(
    (fact) =>
      (fact.evidence === 'deployment' || fact.evidence === 'deployment-status') &&
      fact.commits.includes(commit) &&
      fact.attributes.environment?.toLowerCase() === environment.toLowerCase() &&
      (decidedAt === null || fact.receivedAt <= decidedAt),
  );

const SHOWN = 5;

function shown(names: readonly string[]): string {
  const short = names
    .slice(0, SHOWN)
    .map((name) => (name.startsWith('sha256:') ? name.slice(0, 19) : name.slice(0, 12)));
  return names.length > SHOWN ? `${short.join(', ')} and ${names.length - SHOWN} more` : listed(short);
}
