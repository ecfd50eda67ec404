/** Expressions and workflows over REST, each answer held against Jira's OpenAPI document. */
import { readOpenApi } from '../checks/openapi';
import { adf, WorkflowSite } from './checks/workflow-site';

const openApi = readOpenApi();
let site: WorkflowSite;
beforeEach(() => (site = new WorkflowSite('empty', openApi)));
afterEach(() => {
  site.close();
});

const evaluate = (who: string, expression: string, context: unknown = {}, expand = '') =>
  site.call(who, 'POST', `/rest/api/3/expression/evaluate${expand}`, { expression, context });

describe('expression/evaluate', () => {
  it('answers the value, with entities as REST beans and dates in REST format', async () => {
    const key = await site.create('CHG');
    const context = { issue: { key } };
    expect(
      (
        await evaluate(
          'requester',
          '{key: issue.key, made: issue.created, by: issue.creator, day: new CalendarDate()}',
          context,
        )
      ).body,
    ).toEqual({
      value: {
        key,
        made: expect.stringMatching(/^2026-03-02T09:00:00\.\d{3}\+0000$/) as unknown,
        by: expect.objectContaining({ accountId: site.accountId('requester') }) as unknown,
        day: '2026-03-02',
      },
    });
  });

  it('says what it cost when asked', async () => {
    const key = await site.create('CHG');
    const { body } = await evaluate(
      'requester',
      `issue.${site.field('Scope')} == ''`,
      { issue: { key } },
      '?expand=meta.complexity',
    );
    expect(body).toMatchObject({
      value: true,
      meta: {
        complexity: {
          expensiveOperations: { value: 1, limit: 10 },
          steps: { value: 3, limit: 10_000 },
          primitiveValues: { value: 1, limit: 10_000 },
          beans: { value: 0, limit: 1000 },
        },
      },
    });
  });

  it('sees custom fields as the REST JSON (expressions, section 3)', async () => {
    const id = (name: string): string => site.field(name);
    const key = await site.create('CHG', 'requester', {
      [id('Scope')]: adf('One rule'),
      [id('Change type')]: { value: 'Normal' },
      [id('Change owner')]: { accountId: site.accountId('owner') },
      [id('Impacted CUI systems')]: [{ value: 'Build pipeline' }],
      [id('Change window start')]: '2026-03-03T09:00:00.000+0000',
    });
    const names = [
      'Scope',
      'Change type',
      'Change owner',
      'Impacted CUI systems',
      'Change window start',
      'Test plan',
      'Implementer',
    ];
    const list = names.map((name) => `issue.${id(name)}`).join(', ');
    expect((await evaluate('requester', `[${list}].map(v => typeof v)`, { issue: { key } })).body).toEqual({
      value: ['Map', 'Map', 'Map', 'List', 'String', 'String', 'null'],
    });
    expect((await evaluate('requester', `issue.${id('Change owner')}`, { issue: { key } })).body).toEqual({
      value: { accountId: site.accountId('owner'), displayName: 'Owen Marsh' },
    });
  });

  it('takes issues by JQL, a project, and custom variables of every type', async () => {
    const keys = [await site.create('CHG'), await site.create('CHG')];
    const context = {
      issues: { jql: { query: 'project = CHG', maxResults: 1 } },
      project: { key: 'CHG' },
      custom: {
        config: { type: 'json', value: { min: 1 } },
        who: { type: 'user', accountId: site.accountId('owner') },
        other: { type: 'issue', key: keys[0] },
        all: [
          { type: 'issue', key: keys[0] },
          { type: 'json', value: 2 },
        ],
        nothing: { type: 'json' },
      },
    };
    const expression = '[issues.length, project.key, config.min, who.displayName, all.includes(other), nothing]';
    expect((await evaluate('requester', expression, context)).body).toEqual({
      value: [1, 'CHG', 1, 'Owen Marsh', true, null],
      meta: { issues: { jql: { nextPageToken: '1', isLast: false } } },
    });
  });

  it.each([
    ['issue.nope', 400],
    ['1 <', 400],
    ['new Issue(1).key', 400],
  ])('%s is a 400 that says why', async (expression, status) => {
    const key = await site.create('CHG');
    const answer = await evaluate('requester', expression, { issue: { key } });
    expect(answer).toEqual({ status, body: { errorMessages: [expect.any(String)], errors: {} } });
  });

  it('shows nobody what they may not see', async () => {
    const key = await site.create('CHG');
    expect((await evaluate('outsider', 'issue.key', { issue: { key } })).status).toBe(404);
    expect((await evaluate('outsider', `new Issue('${key}')`)).body).toEqual({ value: null });
    expect((await evaluate('outsider', 'x', { custom: { x: { type: 'issue', key } } })).status).toBe(404);
    expect((await evaluate('requester', '1', { sprint: 1 })).status).toBe(404);
  });
});

describe('expression/analyse', () => {
  it('checks syntax, types and complexity (expressions, section 7)', async () => {
    const analyse = (check: string, expressions: readonly string[], contextVariables = {}) =>
      site.call('requester', 'POST', `/rest/api/3/expression/analyse?check=${check}`, {
        expressions,
        contextVariables,
      });
    expect((await analyse('syntax', ['1', '1 <'])).body).toMatchObject({
      results: [{ valid: true }, { valid: false, errors: [{ type: 'syntax', line: 1 }] }],
    });
    expect((await analyse('type', ['record.a + 1', 'record.b'], { record: '{ a: Number }' })).body).toMatchObject({
      results: [{ type: 'Number' }, { valid: true }],
    });
    expect((await analyse('complexity', ['new Issue(10010).comments'])).body).toMatchObject({
      results: [{ complexity: { expensiveOperations: '2' } }],
    });
    expect((await analyse('spelling', ['1'])).status).toBe(400);
  });
});

describe('workflows for administrators', () => {
  it('are hidden from everybody else', async () => {
    for (const [method, path] of [
      ['GET', '/rest/api/3/workflows/search'],
      ['GET', '/rest/api/3/workflows/capabilities'],
      ['POST', '/rest/api/3/workflows'],
    ] as const)
      expect((await site.call('requester', method, path, method === 'POST' ? {} : undefined)).status).toBe(403);
  });

  it('tell the rules that the installed app offers', async () => {
    const { body } = await site.call('admin', 'GET', '/rest/api/3/workflows/capabilities');
    const { conditions, validators, postFunctions } = site.jira.store.forge.modules;
    const ids = [...conditions, ...validators, ...postFunctions].map(({ ari }) => ari);
    expect(body).toMatchObject({ forgeRules: ids.map((id) => ({ id })) });
  });

  it('are read by name, id or project, and written back whole, once a version', async () => {
    const project = site.jira.store.projects.find('CHG');
    const read = await site.call('admin', 'POST', '/rest/api/3/workflows', {
      projectAndIssueTypes: [{ projectId: project?.id, issueTypeId: '1' }],
    });
    const { workflows, statuses } = read.body as {
      readonly workflows: Record<string, unknown>[];
      readonly statuses: unknown[];
    };
    const [workflow] = workflows;
    expect(workflow?.name).toBe('Change control workflow');
    const { id, version, transitions, description } = workflow ?? {};
    const update = { statuses, workflows: [{ id, version, transitions, description, statuses: workflow?.statuses }] };
    const before = site.workflows.named('Change control workflow');
    expect((await site.call('admin', 'POST', '/rest/api/3/workflows/update', update)).status).toBe(200);
    const after = site.workflows.named('Change control workflow');
    expect(after?.versionNumber).toBe((before?.versionNumber ?? 0) + 1);
    expect(after?.transitions).toEqual(before?.transitions);
    expect((await site.call('admin', 'POST', '/rest/api/3/workflows/update', update)).status).toBe(409);
    expect((await site.call('requester', 'POST', '/rest/api/3/workflows/update', update)).status).toBe(403);
  });

  it.each([
    [
      'a rule of an app that is not here',
      { validators: [{ ruleKey: 'forge:expression-validator', parameters: { key: 'ari:other' } }] },
    ],
    [
      'a rule of Jira that this site does not run',
      { conditions: { operation: 'ALL', conditions: [{ ruleKey: 'system:block-in-progress-approval' }] } },
    ],
    [
      'a parameter that a rule of Jira does not have',
      {
        conditions: {
          operation: 'ALL',
          conditions: [{ ruleKey: 'system:separation-of-duties', parameters: { fromStatus: '10000' } }],
        },
      },
    ],
    [
      'a screen that is not here',
      { transitionScreen: { ruleKey: 'system:transition-screen', parameters: { screenId: '1' } } },
    ],
  ])('%s is refused rather than dropped', async (_, part) => {
    const { body } = await site.call('admin', 'POST', '/rest/api/3/workflows', {
      workflowNames: ['Operations workflow'],
    });
    const { workflows, statuses } = body as {
      readonly statuses: unknown;
      readonly workflows: {
        readonly id: string;
        readonly version: unknown;
        readonly statuses: unknown;
        readonly transitions: { readonly type: string }[];
      }[];
    };
    const [workflow] = workflows;
    const written = (more: object) => ({
      statuses,
      workflows: [
        {
          id: workflow?.id,
          version: workflow?.version,
          statuses: workflow?.statuses,
          transitions: workflow?.transitions.map((transition) =>
            transition.type === 'INITIAL' ? transition : { ...transition, ...more },
          ),
        },
      ],
    });
    const validate = async (more: object) =>
      (await site.call('admin', 'POST', '/rest/api/3/workflows/update/validation', { payload: written(more) })).body;
    expect(await validate({})).toEqual({ errors: [] });
    expect(await validate(part)).toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ level: 'ERROR', type: 'RULE' })]) as unknown,
    });
    expect((await site.call('admin', 'POST', '/rest/api/3/workflows/update', written(part))).status).toBe(400);
    expect((await site.call('admin', 'POST', '/rest/api/3/workflows/update', written({}))).status).toBe(200);
  });
});

describe('the rules that the product ships', () => {
  it('stay inside the limits on a change with 5,000 changelog entries', async () => {
    const key = await site.create('CHG');
    const { store } = site.jira;
    const issue = store.issues.find(key);
    const state = site.field('Change decision state');
    const participants = site.field('Change participants');
    const reviewer = site.accountId('reviewer');
    store.transaction(() => {
      for (let edit = 0; edit < 5000; edit += 1) {
        const items = [
          {
            field: 'labels',
            fieldtype: 'jira' as const,
            fieldId: 'labels',
            from: null,
            fromString: '',
            to: null,
            toString: String(edit),
          },
        ];
        store.histories.append({
          issueId: issue?.id ?? '',
          author: site.accountId('bot'),
          created: store.clock.now().toISOString(),
          items,
        });
      }
      const values = new Map<string, unknown>([
        [
          state,
          [
            'x',
            'missing=1',
            'open=no',
            'need=security-reviewer',
            'signed=,',
            'objected=,',
            `security-reviewer=,${reviewer},`,
          ].join(' | '),
        ],
        [participants, `,${site.accountId('requester')},`],
      ]);
      store.issues.update(store, { issueId: issue?.id ?? '', author: 'app', values, withoutHistory: true });
    });
    expect(await site.offered('reviewer', key)).toContain('Approve');
    expect(await site.offered('requester', key)).not.toContain('Approve');
    expect(await site.offered('authority', key)).not.toContain('Approve');
    expect(site.events.filter(({ eventType }) => eventType === 'avi:jira:failed:expression')).toEqual([]);
  });
});
