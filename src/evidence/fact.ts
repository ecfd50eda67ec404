import type { EvidenceItem } from './item';

/**
 * The name of a fact: a chain holds it once, however many deliveries state it. A commit is one fact for ever; everything
 * else is a new fact with each state, action and time that the sender gives it. No personal data is part of it.
 */
export function factOf(source: string, item: EvidenceItem): string {
  const { kind, repository, id, state, attributes, claimedAt } = item;
  const what = [source, kind, repository ?? '-', id];
  return kind === 'commit'
    ? what.join(':')
    : [...what, state ?? '-', attributes.action ?? attributes.after ?? '-', claimedAt ?? '-'].join(':');
}

/** Whether the file that a fact is about came whole with it, which senders of files say in an attribute. */
export const isWhole = ({ attributes }: Pick<EvidenceItem, 'attributes'>): boolean => attributes['kept'] === 'whole';
