import { shortHash, type Tone } from './evidence';

/** How an answer of the deploy gate is coloured; only `allowed` is a yes. */
export const verdictTone = (verdict: string): Tone =>
  verdict === 'allowed' ? 'good' : verdict === 'pending' ? 'waiting' : 'bad';

/** A commit by its first seven digits, a digest of an artifact by its first twelve. */
export const shortName = (named: string): string =>
  named.startsWith('sha256:') ? `${named.slice(0, 19)}…` : shortHash(named);
