import { authorsBarred } from '../../gate/authors';
import { standingDecisions, type StandingDecision } from '../../gate/standing';
import { appendEntries, type Draft } from '../../ledger/append';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { withLedger, type Facts } from '../facts';

/** A decision that was taken back, replaced or never counted needs nothing more to be void. */
const OVER: readonly string[] = ['void-when-recorded', 'decider-unknown', 'superseded', 'withdrawn', 'resubmitted'];

/**
 * Says in the ledger which approvals count no more because evidence shows their decider, or the one whose say it was, as
 * its author (law 3, ruling 8): one entry a decision, naming the person and the evidence. Idempotent, whatever came first: run after evidence, after a
 * decision, after a resolution, and by every refresh. Answers the facts as they are afterwards.
 */
export async function barDeciders(ports: Ports, facts: Facts): Promise<Facts> {
  const known = new Set(facts.entries.map(({ entry }) => entry.fact));
  const barred = authorsBarred(facts);
  const drafts = standingDecisions(facts).flatMap((decision): Draft[] => {
    const { body, seq, invalidBecause } = decision;
    const [author] = peopleOf(decision).filter(({ accountId }) => barred.has(accountId));
    const [match] = barred.get(author?.accountId ?? '') ?? [];
    if (author === undefined || match === undefined || body.decision !== 'approved' || known.has(factOf(decision)))
      return [];
    if (invalidBecause !== null && OVER.includes(invalidBecause.code)) return [];
    const disclosing = new Disclosing(ports.random);
    const { evidence, role } = match.authorship;
    return [
      {
        chain: facts.snapshot.issueId,
        kind: 'decision-barred',
        fact: factOf(decision),
        body: {
          person: disclosing.person(author.accountId, author.displayName ?? undefined),
          decision: seq,
          evidence,
          role,
          matchedBy: match.by,
        },
        disclosures: disclosing.disclosures,
      },
    ];
  });
  if (drafts.length === 0) return facts;
  await appendEntries({ store: ports.store, now: ports.clock.now() }, facts.snapshot.issueId, drafts);
  return withLedger(ports, facts.snapshot);
}

/** Who decided and whose say it was, as far as they are still disclosed: neither may be an author. */
const peopleOf = ({ accountId, displayName, behalf }: StandingDecision) => [
  ...(accountId === null ? [] : [{ accountId, displayName }]),
  ...(behalf === undefined || behalf === null ? [] : [behalf]),
];

const factOf = ({ seq }: Pick<StandingDecision, 'seq'>): string => `barred:${seq}`;
