import type { HealthFinding, HealthView } from '../../../src/contract/health';

type Level = HealthFinding['level'];

const things = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What a banner says of open findings; null when none of them has to be looked at now. */
export function alarmed(
  open: readonly HealthFinding[],
): { readonly tone: 'bad' | 'warning'; readonly title: string } | null {
  const of = (level: Level): number => open.filter((one) => one.level === level).length;
  const [alarms, unchecked] = [of('alarm'), of('unchecked')];
  if (alarms === 1) return { tone: 'bad', title: 'A control is not as it has to be' };
  if (alarms > 1) return { tone: 'bad', title: `${alarms} findings: controls are not as they have to be` };
  return unchecked > 0
    ? { tone: 'warning', title: `${things(unchecked, 'control', 'controls')} could not be checked` }
    : null;
}

export const LEVEL: Readonly<Record<Level, { readonly word: string; readonly tone: 'bad' | 'warning' | 'neutral' }>> = {
  alarm: { word: 'Weakened', tone: 'bad' },
  unchecked: { word: 'Not checked', tone: 'warning' },
  note: { word: 'Note', tone: 'neutral' },
};

/** One line over the list: "10 checks passed", or how many did not. */
export function summed({ checks, open }: HealthView): string {
  const looked = checks.filter(({ findings }) => findings !== null);
  if (looked.length === 0)
    return open.length === 0 ? 'Nothing is open' : `${things(open.length, 'finding is', 'findings are')} open`;
  const passed = looked.filter(({ findings }) => findings === 0).length;
  return passed === looked.length
    ? `${things(passed, 'check', 'checks')} found nothing`
    : `${passed} of ${looked.length} checks found nothing`;
}
