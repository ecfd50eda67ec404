/**
 * The rules by which the site's Jira moves an issue. Each test names the text that it stands on: "expressions" is the
 * reference on Jira expressions, "platform" that on the Forge platform, "answers" the questions answered about it.
 */
import { readOpenApi } from '../checks/openapi';
import { modifiedFields } from './modified-fields';
import { adf, check, condition, postFunction, textAt, validator, WorkflowSite } from './checks/workflow-site';

const openApi = readOpenApi();
let site: WorkflowSite;
beforeEach(() => (site = new WorkflowSite('empty', openApi)));
afterEach(() => {
  site.close();
});

const refused = (...errorMessages: readonly string[]) => ({ status: 400, body: { errorMessages, errors: {} } });
const failed = () =>
  site.events.filter(({ eventType }) => eventType === 'avi:jira:failed:expression').map(({ payload }) => payload);
const updated = () =>
  site.events.filter(({ eventType }) => eventType === 'avi:jira:updated:issue').map(({ payload }) => payload);

describe('conditions (expressions, section 5; platform 1.2)', () => {
  it.each([
    ['true', true, 0],
    ['false', false, 0],
    ["'yes'", false, 1],
    ['1', false, 1],
    ['null', false, 1],
    ['[]', false, 1],
    ['issue.nope', false, 1],
    ['1 <', false, 1],
    [`${'1 + '.repeat(100)}1`, false, 1],
    ["user.groups.includes('jira-users')", true, 0],
    ['user.getProjectRoles(project).length > 0', true, 0],
    ["user.getProjectRoles(project).some(r => r.name == 'nobody has this')", false, 0],
    ['issue.reporter == user && issue.creator.accountId == user.accountId', true, 0],
    [
      "transition.name == 'Approve' && transition.hasScreen && transition.to.name == 'Approved' && transition.from.name == 'Proposed'",
      true,
      0,
    ],
    ["workflow.name == 'Change control workflow'", true, 0],
    ["project.key == 'CHG' && issue.project == project && issue.status.category.key == 'new'", true, 0],
    ["typeof originalIssue == 'undefined' && groupOperator == null", true, 0],
    ["config.expression.length > 0 && issue.issueType.name == 'Change request'", true, 0],
  ])('%s: offered %s, %i failure events', async (expression, offered, events) => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Approve', [condition(expression)]);
    expect((await site.offered('requester', key)).includes('Approve')).toBe(offered);
    expect(failed()).toHaveLength(events);
    const answer = await site.move('requester', key, 'Approve');
    expect(answer.status).toBe(offered ? 204 : 400);
    expect(site.status(key)).toBe(offered ? 'Approved' : 'Proposed');
  });

  it('tells the owning app which rule failed and why (answers, section 5)', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Approve', [condition('issue.nope')]);
    await site.offered('requester', key);
    const { conditions } = site.jira.store.forge.modules;
    expect(failed()).toEqual([
      expect.objectContaining({
        eventType: 'avi:jira:failed:expression',
        selfGenerated: false,
        extensionId: conditions[0]?.ari,
        workflowName: 'Change control workflow',
        workflowId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
        conditionId: expect.any(String) as unknown,
        expression: 'issue.nope',
        errorMessages: [expect.stringContaining('Unrecognized property of `issue`: "nope"')],
        context: expect.objectContaining({ issue: expect.objectContaining({ key }) as unknown }) as unknown,
      }),
    ]);
  });

  it('joins several with AND and says so in groupOperator (expressions, section 4)', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Approve', [condition("groupOperator == 'AND'"), condition('true')]);
    expect(await site.offered('requester', key)).toContain('Approve');
    site.setRules('CHG', 'Approve', [condition('true'), condition('false')]);
    expect(await site.offered('requester', key)).not.toContain('Approve');
  });

  it('is false when its app is gone, and falls back to the manifest when never configured (platform 1.2, 1.4)', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Approve', [{ kind: 'condition', moduleKey: 'uninstalled' }]);
    expect(await site.offered('requester', key)).not.toContain('Approve');
    site.setRules('CHG', 'Approve', [{ kind: 'condition', moduleKey: 'security-reviewer-condition' }]);
    expect(await site.offered('requester', key)).not.toContain('Approve');
    expect(failed()).toEqual([]);
  });

  it('has no config when none was saved: reading from it is an error (expressions, section 4)', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Approve', [{ kind: 'validator', moduleKey: 'required-fields-validator' }]);
    expect(await site.move('requester', key, 'Approve')).toEqual(
      refused('Required change fields: this rule has not been configured.'),
    );
  });
});

describe('what is on offer (Jira OpenAPI, Get transitions)', () => {
  it('is what starts from the status, with permission', async () => {
    const key = await site.create('CHG');
    for (const name of ['Approve', 'Disapprove', 'Withdraw']) site.setRules('CHG', name, []);
    expect(await site.offered('requester', key)).toEqual(['Approve', 'Disapprove', 'Withdraw']);
    expect(await site.offered('auditor', key)).toEqual([]);
    expect((await site.call('outsider', 'GET', `/rest/api/3/issue/${key}/transitions`)).status).toBe(404);
    expect((await site.move('auditor', key, 'Withdraw')).status).toBe(400);
    expect((await site.move('outsider', key, 'Withdraw')).status).toBe(404);
  });

  it('is in the answer of the issue too, and lists the fields of the screen when asked', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Disapprove', []);
    const issue = await site.call('requester', 'GET', `/rest/api/3/issue/${key}?expand=transitions`);
    expect(JSON.stringify(issue.body)).toContain('"name":"Disapprove"');
    const listed = await site.call(
      'requester',
      'GET',
      `/rest/api/3/issue/${key}/transitions?expand=transitions.fields&transitionId=${site.idOf('CHG', 'Disapprove')}`,
    );
    expect(listed.body).toMatchObject({
      transitions: [
        {
          name: 'Disapprove',
          hasScreen: true,
          isConditional: false,
          fields: { [site.field('Decision basis')]: { name: 'Decision basis' } },
        },
      ],
    });
  });

  it.each([
    [{}, "Missing 'transition' identifier"],
    [{ transition: {} }, "Missing 'transition' identifier"],
    [{ transition: { id: '999' } }, "Transition id '999' is not valid for this issue."],
    [{ transition: { id: '1' } }, "Transition id '1' is not valid for this issue."],
  ])('%j is refused', async (body, message) => {
    const key = await site.create('CHG');
    expect(await site.call('requester', 'POST', `/rest/api/3/issue/${key}/transitions`, body)).toEqual(
      refused(message),
    );
  });
});

describe('validators (expressions, section 5; platform 1.2, 1.3)', () => {
  const DEFAULT = 'Required change fields could not be checked, so nothing was approved.';
  it.each([
    ['true', undefined, 0],
    ['false', DEFAULT, 0],
    ["''", DEFAULT, 0],
    ["'Say why.'", 'Say why.', 0],
    ['null', DEFAULT, 1],
    ['7', DEFAULT, 1],
    ['issue.labels', DEFAULT, 1],
    ["throw 'no'", DEFAULT, 1],
    ['issue.summary == originalIssue.summary', undefined, 0],
    ["typeof groupOperator == 'undefined'", undefined, 0],
  ])('%s', async (expression, message, events) => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Approve', [validator(expression)]);
    const answer = await site.move('requester', key, 'Approve');
    expect(answer).toEqual(message === undefined ? { status: 204, body: undefined } : refused(message));
    expect(site.status(key)).toBe(message === undefined ? 'Approved' : 'Proposed');
    expect(failed()).toHaveLength(events);
    expect(failed().every((payload) => 'validatorId' in payload && !('conditionId' in payload))).toBe(true);
  });

  it('all run, and all their messages are answered in order', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Approve', [validator("'First.'"), validator('true'), check, validator("'Last.'")]);
    site.answer = () => Promise.resolve({ result: false, errorMessage: 'Second.' });
    expect(await site.move('requester', key, 'Approve')).toEqual(refused('First.', 'Second.', 'Last.'));
    expect([site.changelog(key), updated(), site.postFunctions]).toEqual([[], [], []]);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('crash'))],
    ['refuses without a message', () => Promise.resolve({ result: false })],
  ])('a function that %s blocks', async (_, answer) => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Approve', [check]);
    site.answer = answer;
    expect((await site.move('requester', key, 'Approve')).status).toBe(400);
    expect(site.status(key)).toBe('Proposed');
  });

  it('a validator of an app that is gone blocks', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Approve', [{ kind: 'validator', moduleKey: 'uninstalled' }]);
    expect((await site.move('requester', key, 'Approve')).status).toBe(400);
  });

  it('a function is told exactly the documented input: no actor, no summary, people as ids, cleared lists null', async () => {
    const systems = site.field('Impacted CUI systems');
    const key = await site.create('CHG', 'requester', {
      [systems]: [{ value: 'Build pipeline' }],
      [site.field('Scope')]: adf('One rule'),
    });
    site.setRules('CHG', 'Approve', [check]);
    await site.move('requester', key, 'Approve', {
      fields: {
        [systems]: [],
        [site.field('Change owner')]: { accountId: site.accountId('owner') },
        [site.field('Change type')]: { value: 'Normal' },
        [site.field('Scope')]: adf('One rule'),
        [site.field('Test plan')]: adf('Ping'),
      },
    });
    const issue = site.jira.store.issues.find(key);
    const id = (name: string): string | undefined => site.jira.store.projects.statusNamed(name)?.id;
    expect(site.validated).toEqual([
      {
        issue: { key: issue?.key },
        configuration: { step: 'approve' },
        transition: {
          from: { id: id('Proposed') },
          to: { id: id('Approved') },
          modifiedFields: {
            [systems]: null,
            [site.field('Change owner')]: { accountId: site.accountId('owner') },
            [site.field('Change type')]: expect.objectContaining({ value: 'Normal' }) as unknown,
            [site.field('Test plan')]: adf('Ping'),
          },
        },
      },
    ]);
  });
});

it('a function is never told of summary and reporter, whatever the screen has (platform 1.3; answers, section 1)', async () => {
  await site.create('CHG');
  const before = new Map<string, unknown>([['summary', 'Old']]);
  const entered = new Map<string, unknown>([
    ['summary', 'New'],
    ['reporter', site.accountId('owner')],
    ['assignee', site.accountId('owner')],
    ['labels', []],
  ]);
  expect(modifiedFields(site.jira.store, before, entered)).toEqual({
    assignee: { accountId: site.accountId('owner') },
  });
});

describe('the transition screen (Jira OpenAPI, Transition issue; platform 1.2)', () => {
  it('is merged into the issue that validators see; originalIssue is the one before', async () => {
    const scope = site.field('Scope');
    const key = await site.create('CHG', 'requester', { [scope]: adf('before') });
    const text = (issue: string): string => `new RichText(${issue}.${scope}).plainText`;
    site.setRules('CHG', 'Approve', [
      validator(
        `${text('issue')} == 'after' && ${text('originalIssue')} == 'before' && issue.status == originalIssue.status`,
      ),
    ]);
    expect((await site.move('requester', key, 'Approve', { fields: { [scope]: adf('after') } })).status).toBe(204);
  });

  it.each([
    ['summary', 'x'],
    ['status', { name: 'Closed' }],
    ['customfield_99999', 'x'],
  ])('a field that is not on it (%s) is refused by name, and nothing moves', async (field, value) => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Disapprove', []);
    const answer = await site.move('requester', key, 'Disapprove', { fields: { [field]: value } });
    expect(answer).toEqual({
      status: 400,
      body: { errorMessages: [], errors: { [field]: expect.stringContaining('cannot be set') as unknown } },
    });
    expect(site.status(key)).toBe('Proposed');
  });

  it('cannot set the fields that only the app writes', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Approve', []);
    for (const name of ['Change participants', 'Change decision state'])
      expect(
        (await site.move('requester', key, 'Approve', { fields: { [site.field(name)]: 'open=yes' } })).status,
      ).toBe(400);
  });

  it('is absent from other transitions: their fields are ignored', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Withdraw', []);
    expect((await site.move('requester', key, 'Withdraw', { fields: { summary: 'Changed' } })).status).toBe(204);
    expect(site.jira.store.issues.values(site.jira.store.issues.find(key)?.id ?? '').get('summary')).toBe('Firewall');
  });

  it('takes a comment, which validators see with a null id (expressions, section 3)', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Disapprove', [
      validator("issue.comments.some(c => c.id == null && c.body.plainText == 'Why') ? true : 'Comment, please.'"),
    ]);
    expect(await site.move('requester', key, 'Disapprove')).toEqual(refused('Comment, please.'));
    const update = { comment: [{ add: { body: adf('Why') } }] };
    expect((await site.move('requester', key, 'Disapprove', { update })).status).toBe(204);
    expect(site.jira.store.notes.comments(site.jira.store.issues.find(key)?.id ?? '')).toHaveLength(1);
  });
});

describe('a transition that goes through', () => {
  it('is one changelog entry with fields and status, one event, and one call of each post function (answers 1 and 5)', async () => {
    const key = await site.create('CHG');
    const basis = site.field('Decision basis');
    site.setRules('CHG', 'Disapprove', [postFunction]);
    site.events.length = 0;
    expect((await site.move('reviewer', key, 'Disapprove', { fields: { [basis]: adf('Too wide') } })).status).toBe(204);
    const [entry, ...others] = site.changelog(key);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ author: site.accountId('reviewer') });
    expect(entry?.items.map(({ field, fromString, toString }) => [field, fromString, toString]).sort()).toEqual([
      ['Decision basis', null, 'Too wide'],
      ['status', 'Proposed', 'Disapproved'],
    ]);
    expect(updated()).toEqual([
      expect.objectContaining({
        atlassianId: site.accountId('reviewer'),
        selfGenerated: false,
        changelog: expect.objectContaining({ items: expect.any(Array) as unknown }) as unknown,
        associatedStatuses: [
          expect.objectContaining({ name: 'Proposed' }),
          expect.objectContaining({ name: 'Disapproved' }),
        ],
      }),
    ]);
    const issue = site.jira.store.issues.find(key);
    expect(site.postFunctions).toEqual([
      {
        moduleKey: 'record-transition',
        payload: {
          eventType: 'jira:workflowPostFunction',
          atlassianId: site.accountId('reviewer'),
          issue: { id: issue?.id, key },
          transition: {
            id: site.idOf('CHG', 'Disapprove'),
            name: 'Disapprove',
            executionId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
            from: expect.objectContaining({ name: 'Proposed' }) as unknown,
            to: expect.objectContaining({ name: 'Disapproved' }) as unknown,
          },
          workflow: expect.objectContaining({ name: 'Change control workflow' }) as unknown,
          changelog: { id: expect.stringMatching(/^\d+$/) as unknown },
          configuration: { note: 1 },
        },
      },
    ]);
  });

  it('leaves nothing behind when a post function cannot be enqueued: one transaction', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Withdraw', [postFunction]);
    const push = site.postFunctions.push.bind(site.postFunctions);
    site.postFunctions.push = () => {
      throw new Error('disk full');
    };
    await expect(site.move('requester', key, 'Withdraw')).rejects.toThrow('disk full');
    expect([site.status(key), site.changelog(key)]).toEqual(['Proposed', []]);
    site.postFunctions.push = push;
    expect((await site.move('requester', key, 'Withdraw')).status).toBe(204);
  });

  it('goes one after the other: the second of two at once is judged on the status that the first left', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Approve', [check]);
    let running = 0;
    site.answer = async () => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      return { result: true };
    };
    const answers = await Promise.all([site.move('reviewer', key, 'Approve'), site.move('authority', key, 'Approve')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400]);
    expect(JSON.stringify(answers)).toContain('that is not valid for the current state of this issue');
    expect(site.changelog(key)).toHaveLength(1);
  });
});

describe('every other way to move', () => {
  it('bulk transition goes by the same rules, issue by issue (Jira OpenAPI, Bulk transition issue statuses)', async () => {
    const [good, bad] = [await site.create('CHG'), await site.create('CHG')];
    site.setRules('CHG', 'Withdraw', [validator(`issue.key == '${bad}' ? 'Not this one.' : true`)]);
    const bulkTransitionInputs = [{ selectedIssueIdsOrKeys: [good, bad], transitionId: site.idOf('CHG', 'Withdraw') }];
    const submitted = await site.call('requester', 'POST', '/rest/api/3/bulk/issues/transition', {
      bulkTransitionInputs,
    });
    expect(submitted).toMatchObject({ status: 201, body: { taskId: expect.any(String) as unknown } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const taskPath = `/rest/api/3/bulk/queue/${textAt(submitted.body, 'taskId')}`;
    const [goodId, badId] = [good, bad].map((key) => site.jira.store.issues.find(key)?.id ?? '');
    expect((await site.call('requester', 'GET', taskPath)).body).toMatchObject({
      status: 'COMPLETE',
      progressPercent: 100,
      totalIssueCount: 2,
      processedAccessibleIssues: [Number(goodId)],
      failedAccessibleIssues: { [badId ?? '']: ['Not this one.'] },
    });
    expect([site.status(good), site.status(bad)]).toEqual(['Withdrawn', 'Proposed']);
    expect((await site.call('reviewer', 'GET', taskPath)).status).toBe(400);
  });

  it('a bulk operation that a crash broke off says so afterwards, and keeps what it had done', () => {
    const task = site.workflows.addTask(site.accountId('requester'), {
      status: 'RUNNING',
      processedAccessibleIssues: [1],
    });
    const done = site.workflows.addTask(site.accountId('requester'), { status: 'COMPLETE' });
    site.workflows.buryTasks();
    expect(site.workflows.task(task)?.task).toEqual({ status: 'DEAD', processedAccessibleIssues: [1] });
    expect(site.workflows.task(done)?.task).toEqual({ status: 'COMPLETE' });
  });

  it('so does automation, as a person or an app account', async () => {
    const key = await site.create('CHG');
    site.setRules('CHG', 'Approve', [condition("user.groups.includes('security-reviewers')")]);
    const move = (actor: string) => site.jira.automation({ issue: key, transition: 'Approve', actor });
    expect((await move('bot')).status).toBe(400);
    expect((await move('nobody')).status).toBe(400);
    expect((await move('reviewer')).status).toBe(204);
    expect(site.status(key)).toBe('Approved');
  });
});

describe('the workflows of a new site', () => {
  const GRAPH: readonly (readonly [string, readonly string[], string])[] = [
    ['Approve', ['Proposed'], 'Approved'],
    ['Disapprove', ['Proposed', 'Approved', 'Scheduled'], 'Disapproved'],
    ['Resubmit', ['Approved', 'Scheduled', 'Disapproved'], 'Proposed'],
    ['Schedule', ['Approved'], 'Scheduled'],
    ['Execute', ['Approved', 'Scheduled'], 'Executed'],
    ['Close', ['Executed'], 'Closed'],
    ['Withdraw', ['Proposed', 'Approved', 'Scheduled'], 'Withdrawn'],
  ];

  it('CHG has the graph of the change process and the rules that the product ships', async () => {
    const { body } = await site.call(
      'admin',
      'GET',
      '/rest/api/3/workflows/search?expand=values.transitions&queryString=change',
    );
    const { values, statuses } = body as {
      readonly values: {
        readonly transitions: {
          readonly name: string;
          readonly links: { readonly fromStatusReference: string }[];
          readonly toStatusReference: string;
          readonly validators: unknown[];
          readonly actions: unknown[];
        }[];
      }[];
      readonly statuses: { readonly id: string; readonly name: string }[];
    };
    const nameOf = (id: string): string | undefined => statuses.find((status) => status.id === id)?.name;
    const transitions = values[0]?.transitions.filter(({ name }) => name !== 'Create') ?? [];
    const graph = transitions.map(({ name, links, toStatusReference }) => [
      name,
      links.map((link) => nameOf(link.fromStatusReference)),
      nameOf(toStatusReference),
    ]);
    expect(graph).toEqual(GRAPH);
    expect(transitions.every(({ validators, actions }) => validators.length > 0 && actions.length === 1)).toBe(true);
  });

  it('OPS lets everybody go anywhere, past every rule of ours', async () => {
    const key = await site.create('OPS');
    expect((await site.move('requester', key, 'Set to done')).status).toBe(204);
    expect([site.status(key), site.postFunctions, site.validated]).toEqual(['Done', [], []]);
  });

  it('a bare site has project NEW on the default workflow of Jira', async () => {
    const bare = new WorkflowSite('bare', openApi);
    const key = await bare.create('NEW');
    expect(bare.status(key)).toBe('To Do');
    expect(await bare.offered('requester', key)).toEqual(['To Do', 'In Progress', 'Done']);
    expect((await bare.call('admin', 'GET', '/rest/api/3/workflows/search')).body).toMatchObject({ total: 1 });
    bare.close();
  });
});
