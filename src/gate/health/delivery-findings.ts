import { ranges } from '../../evidence/numbered';
import { finding, notChecked, type Finding } from './finding';
import type { ObservedRefusal, ObservedSite } from './observed';

/** Authentic, and still not taken in: what it said is evidence that is not here, until it comes another way. */
const LOST: readonly string[] = [
  'too-large',
  'token-too-large',
  'too-deep',
  'too-many-changes',
  'unreadable-after-redaction',
];

/**
 * Deliveries that were refused in the last 24 hours, one finding a sender and reason. What is merely not wanted (`ignored`)
 * is none, and neither is what a stranger sent to no sender of ours.
 */
export const deliveryFindings = (observed: ObservedSite): Finding[] => [
  ...refusedFindings(observed),
  ...missingFindings(observed),
];

/** A sender that counts its runs skipped some: their deliveries never came, whatever change they were about. */
function missingFindings({ gaps }: ObservedSite): Finding[] {
  if ('unseen' in gaps) return [notChecked('whether every numbered run came', gaps.unseen)];
  return gaps.seen.map(({ sender, repository, series, numbers }) =>
    finding(
      'delivery-missing',
      `${sender}, ${series} in ${repository}`,
      `${sender} numbered ${numbers.length === 1 ? 'run' : 'runs'} ${ranges(numbers)} of ${series} in ${repository}, and nothing came of ${numbers.length === 1 ? 'it' : 'them'} within a day.`,
      'Have the sender deliver again (GitHub: Settings, Webhooks, Recent deliveries; GitLab: Recent events), or hand the evidence in with the command line.',
      'note',
    ),
  );
}

function refusedFindings({ refusals }: ObservedSite): Finding[] {
  if ('unseen' in refusals) return [notChecked('whether deliveries were refused', refusals.unseen)];
  const byReason = new Map<string, ObservedRefusal>();
  for (const one of refusals.seen) {
    if (one.reason.startsWith('ignored.') || NOBODY.includes(one.source)) continue;
    const name = `${one.source}, ${one.reason}`;
    byReason.set(name, { ...one, count: one.count + (byReason.get(name)?.count ?? 0) });
  }
  return [...byReason].map(([name, refused]) =>
    LOST.includes(refused.reason) ? lost(name, refused) : turned(name, refused),
  );
}

const NOBODY: readonly string[] = ['none', 'unknown'];

const lost = (name: string, { sender, why }: ObservedRefusal): Finding =>
  finding(
    'delivery-lost',
    name,
    `A delivery of ${sender} could not be taken in within the last 24 hours: ${why}. What it said is not recorded.`,
    'Hand the evidence in with the command line, which sends in pieces, or split what is pushed at once.',
  );

const turned = (name: string, { sender, why }: ObservedRefusal): Finding =>
  finding(
    'delivery-refused',
    name,
    `A request for ${sender} was refused within the last 24 hours: ${why}.`,
    'If it was yours, correct the sender: the table under Deliveries counts what is refused by the hour.',
    'note',
  );
