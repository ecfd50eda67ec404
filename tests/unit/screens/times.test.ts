import { timeWords, windowWords } from '../../../static/src/wording/times';

const now = new Date('2026-03-04T15:20:00.000Z');
const newYork = { locale: 'en-GB', timeZone: 'America/New_York' };
const berlin = { locale: 'de-DE', timeZone: 'Europe/Berlin' };

describe('timeWords', () => {
  it.each([
    ['2026-03-04T12:20:00.000Z', newYork, '4 Mar 2026, 07:20 GMT-5', '3 hours ago', '2026-03-04 12:20:00 UTC'],
    ['2026-03-04T15:20:00.000Z', newYork, '4 Mar 2026, 10:20 GMT-5', 'now', '2026-03-04 15:20:00 UTC'],
    // The night of 8 March 2026 has no 02:30 in New York: 07:30 UTC is already 03:30 daylight time.
    ['2026-03-08T07:30:00.000Z', newYork, '8 Mar 2026, 03:30 GMT-4', 'in 4 days', '2026-03-08 07:30:00 UTC'],
    ['2026-03-04T12:20:00.000Z', berlin, '4. März 2026, 13:20 MEZ', 'vor 3 Stunden', '2026-03-04 12:20:00 UTC'],
    ['2025-11-04T12:20:00.000Z', newYork, '4 Nov 2025, 07:20 GMT-5', '4 months ago', '2025-11-04 12:20:00 UTC'],
    ['2026-03-04T23:59:59.999+02:00', newYork, '4 Mar 2026, 16:59 GMT-5', 'in 6 hours', '2026-03-04 21:59:59 UTC'],
  ])('writes %s for %j', (iso, style, local, relative, utc) => {
    expect(timeWords(iso, now, style)).toEqual({ local, relative, utc });
  });

  it.each(['', 'yesterday', '2026-13-40T00:00:00Z'])('has no words for %j, which is no moment', (iso) => {
    expect(timeWords(iso, now, newYork)).toBeNull();
  });
});

it('reads a zone that is none as UTC, and says so', () => {
  const style = { locale: 'en-GB', timeZone: 'Mars/Olympus' };
  expect(timeWords('2026-03-04T12:20:00.000Z', now, style)?.local).toBe('4 Mar 2026, 12:20 UTC');
});

describe('windowWords', () => {
  const start = '2026-03-04T15:00:00.000Z';
  const end = '2026-03-04T18:00:00.000Z';
  it.each([
    ['before it', '2026-03-04T14:59:59.999Z', start, end, 'ahead'],
    ['at its start', start, start, end, 'open'],
    ['just before its end', '2026-03-04T17:59:59.999Z', start, end, 'open'],
    ['at its end', end, start, end, 'past'],
    ['when it ends before it starts', start, end, start, 'inverted'],
    ['when it has no length', start, start, start, 'inverted'],
    ['without a start', start, null, end, 'unset'],
    ['without an end', start, start, null, 'unset'],
    ['when the end is no moment', start, start, 'soon', 'unset'],
  ])('%s', (_, at, from, to, tone) => {
    expect(windowWords({ start: from, end: to }, new Date(at), newYork).tone).toBe(tone);
  });

  it('says how far away it is', () => {
    expect(windowWords({ start, end }, new Date('2026-03-04T12:00:00.000Z'), newYork).text).toBe('opens in 3 hours');
    expect(windowWords({ start, end }, now, newYork).text).toBe('open now, ends in 2 hours');
    expect(windowWords({ start, end }, new Date('2026-03-06T18:00:00.000Z'), newYork).text).toBe('ended 2 days ago');
  });
});
