import { CHANGE_TYPES } from '../change/fields';
import type { ChangeType } from '../change/fields';
import { EXPECTABLE_KINDS, expectableName } from '../evidence/expected';
import type { ExpectableKind } from '../evidence/expected';
import type { Policy } from './policy';

/** Kinds in the order of the table, each once. */
const inOrder = (kinds: readonly ExpectableKind[]): ExpectableKind[] =>
  EXPECTABLE_KINDS.filter((kind) => kinds.includes(kind));

const named = (kinds: readonly ExpectableKind[]): string => joined(inOrder(kinds).map(expectableName), 'and');

/** What evidence is expected in plain language, types of which the same is expected together. */
export function expectationPhrases({ expectedEvidence }: Pick<Policy, 'expectedEvidence'>): string[] {
  const groups = new Map<string, ChangeType[]>();
  for (const type of CHANGE_TYPES) {
    const same = inOrder(expectedEvidence[type]).join();
    groups.set(same, [...(groups.get(same) ?? []), type]);
  }
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const kinds = expectedEvidence[first];
    return kinds.length === 0
      ? [`No evidence is looked for in a change judged as ${joined(alike, 'or')}.`]
      : [`Of a change judged as ${joined(alike, 'or')} is expected, and said where it is missing: ${named(kinds)}.`];
  });
}

/** What is different in it, one sentence each. */
export const expectationDifferences = (before: Policy, after: Policy): string[] =>
  CHANGE_TYPES.flatMap((type) => {
    const [old, now] = [before.expectedEvidence[type], after.expectedEvidence[type]];
    const more = now.filter((kind) => !old.includes(kind));
    const less = old.filter((kind) => !now.includes(kind));
    return [
      ...(more.length === 0 ? [] : [`Of a change judged as ${type} is expected now: ${named(more)}.`]),
      ...(less.length === 0 ? [] : [`Of a change judged as ${type} is not expected any more: ${named(less)}.`]),
    ];
  });

/** Sentences for what makes no sense in it. */
export const expectationSense = ({ expectedEvidence }: Policy): string[] =>
  CHANGE_TYPES.flatMap((type) => {
    const kinds = expectedEvidence[type];
    return [...new Set(kinds.filter((kind, i) => kinds.indexOf(kind) !== i))].map(
      (kind) => `Of a change judged as ${type} a ${expectableName(kind)} is expected twice.`,
    );
  });

const joined = (list: readonly string[], word: string): string =>
  list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} ${word} ${list.at(-1) ?? ''}`;
