import { FIELDS, STATUSES } from '../../../src/change/fields';
import { POLICY_CURRENT_KEY } from '../../../src/ledger/keys';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { TRANSITIONS } from '../../../src/gate/workflow-rules';
import type { Choices } from '../../../src/setup/choices';
import type { Plan } from '../../../src/setup/plan';
import { JIRA_TYPES, marked, SCREENS, WORKFLOW } from '../../../src/setup/wanted';
import { ARI } from '../../fakes/site-setup';
import { CHOICES, PlannedSite } from './a-site';

const states = ({ items }: Plan) => Object.fromEntries(items.map(({ id, state }) => [id, state]));
const conflicts = ({ items }: Plan) =>
  items.filter(({ state }) => state === 'conflict').map(({ title, says }) => `${title}: ${says.join(' ')}`);

let site: PlannedSite;
beforeEach(() => (site = new PlannedSite()));

describe('on a bare site', () => {
  it('everything is made, nothing is changed but what the project uses, and nothing is in the way', async () => {
    const { items } = await site.plan();
    const changed = items.filter(({ state }) => state === 'change').map(({ id }) => id);
    expect(changed).toEqual(['issue-types:100', 'screens:100', 'workflows:100']);
    expect(items.filter(({ state }) => state === 'there').map(({ id }) => id)).toEqual(['app-fields']);
    expect(items.filter(({ state }) => state === 'conflict')).toEqual([]);
    expect(items.map(({ id }) => id)).toHaveLength(new Set(items.map(({ id }) => id)).size);
    expect(items.every(({ undo, title }) => undo !== '' && title !== '')).toBe(true);
  });

  it('carried out, every part is there, in one pass, and the plan is empty', async () => {
    const done = await site.carryOut();
    expect(done).toHaveLength(new Set(done).size);
    const plan = await site.plan();
    expect(plan.items.filter(({ state }) => state !== 'there').map(({ id }) => id)).toEqual(['policy']);
    expect(await site.carryOut()).toEqual([]);
  });

  it('the workflow has every rule on every path, by the ARIs that Jira reports, and Jira’s own underneath', async () => {
    await site.carryOut();
    const [workflow] = site.jira.workflows;
    expect(workflow?.name).toBe(WORKFLOW);
    expect(workflow?.transitions.map(({ name }) => name)).toEqual(['Create', ...TRANSITIONS]);
    const rules = Object.fromEntries(
      (workflow?.transitions ?? []).map((one) => [
        one.name,
        one.rules.map(({ ruleKey, parameters }) => parameters['key']?.replace(ARI, '') ?? ruleKey),
      ]),
    );
    const step = ['change-validator', 'record-transition'];
    expect(rules).toEqual({
      Create: [],
      Approve: [
        'system:restrict-issue-transition',
        'system:restrict-issue-transition',
        'system:separation-of-duties',
        'security-reviewer-condition',
        ...Array.from({ length: 3 }, () => 'required-fields-validator'),
        ...step,
      ],
      Disapprove: [
        'system:restrict-issue-transition',
        'system:restrict-issue-transition',
        'security-reviewer-condition',
        'required-fields-validator',
        ...step,
      ],
      Resubmit: step,
      Schedule: ['required-fields-validator', ...step],
      Execute: ['system:separation-of-duties', 'required-fields-validator', ...step],
      Close: step,
      Withdraw: ['security-reviewer-condition', ...step],
    });
    expect(workflow?.transitions.every(({ type }) => type !== 'GLOBAL')).toBe(true);
    const [approve] = workflow?.transitions.filter(({ name }) => name === 'Approve') ?? [];
    const groups = site.jira.groupList.map(({ groupId }) => groupId);
    expect(approve?.rules[0]?.parameters['groupIds']).toBe(groups.join(','));
  });

  it('the view screen has every field of the change and every field that the app writes', async () => {
    await site.carryOut();
    const view = site.jira.screenList.find(({ name }) => name === SCREENS.view.name);
    const names = view?.fields.map((id) => site.jira.fieldList.find((field) => field.id === id)?.name);
    const own = FIELDS.map(({ key, name }) => (key === 'summary' || key === 'description' ? key : name));
    expect(names).toEqual(expect.arrayContaining([...own, 'change-participants', 'change-decision-state']));
  });

  it('the policy names everything by id', async () => {
    await site.carryOut();
    const { policy } = await site.plan();
    expect(policy.projects).toEqual(['NEW']);
    expect(policy.projectIds).toEqual({ NEW: '100' });
    expect(STATUSES.every((status) => policy.statuses[status] !== null)).toBe(true);
    expect(Object.values(policy.changeTypes).every((id) => id !== null)).toBe(true);
    expect(policy.systems.none).not.toBeNull();
    expect(policy.roles.map(({ groupId }) => groupId)).toEqual(site.jira.groupList.map(({ groupId }) => groupId));
  });
});

describe('on a site that has some of it', () => {
  it('half done, only the rest is planned', async () => {
    await expect(site.carryOut(CHOICES, 20)).rejects.toThrow('more than 20 steps');
    const before = states(await site.plan());
    expect(Object.values(before).filter((state) => state === 'there').length).toBeGreaterThan(15);
    const rest = await site.carryOut();
    expect(rest.every((id) => before[id] !== 'there')).toBe(true);
  });

  it('an option that is missing is added and the others stay', async () => {
    await site.carryOut();
    const systems = [...CHOICES.systems, 'Badge reader'];
    const { items } = await site.plan({ ...CHOICES, systems });
    expect(
      items.filter(({ state }) => state !== 'there').map(({ id, state, says }) => [id, state, says]),
    ).toMatchObject([
      ['options:impactedSystems', 'change', ['Adds "Badge reader".']],
      ['policy', 'create', expect.anything()],
    ]);
  });

  it('a workflow that lost a rule, a screen or a start gets it again, and keeps what others put in', async () => {
    await site.carryOut();
    const [workflow] = site.jira.workflows;
    if (workflow === undefined) throw new Error('no workflow');
    const extra = {
      ...workflow.transitions[1],
      id: '99',
      name: 'Reopen',
      to: '1',
      rules: [],
      raw: { ...(workflow.transitions[1]?.raw as object), id: '99', name: 'Reopen' },
    };
    site.jira.workflows[0] = {
      ...workflow,
      transitions: [
        ...workflow.transitions.map((one) =>
          one.name === 'Approve'
            ? { ...one, rules: one.rules.slice(1), screenId: null }
            : one.name === 'Close'
              ? { ...one, from: [] }
              : one,
        ),
        extra as (typeof workflow.transitions)[number],
      ],
    };
    const item = (await site.plan()).items.find(({ id }) => id === 'workflow');
    expect(item).toMatchObject({
      state: 'change',
      says: [
        'The transition Approve has another screen.',
        'The transition Approve lacks 1 rule.',
        'The transition Close starts from other statuses.',
      ],
    });
    expect(await site.carryOut()).toEqual(['workflow']);
    expect(site.jira.workflows[0].transitions.map(({ name }) => name)).toContain('Reopen');
  });
});

describe('in another language', () => {
  const GERMAN: Choices = {
    ...CHOICES,
    fields: { scope: 'customfield_7' },
    statuses: { Proposed: '7' },
    issueTypeId: '70',
  };
  beforeEach(() => {
    site.jira.fieldList.push({
      id: 'customfield_7',
      name: 'Umfang',
      key: 'customfield_7',
      type: JIRA_TYPES.paragraph.type,
    });
    site.jira.statusList.push({ id: '7', name: 'Beantragt', description: 'Neu', category: 'TODO' });
    site.jira.typeList.push({ id: '70', name: 'Änderung', subtask: false });
  });

  it('what was chosen is used as it is, never renamed, and nothing of the English name is made', async () => {
    const done = await site.carryOut(GERMAN);
    expect(done).not.toEqual(expect.arrayContaining(['field:scope', 'status:Proposed', 'issue-type']));
    expect(site.jira.fieldList.map(({ name }) => name)).not.toContain('Scope');
    const create = site.jira.writes.find((act) => act.act === 'create-workflow');
    expect(JSON.stringify(create)).toContain('"name":"Beantragt"');
    const { policy } = await site.plan(GERMAN);
    expect([policy.fields.scope, policy.statuses.Proposed, policy.issueTypes, policy.issueTypeIds]).toEqual([
      'customfield_7',
      '7',
      ['Änderung'],
      { Änderung: '70' },
    ]);
  });
});

describe('what is in the way is said, and nothing is done', () => {
  const field = (name: string, type: string) => ({
    id: `customfield_${site.jira.fieldList.length}`,
    name,
    key: 'k',
    type,
  });
  const cases: readonly (readonly [string, () => void, Partial<Choices>, RegExp])[] = [
    [
      'a field of another type',
      () => site.jira.fieldList.push(field('Scope', JIRA_TYPES.user.type)),
      {},
      /^Field Scope: .*is not a paragraph/,
    ],
    [
      'two fields of the name',
      () =>
        site.jira.fieldList.push(
          field('Test plan', JIRA_TYPES.paragraph.type),
          field('test plan', JIRA_TYPES.paragraph.type),
        ),
      {},
      /^Field Test plan: There are 2 fields/,
    ],
    [
      'a chosen field that is gone',
      () => undefined,
      { fields: { scope: 'customfield_404' } },
      /^Field Scope: .*is gone/,
    ],
    [
      'a chosen field of another type',
      () => undefined,
      { fields: { scope: 'summary' } },
      /^Field Scope: .*another type/,
    ],
    ['a chosen status twice', () => undefined, { statuses: { Closed: '2', Executed: '2' } }, /chosen for .* as well/],
    [
      'a sub-task type of the name',
      () => site.jira.typeList.push({ id: '71', name: 'Change request', subtask: true }),
      {},
      /^Issue type Change request: A sub-task type/,
    ],
    [
      'a chosen group that is gone',
      () => undefined,
      { roles: [{ key: 'change-authority', group: 'g', groupId: 'gone', members: [] }] },
      /^Group g: .*is gone/,
    ],
    [
      'a screen that others made',
      () =>
        site.jira.screenList.push({
          id: '5',
          name: SCREENS.view.name,
          description: 'Ours',
          tabId: '5',
          fields: ['summary'],
        }),
      {},
      /^Screen Change request: view: .*set-up did not make/,
    ],
    [
      'a workflow without a rule of the app',
      () =>
        site.jira.workflows.push({
          id: 'w',
          name: WORKFLOW,
          version: { id: 'v', versionNumber: 1 },
          statusIds: [],
          statuses: [],
          placed: [],
          transitions: [],
        }),
      {},
      /^Workflow Change control workflow: .*without any rule of this app/,
    ],
    [
      'a team-managed project',
      () => Object.assign(site.jira.projectList[0] ?? {}, { companyManaged: false }),
      {},
      /team-managed/,
    ],
    [
      'a project that is not there',
      () => undefined,
      { projects: [{ id: '7', key: 'OLD', name: 'Old' }] },
      /OLD is not there/,
    ],
    [
      'an issue type scheme of the name',
      () => {
        site.jira.typeList.push({ id: '72', name: 'Change request', subtask: false });
        site.jira.typeSchemes.push({
          id: '3',
          name: 'Change control issue types of NEW',
          issueTypeIds: [],
          defaultIssueTypeId: null,
        });
      },
      {},
      /with other issue types/,
    ],
    [
      'an app whose rules Jira does not offer',
      () => (site.jira.offered = { forge: [], system: [] }),
      {},
      /does not show the fields|does not offer/,
    ],
  ];
  it.each(cases)('%s', async (_, prepare, choices, expected) => {
    prepare();
    const plan = await site.plan({ ...CHOICES, ...choices });
    const found = conflicts(plan);
    expect(found.some((text) => expected.test(text)) || found.join()).toBe(true);
    await site.carryOut({ ...CHOICES, ...choices });
    expect(site.jira.writes).toEqual([]);
  });
});

describe('change requests that are there already', () => {
  beforeEach(() => {
    site.jira.typeList.push({ id: '73', name: 'Change request', subtask: false });
    Object.assign(site.jira.typeSchemes[0] ?? {}, { issueTypeIds: ['10', '73'] });
    site.jira.projectList[0]?.issues.push(
      { issueTypeId: '73', statusId: '1' },
      { issueTypeId: '73', statusId: '2' },
      { issueTypeId: '10', statusId: '1' },
    );
  });

  it('are moved only where the admin said so, and other issues stay', async () => {
    await site.carryOut();
    expect(conflicts(await site.plan())).toEqual([
      'Workflows of NEW: Say where 1 change request in "To Do" of NEW shall go.',
    ]);
    const moves = { '100': { '1': 'Proposed', '2': 'Closed' } } as const;
    const item = (await site.plan({ ...CHOICES, moves })).items.find(({ id }) => id === 'workflows:100');
    expect(item?.says.slice(1)).toEqual([
      'Moves 1 issue from "To Do" to Proposed.',
      'Moves 1 issue from "Done" to Closed.',
    ]);
    await site.carryOut({ ...CHOICES, moves });
    const names = site.jira.projectList[0]?.issues.map(
      ({ statusId }) => site.jira.statusList.find(({ id }) => id === statusId)?.name,
    );
    expect(names).toEqual(['Proposed', 'Closed', 'To Do']);
  });
});

describe('without Jira’s own rules', () => {
  it('the workflow has ours alone', async () => {
    site.jira.offered = { ...site.jira.offered, system: [] };
    await site.carryOut();
    const all = site.jira.workflows[0]?.transitions.flatMap(({ rules }) => rules) ?? [];
    expect(all.every(({ ruleKey }) => ruleKey.startsWith('forge:'))).toBe(true);
  });
});

it('Jira’s own rule lets the outside provider decide as well, whose group it finds by its name', async () => {
  site.jira.groupList.push({ groupId: 'outside', name: 'msp-acme', members: [] });
  const provider = { organisation: 'Acme MSP', group: 'msp-acme', groupId: null, until: null, required: false };
  await site.store.set(POLICY_CURRENT_KEY, { ...DEFAULT_POLICY, outsideProvider: provider });
  await site.carryOut();
  const approve = site.jira.workflows[0]?.transitions.find(({ name }) => name === 'Approve');
  expect(approve?.rules[0]?.parameters['groupIds']?.split(',')).toContain('outside');
});

it('what set-up makes carries its mark', async () => {
  await site.carryOut();
  expect(site.jira.screenList.map(({ description }) => description)).toEqual(
    Object.values(SCREENS).map(({ description }) => marked(description)),
  );
});
