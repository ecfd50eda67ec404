import type { ChangeView } from '../../contract/panel';
import { newsOf, partsNews } from '../../evidence/jira/news';
import { partRead, type ShownPart } from '../../evidence/jira/shown';
import { lastParts, standingRecords } from '../../evidence/jira/standing';
import { appendInTurn } from '../../ledger/append';
import { jiraChain } from '../../ledger/keys';
import { inspectLedger, LedgerError } from '../../ledger/read';
import type { DevelopmentView } from '../../ports/jira-records';
import type { Ports } from '../../ports/ports';
import { governs } from '../../policy/requirement';
import type { Decider } from '../../policy/policy';
import { changeView } from '../change-view';
import { readFactsFor, type Facts } from '../facts';
import { namingSalt } from '../naming-salt';
import { refuse } from '../refusal';
import { callerOf, issueOf, type ResolverCall } from '../resolver-call';
import { developmentView } from '../view/from-jira';
import { readingDrafts } from './drafts';
import { nextSeq } from './read';

export type GraphPorts = Ports & { readonly graph: DevelopmentView };

/**
 * `development.read`: what the Teamwork Graph links to the change in the view of whoever asks, recorded as theirs. It
 * opens nothing and is no evidence: it shows what a sender should have delivered. Answers the change as it is then.
 */
export async function readDevelopment(ports: GraphPorts, call: ResolverCall): Promise<ChangeView> {
  const accountId = callerOf(call);
  const [facts, viewer] = await Promise.all([readFactsFor(ports, issueOf(call)), ports.jira.readDecider(accountId)]);
  if (!governs(facts.policy, facts.snapshot))
    throw refuse(409, 'not-controlled', 'This work item is not a change under change control, so nothing is recorded.');
  const part = await ports.graph.development(facts.snapshot.issueId, call.cloudId ?? '');
  await record(ports, facts, part, { accountId, displayName: viewer?.displayName });
  return changeView(ports, facts, accountId, viewer);
}

const ATTEMPTS = 3;

/** What is new in this view; and that somebody looked, at most once a day when there is nothing new. */
async function record(
  ports: Ports,
  facts: Facts,
  part: ShownPart,
  viewer: { readonly accountId: Decider['accountId']; readonly displayName: string | undefined },
): Promise<void> {
  const { issueId } = facts.snapshot;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { entries } = await inspectLedger(ports.store, jiraChain(issueId));
    const news = newsOf(standingRecords(entries), new Map([['development' as const, part]]), namingSalt(facts));
    const parts = [partRead('development', part)];
    const now = ports.clock.now();
    const due = developmentView(entries, now).due;
    if (news.found.length === 0 && partsNews(lastParts(entries), parts).length === 0 && !due) return;
    const reading = { readAt: now.toISOString(), parts, news, viewer };
    const drafts = readingDrafts(ports.random, facts, reading, nextSeq(entries));
    if ((await appendInTurn({ store: ports.store, now }, jiraChain(issueId), drafts)) !== undefined) return;
  }
  throw new LedgerError('LEDGER_BUSY', `other readings of ${issueId} got in first; try again`);
}
