import fc from 'fast-check';
import { judge } from '../../../src/gate/judge';
import type { StoredEntry } from '../../../src/ledger/entry';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { id, NOW, PEOPLE, rechained, Scene } from './scene';
import { VERDICTS } from './verdict.table';

const judged = (scene: Scene) => judge(DEFAULT_POLICY, scene.facts(), NOW);

describe('the verdict', () => {
  test.each(VERDICTS)('$title', ({ story, open, missing, reasons = [], exceptions = [] }) => {
    const verdict = judged(story(new Scene()));
    expect({
      open: verdict.open,
      missing: verdict.needs.missing,
      decided: verdict.decided,
      reasons: verdict.reasons.map(({ code }) => code),
      exceptions: verdict.exceptions.map(({ code }) => code),
    }).toEqual({ open, missing, decided: missing === 0, reasons, exceptions });
  });

  test('every sentence is a sentence without bare account ids', () => {
    for (const { story } of VERDICTS) {
      const { reasons, exceptions, notices } = judged(story(new Scene()));
      for (const { sentence } of [...reasons, ...exceptions, ...notices]) {
        expect(sentence).toMatch(/^[A-Z].*\.$/s);
        expect(sentence).not.toMatch(/557058:|undefined|null/);
      }
    }
  });

  test.each([
    ['Standard', 'judged-as-normal'],
    ['Discovered', 'discovered'],
    ['Something of their own', 'judged-as-normal'],
  ])('%s needs what a Normal change needs and says so', (changeType, code) => {
    const verdict = judged(new Scene().with({ changeType }).decide('authority', 'approved'));
    expect(verdict.needs.missing).toBe(1);
    expect(verdict.notices.map((notice) => notice.code)).toEqual([code]);
  });

  test.each([
    ['before', '2026-03-03T17:59:59.999Z', false],
    ['at the start', '2026-03-03T18:00:00.000Z', true],
    ['at the end', '2026-03-03T20:00:00.000Z', true],
    ['after', '2026-03-03T20:00:00.001Z', false],
  ])('windowNow %s', (_, now, inside) => {
    const verdict = judge(DEFAULT_POLICY, new Scene().facts(), new Date(now));
    expect(verdict.windowNow).toBe(inside);
  });

  test('the roles of two approvals are shared out so that both count', () => {
    const { decisions } = judged(new Scene().decide('both', 'approved').decide('reviewer', 'approved'));
    expect(decisions.map(({ countsFor }) => countsFor)).toEqual(['change-authority', 'security-reviewer']);
  });

  test('who held no role when deciding is told apart', () => {
    const { decisions } = judged(new Scene().decide('outsider', 'approved'));
    expect(decisions.map(({ invalidBecause }) => invalidBecause?.code)).toEqual(['not-eligible']);
  });

  test('an altered entry, a swapped person and a removed entry close it', () => {
    const facts = new Scene().decide('reviewer', 'approved').decide('authority', 'approved').facts();
    const [first, second] = facts.entries;
    if (first === undefined || second === undefined) throw new Error('two entries');
    const swapped: StoredEntry = {
      ...first,
      disclosures: Object.fromEntries(
        Object.entries(first.disclosures).map(([key, { salt }]) => [
          key,
          { salt, value: { accountId: id('reviewer2') } },
        ]),
      ),
    };
    const altered = { ...first, entry: { ...first.entry, at: '2026-01-01T00:00:00.000Z' } };
    for (const entries of [[swapped, second], [altered, second], [second]]) {
      const verdict = judge(DEFAULT_POLICY, { ...facts, entries }, NOW);
      expect(verdict.open).toBe(false);
      expect(verdict.reasons.map(({ code }) => code)).toContain('ledger-broken');
    }
  });

  test('an erased decider does not count, and breaks nothing', () => {
    const facts = new Scene().decide('reviewer', 'approved').decide('authority', 'approved').facts();
    const entries = facts.entries.map((stored, i) => (i === 0 ? { ...stored, disclosures: {} } : stored));
    const verdict = judge(DEFAULT_POLICY, { ...facts, entries }, NOW);
    expect(verdict.decisions[0]?.invalidBecause?.code).toBe('decider-unknown');
    expect(verdict.reasons.map(({ code }) => code)).toEqual(['decision-needed']);
  });
});

/** A random story of decisions, edits and moves; independent of our code's own words. */
const names = fc.constantFrom(...Object.keys(PEOPLE));
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('approved' as const), by: names }) },
    fc.record({ do: fc.constantFrom('disapproved' as const, 'deferred' as const, 'withdrawn' as const), by: names }),
    fc.record({
      do: fc.constantFrom('edit' as const, 'assign' as const, 'resubmit' as const, 'deploy' as const),
      by: names,
    }),
  ),
  { maxLength: 12 },
);

function told(story: readonly { readonly do: string; readonly by: string }[], evidence = true): Scene {
  const scene = new Scene();
  story.forEach(({ do: what, by }, i) => {
    if (what === 'approved' || what === 'disapproved' || what === 'deferred' || what === 'withdrawn')
      scene.decide(by, what);
    else if (what === 'edit') scene.edit(by, { scope: `Rule number ${i} on the firewall.` });
    else if (what === 'assign') scene.assign('requester', by);
    else if (what === 'resubmit') scene.move(by, 'Disapproved').move(by, 'Proposed');
    else if (evidence) scene.deploy(String(i), 'production');
    else scene.wait();
  });
  return scene;
}

describe('whatever happens', () => {
  test('judging twice gives the same', () => {
    fc.assert(
      fc.property(steps, (story) => {
        const facts = told(story).facts();
        expect(judge(DEFAULT_POLICY, facts, NOW)).toEqual(judge(DEFAULT_POLICY, facts, NOW));
      }),
    );
  });

  test('evidence changes neither decided nor open', () => {
    fc.assert(
      fc.property(steps, (story) => {
        const [having, lacking] = [judged(told(story)), judged(told(story, false))];
        expect([having.open, having.decided, having.reasons]).toEqual([lacking.open, lacking.decided, lacking.reasons]);
      }),
    );
  });

  test('a change that touches CUI is open only with two different people, one of each role, none of whom took part', () => {
    fc.assert(
      fc.property(steps, (story) => {
        const verdict = judged(told(story));
        if (!verdict.open) return;
        const counting = verdict.decisions.filter(({ countsFor }) => countsFor !== null);
        expect(new Set(counting.map(({ accountId }) => accountId)).size).toBe(2);
        expect(new Set(counting.map(({ countsFor }) => countsFor)).size).toBe(2);
        const barred = ['requester', 'owner', 'implementer', 'bot', 'outsider']
          .filter((name) => name !== 'bot')
          .map(id);
        expect(counting.filter(({ accountId }) => barred.includes(accountId ?? ''))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('approvals by different people may be recorded in any order', () => {
    const approvers = fc.uniqueArray(fc.constantFrom('reviewer', 'reviewer2', 'authority', 'authority2', 'both'), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        approvers.chain((who) =>
          fc.tuple(fc.constant(who), fc.shuffledSubarray([...who.keys()], { minLength: who.length })),
        ),
        ([who, order]) => {
          const facts = told(who.map((by) => ({ do: 'approved', by }))).facts();
          const entries = rechained(order.flatMap((i) => facts.entries[i] ?? []));
          const [one, other] = [judge(DEFAULT_POLICY, facts, NOW), judge(DEFAULT_POLICY, { ...facts, entries }, NOW)];
          expect([one.open, one.needs]).toEqual([other.open, other.needs]);
        },
      ),
    );
  });

  test('one more approval never leaves more missing', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom('reviewer', 'reviewer2', 'authority', 'both'), (story, by) => {
        const before = judged(told(story)).needs.missing;
        expect(judged(told([...story, { do: 'approved', by }])).needs.missing).toBeLessThanOrEqual(before);
      }),
    );
  });
});
