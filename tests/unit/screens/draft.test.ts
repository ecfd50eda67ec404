import { decisionPayload } from '../../../src/contract/payloads';
import type { Draft } from '../../../static/src/wording/draft';
import {
  choices,
  EMPTY_DRAFT,
  faultsOf,
  isFaultless,
  toPayload,
  withAction,
  withoutAction,
} from '../../../static/src/wording/draft';

const filled: Draft = {
  ...EMPTY_DRAFT,
  basis: ' Looked at the rule set. ',
  actions: [{ row: 1, what: ' Say how it comes back ', owner: '5f1b:oliver' }],
};

describe('faultsOf', () => {
  it.each<[string, Draft, Parameters<typeof faultsOf>[1], boolean]>([
    ['a sign-off with a basis', filled, 'approved', true],
    ['a sign-off without', { ...filled, basis: ' \n ' }, 'approved', false],
    [
      'a sign-off whose forgotten actions are empty',
      { ...filled, actions: [{ row: 1, what: '', owner: '' }] },
      'approved',
      true,
    ],
    ['a disapproval with an action', filled, 'disapproved', true],
    ['a disapproval without', { ...filled, actions: [] }, 'disapproved', false],
    ['an action without words', { ...filled, actions: [{ row: 1, what: ' ', owner: 'x' }] }, 'disapproved', false],
    [
      'an action without an owner',
      { ...filled, actions: [{ row: 1, what: 'Do it', owner: '' }] },
      'disapproved',
      false,
    ],
    ['a basis at the limit', { ...filled, basis: 'x'.repeat(8000) }, 'deferred', true],
    ['a basis over the limit', { ...filled, basis: 'x'.repeat(8001) }, 'deferred', false],
    ['an empty withdrawal', EMPTY_DRAFT, 'withdrawn', false],
  ])('%s', (_, draft, kind, fine) => {
    expect(isFaultless(faultsOf(draft, kind))).toBe(fine);
    // What the form lets through, the resolver's schema takes, and what it holds back would be refused.
    const parsed = decisionPayload.safeParse(toPayload(draft, kind, false));
    expect(parsed.success || (kind === 'disapproved' && draft.actions.length === 0)).toBe(
      fine || (kind === 'disapproved' && draft.actions.length === 0),
    );
  });
});

describe('toPayload', () => {
  it('trims, and carries actions only with a disapproval', () => {
    expect(toPayload(filled, 'disapproved', true)).toEqual({
      decision: 'disapproved',
      basis: 'Looked at the rule set.',
      requiredActions: [{ what: 'Say how it comes back', owner: '5f1b:oliver' }],
    });
    expect(toPayload(filled, 'approved', true)).toEqual({
      decision: 'approved',
      basis: 'Looked at the rule set.',
      move: true,
    });
    expect(toPayload(filled, 'deferred', true)).toEqual({ decision: 'deferred', basis: 'Looked at the rule set.' });
  });
});

it('adds and removes rows without giving a number twice', () => {
  const two = withAction(withAction(EMPTY_DRAFT, 'a'), 'b');
  expect(two.actions.map(({ row, owner }) => [row, owner])).toEqual([
    [1, 'a'],
    [2, 'b'],
  ]);
  expect(withAction(withoutAction(two, 1), 'c').actions.map(({ row }) => row)).toEqual([2, 3]);
});

it('tells two people of the same name apart', () => {
  const people = [
    { accountId: '5f1b:0002', name: 'Kim Lee' },
    { accountId: '5f1b:0001', name: 'Kim Lee' },
    { accountId: '5f1b:0003', name: 'Ann Lee' },
  ];
  expect(choices(people, 'en').map(({ label }) => label)).toEqual([
    'Ann Lee',
    'Kim Lee (account …0001)',
    'Kim Lee (account …0002)',
  ]);
});
