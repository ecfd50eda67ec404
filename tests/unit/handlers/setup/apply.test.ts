import { SETUP_LOCK_KEY } from '../../../../src/ledger/keys';
import { SetupRefused } from '../../../../src/ports/site-setup';
import { CHOICES } from '../../setup/a-site';
import { refusalOf } from '../policy/site';
import { SetupSite } from './a-setup';

let site: SetupSite;
beforeEach(() => (site = new SetupSite()));

/** What an undisturbed set-up ends with. */
async function undisturbed() {
  const other = new SetupSite();
  const { made } = await other.applyAll();
  return {
    state: await other.jiraState(),
    made: made.map(({ title }) => title).sort(),
    writes: other.siteJira.writes.length,
  };
}

it('sets a bare site up, says what it made and how to take it back, and has nothing left to do', async () => {
  expect(await site.look()).toMatchObject({ firstRun: true, state: 'none', made: [] });
  const view = await site.applyAll();
  expect(view).toMatchObject({ firstRun: false, state: 'done', doing: null, waiting: null, byHand: [] });
  expect(view.done).toBe(view.total);
  expect(view.made.length).toBeGreaterThan(40);
  expect(view.made.every(({ undo, by, at }) => undo !== '' && by === 'Name of adam' && at !== '')).toBe(true);
  const workflows = view.made.find(({ title }) => title === 'Workflows of NEW');
  expect(workflows).toMatchObject({ changed: true, before: { scheme: 'Simplified', id: '1' } });
  const policy = await site.expectSound();
  expect([policy.projects, policy.projectIds, policy.version]).toEqual([['NEW'], { NEW: '100' }, 'policy-1']);
  const { items } = await site.plan();
  expect(items.filter(({ state }) => state !== 'there')).toEqual([]);
  expect(site.queue).toContainEqual({ job: 'adopt', project: 'NEW' });
});

it('run again, it writes nothing to Jira, saves nothing, and still says what it made', async () => {
  const first = await site.applyAll();
  const writes = site.siteJira.writes.length;
  expect((await site.apply()).made).toEqual(first.made);
  expect(site.siteJira.writes).toHaveLength(writes);
  expect(await site.saves()).toHaveLength(1);
});

it('the plan says every rule before there is a workflow, and counts those that hold without the app', async () => {
  const workflow = (await site.plan()).items.find(({ id }) => id === 'workflow');
  expect(workflow?.says).toEqual([
    '7 statuses and 7 transitions.',
    "29 rules, 6 of them Jira's own, which hold without this app too.",
  ]);
  const { transitions } = workflow?.wants as {
    transitions: { name: string; rules: { rule: string; does?: string }[] }[];
  };
  const approve = transitions.find(({ name }) => name === 'Approve');
  expect(approve?.rules.map(({ rule }) => rule)).toContain('system:restrict-issue-transition');
  expect(approve?.rules.find(({ rule }) => rule === 'change-validator')?.does).toMatch(/\w/);
});

describe('killed', () => {
  it.each(['before', 'after'] as const)('%s every single thing it does in Jira, it ends the same', async (how) => {
    const expected = await undisturbed();
    let kills = 0;
    while (await site.applyKilled({ write: 1 }, how)) {
      kills += 1;
      expect(kills).toBeLessThan(200);
      // Jira does not say where the panel is shown, so that one is asked for again each time.
      if (site.siteJira.writes.at(-1)?.act === 'pin-panel') break;
      // A thing that was not done the first time is done by the next call, which is killed at the one after it.
      if (how === 'before' && (await site.applyKilled({ write: 2 }, how))) kills += 1;
    }
    const view = await site.applyAll();
    expect(kills).toBeGreaterThanOrEqual(expected.writes / 2);
    expect(await site.jiraState()).toEqual(expected.state);
    expect(view.made.map(({ title }) => title).sort()).toEqual(expected.made);
    expect(await site.saves()).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)('%s every storage call, one later each time, it ends the same', async (how) => {
    const expected = await undisturbed();
    let at = 1;
    while (await site.applyKilled({ store: at }, how)) at += 1;
    const view = await site.applyAll();
    expect(at).toBeGreaterThan(10);
    expect(await site.jiraState()).toEqual(expected.state);
    expect(view.made.map(({ title }) => title).sort()).toEqual(expected.made);
    expect(await site.saves()).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)('%s each storage call of the last stretch, it ends the same', async (how) => {
    const expected = await undisturbed();
    for (let at = how === 'before' ? 1 : 2; at <= 40; at += 8) {
      site = new SetupSite();
      await site.applyKilled({ write: expected.writes - 1 }, 'after');
      if (!(await site.applyKilled({ store: at }, how))) break;
      const { made } = await site.applyAll();
      expect(made.map(({ title }) => title).sort()).toEqual(expected.made);
      expect(await site.saves()).toHaveLength(1);
    }
    expect(await site.jiraState()).toEqual(expected.state);
  });
});

it('two at once: one works, the other is told to wait', async () => {
  const [one, two] = await Promise.all([site.apply(), site.apply()]);
  expect(
    [one.waiting, two.waiting].filter((waiting) => waiting === 'Another step of set-up is still running.'),
  ).toHaveLength(1);
  await site.applyAll();
  expect(site.siteJira.fieldList.filter(({ name }) => name === 'Scope')).toHaveLength(1);
  expect(await site.store.get(SETUP_LOCK_KEY)).toBeUndefined();
});

it('a field that Jira does not show yet is waited for, not made twice', async () => {
  const { fields } = site.siteJira;
  let hidden = true;
  site.siteJira.fields = async () => (await fields()).filter(({ name }) => !hidden || name !== 'Change type');
  expect((await site.apply()).waiting).toMatch(/"Field Change type"/);
  expect((await site.apply()).waiting).toMatch(/"Field Change type"/);
  hidden = false;
  await site.applyAll();
  expect(site.siteJira.fieldList.filter(({ name }) => name === 'Change type')).toHaveLength(1);
});

it('what Jira refuses is said in its own words, and the rest is done once it lets it', async () => {
  const perform = site.siteJira.perform.bind(site.siteJira);
  site.siteJira.perform = (act) =>
    act.act === 'create-group'
      ? Promise.reject(new SetupRefused(403, 'Groups come from your directory.'))
      : perform(act);
  expect(await refusalOf(site.apply())).toMatchObject({
    status: 409,
    code: 'jira-refused',
    message: 'Group security-reviewers: Jira said "Groups come from your directory."',
  });
  expect(await site.look()).toMatchObject({ state: 'applying', doing: 'Group security-reviewers' });
  site.siteJira.perform = perform;
  expect((await site.applyAll()).state).toBe('done');
});

it('a panel that Jira does not pin is left to the admin, who is told where to click', async () => {
  const perform = site.siteJira.perform.bind(site.siteJira);
  site.siteJira.perform = (act) =>
    act.act === 'pin-panel' ? Promise.reject(new SetupRefused(404, 'no such call')) : perform(act);
  const view = await site.applyAll();
  expect(view.byHand).toEqual([
    'Panel on the issues of NEW: open any change request, add the panel "Change control", and choose "Show for all work items" in its menu.',
  ]);
});

describe('refused, with nothing done', () => {
  it('to whoever does not administer Jira', async () => {
    site.admin = false;
    for (const work of [site.apply(), site.plan(), site.look()])
      expect((await refusalOf(work)).code).toBe('not-an-admin');
    expect(site.siteJira.writes).toEqual([]);
  });

  it('while something is in the way', async () => {
    site.siteJira.typeList.push({ id: '71', name: 'Change request', subtask: true });
    expect(await refusalOf(site.apply())).toMatchObject({ status: 409, code: 'setup-conflict' });
    expect(site.siteJira.writes).toEqual([]);
  });

  it.each([
    ['no choices', null],
    ['no project', { ...CHOICES, projects: [] }],
    ['a project key that is none', { ...CHOICES, projects: [{ id: '1', key: 'a b', name: 'x' }] }],
    ['an unknown field', { ...CHOICES, fields: { nope: 'customfield_1' } }],
    ['an id that would leave its place in a path', { ...CHOICES, fields: { scope: '../x' } }],
  ])('%s', async (_, choices) => {
    expect((await refusalOf(site.apply(choices as typeof CHOICES))).code).toBe('invalid');
    expect(site.siteJira.writes).toEqual([]);
  });
});
