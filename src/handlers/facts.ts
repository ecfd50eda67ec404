import type { ChangeSnapshot } from '../change/snapshot';
import type { StoredEntry } from '../ledger/entry';
import type { Break } from '../ledger/chain';
import type { Surroundings } from '../gate/recorded';
import { inspectLedger } from '../ledger/read';
import type { Members } from '../gate/decision-state';
import type { PeopleMap } from '../policy/people';
import type { Policy } from '../policy/policy';
import type { Ports } from '../ports/ports';
import { surroundingsOf } from './calendar-read';
import { rulesInForce } from './people/store';
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

/** A snapshot with the chain, and what is known of the other changes, as stored at this moment. */
export async function withLedger(ports: Ports, snapshot: ChangeSnapshot): Promise<Facts> {
  const [ledger, surroundings, { policy, people }] = await Promise.all([
    inspectLedger(ports.store, snapshot.issueId),
    surroundingsOf(ports, snapshot.project, snapshot.issueId),
    rulesInForce(ports),
  ]);
  const policies = await earlierPolicies(ports, ledger.entries, policy);
  return { snapshot, ...ledger, surroundings, policy, people, policies };
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
    ...policy.roles.map(({ key, group }) => [key, group] as const),
    ...(outsideProvider === null ? [] : [['outside', outsideProvider.group] as const]),
  ];
  const lists = await Promise.all(
    groups.map(async ([key, group]) => [key, await ports.jira.readGroup(group)] as const),
  );
  return { 'security-reviewer': [], 'change-authority': [], 'emergency-authority': [], ...Object.fromEntries(lists) };
}
