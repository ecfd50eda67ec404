import type { AdequacyRule } from '../change/adequacy';
import { CHANGE_TYPES, FIELDS } from '../change/fields';
import type { ChangeType, FieldKey } from '../change/fields';
import { canonicalJson } from '../ledger/canonical';
import type { Policy } from './policy';

/** What has to be filled in before an approval, by the rules that the change is judged by. */
export const adequacyRule = (policy: Policy, judgedAs: ChangeType): AdequacyRule => policy.types[judgedAs];

/** Fields that an approval can ask for, in the order of the screen. */
export const REQUIRABLE: readonly FieldKey[] = FIELDS.filter(({ controlled }) => controlled).map(({ key }) => key);

/** The rules of an approval in plain language, types with the same rule together. */
export function rulePhrases({ types }: Policy): string[] {
  const groups = new Map<string, ChangeType[]>();
  for (const type of CHANGE_TYPES) {
    const same = canonicalJson({ ...types[type], required: [...types[type].required].sort() });
    groups.set(same, [...(groups.get(same) ?? []), type]);
  }
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : [rulePhrase(alike, types[first])];
  });
}

function rulePhrase(alike: readonly ChangeType[], rule: AdequacyRule): string {
  const needed = rule.required.length === 0 ? 'nothing' : both(fieldNames(rule.required));
  const fields = `A change judged as ${either(alike)} needs ${needed} before it is approved.`;
  const empty = [
    ...(rule.refusePlaceholders ? ['a placeholder'] : []),
    ...(rule.refuseCopies ? ['a copy of the summary'] : []),
  ];
  return [
    fields,
    ...(empty.length === 0 ? [] : [`${capital(either(empty))} counts as empty.`]),
    ...(rule.minimumWords === null ? [] : [`A paragraph needs at least ${words(rule.minimumWords)}.`]),
  ].join(' ');
}

/** What is different in the rules, one sentence each. */
export const ruleDifferences = (before: Policy, after: Policy): string[] =>
  CHANGE_TYPES.flatMap((type) => differences(type, before.types[type], after.types[type]));

function differences(type: ChangeType, before: AdequacyRule, after: AdequacyRule): string[] {
  const more = fieldNames(after.required.filter((key) => !before.required.includes(key)));
  const less = fieldNames(before.required.filter((key) => !after.required.includes(key)));
  const change = `change judged as ${type}`;
  return [
    ...(more.length === 0 ? [] : [`A ${change} needs ${both(more)} now.`]),
    ...(less.length === 0 ? [] : [`A ${change} does not need ${both(less)} any more.`]),
    ...(before.minimumWords === after.minimumWords
      ? []
      : [
          after.minimumWords === null
            ? `A paragraph of a ${change} may have any number of words now.`
            : `A paragraph of a ${change} needs at least ${words(after.minimumWords)} now.`,
        ]),
    ...counting(`A placeholder in a ${change}`, before.refusePlaceholders, after.refusePlaceholders),
    ...counting(`A copy of the summary in a ${change}`, before.refuseCopies, after.refuseCopies),
  ];
}

const counting = (what: string, before: boolean, after: boolean): string[] =>
  before === after ? [] : [`${what} counts as ${after ? 'empty' : 'an answer'} now.`];

const words = (count: number): string => (count === 1 ? '1 word' : `${count} words`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Names of fields in the order of the screen. */
const fieldNames = (keys: readonly FieldKey[]): string[] =>
  FIELDS.filter(({ key }) => keys.includes(key)).map(({ name }) => name);

const joined = (list: readonly string[], word: string): string =>
  list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} ${word} ${list.at(-1) ?? ''}`;
const both = (list: readonly string[]): string => joined(list, 'and');
const either = (list: readonly string[]): string => joined(list, 'or');
