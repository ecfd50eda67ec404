import type { ChangeSnapshot } from '../change/snapshot';
import type { ChangeView } from '../contract/panel';
import { evidenceList, expectedKinds } from '../evidence/list';
import { inadequateNow } from '../gate/adequate';
import { isPerson } from '../gate/decision-state';
import { judge } from '../gate/judge';
import { mayDecide } from '../gate/may-decide';
import type { Exception, Verdict } from '../gate/verdict';
import type { Decider, Policy } from '../policy/policy';
import type { Ports } from '../ports/ports';
import { governs } from '../policy/requirement';
import { senderName } from '../providers/names';
import type { Facts } from './facts';
import { markingViews } from './markings';
import { readPacks } from './packs/record';
import { mayResolve } from './authors/resolve';
import { actsView } from './view/acts';
import { declarable } from './view/declarable';
import { authorViews } from './view/authors';
import { nobodyLeftNotice } from './view/nobody-left';
import { conditionRights } from './view/conditions';
import { decisionViews } from './view/decisions';
import { delegationViews, handing } from './view/delegations';
import { gateViews } from './view/gate-answers';
import { fromJiraView, keptReadings, type KeptReadings } from './view/from-jira';
import { overlapViews } from './view/overlaps';
import { packView } from './view/packs';
import { personView } from './view/people';
import { timeline } from './view/timeline';

/** Everything the panel shows of a change, for one viewer, computed from live facts. */
export async function changeView(
  ports: Ports,
  facts: Facts,
  accountId: string,
  known?: Decider,
  kept?: Promise<KeptReadings>,
): Promise<ChangeView> {
  const { snapshot, entries } = facts;
  const { policy } = facts;
  const now = ports.clock.now();
  const [viewer, packs, readings] = await Promise.all([
    known ?? ports.jira.readDecider(accountId),
    readPacks(ports, snapshot.issueId),
    kept ?? keptReadings(ports, snapshot.issueId),
  ]);
  const verdict = judge(policy, facts, now);
  const { content } = snapshot;
  const left = await nobodyLeftNotice(ports, facts, verdict, now);
  const shown = { ...verdict, notices: [...verdict.notices, ...left] };
  const authors = authorViews(facts);
  const acts = actsView(policy, facts, verdict, viewer, now);
  const resolve = authors.length > 0 && (await mayNameAuthors(ports, facts, viewer, now));
  return {
    key: snapshot.key,
    summary: content.summary,
    status: snapshot.status,
    controlled: governs(policy, snapshot),
    changeType: content.changeType,
    impactedSystems: content.impactedSystems,
    window: { start: content.windowStart, end: content.windowEnd },
    owner: personView(content.owner, snapshot),
    implementer: personView(content.implementer, snapshot),
    verdict: verdictView(shown, snapshot, accountId, policy.roles, await declarable(ports, facts, verdict, viewer)),
    viewer: { accountId, name: viewer?.displayName ?? null },
    ...acts,
    mayAct: { ...acts.mayAct, resolve },
    mayDecide: mayDecideView(policy, facts, viewer, now),
    delegations: delegationViews(policy, facts, accountId, now),
    overlaps: overlapViews(policy, facts, viewer, now),
    decisions: decisionViews(policy, facts, verdict, conditionRights(policy, facts, viewer, now)),
    evidence: evidenceList(entries).map((row) => ({ ...row, sourceName: senderName(row.source) })),
    ...gateViews(entries),
    expected: expectedKinds(entries, verdict.expectedEvidence).map(({ kind, name, found, state, because }) => ({
      ...{ kind, name, found, state, because },
    })),
    authors,
    missing: missing(facts, verdict, now),
    fromJira: fromJiraView(readings, facts, now),
    markings: markingViews(facts),
    packs: packs.map(packView).reverse(),
    ledger: { entries: entries.length, head: entries.at(-1)?.hash ?? null, intact: facts.breaks.length === 0 },
    timeline: timeline(snapshot, entries),
    people: peopleOf(snapshot),
    now: now.toISOString(),
  };
}

/** Jira is asked whether somebody is an admin only where it matters. */
async function mayNameAuthors(ports: Ports, facts: Facts, viewer: Decider | undefined, now: Date): Promise<boolean> {
  if (viewer === undefined || !isPerson(viewer)) return false;
  return mayResolve(facts, viewer, facts.policy, now) || (await ports.jira.mayAdminister());
}

type Roles = Policy['roles'];

const roleNames = (keys: readonly string[], roles: Roles): readonly string[] =>
  keys.map((key) => roles.find((role) => role.key === key)?.name ?? key);

function verdictView(
  verdict: Verdict,
  snapshot: ChangeSnapshot,
  viewer: string,
  roles: Roles,
  declares: ReadonlySet<Exception>,
): ChangeView['verdict'] {
  return {
    open: verdict.open,
    decided: verdict.decided,
    windowNow: verdict.windowNow,
    policyVersion: verdict.policyVersion,
    judgedAt: verdict.judgedAt,
    needs: { ...verdict.needs, roles: roleNames(verdict.needs.roles, roles) },
    judgedAs: verdict.judgedAs,
    pass: verdict.pass,
    review:
      verdict.review === null
        ? null
        : {
            state: verdict.review.state,
            dueAt: verdict.review.dueAt,
            phrase: verdict.review.needs.phrase,
            rejected: verdict.review.rejected,
          },
    reasons: verdict.reasons,
    exceptions: verdict.exceptions.map((exception) => ({
      code: exception.code,
      sentence: exception.sentence,
      at: exception.at,
      mayConfirm: snapshot.history.some(({ id, author }) => id === exception.historyId && author === viewer),
      mayDeclare: declares.has(exception),
      move: exception.move ?? null,
    })),
    notices: verdict.notices,
  };
}

function mayDecideView(policy: Policy, facts: Facts, viewer: Decider | undefined, now: Date): ChangeView['mayDecide'] {
  if (viewer === undefined) {
    return {
      allowed: false,
      reasons: [{ code: 'not-a-person', sentence: 'Jira does not know your account.' }],
      roles: [],
      onBehalf: [],
      mayDelegate: [],
    };
  }
  const may = mayDecide(policy, facts, viewer, now);
  return {
    allowed: may.allowed,
    reasons: may.reasons,
    roles: roleNames(may.roles, policy.roles),
    ...handing(policy, facts, may, viewer.accountId, now),
  };
}

function missing(facts: Facts, verdict: Verdict, now: Date): ChangeView['missing'] {
  const fields = inadequateNow(facts.policy, facts, now).map(({ code, sentence, name }) => ({
    code,
    sentence,
    field: name,
  }));
  const decisions =
    verdict.needs.missing === 0
      ? []
      : [{ code: 'decision-needed', sentence: `Needs an approval by ${verdict.needs.phrase}.`, field: null }];
  const evidence = expectedKinds(facts.entries, verdict.expectedEvidence).flatMap(
    ({ kind, state, sentence, because }) =>
      sentence === null
        ? []
        : [
            {
              code: `no-${kind}`,
              sentence: state === 'failed' ? `${sentence} Why: ${because ?? ''}.` : sentence,
              field: null,
            },
          ],
  );
  return [...fields, ...decisions, ...evidence];
}

const peopleOf = (snapshot: ChangeSnapshot): ChangeView['people'] =>
  Object.entries(snapshot.names)
    .map(([accountId, name]) => ({ accountId, name }))
    .sort((a, b) => a.name.localeCompare(b.name));
