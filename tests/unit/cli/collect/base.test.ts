/** What was deployed last: which source says it, and that it is said which one did. */
import type { ProviderApi } from '../../../../src/cli/api/api';
import { ApiProblem } from '../../../../src/cli/api/client';
import { baseOf, type Base, type Wanted } from '../../../../src/cli/collect/base';
import { Git } from '../../../../src/cli/collect/git';
import { Report } from '../../../../src/cli/collect/report';
import type { Runner } from '../../../../src/cli/runner/runner';
import { TestRepository } from '../repository';

const repository = new TestRepository();
const git = new Git(repository.folder);
const commits: string[] = [];
let rewritten: string;
beforeAll(() => {
  for (const message of ['one', 'two', 'three', 'four'])
    commits.push(repository.commit(message, { [message]: message }));
  repository.git('tag', 'deployed/production/1', at(0));
  repository.git('tag', '-a', '-m', 'x', 'deployed/production/2', at(1));
  repository.git('tag', 'deployed/production/3', at(3));
  repository.git('checkout', '-q', '-b', 'other', at(0));
  rewritten = repository.commit('two, once more', { two: 'again' });
  repository.git('checkout', '-q', 'main');
});
afterAll(() => repository.remove());
const at = (i: number): string => commits[i] ?? '';

/** Only what is asked of it here: where a deployment is known from. */
const api = (last: () => { commit: string } | undefined): ProviderApi => {
  const unasked = () => Promise.reject(new Error('not asked here'));
  return {
    name: "GitHub's API",
    repository: 'a/b',
    lastDeployment: async () => {
      const found = await Promise.resolve(last());
      return found === undefined ? undefined : { ...found, says: 'deployment 9 to production of then' };
    },
    pullRequest: unasked,
    pullRequestsOf: unasked,
    commitsOf: unasked,
    reviewsOf: unasked,
  };
};
const runner = (more: Partial<Runner>): Runner => ({ system: 'Jenkins', run: { id: '1' }, notes: [], ...more });
const deployedTwo = api(() => ({ commit: at(1) }));

async function decided(
  more: Partial<Wanted>,
): Promise<Base & { readonly missing: string[]; readonly notes: string[] }> {
  const report = new Report();
  const nothing = {
    since: undefined,
    first: false,
    tag: undefined,
    environment: undefined,
    runner: undefined,
    api: undefined,
  };
  const base = await baseOf(git, { ...nothing, head: at(3), ...more }, report);
  return { ...base, missing: report.missing.map(({ what, why }) => `${what}: ${why}`), notes: report.notes };
}
const production = { environment: 'production' };

it.each<[string, () => Partial<Wanted>, number | undefined, Base['source'], RegExp]>([
  ['what was named wins', () => ({ since: at(2), ...production, api: deployedTwo }), 2, 'since', /as --since names it/],
  ['nothing before', () => ({ first: true }), undefined, 'first', /the beginning/],
  [
    "the provider's record",
    () => ({ ...production, api: deployedTwo, tag: 'deployed/*' }),
    1,
    'deployment',
    /deployment 9 .*GitHub's API/,
  ],
  [
    'the newest tag but that of this one',
    () => ({ tag: 'deployed/production/*' }),
    1,
    'tag',
    /tag deployed\/production\/2/,
  ],
  [
    'the last run',
    () => ({ runner: runner({ previous: at(2), before: at(0) }) }),
    2,
    'previous-run',
    /last successful run of this job \(Jenkins\)/,
  ],
  [
    'the base of the pull request',
    () => ({ head: rewritten, runner: runner({ pullRequest: { id: '7', base: 'main', baseCommit: at(3) } }) }),
    0,
    'pull-request',
    /where pull request 7 left main/,
  ],
  [
    'a base that is told by its branch',
    () => ({ head: rewritten, runner: runner({ pullRequest: { id: '7', base: 'main' } }) }),
    0,
    'pull-request',
    /pull request 7/,
  ],
  ['what the branch held', () => ({ runner: runner({ before: at(1) }) }), 1, 'push', /before the push/],
])('%s', async (_, wanted, commit, source, says) => {
  const found = await decided(wanted());
  expect(found).toMatchObject({ commit: commit === undefined ? undefined : at(commit), source, missing: [] });
  expect(found.says).toMatch(says);
});

it('a provider that cannot be asked is missing, and the next source is taken', async () => {
  const failing = api(() => {
    throw new ApiProblem('it answered 503');
  });
  expect(await decided({ ...production, api: failing, tag: 'deployed/*/*' })).toMatchObject({
    source: 'tag',
    missing: ['the last successful deployment to production: it answered 503'],
  });
});

it('a provider that knows of none is a note, not a lack', async () => {
  expect(await decided({ ...production, api: api(() => undefined), tag: 'deployed/*/*' })).toMatchObject({
    source: 'tag',
    missing: [],
    notes: ["GitHub's API knows of no successful deployment to production."],
  });
});

it('a deployment whose commit was lost by a forced push is missing, and the next source is taken', async () => {
  const lost = 'f'.repeat(40);
  const found = await decided({ ...production, api: api(() => ({ commit: lost })), runner: runner({ before: at(1) }) });
  expect(found).toMatchObject({
    source: 'push',
    missing: [expect.stringMatching(/commits since deployment 9.*forced push/)],
  });
});

it('a base beside the branch is said, with where they parted', async () => {
  expect(await decided({ since: 'other' })).toMatchObject({
    commit: rewritten,
    notes: [expect.stringMatching(new RegExp(`history was rewritten.*since ${at(0)}`))],
  });
});

it('a base without anything in common is said', async () => {
  repository.git('checkout', '-q', '--orphan', 'apart');
  repository.commit('Apart');
  repository.git('checkout', '-q', '-f', 'main');
  expect((await decided({ since: 'apart' })).notes).toEqual([expect.stringMatching(/no commit in common/)]);
});

it('when nothing knows it is refused, with what was asked', async () => {
  const asked = decided({ ...production, api: api(() => undefined), tag: 'nothing/*' });
  await expect(asked).rejects.toThrow(
    /Name it with --since.*--first[^]*knows of no successful deployment[^]*no earlier tag nothing/,
  );
});
