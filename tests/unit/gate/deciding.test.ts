import { mayDecide } from '../../../src/gate/may-decide';
import { mayRecord, sameDecision, type DecisionRequest } from '../../../src/gate/may-record';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { id, NOW, person, Scene } from './scene';

const start = (): Scene => new Scene();
const signed = (by: string) => start().decide(by, 'approved');
const may = (scene: Scene, name: string, now = NOW) => {
  const { allowed, reasons, kinds } = mayDecide(DEFAULT_POLICY, scene.facts(), person(name), now);
  return { allowed, codes: reasons.map(({ code }) => code), kinds };
};
const ALL = ['approved', 'disapproved', 'deferred'];
const OBJECT = ['disapproved', 'deferred'];

describe('who may decide, with every reason', () => {
  const CASES: readonly (readonly [string, Scene, string, readonly string[], readonly string[]])[] = [
    ['a reviewer', start(), 'reviewer', [], ALL],
    ['an authority', start(), 'authority', [], ALL],
    ['the requester', start(), 'requester', ['own-change', 'not-in-group'], []],
    ['the owner', start(), 'owner', ['own-change', 'not-in-group'], []],
    ['an outsider', start(), 'outsider', ['not-in-group'], []],
    ['an app in a deciding group', start(), 'bot', ['not-a-person'], []],
    [
      'a reviewer who edited the scope',
      start().edit('reviewer', { scope: 'Two rules.' }),
      'reviewer',
      ['own-change'],
      [],
    ],
    [
      'a reviewer who edited the analysis',
      start().edit('reviewer', { securityImpactAnalysis: 'No control is touched.' }),
      'reviewer',
      [],
      ALL,
    ],
    [
      'a reviewer who was assignee once',
      start().assign('requester', 'reviewer').assign('requester', null),
      'reviewer',
      ['own-change'],
      [],
    ],
    ['somebody who signed', signed('reviewer'), 'reviewer', ['already-signed'], [...ALL, 'withdrawn']],
    ['another reviewer when one signed', signed('reviewer'), 'reviewer2', ['role-not-needed'], ALL],
    ['an authority when a reviewer signed', signed('reviewer'), 'authority', [], ALL],
    [
      'a third when both signed',
      signed('reviewer').decide('authority', 'approved'),
      'authority2',
      ['role-not-needed'],
      ALL,
    ],
    [
      'after an edit, who signed before',
      signed('reviewer').edit('owner', { scope: 'Two rules.' }),
      'reviewer',
      [],
      [...ALL, 'withdrawn'],
    ],
    ['while fields are missing', start().with({ backoutPlan: 'N/A' }), 'reviewer', ['fields-inadequate'], OBJECT],
    ['when it is closed', start().move('owner', 'Closed'), 'reviewer', ['wrong-status'], []],
    [
      'when it is executed',
      start().move('owner', 'Executed'),
      'requester',
      ['own-change', 'not-in-group', 'wrong-status'],
      [],
    ],
  ];
  test.each(CASES)('%s', (_, scene, name, codes, kinds) => {
    const barred = kinds.length === 0;
    expect(may(scene, name)).toEqual({ allowed: !barred, codes, kinds });
  });

  test('an incomplete history clears nobody', () => {
    const scene = start();
    scene.complete = false;
    expect(may(scene, 'reviewer')).toEqual({ allowed: false, codes: ['being-prepared'], kinds: [] });
  });
  test('a window that is over can be objected to only', () => {
    expect(may(start(), 'reviewer', new Date('2026-03-04T00:00:00.000Z'))).toEqual({
      allowed: true,
      codes: ['window-over'],
      kinds: OBJECT,
    });
  });
  test('an inactive account', () => {
    const { reasons } = mayDecide(DEFAULT_POLICY, start().facts(), { ...person('reviewer'), active: false }, NOW);
    expect(reasons.map(({ code }) => code)).toEqual(['inactive']);
  });
});

const ask = (decision: DecisionRequest['decision'], also: Partial<DecisionRequest> = {}): DecisionRequest => ({
  decision,
  basis: 'Looked at the rule set.',
  ...(decision === 'disapproved' ? { requiredActions: [{ what: 'Add a test', owner: id('owner') }] } : {}),
  ...also,
});

describe('what may be recorded', () => {
  const CASES: readonly (readonly [string, Scene, string, DecisionRequest, readonly [number, string] | null])[] = [
    ['a sign-off', start(), 'reviewer', ask('approved'), null],
    ['an objection', start(), 'authority', ask('disapproved'), null],
    ['a deferral', start(), 'authority', ask('deferred'), null],
    ['one more sign-off than needed', signed('reviewer'), 'reviewer2', ask('approved'), null],
    ['by the requester', start(), 'requester', ask('approved'), [403, 'own-change']],
    ['by the owner, an objection', start(), 'owner', ask('disapproved'), [403, 'own-change']],
    ['by an outsider', start(), 'outsider', ask('approved'), [403, 'not-eligible']],
    ['by an app', start(), 'bot', ask('approved'), [403, 'not-eligible']],
    [
      'by the requester, wrong status as well',
      start().move('owner', 'Closed'),
      'requester',
      ask('approved'),
      [403, 'own-change'],
    ],
    ['when closed', start().move('owner', 'Closed'), 'reviewer', ask('approved'), [409, 'wrong-status']],
    ['when scheduled', start().move('owner', 'Scheduled'), 'reviewer', ask('approved'), null],
    ['without basis', start(), 'reviewer', ask('approved', { basis: ' ' }), [400, 'basis-missing']],
    [
      'an objection without actions',
      start(),
      'reviewer',
      ask('disapproved', { requiredActions: [] }),
      [400, 'required-actions-missing'],
    ],
    [
      'an objection with an action of nobody',
      start(),
      'reviewer',
      ask('disapproved', { requiredActions: [{ what: 'x', owner: '' }] }),
      [400, 'required-actions-missing'],
    ],
    [
      'an approval with fields missing',
      start().with({ testPlan: '', backoutPlan: 'tbd' }),
      'reviewer',
      ask('approved'),
      [409, 'fields-inadequate'],
    ],
    ['an objection with fields missing', start().with({ testPlan: '' }), 'reviewer', ask('disapproved'), null],
    ['withdrawing one’s own', signed('reviewer'), 'reviewer', ask('withdrawn'), null],
    ['withdrawing an objection', start().decide('reviewer', 'deferred'), 'reviewer', ask('withdrawn'), null],
    ['withdrawing nothing', start(), 'reviewer', ask('withdrawn'), [409, 'nothing-to-withdraw']],
    [
      'withdrawing what was lifted by Resubmit',
      signed('reviewer').move('owner', 'Disapproved').move('owner', 'Proposed'),
      'reviewer',
      ask('withdrawn'),
      [409, 'nothing-to-withdraw'],
    ],
    ['withdrawing somebody else’s', signed('reviewer'), 'authority', ask('withdrawn'), [409, 'nothing-to-withdraw']],
    ['withdrawing, being the requester', signed('reviewer'), 'requester', ask('withdrawn'), [403, 'own-change']],
    [
      'withdrawing after becoming assignee',
      signed('reviewer').assign('requester', 'reviewer'),
      'reviewer',
      ask('withdrawn'),
      null,
    ],
    [
      'withdrawing when closed',
      signed('reviewer').move('owner', 'Closed'),
      'reviewer',
      ask('withdrawn'),
      [409, 'wrong-status'],
    ],
  ];
  test.each(CASES)('%s', (_, scene, name, request, refused) => {
    const refusal = mayRecord(DEFAULT_POLICY, scene.facts(), person(name), request, NOW);
    expect(refusal === undefined ? null : [refusal.status, refusal.code]).toEqual(refused);
  });

  test('a refusal for fields names all of them', () => {
    const scene = start().with({ testPlan: '', backoutPlan: 'tbd', impactedSystems: [] });
    const message = mayRecord(DEFAULT_POLICY, scene.facts(), person('reviewer'), ask('approved'), NOW)?.message;
    for (const name of ['Test plan', 'Backout plan', 'Impacted CUI systems']) expect(message).toContain(name);
  });

  test('before, inside and after the window', () => {
    const at = (now: string) =>
      mayRecord(DEFAULT_POLICY, start().facts(), person('reviewer'), ask('approved'), new Date(now))?.code;
    expect(at('2026-03-02T00:00:00Z')).toBeUndefined();
    expect(at('2026-03-03T20:00:00Z')).toBeUndefined();
    expect(at('2026-03-03T20:00:01Z')).toBe('window-over');
  });
});

describe('the same decision again', () => {
  const same = (scene: Scene, name: string, request: DecisionRequest) =>
    sameDecision(DEFAULT_POLICY, scene.facts(), person(name), request, NOW)?.entry.seq;
  const CASES: readonly (readonly [string, Scene, string, DecisionRequest, number | undefined])[] = [
    ['nothing yet', start(), 'reviewer', ask('approved'), undefined],
    ['identical', signed('reviewer'), 'reviewer', ask('approved'), 0],
    ['identical objection', start().decide('reviewer', 'disapproved'), 'reviewer', ask('disapproved'), 0],
    ['somebody else', signed('reviewer'), 'authority', ask('approved'), undefined],
    ['another basis', signed('reviewer'), 'reviewer', ask('approved', { basis: 'Again.' }), undefined],
    ['another kind', signed('reviewer'), 'reviewer', ask('deferred'), undefined],
    [
      'other actions',
      start().decide('reviewer', 'disapproved'),
      'reviewer',
      ask('disapproved', { requiredActions: [{ what: 'Other', owner: id('owner') }] }),
      undefined,
    ],
    [
      'after an edit',
      signed('reviewer').edit('owner', { scope: 'Two rules.' }),
      'reviewer',
      ask('approved'),
      undefined,
    ],
    ['after withdrawing', signed('reviewer').decide('reviewer', 'withdrawn'), 'reviewer', ask('approved'), undefined],
  ];
  test.each(CASES)('%s', (_, scene, name, request, seq) => expect(same(scene, name, request)).toBe(seq));
});
