import { isDeepStrictEqual } from 'node:util';
import type { GateAnswer } from '../gate/deploy';
import type { DeployActor, DeployQuestion } from '../gate/question';
import { appendEntry } from '../ledger/append';
import { disclosed } from '../ledger/commitment';
import type { Person, StoredEntry } from '../ledger/entry';
import { sha256Hex } from '../ledger/hash';
import type { Ports } from '../ports/ports';
import type { Sealed } from '../providers/envelope';
import { Disclosing } from './disclosing';
import type { Facts } from './facts';

/** A pipeline that keeps asking leaves one entry an hour, as long as the answer stays the same. */
const REPEAT_MS = 60 * 60 * 1000;

export interface Answered {
  readonly question: DeployQuestion;
  readonly sender: Sealed;
  readonly given: GateAnswer;
}

/**
 * Writes a question and its answer into the change's ledger; resolves once that is durable. The newest entry of the same
 * question, if it has the same answer under the same policy and is younger than an hour, stands for this one too: polling
 * cannot flood the ledger, and every change of the answer shows.
 *
 * @throws whatever the ledger throws; then the answer must not go out.
 */
export async function recordAnswer(ports: Ports, facts: Facts, answered: Answered): Promise<void> {
  const { question, sender, given } = answered;
  const now = ports.clock.now();
  const actor = personOf(question.actor);
  const last = facts.entries.findLast((stored) => isSameQuestion(stored, question, actor));
  if (last !== undefined && standsFor(last, given, now)) return;
  const disclosing = new Disclosing(ports.random);
  const digest = sha256Hex(sender.signed);
  const body = {
    environment: question.environment,
    commits: question.commits,
    artifacts: question.artifacts,
    actor: disclosing.value(actor),
    verdict: given.verdict,
    sentence: given.sentence,
    askedAt: now.toISOString(),
    question: digest,
    secret: sender.secret,
    policyVersion: given.policyVersion,
  };
  await appendEntry(
    { store: ports.store, now },
    {
      chain: facts.snapshot.issueId,
      kind: 'gate-answered',
      fact: `gate:${digest}`,
      body,
      disclosures: disclosing.disclosures,
    },
  );
}

const personOf = ({ name, email }: DeployActor): Person => ({
  displayName: name,
  ...(email === undefined ? {} : { email }),
});

function isSameQuestion(stored: StoredEntry, question: DeployQuestion, actor: Person): boolean {
  const { entry } = stored;
  if (entry.kind !== 'gate-answered') return false;
  const { environment, commits, artifacts } = entry.body;
  return (
    environment === question.environment &&
    isDeepStrictEqual([commits, artifacts], [question.commits, question.artifacts]) &&
    isDeepStrictEqual(disclosed<Person>(stored, entry.body.actor), actor)
  );
}

function standsFor({ entry }: StoredEntry, given: GateAnswer, now: Date): boolean {
  if (entry.kind !== 'gate-answered') return false;
  const { verdict, policyVersion, sentence, askedAt } = entry.body;
  const age = now.getTime() - Date.parse(askedAt);
  return (
    verdict === given.verdict &&
    sentence === given.sentence &&
    policyVersion === given.policyVersion &&
    age >= 0 &&
    age < REPEAT_MS
  );
}
