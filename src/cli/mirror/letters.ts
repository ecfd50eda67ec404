import { signedPost } from '../signed-post';
import type { Asking } from './request';
import { writeState, type State } from './state';

export interface LettersOptions {
  readonly intake: { readonly url: string; readonly secret: string } | undefined;
  readonly asking: Asking;
  readonly statePath: string;
}

export interface Sent {
  readonly change: string;
  readonly result: string;
  /** Why it was not taken; null when it was. */
  readonly failure: string | null;
}

/**
 * Sends the receipts that were written and are not known to have arrived, oldest first and each as it was written, so that
 * one that arrived already is a duplicate. What does not go stays for the next run.
 */
export async function sendLetters({ intake, asking, statePath }: LettersOptions, state: State): Promise<Sent[]> {
  const sent: Sent[] = [];
  if (intake === undefined) return sent;
  for (const letter of [...state.outbox]) {
    const { issueId, body } = letter;
    const { word, failure } = await signedPost({
      ...intake,
      body,
      again: ['unavailable'],
      member: 'result',
      ...asking,
    });
    const taken = word === 'accepted' || word === 'duplicate';
    const result = word ?? 'no answer';
    const why = `the receipt was not taken: ${result}${failure === null ? '' : `: ${failure}`}.`;
    sent.push({ change: state.changes[issueId]?.key ?? issueId, result, failure: taken ? null : why });
    if (!taken) return sent;
    arrived(state, issueId, body);
    state.outbox.splice(state.outbox.indexOf(letter), 1);
    await writeState(statePath, state);
  }
  return sent;
}

/** The entries that the app makes of a file in an envelope: that it came, and what was read in it. */
const ENTRIES_A_FILE = 2;

/**
 * A receipt makes entries in the ledger that it is about, and they alone are no reason for another receipt, which would
 * never end. Counted, because heads tell lengths and not what was added.
 */
function arrived(state: State, issueId: string, body: string): void {
  const { contents } = JSON.parse(body) as { contents: readonly unknown[] };
  const known = state.changes[issueId];
  if (known !== undefined) state.changes[issueId] = { ...known, own: known.own + contents.length * ENTRIES_A_FILE };
}
