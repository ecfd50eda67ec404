/** From this difference on, in seconds, two clocks are said not to agree. */
export const SKEW_SECONDS = 300;

/** How far the time that a sender states and the time of receipt are apart. */
export interface Skew {
  /**
   * Whose clock is ahead. `sender`: it states a time that had not come yet. `site`: it states one that was over; it was
   * sent late, or tells of something older, or the site's clock is ahead.
   */
  readonly ahead: 'sender' | 'site';
  /** Whole seconds, more than `SKEW_SECONDS`. */
  readonly seconds: number;
}

/** Null while the two agree, or the sender states no time. Both are UTC ISO 8601. */
export function skewOf(claimedAt: string | null, receivedAt: string): Skew | null {
  const apart = (Date.parse(claimedAt ?? '') - Date.parse(receivedAt)) / 1000;
  if (Number.isNaN(apart) || Math.abs(apart) <= SKEW_SECONDS) return null;
  return { ahead: apart > 0 ? 'sender' : 'site', seconds: Math.round(Math.abs(apart)) };
}

/** The skew in a phrase: "12 minutes ahead of its receipt: the sender’s clock is ahead". */
export const skewPhrase = ({ ahead, seconds }: Skew): string =>
  ahead === 'sender'
    ? `${span(seconds)} ahead of its receipt: the sender’s clock is ahead`
    : `${span(seconds)} before its receipt: it came late, or the site’s clock is ahead`;

const UNITS = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
] as const;

/** "3 hours": in the greatest unit of which there are two, rounded down. */
function span(seconds: number): string {
  const [size, unit] = UNITS.find(([one]) => seconds >= 2 * one) ?? [60, 'minute'];
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
