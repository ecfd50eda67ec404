import { parseGithub } from '../../../src/providers/github/parse';

const ID = '8d0e7f3c2b1a09f8e7d6c5b4a39281706f5e4d3c';

it('reads a push that a collector passed on without the ids before and after it', () => {
  const body = { ref: 'refs/heads/main', commits: [{ id: ID, message: 'CHG-7 add the rule' }] };
  expect(parseGithub('push', body)).toMatchObject({
    outcome: 'evidence',
    items: [{ item: { kind: 'commit', id: ID }, names: [{ key: 'CHG-7' }] }],
  });
});
