/** Runs that senders number: one that is left out is noticed a day later, and settled when it comes. */
import { findGaps, noteNumbers } from '../../../src/handlers/intake/numbers';
import { numberedRun, ranges } from '../../../src/evidence/numbered';
import type { EvidenceItem, NamedItem } from '../../../src/evidence/item';
import { githubRequest, TestSite } from './site';

const run = (number: number | string, more: Partial<EvidenceItem> = {}): EvidenceItem => ({
  kind: 'run',
  id: `9${number}`,
  repository: 'acme/firewall',
  title: 'Build',
  url: null,
  state: 'success',
  commits: [],
  attributes: { path: '.github/workflows/build.yml', workflow: 'Build', number: String(number) },
  people: [],
  claimedAt: null,
  ...more,
});
const named = (item: EvidenceItem): NamedItem => ({ item, names: [] });

let site: TestSite;
beforeEach(() => {
  site = new TestSite();
});
const came = (...numbers: number[]) =>
  noteNumbers(
    site.ports,
    'github',
    numbers.map((number) => named(run(number))),
  );
const later = (hours: number): void => {
  site.clock.at = new Date(site.clock.at.getTime() + hours * 3_600_000);
};
const gaps = async () => (await findGaps(site.ports)).map(({ numbers }) => numbers);

it('tells a gap a day after it was first looked for in vain, and no more once it came', async () => {
  await came(10, 11, 13, 16);
  expect(await gaps()).toEqual([]);
  later(23);
  expect(await gaps()).toEqual([]);
  later(1);
  expect(await findGaps(site.ports)).toEqual([
    {
      sender: 'GitHub',
      repository: 'acme/firewall',
      series: '.github/workflows/build.yml',
      numbers: [12, 14, 15],
    },
  ]);
  await came(14);
  expect(await gaps()).toEqual([[12, 15]]);
  await came(12, 15);
  expect(await gaps()).toEqual([]);
});

it('takes whatever order and number of times they come in, and starts where it began to look', async () => {
  await came(20);
  await came(18, 22, 22, 21);
  await gaps();
  later(25);
  expect(await gaps()).toEqual([]);
});

it('counts each workflow and repository by itself', async () => {
  const other = { attributes: { path: 'deploy.yml', number: '3' } };
  await noteNumbers(site.ports, 'github', [
    named(run(1)),
    named(run(3, other)),
    named(run(5, { repository: 'acme/b' })),
  ]);
  await gaps();
  later(25);
  expect(await gaps()).toEqual([]);
});

it('makes up no gap when two deliveries at the same time lose an update of the note', async () => {
  let waiting = 0;
  site.store.pause = () =>
    waiting++ < 40 ? new Promise((resolve) => setTimeout(resolve, waiting % 3)) : Promise.resolve();
  await Promise.all([came(7), came(8), came(9), came(10)]);
  await came(11);
  await gaps();
  later(25);
  expect(await gaps()).toEqual([]);
});

it('looks for a great many in turn, and tells of one for thirty days', async () => {
  await came(1, 2_000);
  for (let i = 0; i < 3; i += 1) await gaps();
  later(25);
  expect((await gaps())[0]).toHaveLength(100);
  later(30 * 24);
  const next = await gaps();
  expect(next).toEqual([]);
});

it('is noted of a delivery that names no change, and of each state of a run', async () => {
  const body = (number: number) =>
    JSON.stringify({
      action: 'completed',
      workflow_run: {
        id: 900 + number,
        name: 'Build',
        path: '.github/workflows/build.yml',
        run_number: number,
        run_attempt: 1,
        head_sha: 'a'.repeat(40),
        head_branch: 'main',
        status: 'completed',
        conclusion: 'success',
        event: 'push',
        html_url: 'https://github.com/acme/firewall/actions/runs/1',
        updated_at: '2026-03-02T08:00:00Z',
        actor: { login: 'dana' },
      },
      repository: { full_name: 'acme/firewall' },
      sender: { login: 'dana' },
    });
  for (const number of [4, 6]) await site.deliver(githubRequest('workflow_run', body(number)));
  await site.drain();
  await gaps();
  later(25);
  expect(await gaps()).toEqual([[5]]);
});

it.each<[string, string, EvidenceItem, number | undefined]>([
  ['a run of a workflow', 'github', run(7), 7],
  ['a pipeline of a project', 'gitlab', run(7, { attributes: { number: '7' } }), 7],
  ['no check', 'github', run(7, { kind: 'check' }), undefined],
  ['none without a repository', 'github', run(7, { repository: null }), undefined],
  ['a build that has a name for a number', 'azure-devops', run('20260302.1'), undefined],
  ['a build of a job whose plugin tells of some', 'jenkins', run(7), undefined],
  ['no number', 'github', run('x'), undefined],
  ['0', 'github', run(0), undefined],
])('numbers %s', (_, source, item, number) => {
  expect(numberedRun(source, item)?.number).toBe(number);
});

it('writes numbers as ranges', () => {
  expect(ranges([3, 1, 2, 7, 9, 10, 9])).toBe('1 to 3, 7, 9 to 10');
});
