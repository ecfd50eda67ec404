import { decisionPayload, type DecisionPayload } from '../contract/payloads';
import type { RecordedDecision } from '../contract/panel';
import { contentDigest } from '../change/digest';
import { newestHistoryId } from '../change/history';
import { rolesHere } from '../gate/barriers';
import { judge } from '../gate/judge';
import { recordedOrganisation } from '../gate/recording';
import { delegations } from '../gate/delegations';
import { mayRecord, sameDecision } from '../gate/may-decide';
import type { Behalf } from '../gate/may-record';
import { appendEntry } from '../ledger/append';
import { canonicalJson } from '../ledger/canonical';
import type { StoredEntry } from '../ledger/entry';
import { sha256Hex } from '../ledger/hash';
import type { Decider } from '../policy/policy';
import type { Ports } from '../ports/ports';
import { barDeciders } from './authors/bar';
import { changeView } from './change-view';
import { Disclosing } from './disclosing';
import { governs } from '../policy/requirement';
import { readFactsFor, withLedger, type Facts } from './facts';
import { refreshGateFields } from './gate-fields';
import { mustBeLicensed } from './licensed';
import { namingSalt } from './naming-salt';
import { recordHistory } from './record-history';
import { refuse } from './refusal';
import { callerOf, issueOf, parsed, type ResolverCall } from './resolver-call';
import { conditionRights } from './view/conditions';
import { decisionView } from './view/decisions';

interface NamedAction {
  readonly what: string;
  readonly accountId: string;
  readonly displayName: string;
}

/**
 * `decision.record`: the panel's sign-off and objection. The decision is durable, and the fields that Jira's rules read
 * are written, before this answers. Refusals: 400 invalid, 403 own-change and others who may not, 404, 409 wrong state.
 */
export async function recordDecision(ports: Ports, call: ResolverCall): Promise<RecordedDecision> {
  const payload = parsed(decisionPayload, call.payload);
  const accountId = callerOf(call);
  const key = issueOf(call);
  const { stored, added } = await decide(ports, { key, accountId, payload });
  if (payload.move === true) await move(ports, key);
  return answer(ports, key, accountId, stored, added);
}

export interface Decide {
  readonly key: string;
  readonly accountId: string;
  readonly payload: DecisionPayload;
  /** The meeting record in which it is taken. */
  readonly meeting?: string;
}

/** Records one person's own decision on one change; the same one again adds nothing. Refusals as in `recordDecision`. */
export async function decide(ports: Ports, asked: Decide): Promise<{ stored: StoredEntry; added: boolean }> {
  const { key, accountId, payload } = asked;
  mustBeLicensed(ports);
  const [facts, person] = await Promise.all([readFactsFor(ports, key), ports.jira.readDecider(accountId)]);
  const { policy } = facts;
  if (!governs(policy, facts.snapshot)) {
    throw refuse(
      409,
      'not-controlled',
      `${key} is not a change request of a controlled project, so there is nothing to decide.`,
    );
  }
  if (person === undefined) throw refuse(403, 'not-a-person', 'Jira does not know your account.');
  const actions = await nameOwners(ports, payload);
  const up = await recordHistory(ports, facts);
  const broken = up.breaks[0];
  if (broken !== undefined) {
    throw refuse(
      409,
      'ledger-broken',
      `Nothing is decided on a ledger that does not verify: ${broken.sentence}. Tell your Jira admin.`,
    );
  }
  const now = ports.clock.now();
  const behalf = await behalfOf(ports, up, payload);
  const refusal = mayRecord(policy, up, person, payload, now, behalf);
  const earlier = sameDecision(policy, up, person, payload, now);
  if (earlier === undefined && refusal !== undefined) throw refuse(refusal.status, refusal.code, refusal.message);
  const recorded =
    earlier === undefined
      ? await append(ports, up, { ...asked, person, actions, behalf })
      : { stored: earlier, added: false };
  // Evidence may have come while this was recorded: whoever was slower of the two sees the other.
  await writeFields(ports, await barDeciders(ports, await withLedger(ports, up.snapshot)));
  // Those whom it concerns are told by the job, so that nobody waits for it here.
  if (payload.decision === 'withdrawn') await ports.jobs.push({ job: 'refresh-change', issueId: up.snapshot.issueId });
  return recorded;
}

/** The delegation that is named, and the delegator with the groups that Jira has them in at this moment. */
async function behalfOf(ports: Ports, facts: Facts, { delegation: seq }: DecisionPayload): Promise<Behalf | undefined> {
  const delegation = seq === undefined ? undefined : delegations(facts).find((one) => one.seq === seq);
  if (delegation === undefined) return undefined;
  return { delegation, delegator: await ports.jira.readDecider(delegation.from.accountId) };
}

/** Every owner of a required action has to be an account that Jira knows: named by account id, from the screen. */
async function nameOwners(ports: Ports, payload: DecisionPayload): Promise<readonly NamedAction[]> {
  return Promise.all(
    (payload.requiredActions ?? []).map(async ({ what, owner }) => {
      const found = await ports.jira.findPerson(owner);
      if (found === undefined) {
        throw refuse(400, 'unknown-owner', `Nobody in Jira is "${owner}": every required action needs an owner.`, [
          'requiredActions',
        ]);
      }
      return { what, ...found };
    }),
  );
}

interface ToAppend extends Decide {
  readonly person: Decider;
  readonly actions: readonly NamedAction[];
  readonly behalf: Behalf | undefined;
}

async function append(ports: Ports, facts: Facts, { person, payload, actions, behalf, meeting }: ToAppend) {
  const { snapshot, policy } = facts;
  const disclosing = new Disclosing(ports.random);
  const now = ports.clock.now();
  const delegation = behalf?.delegation;
  return appendEntry(
    { store: ports.store, now },
    {
      chain: snapshot.issueId,
      kind: 'decision',
      fact: factOf(facts, person.accountId, payload, contentDigest(snapshot.content)),
      body: {
        decision: payload.decision,
        roles: delegation === undefined ? rolesHere(policy, facts, person, now) : [delegation.role],
        by: disclosing.person(person.accountId, person.displayName),
        basis: payload.basis,
        requiredActions: actions.map((action) => ({
          what: action.what,
          owner: disclosing.person(action.accountId, action.displayName),
        })),
        contentDigest: contentDigest(snapshot.content),
        content: disclosing.value(snapshot.content),
        historyHead: newestHistoryId(snapshot.history),
        policyVersion: policy.version,
        ...recordedOrganisation(policy, person, behalf?.delegator),
        ...(payload.conditions === undefined ? {} : { conditions: payload.conditions }),
        ...(payload.until === undefined ? {} : { until: payload.until }),
        ...(payload.awaits === undefined ? {} : { awaits: payload.awaits }),
        ...(meeting === undefined ? {} : { meeting }),
        ...(delegation === undefined
          ? {}
          : {
              onBehalfOf: {
                person: disclosing.person(delegation.from.accountId, delegation.from.name),
                delegation: delegation.seq,
              },
            }),
        decidedAt: now.toISOString(),
      },
      disclosures: disclosing.disclosures,
    },
  );
}

/**
 * Names the decision so that one click sent twice is one entry. The account is mixed with the salt that opened the
 * ledger: the name in the hashed entry says nothing about the person once the disclosures are erased.
 */
function factOf(facts: Facts, accountId: string, payload: DecisionPayload, digest: string): string {
  const salt = namingSalt(facts);
  const before = facts.entries.filter(
    ({ entry }) => entry.kind === 'decision' && entry.fact.startsWith(`decision:${who(salt, accountId)}:`),
  );
  const { decision, basis, ...rest } = payload;
  const said = Object.fromEntries(
    Object.entries(rest).filter(([name, value]) => PARTS.has(name) && value !== undefined),
  );
  const what = sha256Hex(canonicalJson({ decision, basis, digest, after: before.length, ...said }));
  return `decision:${who(salt, accountId)}:${what.slice(0, 32)}`;
}

/** What else tells two decisions apart. */
const PARTS: ReadonlySet<string> = new Set(['conditions', 'until', 'awaits', 'delegation']);

const who = (salt: string, accountId: string): string => sha256Hex(`${salt}.${accountId}`).slice(0, 32);

/** The decision is recorded already: a field that Jira would not take now is written by the job, and nothing opens early. */
async function writeFields(ports: Ports, facts: Facts): Promise<void> {
  try {
    await refreshGateFields(ports, facts);
  } catch (cause) {
    ports.log.error('the read-only fields could not be written after a decision', cause);
    await ports.jobs.push({ job: 'refresh-change', issueId: facts.snapshot.issueId });
  }
}

async function move(ports: Ports, key: string): Promise<void> {
  const { moved, messages } = await ports.jira.transitionAsUser(key, 'Approve');
  if (!moved) {
    throw refuse(
      409,
      'signed-not-moved',
      `Your sign-off is recorded, but Jira did not move the change: ${messages.join(' ')}`,
    );
  }
}

async function answer(
  ports: Ports,
  key: string,
  accountId: string,
  stored: StoredEntry,
  added: boolean,
): Promise<RecordedDecision> {
  const [facts, viewer] = await Promise.all([readFactsFor(ports, key), ports.jira.readDecider(accountId)]);
  const { policy } = facts;
  const now = ports.clock.now();
  const verdict = judge(policy, facts, now);
  const judged = verdict.decisions.find(({ seq }) => seq === stored.entry.seq);
  if (judged === undefined)
    throw new Error(`entry ${stored.entry.seq} of ${facts.snapshot.issueId} is not among the judged decisions`);
  return {
    decision: decisionView(policy, facts, judged, conditionRights(policy, facts, viewer, now)),
    added,
    change: await changeView(ports, facts, accountId, viewer),
  };
}
