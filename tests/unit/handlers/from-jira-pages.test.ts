import { shownPages } from '../../../src/forge/jira-records/part';
import { comment } from '../../fakes/jira-records';

/** Jira's list of comments, two a page; one is deleted after so many pages were answered. */
const listOf = (ids: readonly string[], deletedAfter?: number) => {
  let [left, answered] = [ids, 0];
  return shownPages((start) => {
    if (answered === deletedAfter) left = left.slice(1);
    answered += 1;
    const items = left.slice(start, start + 2).map((id) => comment(id, `Comment ${id}.`));
    const next = start + items.length;
    return Promise.resolve({ items, next: next >= left.length ? null : next, total: left.length });
  });
};

it('what comes in pages is everything while nothing of it changes', async () => {
  const { items, because } = await listOf(['1', '2', '3', '4', '5']);
  expect([items.map(({ id }) => id), because]).toEqual([['1', '2', '3', '4', '5'], null]);
});

it('what slipped between two pages, because one was deleted meanwhile, is not taken for gone', async () => {
  const { items, because } = await listOf(['1', '2', '3', '4', '5'], 1);
  expect(items.map(({ id }) => id)).not.toContain('3');
  expect(because).toMatch(/changed while they were read/);
});
