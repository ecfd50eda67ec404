import type { JiraRecordView } from '../../../src/contract/from-jira';
import { inOrder, stateOf, textMissing, unread } from '../../../static/src/wording/from-jira';

const comment = (id: string, more: Partial<JiraRecordView> = {}): JiraRecordView => ({
  record: 'comment',
  id,
  state: 'there',
  title: `comment ${id}`,
  text: 'A.',
  url: null,
  by: 'Olga',
  at: `2026-03-02T0${id}:00:00.000Z`,
  changedAt: '2026-03-02T09:00:00.000Z',
  gone: null,
  attributes: {},
  people: [],
  matters: null,
  held: null,
  ...more,
});

it('has comments that count first, then the newest', () => {
  const all = [comment('1'), comment('2', { matters: 'owner' }), comment('3'), comment('4', { matters: 'decided' })];
  expect(inOrder(all).map(({ id }) => id)).toEqual(['4', '2', '3', '1']);
});

it('names every part that could not be read, with its reason', () => {
  const parts = [
    { part: 'comment' as const, complete: true, found: 3, because: null },
    { part: 'web-link' as const, complete: false, found: 0, because: 'Jira answered 403.' },
  ];
  expect(unread({ parts })).toEqual(['Links to pages: Jira answered 403.']);
});

it.each<[string, Partial<JiraRecordView>, string | null]>([
  ['that is there', {}, null],
  ['that was erased', { text: null, title: null }, 'The text was erased.'],
  ['that is empty', { text: null }, 'The comment has no text.'],
  [
    'with a marking',
    { text: null, attributes: { text: 'not kept: cui-banner-full' } },
    'The text is not kept: it holds a marking or a secret (cui-banner-full). Its digest is.',
  ],
  [
    'that is too long',
    { text: null, attributes: { text: 'not kept: too long', length: '20000' } },
    'The text is too long to be kept (20000 characters); its digest is.',
  ],
  ['of something else', { record: 'attachment', text: null }, null],
])('says why the text is missing of a comment %s', (_, more, sentence) => {
  expect(textMissing(comment('1', more))).toBe(sentence);
});

it.each<[Partial<JiraRecordView>, string | null]>([
  [{}, null],
  [{ state: 'changed' }, 'Edited'],
  [{ state: 'gone' }, 'Not shown any more'],
  [{ record: 'attachment', state: 'gone' }, 'Removed'],
  [{ record: 'attachment', state: 'changed' }, null],
])('has a word for the state of %j', (more, word) => {
  expect(stateOf(comment('1', more))).toBe(word);
});
