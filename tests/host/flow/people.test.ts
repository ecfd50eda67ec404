/** Who is who on a running site: authors of evidence that turn out to have decided, and accounts that are one person. */
import type { PeopleView, PersonForm } from '../../../src/contract/people';
import { startSite, type RunningSite } from '../running-site';
import { deliver } from '../seed/github';
import { attempt, Drive } from './drive';

let site: RunningSite;
let drive: Drive;

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
}, 180_000);

afterAll(() => site.stop());

const ask = (functionKey: string, payload: unknown = {}, as = 'admin'): Promise<unknown> =>
  drive.as(as).request('POST', '/forge/invoke/change-control-admin', { functionKey, payload, context: {} });

const codes = (list: readonly { readonly code: string }[]) => list.map(({ code }) => code);

async function decided(): Promise<string> {
  const key = await drive.propose();
  await drive.as('reviewer').decide(key, 'approved', 'One port, logged.');
  await drive.as('authority').decide(key, 'approved', 'Needed for the patch process.');
  await drive.settle();
  return key;
}

let commits = 0;

async function push(key: string, author: { name: string; email: string; username?: string }): Promise<string> {
  commits += 1;
  const id = commits.toString(16).padStart(40, 'c');
  const status = await deliver(site.base, 'push', {
    ref: 'refs/heads/main',
    repository: { full_name: 'acme/enclave' },
    commits: [
      {
        id,
        message: `${key} open the port`,
        timestamp: '2026-03-02T09:00:00Z',
        url: 'https://github.com/acme/enclave/commit/1',
        author,
        committer: author,
      },
    ],
  });
  expect(status).toBe(202);
  await drive.settle();
  return id;
}

it('a commit with the reviewer’s address after the approval closes the gate, and panel and rules say who', async () => {
  const key = await decided();
  expect((await drive.read(key)).verdict.open).toBe(true);
  const commit = await push(key, { name: 'Victor R', email: 'Reviewer+git@example.test' });
  const view = await drive.read(key, 'reviewer');
  expect(view.verdict.open).toBe(false);
  expect(codes(view.verdict.reasons)).toEqual(['decider-barred', 'decision-needed']);
  expect(view.verdict.reasons[0]?.sentence).toContain(`authored commit ${commit.slice(0, 10)}`);
  expect(codes(view.mayDecide.reasons)).toContain('own-change');
  expect(view.authors).toMatchObject([{ name: 'Victor R', known: 'unproved', accounts: ['Victor Reyes'] }]);
  expect(codes(view.verdict.exceptions)).toEqual(['unmatched-author']);
  expect((await attempt(() => drive.as('reviewer').decide(key, 'approved', 'Once more.'))).status).toBe(403);
  expect(await drive.offered(key, 'reviewer')).not.toContain('Approve');
  await drive.as('reviewer2').decide(key, 'approved', 'Looked at the rule.');
  expect((await drive.read(key)).verdict.open).toBe(true);
});

it('an author whom nobody knows is an exception until a named person says who it is; naming a decider bars them', async () => {
  const key = await decided();
  await push(key, { name: 'Dana', email: 'dana@elsewhere.test', username: 'dana' });
  const view = await drive.read(key, 'reviewer2');
  expect(view.verdict.open).toBe(true);
  expect(codes(view.verdict.exceptions)).toEqual(['unmatched-author']);
  expect(view.mayAct.resolve).toBe(true);
  const [{ evidence, index } = { evidence: -1, index: -1 }] = view.authors;
  const resolve = (as: string, account: string | null, basis = 'I asked them.') =>
    drive.as(as).invoke(key, 'author.resolve', { evidence, index, account, basis });
  expect((await attempt(() => resolve('requester', null))).status).toBe(403);
  expect((await attempt(() => resolve('reviewer2', 'nobody'))).status).toBe(400);
  await resolve('reviewer2', null);
  await resolve('reviewer2', null);
  const cleared = await drive.read(key, 'admin');
  expect(cleared.verdict).toMatchObject({ open: true, exceptions: [] });
  expect(cleared.timeline.filter(({ text }) => text.includes('Said whose identity'))).toHaveLength(1);
  expect(cleared.mayAct.resolve).toBe(true);
  await resolve('admin', await drive.accountOf('authority'), 'It is her user name.');
  expect(codes((await drive.read(key)).verdict.reasons)).toEqual(['decider-barred', 'decision-needed']);
  await resolve('admin', null, 'It was somebody else after all.');
  await drive.as('authority').decide(key, 'approved', 'Still needed.');
  expect((await drive.read(key)).verdict.open).toBe(true);
});

it('two accounts that an admin joins count once, everywhere, and are two again when they are taken apart', async () => {
  const key = await decided();
  const before = (await ask('people.read')) as PeopleView;
  const accounts = [await drive.accountOf('reviewer'), await drive.accountOf('authority')];
  const joined: PersonForm = { id: 'vic', name: 'Victor Reyes', accounts, identities: [], organisation: null };
  const saved = (await ask('people.save', {
    basedOn: before.version,
    people: [joined],
    reason: 'One person with two accounts.',
  })) as PeopleView;
  expect(saved).toMatchObject({ version: 'people-1', people: [joined] });
  expect(saved.accounts.map(({ name }) => name)).toEqual(['Victor Reyes', 'Audrey Thornton']);
  expect(saved.unmatched.map(({ name }) => name)).toContain('Victor R');
  await drive.settle();
  const view = await drive.read(key);
  expect(view.verdict).toMatchObject({ open: false, needs: { missing: 1 } });
  expect(view.decisions.map(({ countsFor }) => countsFor !== null)).toEqual([true, false]);
  await ask('people.save', { basedOn: 'people-1', people: [], reason: 'They are two.' });
  expect((await drive.read(key)).verdict.open).toBe(true);
  expect((await attempt(() => ask('people.read', {}, 'reviewer'))).status).toBe(403);
});
