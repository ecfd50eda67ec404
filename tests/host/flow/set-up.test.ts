/** Change control set up in an empty project over Jira's REST API, and at work there. One start of a `--bare` site. */
import type { PolicyView } from '../../../src/contract/policy';
import { startSite, type RunningSite } from '../running-site';
import { attempt, Drive } from './drive';
import { SetUp, STEPS } from './set-up';

let site: RunningSite;
let drive: Drive;
let setUp: SetUp;

beforeAll(async () => {
  site = await startSite({ kind: 'bare' });
  drive = new Drive(site.base);
  setUp = new SetUp(drive.as('admin'), 'NEW');
}, 180_000);
afterAll(() => site.stop());

const ask = (functionKey: string, payload: unknown = {}) =>
  drive.as('admin').request('POST', '/forge/invoke/change-control-admin', { functionKey, payload, context: {} });

const LISTS = [
  'field',
  'issuetype',
  'screens',
  'screenscheme',
  'issuetypescreenscheme',
  'workflows/search',
  'workflowscheme',
];

/** How many of everything the site has. */
async function counts(): Promise<Readonly<Record<string, number>>> {
  const entries: [string, number][] = [];
  for (const list of [...LISTS, 'statuses/search']) {
    const answer = await setUp.call<readonly unknown[] | { total: number }>('GET', list);
    entries.push([list, 'total' in answer ? answer.total : answer.length]);
  }
  return Object.fromEntries(entries);
}

async function complete(): Promise<Readonly<Record<string, unknown>>> {
  return drive.complete();
}

const propose = async (values: Readonly<Record<string, unknown>>): Promise<string> => {
  const key = await drive.as('requester').create('NEW', 'Change request', values);
  await drive.settle();
  return key;
};

it('a set-up that is broken off after each step and begun again makes everything once', async () => {
  for (const step of STEPS) await setUp.run(step);
  const made = await counts();
  await setUp.run();
  expect(await counts()).toEqual(made);
  const forms = await drive.as('requester').request('GET', '/rest/api/3/issue/createmeta/NEW/issuetypes');
  expect(forms).toMatchObject({ issueTypes: [{ name: 'Task' }, { name: 'Change request' }] });
}, 120_000);

it('names in use are answered as Jira answers them', async () => {
  const refused = (path: string, body: unknown) => attempt(() => setUp.call('POST', path, body));
  const screens = { default: Number(await setUp.screen('Change request')) };
  expect(await refused('screens', { name: 'Change request' })).toMatchObject({ status: 400 });
  expect(await refused('screenscheme', { name: 'Change request', screens })).toMatchObject({ status: 400 });
  expect(await refused('issuetype', { name: 'Change request' })).toMatchObject({ status: 409 });
  const status = { scope: { type: 'GLOBAL' }, statuses: [{ name: 'Proposed', statusCategory: 'TODO' }] };
  expect(await refused('statuses', status)).toMatchObject({ status: 400 });
  expect(await attempt(() => drive.as('owner').request('POST', '/rest/api/3/screens', { name: 'x' }))).toMatchObject({
    status: 403,
  });
});

it('a change request is made in NEW, refused while incomplete, and approved by two deciders', async () => {
  const { version, policy } = (await ask('policy.read')) as PolicyView;
  await ask('policy.save', {
    basedOn: version,
    reason: 'Change control in NEW.',
    policy: { ...policy, projects: ['NEW'] },
  });
  const incomplete = await propose({ ...(await complete()), 'Backout plan': 'tbd' });
  const refused = await attempt(() => drive.as('authority').move(incomplete, 'Approve'));
  expect(refused).toMatchObject({ status: 400 });
  expect(JSON.stringify(refused.body)).toContain('Backout plan');
  const key = await propose(await complete());
  await drive.as('reviewer').decide(key, 'approved', 'One managed source, one port, logged.');
  await drive.as('authority').move(key, 'Approve');
  await drive.settle();
  expect(await drive.statusOf(key)).toBe('Approved');
  expect((await drive.read(key)).verdict).toMatchObject({ open: true });
}, 60_000);

it('what an administrator keeps from the app is not there for it, and is again afterwards', async () => {
  const key = await propose(await complete());
  const rule = (blocked: boolean) =>
    drive.as('admin').request('POST', '/forge/app-access', { project: 'NEW', blocked });
  await rule(true);
  expect(await attempt(() => drive.read(key))).not.toMatchObject({ status: 200 });
  await rule(false);
  expect(await drive.read(key)).toMatchObject({ key });
});

it('all of it is there after the site was killed, also what was renamed since', async () => {
  const fields = await setUp.call<{ id: string; name: string }[]>('GET', 'field');
  const plan = fields.find(({ name }) => name === 'Test plan');
  await setUp.call('PUT', `field/${plan?.id ?? ''}`, { name: 'Plan of tests' });
  const before = await counts();
  await site.crash();
  expect(await counts()).toEqual(before);
  const names = (await setUp.call<{ name: string }[]>('GET', 'field')).map(({ name }) => name);
  expect(names).toContain('Plan of tests');
  expect(names).not.toContain('Test plan');
}, 120_000);
