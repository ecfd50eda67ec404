import { route } from '@forge/api';
import * as z from '#zod';
import { ourWord } from '../change/site-ids';
import type { AccountId } from '../change/snapshot';
import type { FoundAccount } from '../gate/deployer';
import { policyFrom } from '../handlers/policy/store';
import { POLICY_CURRENT_KEY } from '../ledger/keys';
import { groupWords } from '../policy/group-names';
import type { Decider } from '../policy/policy';
import { Unavailable } from '../ports/ports';
import { jira, type As } from './jira-http';
import { forgeStore } from './store';

const user = z.lazy(() =>
  z.looseObject({
    accountId: z.string(),
    accountType: z.optional(z.string()),
    displayName: z.optional(z.string()),
    active: z.optional(z.boolean()),
    emailAddress: z.optional(z.nullable(z.string())),
  }),
);
const groups = z.lazy(() => z.array(z.looseObject({ name: z.string(), groupId: z.optional(z.nullable(z.string())) })));
const bulk = z.lazy(() =>
  z.looseObject({
    values: z.array(z.looseObject({ name: z.string(), groupId: z.string() })),
    isLast: z.optional(z.boolean()),
  }),
);
const members = z.lazy(() => z.looseObject({ values: z.array(user), isLast: z.optional(z.boolean()) }));

const PAGE = 50;

/** A person with the groups Jira has them in. An account without a stated type is not taken for a person. */
export async function readDecider(accountId: AccountId): Promise<Decider | undefined> {
  const [account, membership, stored] = await Promise.all([
    jira(route`/rest/api/3/user?accountId=${accountId}`, { as: 'app' }),
    jira(route`/rest/api/3/user/groups?accountId=${accountId}`, { as: 'app' }),
    forgeStore.get(POLICY_CURRENT_KEY),
  ]);
  const held = groupWords(policyFrom(stored));
  if (account.status === 404) return undefined;
  if (account.status !== 200 || membership.status !== 200) {
    throw new Unavailable('jira', `Jira answered ${account.status} and ${membership.status} for a person`);
  }
  return decider(
    user.parse(account.json),
    groups.parse(membership.json).map(({ name, groupId }) => ourWord(held, { id: groupId, name })),
  );
}

/** Everybody in a group, inactive people included. A group that does not exist has nobody in it. */
export async function readGroup(group: string, groupId: string | null = null): Promise<readonly Decider[]> {
  return (await groupMembers(group, 'app', groupId)) ?? [];
}

/** As `readGroup`, and null for a group that Jira does not have. */
export async function groupMembers(
  group: string,
  as: As,
  groupId: string | null = null,
): Promise<readonly Decider[] | null> {
  const found: Decider[] = [];
  for (let startAt = 0; ; startAt += PAGE) {
    const { status, json } = await jira(
      groupId === null
        ? route`/rest/api/3/group/member?groupname=${group}&includeInactiveUsers=true&startAt=${startAt}&maxResults=${PAGE}`
        : route`/rest/api/3/group/member?groupId=${groupId}&includeInactiveUsers=true&startAt=${startAt}&maxResults=${PAGE}`,
      { as },
    );
    if (status === 404) return null;
    if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for the members of ${group}`);
    const page = members.parse(json);
    found.push(...page.values.map((member) => decider(member, [group])));
    if (page.isLast === true || page.values.length === 0) return found;
  }
}

/** What groups are called now, by id. Asked one by one: a list of ids cannot be put into one address safely. */
export async function readGroupNames(
  groupIds: readonly string[],
  as: As = 'app',
): Promise<Readonly<Record<string, string>>> {
  const answers = await Promise.all(
    [...new Set(groupIds)].map((groupId) => jira(route`/rest/api/3/group/bulk?groupId=${groupId}`, { as })),
  );
  const found = answers.flatMap(({ status, json }) => {
    if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for the names of groups`);
    return bulk.parse(json).values;
  });
  return Object.fromEntries(found.map(({ groupId, name }) => [groupId, name]));
}

/**
 * The one person that a text names: by account id, by display name, or by the part of the e-mail address before the
 * `@`, all compared without case; failing that, the only person Jira's own search finds (it also looks at addresses
 * that it does not show). Undefined when nobody or more than one fits.
 */
export async function findPerson(text: string): Promise<{ accountId: AccountId; displayName: string } | undefined> {
  const wanted = text.trim().toLowerCase();
  const byId = await jira(route`/rest/api/3/user?accountId=${text.trim()}`, { as: 'app' });
  if (byId.status === 200) return named(user.parse(byId.json));
  const search = await jira(route`/rest/api/3/user/search?query=${text.trim()}&maxResults=50`, { as: 'app' });
  if (search.status !== 200) return undefined;
  const people = z.array(user).parse(search.json);
  const fitting = people.filter(
    ({ displayName, emailAddress }) =>
      displayName?.toLowerCase() === wanted || emailAddress?.split('@')[0]?.toLowerCase() === wanted,
  );
  const [only, ...others] = fitting.length > 0 ? fitting : people;
  return only === undefined || others.length > 0 ? undefined : named(only);
}

/** Jira finds by the beginning of a word of the display name or of the e-mail, hidden ones included; 200 at most. */
export async function searchAccounts(text: string): Promise<readonly FoundAccount[]> {
  const { status, json } = await jira(route`/rest/api/3/user/search?query=${text.trim()}&maxResults=200`, {
    as: 'app',
  });
  if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for a search of people`);
  return z
    .array(user)
    .parse(json)
    .map(({ accountId, displayName, emailAddress, accountType, active }) => ({
      accountId,
      displayName: displayName ?? '',
      email: emailAddress === undefined || emailAddress === '' ? null : emailAddress,
      accountType: accountType ?? 'unknown',
      active: active === true,
    }));
}

const named = (found: z.infer<typeof user>) => ({
  accountId: found.accountId,
  displayName: found.displayName ?? found.accountId,
});

const decider = (found: z.infer<typeof user>, groupNames: readonly string[]): Decider => ({
  accountId: found.accountId,
  displayName: found.displayName ?? found.accountId,
  accountType: found.accountType ?? 'unknown',
  active: found.active === true,
  groups: groupNames,
});
