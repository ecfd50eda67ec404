import type { AccountView, PeopleView } from '../../contract/people';
import { disclosed } from '../../ledger/commitment';
import type { Person } from '../../ledger/entry';
import type { Decider } from '../../policy/policy';
import type { Ports } from '../../ports/ports';
import { mustAdminister } from '../policy/admins-only';
import { settlePeople, type PeopleSaved, type SettledPeople } from './store';
import { readUnmatched } from './unmatched';

/** `people.read`: who is who, and which authors of evidence nobody knows yet. Jira administrators only. */
export async function readPeople(ports: Ports): Promise<PeopleView> {
  await mustAdminister(ports);
  return peopleView(ports, await settlePeople(ports));
}

export async function peopleView(ports: Ports, settled: SettledPeople): Promise<PeopleView> {
  const people = settled.people?.people ?? [];
  const { authors, complete } = await readUnmatched(ports, settled.people);
  const named = new Set([...people, ...authors].flatMap(({ accounts }) => accounts));
  return {
    version: settled.version,
    people,
    accounts: await accountViews(ports, [...named]),
    unmatched: authors,
    unmatchedComplete: complete,
    readable: settled.people !== undefined,
    editable: settled.breaks.length === 0,
    history: settled.saves.toReversed().map(saveView),
  };
}

/** How many accounts Jira is asked for at once. */
const AT_ONCE = 10;
/** A resolver has 25 seconds: the names of accounts beyond these are left to the screen, which shows none for them. */
const MOST = 200;

async function accountViews(ports: Ports, ids: readonly string[]): Promise<AccountView[]> {
  const views: AccountView[] = [];
  for (let i = 0; i < Math.min(ids.length, MOST); i += AT_ONCE) {
    const batch = ids.slice(i, Math.min(i + AT_ONCE, MOST));
    const accounts = await Promise.all(batch.map((id) => ports.jira.readDecider(id)));
    views.push(...batch.map((accountId, j) => accountView(accountId, accounts[j])));
  }
  return views;
}

function accountView(accountId: string, account: Decider | undefined): AccountView {
  if (account === undefined) return { accountId, name: 'An account that Jira does not know', note: 'unknown to Jira' };
  const person = account.accountType === 'atlassian';
  const note = !person ? 'an app or customer account' : account.active ? null : 'not active';
  return { accountId, name: account.displayName, note };
}

const saveView = (stored: PeopleSaved): PeopleView['history'][number] => ({
  version: stored.entry.body.version,
  at: stored.entry.at,
  by: disclosed<Person>(stored, stored.entry.body.by)?.displayName ?? null,
  changes: stored.entry.body.changes,
  reason: stored.entry.body.reason,
});
