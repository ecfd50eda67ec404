import { inWords, type Tone } from './evidence';

/** How an answer of the deploy gate is coloured; only `allowed` is a yes. */
export const verdictTone = (verdict: string): Tone =>
  verdict === 'allowed' ? 'good' : verdict === 'pending' ? 'waiting' : 'bad';

const BLOCKED: ReadonlyMap<string, string> = new Map([
  ['blocked-not-approved', 'not approved'],
  ['blocked-voided', 'edited after approval'],
  ['blocked-incomplete', 'something is missing'],
  ['blocked-freeze', 'freeze period'],
  ['blocked-window', 'outside the window'],
  ['blocked-commit', 'not what was approved'],
  ['blocked-actor', 'not by this person'],
]);

/** "Blocked: outside the window" for `blocked-window`. */
export function verdictWords(verdict: string): string {
  const why = BLOCKED.get(verdict);
  return why === undefined ? inWords(verdict) : `Blocked: ${why}`;
}
