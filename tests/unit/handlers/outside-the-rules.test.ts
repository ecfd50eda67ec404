/** Break-glass is declared afterwards by those who may; with the licence lapsed nothing is decided and all is read. */
import { declareBreakGlass } from '../../../src/handlers/acts/break-glass';
import { exceptFreeze } from '../../../src/handlers/acts/freeze';
import { recordReview } from '../../../src/handlers/acts/review';
import { readChange } from '../../../src/handlers/read-change';
import { recordDecision } from '../../../src/handlers/record-decision';
import { recordReportedTransition } from '../../../src/handlers/record-reported-transition';
import { startPack } from '../../../src/handlers/packs/start';
import { validateChange } from '../../../src/handlers/validate-change';
import { commit, push } from '../intake/bodies';
import { githubRequest } from '../intake/site';
import { refusalOf } from './policy/site';
import { PeopleSite } from './people-site';

const MOVE = '10031';

function forced(): PeopleSite {
  const site = new PeopleSite();
  site.snapshots.set('CHG-7', {
    status: 'Approved',
    names: { olga: 'Olga' },
    history: [
      {
        id: MOVE,
        author: 'olga',
        at: '2026-03-02T08:00:00.000Z',
        items: [{ field: 'status', fieldId: 'status', from: '1', fromText: 'Proposed', to: '2', toText: 'Approved' }],
      },
    ],
  });
  return site;
}

const what = { what: 'The rule was pushed by hand.', why: 'The app was down during an attack.' };
const declare = (site: PeopleSite, who: string, also: object = {}) =>
  declareBreakGlass(
    site.app,
    site.call(who, { historyId: MOVE, usedAt: '2026-03-02T08:00:00.000Z', ...what, ...also }, 'CHG-7'),
  );

describe('break-glass, afterwards', () => {
  test.each(['adam', 'cora'])('%s declares it: the move is explained and nothing is open', async (who) => {
    const site = forced();
    const before = await readChange(site.app, site.call(who, {}, 'CHG-7'));
    expect(before.verdict.exceptions.map(({ code, mayDeclare, move }) => [code, mayDeclare, move])).toEqual([
      ['moved-no-decision', true, MOVE],
      ['status-without-decision', true, null],
    ]);
    const { change } = await declare(site, who);
    expect(change.verdict.exceptions.map(({ code }) => code)).toEqual(['break-glass-used', 'status-without-decision']);
    expect(change.verdict.open).toBe(false);
    expect(change.verdict.exceptions[0]?.sentence).toContain('by Olga');
  });

  it('twice is one entry, and another one of the same move is refused', async () => {
    const site = forced();
    await declare(site, 'cora');
    await declare(site, 'cora');
    expect(await refusalOf(declare(site, 'adam', { why: 'Something else.' }))).toMatchObject({
      status: 409,
      code: 'already-explained',
    });
    expect((await site.entries('10007')).filter(({ entry }) => entry.kind === 'break-glass')).toHaveLength(1);
  });

  test.each([
    ['somebody who neither administers nor holds the authority', 'rita', {}, { status: 403, code: 'not-eligible' }],
    ['an app account', 'bot', {}, { status: 403, code: 'not-a-person' }],
    ['a move that is none', 'cora', { historyId: '99' }, { status: 409, code: 'already-explained' }],
    ['a time to come', 'cora', { usedAt: '2026-03-02T09:00:01.000Z' }, { status: 400, code: 'not-yet' }],
    ['no reason', 'cora', { why: ' ' }, { status: 400, code: 'invalid' }],
  ])('refuses %s', async (_, who, also, refusal) => {
    const site = forced();
    expect(await refusalOf(declare(site, who, also))).toMatchObject(refusal);
    const view = await readChange(site.app, site.call('rita', {}, 'CHG-7'));
    expect(view.verdict.exceptions.every(({ mayDeclare }) => !mayDeclare)).toBe(true);
  });
});

describe('with the licence lapsed', () => {
  const lapsed = (): PeopleSite => {
    const site = forced();
    site.licence = 'lapsed';
    return site;
  };

  test.each([
    ['a decision', recordDecision, { decision: 'approved', basis: 'Read.' }],
    ['a review', recordReview, { decision: 'approved', basis: 'Read.' }],
    ['a freeze exception', exceptFreeze, { freeze: 'year-end', basis: 'It has to be.' }],
  ])('%s is refused and says that nothing was approved', async (_, method, payload) => {
    const site = lapsed();
    const refusal = await refusalOf(method(site.app, site.call('rita', payload, 'CHG-7')));
    expect(refusal).toMatchObject({ status: 403, code: 'licence-lapsed' });
    expect(refusal.message).toContain('nothing was approved');
    expect(await site.entries('10007')).toEqual([]);
  });

  it('a transition is refused by the validator, in words', async () => {
    const { result, errorMessage } = await validateChange(lapsed().app, {
      issue: { key: 'CHG-7' },
      configuration: { step: 'approve' },
      transition: {},
    });
    expect(result).toBe(false);
    expect(errorMessage).toContain('licence of Change control has lapsed: nothing was approved');
  });

  it('a transition that came all the same is no decision', async () => {
    const site = lapsed();
    const transition = {
      issueId: '10007',
      actor: 'olga',
      from: 'Proposed',
      to: 'Approved',
      name: 'Approve',
      executionId: 'x1',
      historyId: MOVE,
    };
    await recordReportedTransition(site.app, transition, 0);
    const view = await readChange(site.app, site.call('rita', {}, 'CHG-7'));
    expect(view.verdict.exceptions.map(({ code }) => code)).toContain('moved-no-decision');
    expect(view.verdict.open).toBe(false);
  });

  it('reading, evidence, packs and the declaration of break-glass go on', async () => {
    const site = lapsed();
    await readChange(site.app, site.call('rita', {}, 'CHG-7'));
    const body = JSON.stringify(push('refs/heads/main', [commit(3, 'CHG-7 port closed')]));
    expect(await site.deliver(githubRequest('push', body))).toBe('accepted');
    await site.work();
    expect(await site.recorded('10007')).toHaveLength(1);
    expect((await startPack(site.app, site.call('rita', {}, 'CHG-7'))).state).toBe('queued');
    expect((await declare(site, 'cora')).change.verdict.exceptions[0]?.code).toBe('break-glass-used');
  });
});
