import { skewOf, skewPhrase } from '../../../src/evidence/skew';

const RECEIVED = '2026-03-02T09:00:00.000Z';

describe('the time that a sender states and the time of receipt', () => {
  it.each([
    ['the same', RECEIVED, null, null],
    ['none stated', null, null, null],
    ['no time at all', 'yesterday', null, null],
    ['five minutes ahead', '2026-03-02T09:05:00.000Z', null, null],
    ['five minutes before', '2026-03-02T08:55:00.000Z', null, null],
    ['five minutes and one millisecond ahead', '2026-03-02T09:05:00.001Z', 'sender', 300],
    ['five minutes and one millisecond before', '2026-03-02T08:54:59.999Z', 'site', 300],
    ['an hour ahead', '2026-03-02T10:00:00.000Z', 'sender', 3600],
    ['a month before', '2026-02-02T09:00:00.000Z', 'site', 28 * 86_400],
    ['in another form of the same instant', '2026-03-02T10:00:00+01:00', null, null],
  ])('%s', (_, claimed, ahead, seconds) => {
    expect(skewOf(claimed, RECEIVED)).toEqual(ahead === null ? null : { ahead, seconds });
  });

  it.each([
    [{ ahead: 'sender', seconds: 300 }, '5 minutes ahead of its receipt: the sender’s clock is ahead'],
    [{ ahead: 'sender', seconds: 7199 }, '119 minutes ahead of its receipt: the sender’s clock is ahead'],
    [{ ahead: 'site', seconds: 7200 }, '2 hours before its receipt: it came late, or the site’s clock is ahead'],
    [{ ahead: 'site', seconds: 3 * 86_400 }, '3 days before its receipt: it came late, or the site’s clock is ahead'],
  ] as const)('%j in words', (skew, words) => {
    expect(skewPhrase(skew)).toBe(words);
  });
});
