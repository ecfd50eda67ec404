import { controlledEdits } from './history';
import { FIELDS } from './fields';
import type { FieldKey } from './fields';
import type { AccountId, ChangeSnapshot } from './snapshot';

export type ParticipationCode =
  | 'creator'
  | 'reporter'
  | 'past-reporter'
  | 'assignee'
  | 'past-assignee'
  | 'owner'
  | 'implementer'
  | 'editor'
  /** Of evidence; never said by Jira. */
  | 'author';

/** One way in which somebody took part. `sentence` completes "You may not decide: you …". */
export interface Participation {
  readonly code: ParticipationCode;
  readonly sentence: string;
}

/** Fields that a reviewer may write without taking part in the change (law 3 of the design). */
export const REVIEWER_FIELDS: readonly FieldKey[] = ['securityImpactAnalysis'];

/** Fields whose editors take part in the change. */
export const BARRING_FIELDS: readonly FieldKey[] = FIELDS.filter(
  ({ key, controlled }) => controlled && !REVIEWER_FIELDS.includes(key),
).map(({ key }) => key);

/**
 * Everybody who took part in the change as far as Jira itself can know, and why: creator, every reporter and assignee it
 * ever had, current owner and implementer, authors of edits of a controlled field that is not a reviewer's. Nobody of
 * them may decide on it (CMMC separation of duties, SP 800-171 3.1.4). Knows only as much as the history that was read.
 */
export function participants(snapshot: ChangeSnapshot): ReadonlyMap<AccountId, readonly Participation[]> {
  const found = new Map<AccountId, Participation[]>();
  const add = (id: AccountId | null, code: ParticipationCode, sentence: string): void => {
    if (id === null || id === '') return;
    const known = found.get(id) ?? [];
    if (!known.some((one) => one.code === code)) found.set(id, [...known, { code, sentence }]);
  };
  add(snapshot.creator, 'creator', 'created the change');
  add(snapshot.reporter, 'reporter', 'are its reporter');
  add(snapshot.assignee, 'assignee', 'are its assignee');
  add(snapshot.content.owner, 'owner', 'are its change owner');
  add(snapshot.content.implementer, 'implementer', 'are its implementer');
  for (const { items } of snapshot.history) {
    for (const { field, from, to } of items) {
      if (field === 'reporter')
        [from, to].forEach((id) => add(past(id, snapshot.reporter), 'past-reporter', 'were its reporter'));
      if (field === 'assignee')
        [from, to].forEach((id) => add(past(id, snapshot.assignee), 'past-assignee', 'were its assignee'));
    }
  }
  for (const [author, names] of editors(snapshot)) add(author, 'editor', `edited ${names.join(', ')}`);
  return found;
}

const past = (id: AccountId | null, now: AccountId | null): AccountId | null => (id === now ? null : id);

function editors(snapshot: ChangeSnapshot): Map<AccountId, string[]> {
  const found = new Map<AccountId, string[]>();
  for (const { entry, fields } of controlledEdits(snapshot)) {
    if (entry.author === null) continue;
    const edited = FIELDS.filter(({ key }) => fields.includes(key) && BARRING_FIELDS.includes(key)).map(
      ({ name }) => name,
    );
    if (edited.length > 0) found.set(entry.author, [...new Set([...(found.get(entry.author) ?? []), ...edited])]);
  }
  return found;
}

/** The longest value written to the field; Jira's own limit for a text field is 32,767 characters. */
export const MAX_PARTICIPANTS_FIELD = 32_000;

/**
 * The value of the read-only field "Change participants": `,id,id,` with a comma at both ends, so that an id is found
 * as `,id,` and no id inside another. When the history is incomplete or the list does not fit, the value does not begin
 * with a comma: the rules' expressions demand that it does, so it denies everybody.
 *
 * @param others accounts that are barred by what Jira itself does not know, beside those who took part in it.
 */
export function participantsField(snapshot: ChangeSnapshot, others: Iterable<AccountId> = []): string {
  if (!snapshot.historyComplete) return 'nobody may decide: the history of this change could not be read completely';
  const ids = [...new Set([...participants(snapshot).keys(), ...others])].sort();
  const value = ids.length === 0 ? ',' : `,${ids.join(',')},`;
  if (value.length <= MAX_PARTICIPANTS_FIELD && ids.every((id) => !id.includes(','))) return value;
  return 'nobody may decide: more people took part in this change than the field can hold';
}
