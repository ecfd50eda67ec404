import { commit } from '../../../src/ledger/commitment';
import { sha256Hex } from '../../../src/ledger/hash';
import type { Draft } from '../../../src/ledger/append';

export const CHAIN = '10007';
export const NOW = new Date('2026-03-02T09:00:00.000Z');

/** A salt that a test can repeat: in the app it is random. */
export const saltOf = (name: string): string => sha256Hex(`salt ${name}`);

/** A move of the change by a person; different names are different facts. */
export function moveDraft(name: string, chain = CHAIN): Draft {
  const by = commit({ accountId: `account-${name}`, displayName: `Person ${name}` }, saltOf(name));
  return {
    chain,
    kind: 'moved',
    fact: `moved:${name}`,
    body: {
      historyId: name,
      at: '2026-03-02T08:59:00.000Z',
      from: 'Proposed',
      to: 'Approved',
      by: by.committed,
      reported: false,
    },
    disclosures: { [by.committed.commitment]: by.disclosure },
  };
}
