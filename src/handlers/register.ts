import { registerPayload } from '../contract/payloads';
import type { RegisterRow, RegisterView } from '../contract/panel';
import { evidenceList } from '../evidence/list';
import type { Members } from '../gate/decision-state';
import { judge } from '../gate/judge';
import type { Verdict } from '../gate/verdict';
import { peopleOf, reviewers, waitingFor } from '../gate/waiting';
import type { Ports } from '../ports/ports';
import { readFacts, readMembers, type Facts } from './facts';
import { policyInForce } from './policy/store';
import { callerOf, parsed, projectOf, type ResolverCall } from './resolver-call';

const DEFAULT_LIMIT = 100;
const AT_ONCE = 8;

/** `register.read`: the changes of a project that the viewer may see, newest first; says when the list was cut. */
export async function readRegister(ports: Ports, call: ResolverCall): Promise<RegisterView> {
  const { limit = DEFAULT_LIMIT } = parsed(registerPayload, call.payload ?? {});
  const project = projectOf(call);
  const { keys, complete } = await ports.jira.listChanges(project, limit);
  const viewer: Viewer = { accountId: callerOf(call), members: await readMembers(ports, await policyInForce(ports)) };
  const rows: RegisterRow[] = [];
  for (let i = 0; i < keys.length; i += AT_ONCE) {
    const batch = await Promise.all(keys.slice(i, i + AT_ONCE).map((key) => row(ports, key, viewer)));
    rows.push(...batch.filter((one) => one !== undefined));
  }
  return { project, complete: complete && rows.length === keys.length, rows };
}

interface Viewer {
  readonly accountId: string;
  readonly members: Members;
}

async function row(ports: Ports, key: string, viewer: Viewer): Promise<RegisterRow | undefined> {
  const facts = await readFacts(ports, key);
  if (facts === undefined) return undefined;
  const { snapshot, entries } = facts;
  const now = ports.clock.now();
  const verdict = judge(facts.policy, facts, now);
  const { content } = snapshot;
  const waiting = waitingFor(facts.policy, facts, verdict, viewer.members, now);
  return {
    key: snapshot.key,
    summary: content.summary,
    status: snapshot.status,
    changeType: content.changeType,
    owner: content.owner === null ? null : (snapshot.names[content.owner] ?? null),
    open: verdict.open,
    needs: verdict.needs.missing === 0 ? '' : verdict.needs.phrase,
    reasons: verdict.reasons.map(({ code }) => code),
    exceptions: verdict.exceptions.length,
    evidence: evidenceList(entries).length,
    window: { start: content.windowStart, end: content.windowEnd },
    createdAt: snapshot.createdAt,
    waitingForYou: waiting.filter(({ accountId }) => accountId === viewer.accountId).map(({ what }) => what),
    waitingFor: names(
      facts,
      viewer.members,
      waiting.map(({ accountId }) => accountId),
    ),
    review: owedReview(facts, verdict, viewer.members, now),
  };
}

function owedReview(facts: Facts, verdict: Verdict, members: Members, now: Date): RegisterRow['review'] {
  const { review } = verdict;
  if (review === null || review.state === 'done') return null;
  const people = reviewers(facts.policy, facts, verdict, peopleOf(members), now);
  return {
    overdue: review.state === 'overdue',
    dueAt: review.dueAt,
    phrase: review.needs.phrase,
    people: names(facts, members, people),
  };
}

/** Names in order, each once; whoever has none is left out. */
function names({ snapshot }: Facts, members: Members, accounts: readonly string[]): readonly string[] {
  const known = new Map(peopleOf(members).map(({ accountId, displayName }) => [accountId, displayName]));
  const found = [...new Set(accounts)].map((id) => known.get(id) ?? snapshot.names[id]);
  return found.filter((name) => name !== undefined).sort((a, b) => a.localeCompare(b, 'en'));
}
