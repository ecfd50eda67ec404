/** A bare site from nothing to an enforced workflow, through the calls of the wizard. */
import type { SetupChoices, SetupPlan, SetupSite, SetupView } from '../../../src/contract/setup';
import { startSite, type RunningSite } from '../running-site';
import { attempt, Drive } from './drive';

let site: RunningSite;
let drive: Drive;

beforeAll(async () => {
  site = await startSite({ kind: 'bare' });
  drive = new Drive(site.base);
}, 180_000);

afterAll(() => site.stop());

const ask = (functionKey: string, payload: unknown = {}, as = 'admin'): Promise<unknown> =>
  drive.as(as).request('POST', '/forge/invoke/change-control-admin', { functionKey, payload, context: {} });

/** As the screen does it. A call that the platform killed is simply made again. */
async function apply(choices: SetupChoices): Promise<SetupView> {
  for (let calls = 0; calls < 100; calls += 1) {
    const { status, body } = await attempt(() => ask('setup.apply', { choices }));
    if (status === 200 && (body as SetupView).state === 'done') return body as SetupView;
    if (status !== 200 && status < 500) throw new Error(JSON.stringify(body));
    const { waiting } = body as Partial<SetupView>;
    if (status !== 200 || (waiting ?? null) !== null) await pass(31);
  }
  throw new Error('set-up did not end');
}

let seconds = 0;
/** A killed call leaves its lock behind for half a minute of the site's clock. */
async function pass(more: number): Promise<void> {
  seconds += more;
  await drive.clock(new Date(Date.parse('2026-03-02T09:00:00Z') + seconds * 1_000).toISOString());
}

const open = ({ items }: SetupPlan) =>
  items.filter(({ state }) => state !== 'there').map(({ id, state }) => `${state} ${id}`);

describe('set-up of a bare site', () => {
  let choices: SetupChoices;

  it('is for Jira administrators, and proposes what a small company needs', async () => {
    expect((await attempt(() => ask('setup.site', {}, 'requester'))).status).toBe(403);
    expect(await ask('setup.read')).toMatchObject({ firstRun: true, state: 'none' });
    const { projects, roles, fields } = (await ask('setup.site')) as SetupSite;
    expect(projects).toMatchObject({ values: [{ key: 'NEW', companyManaged: true }], complete: true });
    expect(fields.every(({ foundId }) => foundId === null)).toBe(true);
    expect(roles.every(({ groupId, members }) => groupId !== null && members > 0)).toBe(true);
    choices = {
      projects: projects.values.map(({ id, key, name }) => ({ id, key, name })),
      fields: {},
      statuses: {},
      issueTypeId: null,
      systems: ['CUI enclave firewall'],
      roles: roles.map(({ key, group, groupId }) => ({ key, group, groupId, members: [] })),
      moves: {},
    };
    const plan = (await ask('setup.plan', { choices })) as SetupPlan;
    expect(plan.items.filter(({ state }) => state === 'conflict')).toEqual([]);
    expect(open(plan).length).toBeGreaterThan(35);
  });

  it('killed at its storage calls and refused by Jira now and then, it ends with everything in place and nothing twice', async () => {
    await drive.faults({ jira: { failAfterWriteEvery: 23 } });
    for (const crashAt of [4, 9]) {
      await drive.faults({ crashAt, jira: { failAfterWriteEvery: 23 } });
      await attempt(() => ask('setup.apply', { choices }));
      await pass(31);
    }
    await drive.faults({});
    const view = await apply(choices);
    expect(view).toMatchObject({ state: 'done', firstRun: false, byHand: [] });
    expect(view.made.length).toBeGreaterThan(35);
    expect(view.made.find(({ title }) => title === 'Workflows of NEW')?.before).not.toBeNull();
    const names = ((await drive.as('admin').request('GET', '/rest/api/3/field')) as { name: string }[]).map(
      ({ name }) => name,
    );
    expect(names).toHaveLength(new Set(names).size);
    expect(open((await ask('setup.plan', { choices })) as SetupPlan)).toEqual([]);
  });

  it('refuses Approve while the request is incomplete, opens with two deciders, and then lets it through', async () => {
    await drive.settle();
    const key = await drive
      .as('requester')
      .create('NEW', 'Change request', { Summary: 'Allow SFTP from the jump host' });
    await drive.settle();
    expect(await drive.statusOf(key)).toBe('Proposed');
    expect((await drive.read(key)).controlled).toBe(true);
    expect(await drive.offered(key, 'requester')).not.toContain('Approve');
    const refused = await attempt(() => drive.as('authority').move(key, 'Approve'));
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain('Security impact analysis');
    expect(await drive.statusOf(key)).toBe('Proposed');

    await drive.as('requester').edit(key, await drive.complete());
    await drive.settle();
    expect((await attempt(() => drive.as('authority').move(key, 'Approve'))).status).toBe(400);
    await drive.as('reviewer').decide(key, 'approved', 'One port, logged.');
    await drive.settle();
    await drive.as('authority').move(key, 'Approve');
    await drive.settle();
    expect(await drive.statusOf(key)).toBe('Approved');
    expect((await drive.read(key)).verdict).toMatchObject({ open: true, policyVersion: 'policy-1' });
    // Jira's own rule: whoever moved it to Approved does not carry it out.
    expect(await drive.offered(key, 'authority')).not.toContain('Execute');
    expect(await drive.offered(key, 'implementer')).toContain('Execute');
  });

  it('run again, the plan is empty and nothing is saved; a rule that somebody took out is put back', async () => {
    const before = (await ask('policy.read')) as { version: string };
    await apply(choices);
    expect(((await ask('policy.read')) as { version: string }).version).toBe(before.version);
    const read = (await drive.as('admin').request('POST', '/rest/api/3/workflows', {
      workflowNames: ['Change control workflow'],
    })) as { statuses: unknown; workflows: Record<string, unknown>[] };
    const [{ id, version, statuses, transitions } = {}] = read.workflows;
    const weakened = (transitions as { name: string }[]).map((one) =>
      one.name === 'Approve' ? { ...one, validators: [] } : one,
    );
    await drive.as('admin').request('POST', '/rest/api/3/workflows/update', {
      statuses: read.statuses,
      workflows: [{ id, version, statuses, transitions: weakened }],
    });
    const plan = (await ask('setup.plan', { choices })) as SetupPlan;
    expect(plan.items.filter(({ state }) => state !== 'there').map(({ says }) => says)).toEqual([
      ['The transition Approve lacks 4 rules.'],
      expect.anything(),
    ]);
    await apply(choices);
    expect(open((await ask('setup.plan', { choices })) as SetupPlan)).toEqual([]);
  });
});
