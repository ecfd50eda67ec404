import type { EvidenceView } from '../../../src/contract/panel';
import type { Tone } from './evidence';

/** A word and how it is coloured. */
export interface Mark {
  readonly text: string;
  readonly tone: Tone | 'warning';
}

/**
 * A commit's signature in words. What was checked here against registered keys says so by itself; what a sender states of a
 * check of its own is told as the sender's word. Null for a state that is not known.
 */
export function signatureMark(item: Pick<EvidenceView, 'state' | 'attributes' | 'people'>): Mark | null {
  const checkedHere = item.attributes['signature'] !== undefined;
  const signers = item.people.flatMap(({ role, name }) => (role === 'signer' && name !== null ? [name] : []));
  switch (item.state) {
    case 'verified':
      return checkedHere
        ? { text: `Signature verified${signers.length === 0 ? '' : `: ${signers.join(', ')}`}`, tone: 'good' }
        : { text: 'Verified, by the sender’s word', tone: 'neutral' };
    case 'signed-signer-unknown':
      return { text: 'Signed, signer unknown', tone: 'warning' };
    case 'invalid':
      return { text: 'Signature invalid', tone: 'bad' };
    case 'bad':
      return { text: 'Bad signature, by the sender’s word', tone: 'bad' };
    case 'unverified':
      return { text: 'Not verified, by the sender’s word', tone: 'warning' };
    case 'unsigned':
      return { text: 'Not signed', tone: 'neutral' };
    case 'none':
      return { text: 'Not signed, by the sender’s word', tone: 'neutral' };
    default:
      return null;
  }
}

/** The signature of each commit, by its id. What was checked here stands before what a sender states. */
export function signaturesByCommit(evidence: readonly EvidenceView[]): ReadonlyMap<string, Mark> {
  const found = new Map<string, { readonly mark: Mark; readonly checkedHere: boolean }>();
  for (const item of evidence) {
    const mark = item.kind === 'commit-signature' ? signatureMark(item) : null;
    if (mark === null) continue;
    const checkedHere = item.attributes['signature'] !== undefined;
    for (const commit of new Set([item.id, ...item.commits])) {
      const known = found.get(commit);
      if (known === undefined || checkedHere || !known.checkedHere) found.set(commit, { mark, checkedHere });
    }
  }
  return new Map([...found].map(([commit, { mark }]) => [commit, mark]));
}
