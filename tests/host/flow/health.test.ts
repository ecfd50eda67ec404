/** The check of the controls on a running site: its workflow is sabotaged over REST, and the findings are read. */
import type { HealthView } from '../../../src/contract/health';
import { startSite, type RunningSite } from '../running-site';
import { Drive } from './drive';

let site: RunningSite;
let drive: Drive;

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
}, 180_000);
afterAll(() => site.stop());

const admin = (method: string, path: string, body?: unknown) => drive.as('admin').request(method, path, body);
const invoke = (functionKey: string, as = 'admin', payload: unknown = {}) =>
  drive.as(as).request('POST', '/forge/invoke/change-control-admin', { functionKey, payload, context: {} });
const check = async () => (await invoke('health.check')) as HealthView;
const said = ({ open }: HealthView) => open.map(({ code, sentence }) => `${code}: ${sentence}`).sort();

interface Rule {
  ruleKey: string;
  parameters: Record<string, string>;
}
interface Transition {
  id: string;
  name: string;
  type: string;
  toStatusReference: string;
  links: { fromStatusReference: string }[];
  conditions?: { operation: string; conditions: Rule[]; conditionGroups: unknown[] };
  validators: Rule[];
  actions: Rule[];
}
interface Workflow {
  id: string;
  version: unknown;
  statuses: unknown[];
  transitions: Transition[];
}
interface Statuses {
  id: string;
  name: string;
  statusReference: string;
  statusCategory: string;
}

async function readWorkflow(): Promise<{ workflow: Workflow; statuses: Statuses[] }> {
  const { workflows, statuses } = (await admin('POST', '/rest/api/3/workflows', {
    workflowNames: ['Change control workflow'],
  })) as { workflows: Workflow[]; statuses: Statuses[] };
  const [workflow] = workflows;
  if (workflow === undefined) throw new Error('no controlled workflow');
  return { workflow, statuses };
}

/** Saves the workflow as the admin does in the editor, with the edit made to a copy of it. */
async function save(edit: (workflow: Workflow, id: (status: string) => string) => void): Promise<void> {
  const { workflow, statuses } = await readWorkflow();
  const copy = structuredClone(workflow);
  edit(copy, (name) => statuses.find((status) => status.name === name)?.statusReference ?? name);
  const { id, version, statuses: used, transitions } = copy;
  await admin('POST', '/rest/api/3/workflows/update', {
    statuses: statuses.map(({ id: statusId, name, statusReference, statusCategory }) => ({
      id: statusId,
      name,
      statusReference,
      statusCategory,
    })),
    workflows: [{ id, version, statuses: used, transitions }],
  });
}

const named = ({ transitions }: Workflow, name: string): Transition => {
  const found = transitions.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no transition ${name}`);
  return found;
};
const isOurs = (module: string) => (rule: Rule) => (rule.parameters['key'] ?? '').endsWith(`/static/${module}`);
const lane = (id: string, name: string, type: string, from: string[], to: string): Transition => ({
  id,
  name,
  type,
  toStatusReference: to,
  links: from.map((fromStatusReference) => ({ fromStatusReference })),
  validators: [],
  actions: [],
});

const inConfig = (rule: Rule | undefined, edit: (config: Record<string, unknown>) => Record<string, unknown>): void => {
  if (rule === undefined) throw new Error('no such rule');
  rule.parameters['config'] = JSON.stringify(
    edit(JSON.parse(rule.parameters['config'] ?? '{}') as Record<string, unknown>),
  );
};

/** What issue 3, section 6 lists, in its words. */
const RULES = 'our rules on every path to Approved, Scheduled and Executed';
const ANY_STATUS = 'no "any status" way round';
const CONFIGURATIONS = 'rule configurations unchanged';
const PERMISSIONS = 'app-managed permissions missing';
const ROLES = 'roles empty';
const ACCESS = "the app's view of issues blocked by an admin's app-access rule";
const SCREENS = 'the panel or the read-only fields no longer on the issue';

/** Which point of the list, what is done to the workflow, and what has to be found. */
const SABOTAGE: readonly [string, string, Parameters<typeof save>[0], RegExp][] = [
  [
    RULES,
    'a transition without rules',
    (w, id) => void w.transitions.push(lane('901', 'Fast lane', 'DIRECTED', [id('Proposed')], id('Approved'))),
    /^transition-unguarded: .*"Fast lane" \(Proposed → Approved\)/,
  ],
  [
    ANY_STATUS,
    'a transition from any status',
    (w, id) => void w.transitions.push(lane('902', 'Straight on', 'GLOBAL', [], id('Executed'))),
    /^(any-status-transition|transition-unguarded): .*"Straight on" \(any status → Executed\)/,
  ],
  [
    RULES,
    'new issues start as Approved',
    (w, id) => void (named(w, 'Create').toStatusReference = id('Approved')),
    /^created-decided: .*created → Approved/,
  ],
  [
    RULES,
    'the condition of Approve removed',
    (w) => {
      delete named(w, 'Approve').conditions;
    },
    /^rule-missing: .*"Approve".*the independent decider/,
  ],
  [
    RULES,
    'a validator of Execute removed',
    (w) => {
      const execute = named(w, 'Execute');
      execute.validators = execute.validators.filter((rule) => !isOurs('change-validator')(rule));
    },
    /^rule-missing: .*"Execute".*the check of the step/,
  ],
  [
    CONFIGURATIONS,
    'an expression altered',
    (w) =>
      inConfig(named(w, 'Schedule').validators.find(isOurs('required-fields-validator')), (config) => ({
        ...config,
        expression: 'true',
      })),
    /^rule-altered: .*"Schedule".*expression/,
  ],
  [
    CONFIGURATIONS,
    'a list emptied',
    (w) =>
      inConfig(named(w, 'Approve').conditions?.conditions.find(isOurs('security-reviewer-condition')), (config) => ({
        ...config,
        fields: [],
      })),
    /^rule-weakened: .*"Approve".*although they edited/,
  ],
  [
    CONFIGURATIONS,
    'a group changed',
    (w) =>
      inConfig(named(w, 'Approve').conditions?.conditions.find(isOurs('security-reviewer-condition')), (config) => ({
        ...config,
        roles: (config['roles'] as Record<string, unknown>[]).map((role) => ({ ...role, group: 'jira-users' })),
      })),
    /^rule-altered: .*"jira-users" instead of "security-reviewers"/,
  ],
];

interface Named {
  readonly id: string;
  readonly name: string;
}
const fieldNamed = async (name: string): Promise<string> => {
  const list = (await admin('GET', '/rest/api/3/field')) as Named[];
  return list.find((field) => field.name === name)?.id ?? name;
};
const renameField = async (before: string, now: string) =>
  admin('PUT', `/rest/api/3/field/${await fieldNamed(before)}`, { name: now });

async function renameStatus(before: string, now: string): Promise<void> {
  const { statuses } = await readWorkflow();
  const found = statuses.find((status) => status.name === before);
  const { id, statusCategory } = found ?? {};
  await admin('PUT', '/rest/api/3/statuses', { statuses: [{ id, name: now, statusCategory }] });
}

/** The tab of the screen that shows change requests which holds a field. */
async function tabWith(field: string): Promise<string> {
  const { values } = (await admin('GET', '/rest/api/3/screens?maxResults=100')) as { values: { id: number }[] };
  for (const { id } of values) {
    for (const tab of (await admin('GET', `/rest/api/3/screens/${id}/tabs`)) as { id: number }[]) {
      const path = `/rest/api/3/screens/${id}/tabs/${tab.id}/fields`;
      if (((await admin('GET', path)) as Named[]).some((one) => one.id === field)) return path;
    }
  }
  throw new Error(`${field} is on no screen`);
}
const rename = (group: string, name: string) => admin('POST', '/forge/groups/rename', { group, name });
const access = (blocked: boolean) => admin('POST', '/forge/app-access', { project: 'CHG', blocked });

interface SiteSabotage {
  /** Which point of the list it stands for. */
  readonly point: string;
  readonly title: string;
  readonly sabotage: () => Promise<unknown>;
  readonly mend: () => Promise<unknown>;
  readonly finds: readonly RegExp[];
}

let decisionState = '';
let ofScreen = '';
let trashed = '';

/** What is done outside the workflow. Everything is found by the next check, and nothing else is. */
const ELSEWHERE: readonly SiteSabotage[] = [
  {
    point: SCREENS,
    title: 'a read-only field taken off the screen',
    sabotage: async () => {
      decisionState = await fieldNamed('Change decision state');
      ofScreen = await tabWith(decisionState);
      await admin('DELETE', `${ofScreen}/${decisionState}`);
    },
    mend: () => admin('POST', ofScreen, { fieldId: decisionState }),
    finds: [/^field-off-screen: The field "Change decision state" is on no screen.*CHG, Change request/],
  },
  {
    point: RULES,
    title: 'a field that the rules ask for put into the trash',
    sabotage: async () => {
      trashed = await fieldNamed('Backout plan');
      await admin('POST', `/rest/api/3/field/${trashed}/trash`);
    },
    mend: () => admin('POST', `/rest/api/3/field/${trashed}/restore`),
    finds: [/^field-missing: .*"Backout plan".*trash/, /^field-off-screen: .*"Backout plan"/],
  },
  {
    point: RULES,
    title: 'a field that the rules ask for renamed',
    sabotage: () => renameField('Scope', 'Umfang'),
    mend: () => renameField('Umfang', 'Scope'),
    finds: [/^field-renamed: The field "Scope" is called "Umfang" now/],
  },
  {
    point: RULES,
    title: 'a status renamed',
    sabotage: () => renameStatus('Approved', 'Genehmigt'),
    mend: () => renameStatus('Genehmigt', 'Approved'),
    finds: [/^status-missing: .*status named Approved/, /^status-unknown: .*Genehmigt.*"Approve"/],
  },
  {
    point: ROLES,
    title: 'a group renamed that the policy has by its name',
    sabotage: () => rename('change-authority', 'cab'),
    mend: () => rename('cab', 'change-authority'),
    finds: [/^role-group-missing: .*"change-authority".*renamed or deleted/],
  },
  {
    point: `${ACCESS}; ${PERMISSIONS}`,
    title: 'an app access rule',
    sabotage: () => access(true),
    mend: () => access(false),
    finds: [
      /^app-access-rule: .*content of CHG/,
      /^permission-missing: .*BROWSE_PROJECTS in CHG/,
      /^project-hidden: A Jira administrator sees 1 changes in CHG, the app sees 0/,
    ],
  },
];

describe('the check of the controls', () => {
  let healthy: string[];

  it('finds nothing wrong with the workflow of a new site, and is for administrators', async () => {
    const first = await check();
    healthy = said(first);
    expect(healthy).toEqual([]);
    await expect(invoke('health.check', 'owner')).rejects.toMatchObject({ status: 403 });
  });

  it('finds each sabotage by the next check, names it and who did it, and that it is mended', async () => {
    for (const [, title, edit, finds] of SABOTAGE) {
      const before = (await readWorkflow()).workflow;
      await save(edit);
      const broken = await check();
      expect([title, said(broken).length > 0]).toEqual([title, true]);
      for (const line of said(broken)) expect(line).toMatch(finds);
      expect([title, broken.open.map(({ by }) => by)]).toEqual([title, broken.open.map(() => broken.open[0]?.by)]);
      expect(broken.open[0]?.by).toMatch(/Ad/);
      await save((workflow) => void (workflow.transitions = before.transitions));
      expect([title, said(await check())]).toEqual([title, healthy]);
    }
  }, 120_000);

  it('finds that the project was given the workflow scheme of another one', async () => {
    const schemeOf = async (key: string) => {
      const { id } = (await admin('GET', `/rest/api/3/project/${key}`)) as { id: string };
      const used = (await admin('GET', `/rest/api/3/workflowscheme/project?projectId=${id}`)) as {
        values: { workflowScheme: { id: number } }[];
      };
      return { projectId: id, workflowSchemeId: String(used.values[0]?.workflowScheme.id) };
    };
    const [own, other] = [await schemeOf('CHG'), await schemeOf('OPS')];
    await admin('PUT', '/rest/api/3/workflowscheme/project', { ...own, workflowSchemeId: other.workflowSchemeId });
    expect(said(await check())).toEqual([
      expect.stringMatching(/^workflow-replaced: .*"Operations workflow" now; it had "Change control workflow"/),
      expect.stringMatching(/^workflow-unguarded: .*"Operations workflow"/),
    ]);
    await admin('PUT', '/rest/api/3/workflowscheme/project', own);
    expect(said(await check())).toEqual([]);
  });

  it('finds what is done outside the workflow by the next check, names it, and that it is mended', async () => {
    await drive.propose();
    for (const { title, sabotage, mend, finds } of ELSEWHERE) {
      await sabotage();
      expect([title, said(await check())]).toEqual([title, finds.map((one) => expect.stringMatching(one) as string)]);
      await mend();
      expect([title, said(await check())]).toEqual([title, healthy]);
    }
  }, 60_000);

  it('names a group that the policy has by its id as renamed, and the rules that know its old name', async () => {
    const found = (await admin('GET', '/rest/api/3/group/bulk?groupName=change-authority')) as {
      values: { groupId: string }[];
    };
    const { version, policy } = (await invoke('policy.read')) as {
      version: string;
      policy: { roles: { group: string; groupId: string | null }[] };
    };
    const roles = policy.roles.map((role) =>
      role.group === 'change-authority' ? { ...role, groupId: found.values[0]?.groupId } : role,
    );
    await invoke('policy.save', 'admin', { basedOn: version, policy: { ...policy, roles }, reason: 'Held by id.' });
    expect(said(await check())).toEqual([]);
    await rename('change-authority', 'cab');
    expect(said(await check())).toEqual([
      expect.stringMatching(/^role-group-renamed: .*change-authority is called cab now/),
      expect.stringMatching(/^rule-outdated: .*"Approve"/),
      expect.stringMatching(/^rule-outdated: .*"Disapprove"/),
    ]);
    await rename('cab', 'change-authority');
    expect(said(await check())).toEqual([]);
  });

  it(`finds an empty group (${ROLES}) in the hourly run, as the app, which asks little of Jira`, async () => {
    await drive.propose();
    await admin('POST', '/forge/scheduled/reconcile');
    await drive.settle();
    const before = (await admin('GET', '/forge/meter')) as Meter;
    await admin('POST', '/forge/scheduled/reconcile');
    await drive.settle();
    const after = (await admin('GET', '/forge/meter')) as Meter;
    const calls = callsBetween(before, after);
    process.stdout.write(`points of an hourly run: ${points(calls)} for ${JSON.stringify(calls)}\n`);
    expect(calls['POST /rest/api/3/workflows'] ?? 0).toBe(0);
    // 71, and 21 more when the members of the groups are read a second time.
    expect(points(calls)).toBeLessThan(100);

    const authority = await drive.accountOf('authority');
    const authority2 = await drive.accountOf('authority2');
    for (const accountId of [authority, authority2])
      await admin('DELETE', `/rest/api/3/group/user?groupname=change-authority&accountId=${accountId}`);
    await admin('POST', '/forge/scheduled/reconcile');
    const view = (await invoke('health.read')) as HealthView;
    expect(said(view)).toEqual([expect.stringMatching(/^role-empty: .*"change-authority"/)]);
    for (const accountId of [authority, authority2])
      await admin('POST', '/rest/api/3/group/user?groupname=change-authority', { accountId });
  });

  // Last: what Jira could not evaluate is told for a day.
  it('finds a rule that Jira could not evaluate (avi:jira:failed:expression events)', async () => {
    const key = await drive.propose();
    const before = (await readWorkflow()).workflow;
    await save((workflow) =>
      inConfig(named(workflow, 'Withdraw').conditions?.conditions[0], (config) => ({
        ...config,
        expression: 'issue.summary.nothing.more',
      })),
    );
    await drive.as('requester').request('GET', `/rest/api/3/issue/${key}/transitions`);
    await drive.settle();
    await save((workflow) => void (workflow.transitions = before.transitions));
    expect(said(await check())).toEqual([
      expect.stringMatching(/^expression-failing: .*"Change control workflow" in the last 24 hours/),
    ]);
  });
});

interface Meter {
  readonly jira: { readonly byPath: Readonly<Record<string, number>> };
}

const callsBetween = (before: Meter, after: Meter): Record<string, number> =>
  Object.fromEntries(
    Object.entries(after.jira.byPath).flatMap(([path, count]) => {
      const made = count - (before.jira.byPath[path] ?? 0);
      return made === 0 ? [] : [[path, made] as const];
    }),
  );

/**
 * Jira's points as far as they are published (developer.atlassian.com, "Rate limiting"): 1 a request, and for what is read
 * 1 an issue or other object of the work, 2 a person or group; writes cost the 1 alone. A group here has three members.
 */
function points(calls: Readonly<Record<string, number>>): number {
  const each = (path: string): number => {
    if (path.includes('/group/member')) return 1 + 2 * 3;
    if (path.includes('/mypermissions') || path.includes('/user')) return 1 + 2;
    return path.startsWith('POST /rest/api/3/app/field') ? 1 : 2;
  };
  return Object.entries(calls).reduce((sum, [path, count]) => sum + count * each(path), 0);
}
