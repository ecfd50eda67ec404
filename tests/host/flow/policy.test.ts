/** The policy as administrators save it on a running site, and what it does to changes. */
import { createHmac } from 'node:crypto';
import type { PolicyForm, PolicyPreview, PolicyView, SecretAdded, SecretsView } from '../../../src/contract/policy';
import { startSite, type RunningSite } from '../running-site';
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

const readPolicy = async () => (await ask('policy.read')) as PolicyView;

async function save(edit: Partial<PolicyForm>, reason = 'As the board decided.', basedOn?: string) {
  const { version, policy } = await readPolicy();
  return (await ask('policy.save', {
    basedOn: basedOn ?? version,
    policy: { ...policy, ...edit },
    reason,
  })) as PolicyView;
}

async function decided(): Promise<string> {
  const key = await drive.propose();
  await drive.as('reviewer').decide(key, 'approved', 'One port, logged.');
  await drive.as('authority').decide(key, 'approved', 'Needed for the patch process.');
  await drive.settle();
  return key;
}

const FREEZE = {
  id: 'quarter-end',
  name: 'Quarter end',
  start: '2026-03-01T00:00:00.000Z',
  end: '2026-03-31T23:59:00.000Z',
  systems: [],
};

describe('the policy', () => {
  it('a saved freeze is in force, every verdict names its version, and a change decided before keeps its own', async () => {
    const before = await decided();
    const undecided = await drive.propose();
    expect((await drive.read(before)).verdict.policyVersion).toBe('default-1');

    const { policy } = await readPolicy();
    const preview = (await ask('policy.preview', { policy: { ...policy, freezes: [FREEZE] } })) as PolicyPreview;
    expect(preview).toMatchObject({ problems: [], complete: true });
    expect(preview.affected.map(({ key }) => key).sort()).toEqual([before, undecided].sort());
    expect(preview.affected[0]?.after).toContain('Quarter end');
    expect((await readPolicy()).version).toBe('default-1');

    const saved = await save({ freezes: [FREEZE] }, 'The books close.');
    expect(saved).toMatchObject({ version: 'policy-1', intact: true });
    expect(saved.history).toMatchObject([{ version: 'policy-1', reason: 'The books close.' }]);
    expect(saved.by).not.toBeNull();
    expect(saved.summary.join(' ')).toContain('Quarter end');

    expect((await drive.read(undecided)).verdict.policyVersion).toBe('policy-1');
    const kept = await drive.read(before);
    expect(kept.verdict).toMatchObject({ decided: true, policyVersion: 'default-1' });
    const told = kept.verdict.notices.find(({ code }) => code === 'policy-differs');
    expect(told?.sentence).toContain('version 1 of the policy');
    expect(
      kept.verdict.notices.some(({ code, sentence }) => code === 'freeze' && sentence.includes('Quarter end')),
    ).toBe(true);
  });

  it('who has to decide follows the version that was in force: today’s for what is open, the old one for what was decided', async () => {
    await save({ freezes: [] });
    const before = await decided();
    const open = await drive.propose();
    const { policy } = await readPolicy();
    await save({ normal: { ...policy.normal, cui: [['change-authority'], ['change-authority']] } });
    await drive.settle();
    expect((await drive.read(before)).verdict).toMatchObject({ open: true });
    expect((await drive.read(open)).verdict.needs.phrase).toBe('one change authority and one change authority');
    await drive.as('authority').decide(open, 'approved', 'First of the board.');
    await drive.as('authority2').decide(open, 'approved', 'Second of the board.');
    expect((await drive.read(open)).verdict).toMatchObject({
      open: true,
      policyVersion: (await readPolicy()).version,
    });
    await save({ normal: policy.normal });
  });

  /** The workflow's own rules hold the group's name until they are saved again; until then they offer less, never more. */
  it('a new deciding group counts after the save, and the one before it does not any more', async () => {
    const key = await drive.propose({ 'Impacted CUI systems': ['None: no CUI system is touched'] });
    expect(await drive.offered(key, 'authority')).toContain('Approve');
    expect(await attempt(() => drive.as('emergency').decide(key, 'approved', 'Yes.'))).toMatchObject({ status: 403 });
    const { policy } = await readPolicy();
    await save({
      roles: policy.roles.map((role) =>
        role.key === 'change-authority' ? { ...role, group: 'emergency-authority' } : role,
      ),
    });
    await drive.settle();
    expect(await drive.offered(key, 'authority')).not.toContain('Approve');
    expect(await attempt(() => drive.as('authority').decide(key, 'approved', 'Yes.'))).toMatchObject({ status: 403 });
    await drive.as('emergency').decide(key, 'approved', 'The new board agrees.');
    expect((await drive.read(key)).verdict.open).toBe(true);
    await save({ roles: policy.roles });
    await drive.settle();
  });

  it('of two saves based on the same version one is refused, and the policy says whose is in force', async () => {
    const { version } = await readPolicy();
    const both = await Promise.all(
      [7, 8].map((retentionYears) => attempt(() => save({ retentionYears }, 'Two at once.', version))),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const view = await readPolicy();
    expect(view.policy.retentionYears).toBe(both[0]?.status === 200 ? 7 : 8);
    expect(view.history[0]?.changes).toHaveLength(1);
  });

  it('nonsense is refused with a sentence for each problem', async () => {
    const refused = await attempt(() => save({ projects: [], freezes: [{ ...FREEZE, end: FREEZE.start }] }));
    expect(refused).toMatchObject({ status: 400, body: { code: 'policy-problems' } });
    expect(JSON.stringify(refused.body)).toContain('has to start before it ends');
    expect(JSON.stringify(refused.body)).toContain('at least one project');
  });

  it.each(['policy.read', 'policy.save', 'policy.preview', 'secrets.read', 'secrets.add', 'secrets.retire'])(
    'somebody who is no administrator is refused: %s',
    async (method) => {
      for (const as of ['authority', 'auditor'])
        expect(await attempt(() => ask(method, { source: 'github', label: 'initial' }, as))).toMatchObject({
          status: 403,
        });
    },
  );

  it('a save whose process is killed at any storage call leaves a policy in force, and sent again it is saved', async () => {
    for (let n = 1; ; n += 1) {
      const { version, policy } = await readPolicy();
      const payload = {
        basedOn: version,
        policy: { ...policy, retentionYears: policy.retentionYears === 9 ? 10 : 9 },
        reason: 'Killed in between.',
      };
      await drive.faults({ crashAt: n });
      const broken = await attempt(() => ask('policy.save', payload));
      await drive.faults({});
      const after = await readPolicy();
      expect(after.intact).toBe(true);
      expect([version, after.history[0]?.version]).toContain(after.version);
      const again = (await ask('policy.save', payload)) as PolicyView;
      expect(again.policy.retentionYears).toBe(payload.policy.retentionYears);
      if (broken.status === 200) return;
    }
  }, 180_000);
});

describe('a sender’s secrets', () => {
  const deliver = async (secret: string, delivery: string): Promise<number> => {
    const body = JSON.stringify({ zen: 'Keep it logically awesome.', hook_id: 1, delivery });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const answer = await fetch(`${site.base}/forge/webtrigger/evidence-intake?source=github`, {
      method: 'POST',
      body,
      headers: {
        'Content-Type': 'application/json',
        'X-GitHub-Event': 'ping',
        'X-GitHub-Delivery': delivery,
        'X-Hub-Signature-256': `sha256=${signature}`,
      },
    });
    return answer.status;
  };

  it('a rotation: both are good while both are live, and the old one is refused once it is retired', async () => {
    const added = (await ask('secrets.add', { source: 'github', label: '2026-03' })) as SecretAdded;
    expect(await deliver('local-github-secret', 'rotation-0001')).toBe(202);
    expect(await deliver(added.value, 'rotation-0002')).toBe(202);
    await ask('secrets.retire', { source: 'github', label: 'initial' });
    expect(await deliver('local-github-secret', 'rotation-0003')).toBe(401);
    expect(await deliver(added.value, 'rotation-0004')).toBe(202);
    const view = (await ask('secrets.read')) as SecretsView;
    expect(view.senders.find(({ source }) => source === 'github')?.live).toMatchObject([{ label: '2026-03' }]);
    expect(JSON.stringify(view)).not.toContain(added.value);
    expect(JSON.stringify(await drive.as('admin').request('GET', '/forge/kvs?prefix='))).not.toContain(added.value);
    expect(site.output()).not.toContain(added.value);
  });
});
