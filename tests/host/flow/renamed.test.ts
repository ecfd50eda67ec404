/** A site that was set up by the wizard and renamed since in every way, over HTTP: nothing depends on what things are called. */
import type { FoundGroups, PolicySite, PolicyView } from '../../../src/contract/policy';
import type { RuleView } from '../../../src/contract/rules';
import type { SetupPlan } from '../../../src/contract/setup';
import type { HealthView } from '../../../src/contract/health';
import type { RegisterView } from '../../../src/contract/panel';
import { verifyPack } from '../../../src/pack/verify';
import { startSite, type RunningSite } from '../running-site';
import { attempt, Drive } from './drive';
import { ExistingSite, PROJECT } from './existing-site';

let site: RunningSite;
let drive: Drive;
let own: ExistingSite;
let policy: PolicyView['policy'];

beforeAll(async () => {
  site = await startSite({ kind: 'bare' });
  drive = new Drive(site.base);
  own = new ExistingSite(drive);
  await own.apply(await own.choices());
  policy = ((await own.ask('policy.read')) as PolicyView).policy;
  await drive.settle();
}, 180_000);

afterAll(() => site.stop());

const FIELDS = {
  changeType: 'Art der Änderung',
  owner: 'Verantwortlich',
  implementer: 'Ausführend',
  scope: 'Umfang',
  impactedSystems: 'Betroffene CUI-Systeme',
  justification: 'Begründung',
  securityImpactAnalysis: 'Sicherheitsanalyse',
  testPlan: 'Testplan',
  backoutPlan: 'Rückfallplan',
  windowStart: 'Fenster von',
  windowEnd: 'Fenster bis',
} as const;
const STATUSES = { Proposed: 'Vorgeschlagen', Approved: 'Genehmigt', Executed: 'Ausgeführt' } as const;
const MOVES = new Map([
  ['Approve', 'Genehmigen'],
  ['Execute', 'Ausführen'],
  ['Disapprove', 'Ablehnen'],
]);

const id = (value: string | null | undefined): string => {
  if (value === null || value === undefined) throw new Error('the policy holds no id');
  return value;
};

async function renameOptions(field: string, names: Readonly<Record<string, string>>): Promise<void> {
  const contexts = (await own.admin('GET', `/rest/api/3/field/${field}/context`)) as { values: { id: string }[] };
  const path = `/rest/api/3/field/${field}/context/${contexts.values[0]?.id ?? ''}/option`;
  const options = Object.entries(names).map(([option, value]) => ({ id: option, value }));
  await own.admin('PUT', path, { options });
}

async function renameEverything(): Promise<void> {
  for (const [key, name] of Object.entries(FIELDS))
    await own.admin('PUT', `/rest/api/3/field/${id(policy.fields[key])}`, { name });
  const statuses = Object.entries(STATUSES).map(([status, name]) => ({
    id: id(policy.statuses[status]),
    name,
    statusCategory: status === 'Proposed' ? 'TODO' : 'IN_PROGRESS',
  }));
  await own.admin('PUT', '/rest/api/3/statuses', { statuses });
  await renameOptions(id(policy.fields['changeType']), { [id(policy.changeTypes['Normal'])]: 'Gewöhnlich' });
  await renameOptions(id(policy.fields['impactedSystems']), { [id(policy.systems.none)]: 'Keines' });
  await own.admin('POST', '/forge/groups/rename', { group: 'change-authority', name: 'Freigabe' });
  const [type = ''] = Object.values(policy.issueTypeIds);
  await own.admin('PUT', `/rest/api/3/issuetype/${type}`, { name: 'Änderung' });
  await own.controlledWorkflow(({ transitions }) => {
    for (const transition of transitions) transition.name = MOVES.get(transition.name) ?? transition.name;
  });
}

/** A complete change request as a German team writes it: by ids, whatever they are called. */
async function propose(over: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const values = await drive.complete();
  const named: Record<string, unknown> = {
    Summary: values['Summary'],
    [FIELDS.owner]: { accountId: values['Change owner'] },
    [FIELDS.implementer]: { accountId: values['Implementer'] },
    [FIELDS.changeType]: { value: 'Gewöhnlich' },
    [FIELDS.scope]: values['Scope'],
    [FIELDS.impactedSystems]: values['Impacted CUI systems'],
    [FIELDS.justification]: values['Justification'],
    [FIELDS.securityImpactAnalysis]: values['Security impact analysis'],
    [FIELDS.testPlan]: values['Test plan'],
    [FIELDS.backoutPlan]: values['Backout plan'],
    ...over,
  };
  const dates = {
    [FIELDS.windowStart]: values['Change window start'],
    [FIELDS.windowEnd]: values['Change window end'],
  };
  const key = await drive.as('requester').create(PROJECT, 'Änderung', named);
  const ids = Object.entries({ windowStart: dates[FIELDS.windowStart], windowEnd: dates[FIELDS.windowEnd] }).map(
    ([field, value]) => [id(policy.fields[field]), value] as const,
  );
  await drive.as('requester').request('PUT', `/rest/api/3/issue/${key}`, { fields: Object.fromEntries(ids) });
  await drive.settle();
  return key;
}

const OURS = ['security-reviewer-condition', 'required-fields-validator'];

/** As the admin does on each rule's screen: opened, and saved as it is shown. */
async function saveRulesAgain(): Promise<void> {
  const rules: { rule: { parameters: Record<string, string> }; to: string }[] = [];
  await own.controlledWorkflow(({ transitions }) => {
    for (const transition of transitions)
      for (const rule of [...(transition.conditions?.conditions ?? []), ...transition.validators])
        rules.push({ rule, to: transition.toStatusReference });
  });
  const built = new Map<string, string>();
  for (const { rule, to } of rules) {
    const module = OURS.find((name) => (rule.parameters['key'] ?? '').endsWith(`/static/${name}`));
    if (module === undefined) continue;
    const { config } = rule.parameters;
    const body = { functionKey: 'rule.read', payload: { module, config, to }, context: {} };
    const view = (await own.admin('POST', `/forge/invoke/${module}`, body)) as RuleView;
    expect([view.found, view.built.problems]).toEqual(['ours', []]);
    built.set(`${to} ${config ?? ''}`, view.built.config ?? '');
  }
  await own.controlledWorkflow(({ transitions }) => {
    for (const { conditions, validators, toStatusReference: to } of transitions)
      for (const { parameters } of [...(conditions?.conditions ?? []), ...validators]) {
        const config = built.get(`${to} ${parameters['config'] ?? ''}`);
        if (config !== undefined) parameters['config'] = config;
      }
  });
}

const refused = async (work: () => Promise<unknown>): Promise<string> => {
  const { status, body } = await attempt(work);
  expect([status, body]).toEqual([400, expect.anything()]);
  return JSON.stringify(body);
};

it('is found by ids, which set-up wrote', async () => {
  expect(Object.values(policy.statuses).every((one) => one !== null)).toBe(true);
  expect(Object.keys(FIELDS).every((key) => policy.fields[key] !== null)).toBe(true);
  expect(policy.roles.every(({ groupId }) => groupId !== null)).toBe(true);
  await renameEverything();
  const known = (await own.ask('policy.site')) as PolicySite;
  expect(known.fields.find((field) => field.id === policy.fields['scope'])?.name).toBe('Umfang');
  expect(known.statuses.find((status) => status.id === policy.statuses['Approved'])?.name).toBe('Genehmigt');
  expect(Object.values(known.groups)).toContain('Freigabe');
  expect(await own.ask('policy.groups', { query: 'frei' })).toMatchObject({
    groups: [{ name: 'Freigabe' }],
    complete: true,
  } satisfies { groups: Partial<FoundGroups['groups'][number]>[]; complete: boolean });
});

it('set-up, run again, finds everything that it made, and saves the rules again for the group', async () => {
  const choices = { ...(await own.choices()), issueTypeId: null };
  const plan = (await own.ask('setup.plan', { choices })) as SetupPlan;
  const open = plan.items.filter(({ state }) => state !== 'there');
  expect(open.map(({ id: item, says }) => [item, says])).toEqual([
    ['workflow', [expect.stringMatching(/Approve lacks 1 rule/), expect.stringMatching(/Disapprove lacks 1 rule/)]],
    ['policy', [expect.anything()]],
  ]);
});

it('the rules refuse a renamed group until they are saved again', async () => {
  const key = await propose({ [FIELDS.backoutPlan]: undefined });
  expect(await drive.offered(key, 'authority')).not.toContain('Genehmigen');
  const health = (await own.ask('health.check')) as HealthView;
  expect(health.open.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['rule-outdated', 'rule-outdated', 'role-group-renamed']),
  );
  expect(health.open.map(({ code }) => code)).not.toEqual(expect.arrayContaining(['field-missing']));
  await saveRulesAgain();
  expect(await drive.offered(key, 'authority')).toContain('Genehmigen');
  expect(await drive.offered(key, 'requester')).not.toContain('Genehmigen');
  const said = await refused(() => drive.as('authority').move(key, 'Genehmigen'));
  expect(said).toContain('with a real answer: Rückfallplan');
  await drive.as('requester').edit(key, { [FIELDS.backoutPlan]: 'Remove the rule again.' });
});

it('from request to gate and pack everything works as before', async () => {
  const key = await propose();
  const view = await drive.read(key);
  expect(view).toMatchObject({ controlled: true, status: 'Proposed', changeType: 'Normal' });
  await drive.as('reviewer').decide(key, 'approved', 'One port, logged.');
  await drive.settle();
  await drive.as('authority').move(key, 'Genehmigen');
  await drive.settle();
  expect(await drive.statusOf(key)).toBe('Genehmigt');
  const after = await drive.read(key);
  expect(after.verdict).toMatchObject({ open: true, exceptions: [] });
  expect(after.decisions.map(({ countsFor }) => countsFor).sort()).toEqual(['change authority', 'security reviewer']);
  expect(await own.gate(key)).toBe('blocked-commit');
  expect(((await own.register('register.read')) as RegisterView).rows.find((row) => row.key === key)).toMatchObject({
    status: 'Approved',
    changeType: 'Normal',
    open: true,
  });
  expect(verifyPack(await own.pack(key)).breaks).toEqual([]);
  // One approval is enough for what touches no CUI system, which is known by the option's id.
  const plain = await propose({ [FIELDS.impactedSystems]: ['Keines'] });
  expect((await drive.read(plain)).verdict.needs.missing).toBe(1);
  await drive.as('requester').edit(key, { [FIELDS.scope]: 'Two rules on the enclave firewall.' });
  await drive.settle();
  expect(await own.gate(key)).toBe('blocked-voided');
});

it('a field that the policy holds and that is in the trash refuses, and is named', async () => {
  const key = await propose();
  await own.admin('POST', `/rest/api/3/field/${id(policy.fields['backoutPlan'])}/trash`);
  const { now } = (await own.admin('GET', '/forge/clock')) as { now: string };
  await drive.clock(new Date(Date.parse(now) + 61 * 60_000).toISOString());
  const decided = await attempt(() => drive.as('reviewer').decide(key, 'approved', 'One port, logged.'));
  expect([decided.status, JSON.stringify(decided.body)]).toEqual([409, expect.stringContaining('Backout plan')]);
  expect(await own.gate(key)).toBe('unavailable');
});
