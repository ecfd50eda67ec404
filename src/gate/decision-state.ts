import type { AccountId, ChangeSnapshot } from '../change/snapshot';
import { providerAt } from '../policy/organisation';
import { accountsOf } from '../policy/people';
import type { PeopleMap } from '../policy/people';
import type { Decider, OutsideProvider, Policy, RoleKey } from '../policy/policy';
import { FINAL_STATUSES } from './reasons';
import type { Needs, Verdict } from './verdict';

/** Between the parts of the value; the manifest's formatter shows what comes before the first. */
export const PART_SEPARATOR = ' | ';

/** The part that holds the outside provider's engineers; no role has this key. */
export const OUTSIDE_PART = 'outside';

/** The longest value written to the field; Jira's own limit for a text field is 32,767 characters. */
export const MAX_DECISION_STATE = 32_000;

/**
 * The value of the read-only field "Change decision state": a headline for people, then the parts that the rules'
 * expressions read, each ` | name=value`:
 *
 *   Needs one change authority | missing=1 | open=no | need=change-authority | signed=,id, | objected=, |
 *   security-reviewer=,id,id, | change-authority=,id,
 *
 * `need` is a list of the parts behind it that hold who would help; the others are account ids with a comma at both ends,
 * so that an id is found as `,id,`. Somebody who handed
 * their say over has signed when the other has; the other is on no list: Jira's condition also asks for the group, so a
 * delegate signs off in the panel alone. The roles' lists are the allow-list: active people (account type "atlassian") of the
 * role's group, for roles that decide on this change; apps, automation and customers are not on it. With an outside
 * provider one more part, `outside=,id,`, holds its engineers while its time lasts; they are on no role's list. When the value does not fit, all lists are empty, which allows nobody.
 */
export function decisionState(
  policy: Policy,
  verdict: Verdict,
  snapshot: ChangeSnapshot,
  members: Members,
  people?: PeopleMap,
): string {
  const headline = decisionStateHeadline(verdict, snapshot);
  const decides = (key: RoleKey): boolean => verdict.decidingRoles.includes(key);
  const provider = providerAt(policy, new Date(verdict.judgedAt));
  const outside = (members.outside ?? []).map(({ accountId }) => accountId);
  const list = (people: readonly Decider[]): string => ids(people.filter(isPerson).map(({ accountId }) => accountId));
  const own = (people: readonly Decider[]) => people.filter(({ accountId }) => !outside.includes(accountId));
  const allowed = [
    ...policy.roles.map(({ key }) => part(key, list(decides(key) ? own(members[key]) : []))),
    ...(provider === null ? [] : [part(OUTSIDE_PART, list(members.outside ?? []))]),
  ];
  const judged = judgement(verdict, provider, people);
  const value = [headline, ...judged, ...allowed].join(PART_SEPARATOR);
  if (value.length <= MAX_DECISION_STATE) return value;
  const nobody = policy.roles.map(({ key }) => part(key, ids([])));
  return [
    'Nobody may decide: the deciding groups have more members than this field can hold',
    ...judged,
    ...nobody,
  ].join(PART_SEPARATOR);
}

/** Who is in each deciding group, and in the outside provider's where there is one. */
export type Members = Readonly<Record<RoleKey, readonly Decider[]>> & { readonly outside?: readonly Decider[] };

/** The part for people: what the change still needs, or where it stands. */
export function decisionStateHeadline(verdict: Verdict, snapshot: ChangeSnapshot): string {
  const has = (code: string): boolean => verdict.reasons.some((reason) => reason.code === code);
  if (has('not-controlled')) return 'Not under change control';
  if (has('ledger-broken')) return 'Nobody may decide: the ledger does not verify';
  if (has('history-incomplete')) return 'Nobody may decide: the history could not be read completely';
  if (FINAL_STATUSES.includes(snapshot.status)) return snapshot.status;
  if (has('disapproved')) return 'Disapproved by a reviewer';
  if (has('deferred')) return 'Deferred by a reviewer';
  if (has('pass-expired')) return 'The emergency pass has ended';
  if (has('condition-open') && verdict.needs.missing === 0) return 'Approved on a condition that is not met yet';
  if (has('voided')) return `Edited since it was approved: needs ${verdict.needs.phrase}`;
  if (verdict.needs.missing > 0) return `Needs ${verdict.needs.phrase}`;
  return verdict.open ? 'Decided' : 'Decided, but fields are not adequate any more';
}

/** The parts whose people would help, one of another organisation than has signed where two are asked for. */
function needed({ roles, organisation }: Needs, provider: OutsideProvider | null): string[] {
  if (provider === null || roles.length === 0) return [...roles];
  if (organisation === provider.organisation) return [OUTSIDE_PART];
  return organisation === undefined ? [...roles, OUTSIDE_PART] : [...roles];
}

/**
 * Whoever signed is listed with every account of theirs: none of them may sign once more. Whoever objected, with the one
 * that did: only that one lifts it with a transition, and the others in the panel.
 */
function judgement(
  { open, needs, decisions }: Verdict,
  provider: OutsideProvider | null,
  people: PeopleMap | undefined,
): string[] {
  const by = (kinds: readonly string[]): readonly AccountId[] =>
    decisions.flatMap(({ decision, valid, accountId, onBehalfOf }) =>
      valid && kinds.includes(decision)
        ? [accountId, onBehalfOf?.accountId].filter((one) => typeof one === 'string')
        : [],
    );
  return [
    part('missing', String(needs.missing)),
    part('open', open ? 'yes' : 'no'),
    part('need', needed(needs, provider).join(',')),
    part('signed', ids(by(['approved']).flatMap((accountId) => accountsOf(people, accountId)))),
    part('objected', ids(by(['disapproved', 'deferred']))),
  ];
}

const part = (name: string, value: string): string => `${name}=${value}`;

/** An id with a comma or a separator in it would read as several: it is left out, which allows nobody. */
function ids(accountIds: readonly AccountId[]): string {
  const sound = [...new Set(accountIds)].filter((id) => id !== '' && !/[,|\s]/.test(id)).sort();
  return sound.length === 0 ? ',' : `,${sound.join(',')},`;
}

/** Law 3: only a person decides, and only while the account is active. */
export const isPerson = ({ accountType, active }: Pick<Decider, 'accountType' | 'active'>): boolean =>
  accountType === 'atlassian' && active;
