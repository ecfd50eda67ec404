import { sha256Hex } from '../ledger/hash';
import type { EvidenceItem } from './item';

/**
 * The name of a fact: a chain holds it once, however many deliveries state it. A commit is one fact for ever; everything
 * else is a new fact with each state, action and time that the sender gives it; what could not be obtained also with each
 * reason, which is all that it says. No personal data is part of it.
 */
export function factOf(source: string, item: EvidenceItem): string {
  const { kind, repository, id, state, attributes, claimedAt } = item;
  const what = [source, kind, repository ?? '-', id];
  if (kind === 'commit') return what.join(':');
  const told = [...what, state ?? '-', attributes.action ?? attributes.after ?? '-', claimedAt ?? '-'];
  return (kind === 'not-obtained' ? [...told, markOf(item.title)] : told).join(':');
}

/** Tells two texts apart; too short to show, once a text was erased, that a guess of it is right. */
const markOf = (text: string): string => sha256Hex(text).slice(0, 8);

/** Whether the file that a fact is about came whole with it, which senders of files say in an attribute. */
export const isWhole = ({ attributes }: Pick<EvidenceItem, 'attributes'>): boolean => attributes['kept'] === 'whole';
