import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { HEALTH_CODES, nameOfFinding, type Finding } from '../../../../src/gate/health/finding';
import { healthOf, NOTHING_REMEMBERED, type Health } from '../../../../src/gate/health/health';
import type { ObservedConditions, ObservedSite, ObservedTransition } from '../../../../src/gate/health/observed';
import { healthySite, NOW, PLACE, remembered } from './healthy-site';
import { heldById, SABOTAGE, setUp } from './sabotage.table';

const plain = (site: ObservedSite): ObservedSite => site;
const check = (site: ObservedSite): Health => healthOf(site, remembered(), NOW);
const named = (findings: readonly Finding[]) => findings.map(({ code, subject }) => [code, subject]).sort();

describe('the check of the controls', () => {
  test('finds nothing on a healthy site, the first time and again', () => {
    const first = healthOf(healthySite(), NOTHING_REMEMBERED(NOW), NOW);
    expect(first.findings).toEqual([]);
    const again = healthOf(healthySite(), first.remembered, NOW);
    expect(again.findings).toEqual([]);
    expect(again.remembered).toEqual(first.remembered);
    expect(again.checks.map(({ findings }) => findings)).toEqual(again.checks.map(() => 0));
  });

  test.each(SABOTAGE.map((one) => [one.title, one] as const))('%s', (_, { breakIt, found, says, on = plain }) => {
    const { findings } = check(breakIt(on(healthySite())));
    expect(named(findings)).toEqual([...found].map((one) => [...one]).sort());
    if (says !== undefined) expect(findings.map(({ sentence }) => sentence).join('\n')).toMatch(says);
    for (const { sentence, remedy } of findings) {
      expect(sentence).toMatch(/[.]$/);
      expect(remedy).toMatch(/[.]$/);
    }
  });

  test('every code is found by a case of the table', () => {
    const found = new Set(SABOTAGE.flatMap(({ found: list }) => list.map(([code]) => code)));
    expect(HEALTH_CODES.filter((code) => !found.has(code))).toEqual([]);
  });

  test('the README says of every code what to do', () => {
    const readme = readFileSync(join(__dirname, '../../../../README.md'), 'utf8');
    const section = readme.slice(readme.indexOf('### Control health'), readme.indexOf('### Structure'));
    expect(HEALTH_CODES.filter((code) => !section.includes(`\`${code}\``))).toEqual([]);
  });

  test('what is broken stays found while it is broken, and is gone when it is mended', () => {
    for (const { breakIt, title, on = plain } of SABOTAGE.filter(({ found }) => found.length > 0)) {
      const healthy = on === heldById ? setUp(healthySite()) : on(healthySite());
      const broken = check(breakIt(on(healthySite())));
      const still = healthOf(breakIt(on(healthySite())), broken.remembered, NOW);
      const settled = new Set(['workflow-replaced']);
      expect([title, named(still.findings).filter(([code]) => !settled.has(code ?? ''))]).toEqual([
        title,
        named(broken.findings).filter(([code]) => !settled.has(code ?? '')),
      ]);
      const mended = healthOf(healthy, still.remembered, NOW);
      expect([title, named(mended.findings).filter(([code]) => !settled.has(code ?? ''))]).toEqual([title, []]);
    }
  });

  test('two things broken are both found: neither hides the other', () => {
    const both = check(
      (SABOTAGE[0]?.breakIt ?? ((site) => site))(
        (SABOTAGE.find(({ title }) => title.includes('group changed')) ?? { breakIt: (s: ObservedSite) => s }).breakIt(
          healthySite(),
        ),
      ),
    );
    expect(both.findings.map(({ code }) => code).sort()).toEqual(['rule-altered', 'transition-unguarded']);
  });

  test('a workflow that did not change is not judged again: its findings are kept', () => {
    const broken = check((SABOTAGE[0]?.breakIt ?? ((site) => site))(healthySite()));
    const unchanged = healthySite();
    const places = unchanged.places.map((place) => ({ ...place, workflow: { seen: 'unchanged' as const } }));
    expect(healthOf({ ...unchanged, places }, broken.remembered, NOW).findings).toEqual(broken.findings);
  });

  test('does not depend on the order in which Jira lists things', () => {
    const shuffles = fc.array(fc.integer(), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(fc.constantFrom(...SABOTAGE), shuffles, ({ breakIt, on = plain }, keys) => {
        const site = breakIt(on(healthySite()));
        expect(check(shuffled(site, keys)).findings.map(nameOfFinding)).toEqual(
          check(site).findings.map(nameOfFinding),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('says who and when where Jira’s workflow history says so', () => {
    const { findings } = check((SABOTAGE[0]?.breakIt ?? ((site) => site))(healthySite()));
    expect(findings.map(({ changed }) => changed)).toEqual([{ by: 'mallory', at: '2026-03-01T22:00:00.000Z' }]);
  });

  test('blames the version that brought it, not the ones after it', () => {
    const site = (SABOTAGE[0]?.breakIt ?? ((one) => one))(healthySite());
    const places = site.places.map((place) => ({
      ...place,
      versions: [
        ...place.versions.slice(0, 1).map((version) => ({ ...version, by: 'later', at: '2026-03-02T01:00:00.000Z' })),
        ...place.versions,
      ],
    }));
    expect(check({ ...site, places }).findings[0]?.changed?.by).toBe('mallory');
    const short = places.map((place) => ({ ...place, versions: place.versions.slice(0, 2), versionsComplete: false }));
    expect(check({ ...site, places: short }).findings[0]?.changed).toBeNull();
  });

  test('what could not be looked at settles nothing', () => {
    const unseen = SABOTAGE.find(({ title }) => title.endsWith('the workflow'));
    expect(check((unseen ?? { breakIt: (s: ObservedSite) => s }).breakIt(healthySite())).unsettled).toContain(
      'transition-unguarded',
    );
    expect(check(healthySite()).unsettled).toEqual([]);
    expect(check({ ...healthySite(), counts: [] }).unsettled).toEqual(['project-hidden']);
    expect(PLACE).toBe('CHG, Change request');
  });
});

function shuffled(site: ObservedSite, keys: readonly number[]): ObservedSite {
  const mix = <T>(list: readonly T[]): T[] =>
    list
      .map((one, i) => [keys[i % keys.length] ?? 0, i, one] as const)
      .sort(([a, i], [b, j]) => a - b || i - j)
      .map(([, , one]) => one);
  const group = (one: ObservedConditions): ObservedConditions => ({
    ...one,
    rules: mix(one.rules),
    groups: mix(one.groups.map(group)),
  });
  const transition = (one: ObservedTransition): ObservedTransition => ({
    ...one,
    from: mix(one.from),
    validators: mix(one.validators),
    actions: mix(one.actions),
    conditions: one.conditions === null ? null : group(one.conditions),
  });
  return {
    ...site,
    groups: mix(site.groups),
    senders: mix(site.senders),
    places: mix(site.places).map((place) => {
      if (!('seen' in place.workflow) || typeof place.workflow.seen === 'string') return place;
      const { seen } = place.workflow;
      return {
        ...place,
        workflow: {
          seen: { ...seen, statuses: mix(seen.statuses), transitions: mix(seen.transitions).map(transition) },
        },
      };
    }),
  };
}
