import fc from 'fast-check';
import { inputToMoment, momentToInput, showMoment } from './times';

const cases: readonly (readonly [zone: string, typed: string, moment: string | undefined])[] = [
  ['UTC', '2026-03-02T20:00', '2026-03-02T20:00:00.000+0000'],
  ['America/New_York', '2026-03-02T20:00', '2026-03-03T01:00:00.000+0000'],
  ['America/New_York', '2026-07-02T20:00', '2026-07-03T00:00:00.000+0000'],
  ['Asia/Kolkata', '2026-03-02T20:00', '2026-03-02T14:30:00.000+0000'],
  // 02:30 on 8 March 2026 does not exist in New York: the clock jumps from 02:00 to 03:00.
  ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30:00.000+0000'],
  ['UTC', 'tomorrow', undefined],
  ['UTC', '', undefined],
];

describe("times in the viewer's zone", () => {
  test.each(cases)('in %s, %j is %s', (zone, typed, moment) => {
    expect(inputToMoment(typed, zone)).toBe(moment);
  });

  test('what an input shows means the same moment again', () => {
    const zone = fc.constantFrom('UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Auckland');
    const minutes = fc.integer({ min: Date.UTC(2025, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 });
    fc.assert(
      fc.property(zone, minutes, (timeZone, minute) => {
        const shown = momentToInput(new Date(minute * 60_000).toISOString(), timeZone);
        const again = inputToMoment(shown, timeZone) ?? '';
        // In the hour that a clock lives through twice, the wall clock cannot say which one is meant.
        expect(momentToInput(again, timeZone)).toBe(shown);
      }),
    );
  });

  test('a moment names its zone', () => {
    expect(showMoment('2026-03-02T20:00:00.000+0000', 'UTC')).toBe('2 Mar 2026, 20:00 UTC');
    expect(showMoment('not a time', 'UTC')).toBe('not a time');
  });
});
