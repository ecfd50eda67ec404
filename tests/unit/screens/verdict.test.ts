import { CHANGES } from '../../../static/dev/changes';
import type { ChangeView } from '../../../src/contract/panel';
import {
  furtherReasons,
  headline,
  listed,
  missingParts,
  ownDecision,
  policyName,
  stateOf,
  weightiestFirst,
  wouldComplete,
} from '../../../static/src/wording/verdict';

function state(name: string): ChangeView {
  const view = CHANGES[name];
  if (view === undefined) throw new Error(`no state ${name}`);
  return view;
}

describe('headline', () => {
  it.each([
    ['decide', 'needs', 'Needs 2 sign-offs'],
    ['last', 'needs', 'Needs 1 sign-off'],
    ['open', 'open', 'Open'],
    ['voided', 'stopped', 'Voided'],
    ['disapproved', 'stopped', 'Disapproved'],
    ['closed', 'closed', 'Closed'],
    ['broken', 'stopped', 'Record broken'],
    ['uncontrolled', 'closed', 'Not controlled'],
  ])('of a change in state %s', (name, tone, label) => {
    expect(headline(state(name).verdict)).toMatchObject({ tone, label });
  });

  it.each(Object.keys(CHANGES))('is open only when the verdict is: %s', (name) => {
    const { verdict } = state(name);
    expect(headline(verdict).tone === 'open').toBe(verdict.open);
    expect(headline({ ...verdict, open: false }).tone).not.toBe('open');
  });

  it('does not call a change open for a reason it does not know', () => {
    const { verdict } = state('open');
    const reasons = [{ code: 'brand-new', sentence: 'Something new is the matter.' }];
    expect(headline({ ...verdict, open: false, reasons })).toEqual({
      tone: 'stopped',
      label: 'Not open',
      title: 'Something new is the matter.',
    });
  });

  it('is not repeated below itself', () => {
    expect(furtherReasons(state('decide').verdict)).toEqual([]);
    expect(furtherReasons(state('voided').verdict)).toHaveLength(2);
  });
});

describe('wouldComplete', () => {
  const last = state('last');
  it.each<[string, ChangeView, boolean]>([
    ['the last sign-off', last, true],
    ['one of two', state('decide'), false],
    ['somebody who may not', { ...last, mayDecide: { ...last.mayDecide, allowed: false } }, false],
    ['a change that was moved already', { ...last, status: 'Approved' }, false],
    ['a change that needs nothing', { ...last, verdict: state('open').verdict }, false],
  ])('%s', (_, view, completes) => {
    expect(wouldComplete(view)).toBe(completes);
  });
});

describe('ownDecision', () => {
  const signed = state('signed');
  const [own] = signed.decisions;
  if (own === undefined) throw new Error('the state "signed" has a decision');
  it.each<[string, ChangeView['decisions'], number | null]>([
    ['their sign-off', [own], own.seq],
    ['their newest, whatever the order', [{ ...own, seq: 9 }, own], 9],
    ['nothing after they withdrew it', [own, { ...own, seq: 9, decision: 'withdrawn' }], null],
    ['nothing once it was voided', [{ ...own, valid: false }], null],
    ['nothing of other people', [{ ...own, by: { accountId: 'somebody-else', name: own.by.name } }], null],
    ['nothing when nobody decided', [], null],
  ])('is %s', (_, decisions, seq) => {
    expect(ownDecision({ ...signed, decisions })?.seq ?? null).toBe(seq);
  });
});

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('listed %j', (words, text) => {
  expect(listed(words)).toBe(text);
});

describe('what has to be filled in', () => {
  const { verdict } = state('decide');
  const inadequate = { code: 'fields-inadequate', sentence: 'Scope is empty. Test plan is empty.' };
  const needed = { code: 'decision-needed', sentence: `Needs an approval by ${verdict.needs.phrase}.` };
  const missing = [
    { code: 'empty', sentence: 'Scope is empty.', field: 'Scope' },
    { code: 'empty', sentence: 'Test plan is empty.', field: 'Test plan' },
    { ...needed, field: null },
    { code: 'no-commit', sentence: 'No commit names this change in its message or branch.', field: null },
  ];

  it('is named in the header, and who approves is said once', () => {
    const reasons = furtherReasons({ ...verdict, reasons: [needed, inadequate] }, missing);
    expect(reasons.map(({ sentence }) => sentence)).toEqual(['First to be filled in: Scope and Test plan.']);
  });

  it('is said whole where the fields are not listed', () => {
    expect(furtherReasons({ ...verdict, reasons: [needed, inadequate] })).toEqual([inadequate]);
  });

  it('stands apart from evidence that no approval waits for', () => {
    const { fields, evidence } = missingParts({ missing });
    expect([fields.map(({ field }) => field), evidence.map(({ code }) => code)]).toEqual([
      ['Scope', 'Test plan'],
      ['no-commit'],
    ]);
  });
});

describe('the state in the register', () => {
  it.each([
    ['open', { open: true, reasons: [], needs: '' }, 'Open', null],
    ['waiting', { reasons: ['decision-needed', 'fields-inadequate'] }, 'Needs sign-off', 'Needs one change authority'],
    ['voided', { reasons: ['voided', 'decision-needed'] }, 'Voided', 'Needs one change authority'],
    ['deferred', { reasons: ['deferred', 'decision-needed'] }, 'Deferred', 'Needs one change authority'],
    ['closed', { reasons: ['change-closed'] }, 'Closed', null],
    ['unknown', { reasons: ['brand-new'], needs: '' }, 'Not open', null],
  ])('of a change that is %s', (_, row, label, needs) => {
    expect(stateOf({ open: false, needs: 'one change authority', ...row })).toMatchObject({ label, needs });
  });
});

it('the policy is called by its number', () => {
  expect([policyName('policy-2'), policyName('policy-2b')]).toEqual([
    'Judged by policy 2',
    'Judged by policy policy-2b',
  ]);
});

it('what keeps everybody from deciding comes before what keeps this viewer from it', () => {
  const reasons = ['own-change', 'not-in-group', 'wrong-status'].map((code) => ({ code, sentence: code }));
  expect(weightiestFirst(reasons).map(({ code }) => code)).toEqual(['wrong-status', 'own-change', 'not-in-group']);
});

it('a change that was closed does not say so twice, and one that was withdrawn says which', () => {
  const { verdict } = state('closed');
  const closed = (sentence: string) => ({ ...verdict, open: false, reasons: [{ code: 'change-closed', sentence }] });
  expect(furtherReasons(closed('The change is Closed.'))).toEqual([]);
  expect(furtherReasons(closed('The change is Withdrawn.'))).toHaveLength(1);
});
