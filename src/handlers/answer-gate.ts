import { answerDeploy, readQuestion, type GateVerdict } from '../gate/deploy';
import type { DeployQuestion, FoundAccount } from '../gate/deploy';
import { governs } from '../policy/requirement';
import type { Ports } from '../ports/ports';
import { authenticateEnvelope, type Sealed } from '../providers/envelope';
import type { IntakeRequest } from '../providers/request';
import { withLedger } from './facts';
import { isChangePending } from './intake/pending';
import { unreadOf } from './intake/unread';
import { countRefusal } from './intake/refusals';
import { licenceLapsed } from './licensed';
import { recordAnswer } from './record-answer';
import { spendNonce } from './spend-nonce';

/** The output keys of the web trigger `deploy-gate`. Only `allowed` is a yes. */
export type GateOutput = GateVerdict | 'unauthorized' | 'invalid' | 'unavailable' | 'unknown-change';

/** The name under which the gate's secrets, nonces and refusals are kept. */
const SOURCE = 'gate';

/**
 * Answers a pipeline's signed question whether a change may be deployed. Never throws: whatever fails is `unavailable`,
 * which is no yes. The issue is read live. An authentic question uses up its nonce, whatever the answer; question and
 * answer are an entry of the change's ledger before the answer goes out, and an answer that could not be recorded is
 * not given. What became no entry leaves a count for its hour and reason.
 */
export async function answerGate(ports: Ports, request: IntakeRequest): Promise<GateOutput> {
  try {
    return await answer(ports, request);
  } catch (failure) {
    ports.log.error('a question to the deploy gate could not be answered', failure);
    return 'unavailable';
  }
}

async function answer(ports: Ports, request: IntakeRequest): Promise<GateOutput> {
  const now = ports.clock.now();
  const sender = authenticateEnvelope(request, await ports.secrets.live(SOURCE), now);
  if (!sender.authentic) return refuse(ports, sender.reason, 'unauthorized');
  if (!(await spendNonce(ports, SOURCE, sender.nonce))) return refuse(ports, 'nonce-spent', 'unauthorized');
  if (licenceLapsed(ports)) return refuse(ports, 'licence-lapsed', 'unavailable');
  if (request.method.toUpperCase() !== 'POST') return refuse(ports, 'method', 'invalid');
  const read = readQuestion(request.body);
  if (!read.ok) return refuse(ports, read.reason, 'invalid');
  return judged(ports, sender, read.question);
}

async function judged(ports: Ports, sender: Sealed, question: DeployQuestion): Promise<GateOutput> {
  const [snapshot, accounts, pending] = await Promise.all([
    ports.jira.readChange(question.change),
    accountsOf(ports, question),
    isChangePending(ports, question.change),
  ]);
  // After the pending deliveries: a delivery's files are marked unread before it is pending no more.
  const unread = snapshot === undefined ? [] : await unreadOf(ports, snapshot.issueId);
  // Only now: what was not pending any more is in the ledger by the time it is read.
  const facts = snapshot === undefined ? undefined : await withLedger(ports, snapshot);
  if (facts === undefined || !governs(facts.policy, facts.snapshot)) {
    return refuse(ports, 'unknown-change', 'unknown-change');
  }
  // The clock is read again: what was decided meanwhile was decided before this instant.
  const given = answerDeploy(
    facts.policy,
    facts,
    { question, accounts, pending: pending || unread.length > 0 },
    ports.clock.now(),
  );
  await recordAnswer(ports, facts, { question, sender, given });
  return given.verdict;
}

/** Everybody whom Jira finds for the actor; who of them fits is for the gate to say. */
async function accountsOf(ports: Ports, { actor }: DeployQuestion): Promise<readonly FoundAccount[]> {
  const texts = new Set([actor.name, ...(actor.email === undefined ? [] : [actor.email])]);
  return (await Promise.all([...texts].map((text) => ports.jira.searchAccounts(text)))).flat();
}

async function refuse(ports: Ports, reason: string, output: GateOutput): Promise<GateOutput> {
  await countRefusal(ports, SOURCE, reason);
  ports.log.info('the deploy gate refused a question', { reason, output });
  return output;
}
