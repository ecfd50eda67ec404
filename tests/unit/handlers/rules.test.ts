import { FIELDS } from '../../../src/change/fields';
import type { BuiltRule, RuleView } from '../../../src/contract/rules';
import { buildRule, readRule } from '../../../src/handlers/rules';
import { Refused } from '../../../src/handlers/refusal';
import type { Ports } from '../../../src/ports/ports';
import { TestSite } from '../intake/site';

const custom = (id: string, name: string, type = 'textarea') => ({
  id,
  name,
  custom: true,
  schema: { custom: type.includes('__') ? type : `com.atlassian.jira.plugin.system.customfieldtypes:${type}` },
});
const LIST = [
  { id: 'summary', name: 'Summary' },
  { id: 'description', name: 'Description' },
  ...FIELDS.slice(2).map(({ name }, i) => custom(`customfield_${10_100 + i}`, name)),
  custom('customfield_10200', 'Change participants', 'app__LOCAL__change-participants'),
  custom('customfield_10201', 'Change decision state', 'app__LOCAL__change-decision-state'),
  custom('customfield_10300', 'Rollout notes'),
];
const STATUSES: Readonly<Record<string, string>> = { '2': 'Approved', '7': 'Withdrawn', '9': 'In Review' };

function site({ admin = true, list = LIST }: { admin?: boolean; list?: unknown } = {}): Ports {
  const { ports } = new TestSite();
  return {
    ...ports,
    jira: {
      ...ports.jira,
      mayAdminister: () => Promise.resolve(admin),
      fieldList: () => Promise.resolve(list),
      statusName: (id) => Promise.resolve(STATUSES[id]),
    },
  };
}
const call = (payload: unknown) => ({
  payload,
  accountId: 'admin',
  issueKey: undefined,
  projectKey: undefined,
  site: 'x.example',
});
const read = (payload: unknown, ports = site()): Promise<RuleView> => readRule(ports, call(payload));
const build = (payload: unknown, ports = site()): Promise<BuiltRule> => buildRule(ports, call(payload));

const CONDITION = 'security-reviewer-condition';
const FIELDS_RULE = 'required-fields-validator';

describe('a new rule starts from the default of its transition', () => {
  test.each([
    ['change-validator', '2', 'Approve', 'step', 'Approve: only when the request is complete'],
    [FIELDS_RULE, '2', 'Approve', 'chosen', 'Approve: only with Change type, Change owner'],
    [CONDITION, '2', 'Approve', 'independent', 'Approve: only members of security-reviewers (security reviewer)'],
    [CONDITION, '7', 'Withdraw', 'people', 'Withdraw: only the people in Reporter and Change owner.'],
    ['change-validator', '9', null, 'step', 'Not configured'],
    ['change-validator', null, null, 'step', 'Not configured'],
    [FIELDS_RULE, '9', null, 'written', 'Only with a real answer in nothing.'],
  ])('%s on the way to status %s', async (module, to, transition, rule, summary) => {
    const view = await read({ module, to });
    expect([view.found, view.transition, view.settings.rule]).toEqual(['new', transition, rule]);
    expect(view.built.summary).toContain(summary);
    expect(view.starts.map((start) => start.rule)).toContain(rule);
    expect(view.built.config === null).toBe(view.built.problems.length > 0);
  });

  test.each([undefined, null, '', '{}', {}])('%j is a new rule', async (config) => {
    expect((await read({ module: CONDITION, config, to: '2' })).found).toBe('new');
  });
});

describe('a saved rule', () => {
  test.each(['change-validator', FIELDS_RULE, CONDITION])('of %s comes back as it was', async (module) => {
    const { built, settings } = await read({ module, to: '2' });
    for (const config of [built.config, JSON.parse(built.config ?? '') as unknown]) {
      const again = await read({ module, config, to: '2' });
      expect([again.found, again.current, again.settings]).toEqual(['ours', true, settings]);
      expect(again.savedExpression).toBe(built.expression);
    }
  });

  test('is ours and not current once a field has another name', async () => {
    const { built } = await read({ module: FIELDS_RULE, to: '2' });
    const renamed = LIST.map((field) => (field.name === 'Rollout notes' ? { ...field, name: 'Notes' } : field));
    const settings = { rule: 'written', fields: ['customfield_10300'], message: 'Write: ' };
    const { config } = await build({ settings, transition: 'Approve' });
    expect((await read({ module: FIELDS_RULE, config, to: '2' }, site({ list: renamed }))).current).toBe(false);
    expect((await read({ module: FIELDS_RULE, config, to: '2' })).current).toBe(true);
    expect((await read({ module: FIELDS_RULE, config: built.config, to: '2' }, site({ list: renamed }))).current).toBe(
      true,
    );
  });

  test.each(['not JSON', '[]', '7', '{"expression":"true"}', '{"step":"never"}'])('%s is foreign', async (config) => {
    const view = await read({ module: FIELDS_RULE, config, to: '2' });
    expect([view.found, view.current]).toEqual(['foreign', false]);
  });
});

describe('nothing is given to be saved', () => {
  test.each([
    [{ rule: 'written', fields: [], message: 'm' }, 'no-field'],
    [{ rule: 'written', fields: ['customfield_1'], message: 'm' }, 'field-gone'],
    [{ rule: 'independent', roles: ['ccb'], barring: [] }, 'no-role'],
    [{ rule: 'step', step: null }, 'no-step'],
  ])('for %j', async (settings, code) => {
    const { config, problems } = await build({ settings });
    expect([config, problems[0]?.code]).toEqual([null, code]);
  });

  test.each<[string, unknown, Parameters<typeof site>[0], number, string]>([
    ['to somebody who is no admin', { settings: { rule: 'last-decider' } }, { admin: false }, 403, 'not-an-admin'],
    ['without the fields', { settings: { rule: 'last-decider' } }, { list: LIST.slice(3) }, 409, 'field-missing'],
    ['without readable fields', { settings: { rule: 'last-decider' } }, { list: 7 }, 409, 'fields-unreadable'],
    ['for an unknown rule', { settings: { rule: 'anything' } }, {}, 400, 'invalid'],
    ['for an unknown step', { settings: { rule: 'step', step: 'x' } }, {}, 400, 'invalid'],
    [
      'for a field that is code',
      { settings: { rule: 'written', fields: ['a || true'], message: '' } },
      {},
      400,
      'invalid',
    ],
    ['for nothing', undefined, {}, 400, 'invalid'],
  ])('%s', async (_, payload, where, status, code) => {
    const failure: unknown = await build(payload, site(where)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Refused);
    expect((failure as Refused).refusal).toMatchObject({ status, code });
    if (status !== 400) expect((failure as Refused).message).toContain('Nothing was saved.');
  });

  test('nor is a rule read by somebody who is no admin', async () => {
    await expect(read({ module: CONDITION, to: '2' }, site({ admin: false }))).rejects.toThrow(
      'Only a Jira administrator',
    );
  });
});
