import type { ChangeSnapshot } from '../change/snapshot';
import type { StoredEntry } from '../ledger/entry';
import type { Break } from '../ledger/chain';
import type { Surroundings } from '../gate/recorded';
import { calendarKey } from '../ledger/keys';
import { inspectLedgerAnd } from '../ledger/read';
import type { Members } from '../gate/decision-state';
import type { PeopleMap } from '../policy/people';
import type { Policy } from '../policy/policy';
import type { Ports } from '../ports/ports';
import { surroundingsFrom } from './calendar-read';
import { rulesFrom, RULES_KEYS } from './people/store';
import { earlierPolicies } from './policy/store';
import { refuse } from './refusal';

/** Everything judging needs, read live: what Jira has and what the ledger holds. */
export interface Facts {
  readonly snapshot: ChangeSnapshot;
  readonly entries: readonly StoredEntry[];
  /** What is wrong with the stored chain; nothing is decided on a chain that does not verify. */
  readonly breaks: readonly Break[];
  /** What is known of the project's other changes. */
  readonly surroundings: Surroundings;
  /** The policy in force. */
  readonly policy: Policy;
  /** The people map in force. */
  readonly people: PeopleMap;
  /** Earlier versions of the policy that decisions of this change name. */
  readonly policies: Readonly<Record<string, Policy>>;
}

/** Undefined when Jira does not show the change to the app. */
export async function readFacts(ports: Ports, keyOrId: string): Promise<Facts | undefined> {
  const snapshot = await ports.jira.readChange(keyOrId);
  if (snapshot === undefined) return undefined;
  return withLedger(ports, snapshot);
}

/**
 * A snapshot with the chain, and what is known of the other changes, as stored at this moment. One storage read while the
 * chain has at most 20 entries, and one more when its decisions name earlier policies: somebody waits for a transition.
 */
export async function withLedger(ports: Ports, snapshot: ChangeSnapshot): Promise<Facts> {
  const { project, issueId } = snapshot;
  const { entries, breaks, values } = await inspectLedgerAnd(ports.store, issueId, [
    calendarKey(project),
    ...RULES_KEYS,
  ]);
  const [calendar, ...rules] = values;
  const { policy, people } = rulesFrom(rules);
  const surroundings = surroundingsFrom(calendar, issueId, ports.clock.now());
  const policies = await earlierPolicies(ports, entries, policy);
  return { snapshot, entries, breaks, surroundings, policy, people, policies };
}

/**
 * The facts for somebody looking at a change. Whether they may see it is asked of Jira as that person, before anything
 * read as the app is used (Atlassian Government Cloud security requirements, "permission before asApp").
 */
export async function readFactsFor(ports: Ports, key: string): Promise<Facts> {
  const [visible, facts] = await Promise.all([ports.jira.mayBrowse(key), readFacts(ports, key)]);
  if (!visible) throw refuse(404, 'not-found', 'This change does not exist, or you may not see it.');
  if (facts === undefined) {
    throw refuse(
      503,
      'hidden-from-app',
      'Jira does not show this change to the app. A Jira admin can allow it under app access rules.',
    );
  }
  return facts;
}

/** The members of every deciding group, people or not, by role, and of the outside provider's. */
export async function readMembers(ports: Ports, policy: Policy): Promise<Members> {
  const { outsideProvider } = policy;
  const groups = [
    ...policy.roles.map((role) => [role.key, role] as const),
    ...(outsideProvider === null ? [] : [['outside', outsideProvider] as const]),
  ];
  const lists = await Promise.all(
    groups.map(async ([key, { group, groupId }]) => [key, await ports.jira.readGroup(group, groupId)] as const),
  );
  return { 'security-reviewer': [], 'change-authority': [], 'emergency-authority': [], ...Object.fromEntries(lists) };
}
