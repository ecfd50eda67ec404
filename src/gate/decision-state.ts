import type { AccountId, ChangeSnapshot } from '../change/snapshot';
import type { Decider, Policy, RoleKey } from '../policy/policy';
import { FINAL_STATUSES } from './reasons';
import type { Verdict } from './verdict';

/** Between the parts of the value; the manifest's formatter shows what comes before the first. */
export const PART_SEPARATOR = ' | ';

/** The longest value written to the field; Jira's own limit for a text field is 32,767 characters. */
export const MAX_DECISION_STATE = 32_000;

/**
 * The value of the read-only field "Change decision state": a headline for people, then the parts that the rules'
 * expressions read, each ` | name=value`:
 *
 *   Needs one change authority | missing=1 | open=no | need=change-authority | signed=,id, | objected=, |
 *   security-reviewer=,id,id, | change-authority=,id,
 *
 * `need` is a list of role keys, the others are account ids with a comma at both ends, so that an id is found as `,id,`.
 * The roles' lists are the allow-list: active people (account type "atlassian") of the role's group, for roles that
 * decide on this change; apps, automation
 * and customers are not on it. When the value does not fit, all lists are empty, which allows nobody.
 */
export function decisionState(
  policy: Policy,
  verdict: Verdict,
  snapshot: ChangeSnapshot,
  members: Readonly<Record<RoleKey, readonly Decider[]>>,
): string {
  const headline = decisionStateHeadline(verdict, snapshot);
  const decides = (key: RoleKey): boolean => verdict.decidingRoles.includes(key);
  const allowed = policy.roles.map(({ key }) =>
    part(key, ids(decides(key) ? members[key].filter(isPerson).map(({ accountId }) => accountId) : [])),
  );
  const value = [headline, ...judgement(verdict), ...allowed].join(PART_SEPARATOR);
  if (value.length <= MAX_DECISION_STATE) return value;
  const nobody = policy.roles.map(({ key }) => part(key, ids([])));
  return [
    'Nobody may decide: the deciding groups have more members than this field can hold',
    ...judgement(verdict),
    ...nobody,
  ].join(PART_SEPARATOR);
}

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
  if (has('voided')) return `Edited since it was approved: needs ${verdict.needs.phrase}`;
  if (verdict.needs.missing > 0) return `Needs ${verdict.needs.phrase}`;
  return verdict.open ? 'Decided' : 'Decided, but fields are not adequate any more';
}

function judgement({ open, needs, decisions }: Verdict): string[] {
  const by = (kinds: readonly string[]): AccountId[] =>
    decisions.flatMap(({ decision, valid, accountId }) =>
      valid && accountId !== null && kinds.includes(decision) ? [accountId] : [],
    );
  return [
    part('missing', String(needs.missing)),
    part('open', open ? 'yes' : 'no'),
    part('need', needs.roles.join(',')),
    part('signed', ids(by(['approved']))),
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
