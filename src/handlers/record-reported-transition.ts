import { isConfirmed, recordingFor, type Recording, type TransitionDecision } from '../gate/recording';
import { appendEntry, type Draft } from '../ledger/append';
import type { ChangeSnapshot } from '../change/snapshot';
import type { Ports, ReportedTransition } from '../ports/ports';
import { barDeciders } from './authors/bar';
import { Disclosing } from './disclosing';
import { governs } from '../policy/requirement';
import { readFacts, withLedger } from './facts';
import { refreshGateFields } from './gate-fields';
import { licenceLapsed } from './licensed';
import { recordHistory } from './record-history';

/** How often a changelog that does not show the move yet is asked again, and after how long. */
const ATTEMPTS = 3;
const RETRY_SECONDS = 30;

/**
 * Turns a transition that our post function reported into a decision or a move in the ledger, once, however often it is
 * reported. It has to be confirmed by Jira's changelog (same author, from, to); a decision that is not confirmed, or whose
 * content was edited before it could be recorded, is recorded as void.
 */
export async function recordReportedTransition(
  ports: Ports,
  transition: ReportedTransition,
  attempt: number,
): Promise<void> {
  const facts = await readFacts(ports, transition.issueId);
  if (facts === undefined || !governs(facts.policy, facts.snapshot)) return;
  if (licenceLapsed(ports)) {
    // Left as the exception "moved, no decision recorded", which the same person can confirm once it is renewed.
    ports.log.info('a transition was not recorded while the licence has lapsed', { issue: transition.issueId });
    return;
  }
  if (!isConfirmed(facts, transition) && attempt < ATTEMPTS) {
    await ports.jobs.push(
      { job: 'record-transition', transition, attempt: attempt + 1 },
      { delaySeconds: RETRY_SECONDS },
    );
    return;
  }
  const up = await recordHistory(ports, facts);
  const recording = recordingFor(up.policy, up, transition, await ports.jira.readDecider(transition.actor));
  const draft = await draftOf(ports, up.snapshot, transition, recording);
  if (draft === undefined) {
    ports.log.info('a reported transition was not recorded', {
      issue: transition.issueId,
      execution: transition.executionId,
    });
    return;
  }
  await appendEntry({ store: ports.store, now: ports.clock.now() }, draft);
  await refreshGateFields(ports, await barDeciders(ports, await withLedger(ports, up.snapshot)));
}

async function draftOf(
  ports: Ports,
  snapshot: ChangeSnapshot,
  transition: ReportedTransition,
  recording: Recording,
): Promise<Draft | undefined> {
  const disclosing = new Disclosing(ports.random);
  const base = { chain: transition.issueId, fact: recording.fact };
  switch (recording.record) {
    case 'nothing':
      return undefined;
    case 'move': {
      const { historyId, at, from, to } = recording.move;
      const by = disclosing.account(transition.actor, snapshot);
      const body = { historyId, at, from, to, by, reported: true, executionId: recording.executionId };
      return { ...base, kind: 'moved', body, disclosures: disclosing.disclosures };
    }
    case 'decision': {
      const body = await decisionBody(ports, snapshot, recording.decision, disclosing);
      return { ...base, kind: 'decision', body, disclosures: disclosing.disclosures };
    }
  }
}

async function decisionBody(
  ports: Ports,
  snapshot: ChangeSnapshot,
  decision: TransitionDecision,
  disclosing: Disclosing,
) {
  const { by, content, requiredActions, decidedAt, ...rest } = decision;
  const actions = await Promise.all(
    requiredActions.map(async ({ what, owner }) => {
      const named = owner === null ? null : 'accountId' in owner ? owner.accountId : owner.name;
      const found = named === null ? undefined : await ports.jira.findPerson(named);
      // An owner that Jira cannot name is kept as written: the action is not lost, and the panel shows who was meant.
      return { what, owner: disclosing.value(found ?? { displayName: named ?? 'nobody named' }) };
    }),
  );
  return {
    ...rest,
    by: disclosing.person(by, snapshot.names[by]),
    content: disclosing.value(content),
    requiredActions: actions,
    decidedAt: decidedAt ?? ports.clock.now().toISOString(),
  };
}
