import { CHANGE_REQUEST, onItsOwnSite } from './checks/own-site';
import { adf, anyText, at, holding, keysOf, like } from './checks/test-site';

const { current, create, read, history, everyField } = onItsOwnSite();

describe('creating an issue (site contract, "Fields of a change request")', () => {
  it('needs a summary and nothing else', async () => {
    const key = await create();
    expect(key).toBe('CHG-1');
    expect(await read(key)).toMatchObject({
      key: 'CHG-1',
      fields: {
        summary: 'Open port 8443',
        status: { name: 'Proposed', statusCategory: { key: 'new' } },
        issuetype: { name: 'Change request' },
        project: { key: 'CHG' },
        creator: { displayName: 'Rachel Quinn' },
        reporter: { displayName: 'Rachel Quinn' },
        assignee: null,
        created: like(/^2026-03-02T09:00:00\.\d{3}\+0000$/),
        [current().field('Change type')]: null,
      },
    });
    expect(await history(key)).toEqual([]);
  });

  it('takes every field in the form that its type has, and answers it in Jira form', async () => {
    const key = await create('requester', everyField());
    const fields = at(await read(key, '?expand=names'), 'fields');
    expect(fields).toMatchObject({
      [current().field('Change type')]: { value: 'Normal', id: like(/^\d+$/) },
      [current().field('Change owner')]: {
        accountId: current().accountId('owner'),
        displayName: 'Owen Marsh',
        accountType: 'atlassian',
      },
      [current().field('Implementer')]: { accountId: current().accountId('implementer') },
      [current().field('Impacted CUI systems')]: [{ value: 'CUI enclave firewall' }, { value: 'Identity provider' }],
      [current().field('Backout plan')]: adf('Remove the rule.'),
      [current().field('Change window start')]: '2026-03-05T19:00:00.000+0000',
      [current().field('Change window end')]: '2026-03-05T22:00:00.000+0000',
    });
  });

  it('gives numbers per project that are never given twice', async () => {
    await create();
    await create();
    expect((await current().call('admin', 'DELETE', '/rest/api/3/issue/CHG-2')).status).toBe(204);
    expect(await create()).toBe('CHG-3');
    const ops = await current().call('outsider', 'POST', '/rest/api/3/issue', {
      fields: { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: 'Restart' },
    });
    expect(at(ops.body, 'key')).toBe('OPS-1');
  });

  const refused: readonly [
    why: string,
    fields: () => Record<string, unknown>,
    errors: () => Record<string, unknown>,
  ][] = [
    ['no summary', () => ({ summary: ' ' }), () => ({ summary: 'You must specify a summary of the issue.' })],
    ['a long summary', () => ({ summary: 'x'.repeat(256) }), () => ({ summary: holding('255') })],
    ['a summary of two lines', () => ({ summary: 'a\nb' }), () => ({ summary: holding('newline') })],
    ['an unknown project', () => ({ project: { key: 'NONE' } }), () => ({ project: anyText })],
    [
      'an issue type of another project',
      () => ({ issuetype: { name: 'Task' } }),
      () => ({ issuetype: 'Specify a valid issue type' }),
    ],
    [
      'an unknown field',
      () => ({ customfield_1: 'x' }),
      () => ({ customfield_1: holding('not on the appropriate screen') }),
    ],
    [
      'a field of the Disapprove screen',
      () => ({ [current().field('Decision basis')]: adf('x') }),
      () => ({ [current().field('Decision basis')]: holding('not on the appropriate screen') }),
    ],
    [
      'a paragraph as text',
      () => ({ [current().field('Backout plan')]: 'text' }),
      () => ({
        [current().field('Backout plan')]: holding('Operation value must be an Atlassian Document'),
      }),
    ],
    [
      'a paragraph of a broken document',
      () => ({ [current().field('Backout plan')]: { type: 'doc', version: 1, content: [{ type: 'text' }] } }),
      () => ({ [current().field('Backout plan')]: holding('INVALID_INPUT') }),
    ],
    [
      'an option that does not exist',
      () => ({ [current().field('Change type')]: { value: 'Urgent' } }),
      () => ({ [current().field('Change type')]: "Option value 'Urgent' is not valid" }),
    ],
    [
      'an option of another field',
      () => ({
        [current().field('Change type')]: {
          id: current().store.options.ofField(current().field('Impacted CUI systems'))[0]?.id,
        },
      }),
      () => ({ [current().field('Change type')]: holding('is not valid') }),
    ],
    [
      'one option where a list belongs',
      () => ({ [current().field('Impacted CUI systems')]: { value: 'Unknown' } }),
      () => ({ [current().field('Impacted CUI systems')]: 'data was not an array' }),
    ],
    [
      'a person who does not exist',
      () => ({ [current().field('Change owner')]: { id: 'nobody' } }),
      () => ({ [current().field('Change owner')]: "User 'nobody' does not exist." }),
    ],
    [
      'a day that does not exist',
      () => ({ [current().field('Change window start')]: '2026-02-30T10:00:00.000+0000' }),
      () => ({ [current().field('Change window start')]: holding('Error parsing time') }),
    ],
    [
      'a time without its offset',
      () => ({ [current().field('Change window start')]: '2026-02-03T10:00:00' }),
      () => ({ [current().field('Change window start')]: holding('Error parsing time') }),
    ],
    [
      'the read-only field of the app',
      () => ({ [current().field('Change decision state')]: 'Open' }),
      () => ({ [current().field('Change decision state')]: holding('cannot be set') }),
    ],
  ];
  it.each(refused)('refuses %s in its field, and makes nothing', async (_, fields, errors) => {
    const given = { ...CHANGE_REQUEST, summary: 'x', ...fields() };
    const { status, body } = await current().call('requester', 'POST', '/rest/api/3/issue', { fields: given });
    expect({ status, body }).toEqual({ status: 400, body: { errorMessages: [], errors: errors() } });
    expect(current().store.issues.inProject(current().store.projects.find('CHG')?.id ?? '')).toEqual([]);
    expect(current().events).toEqual([]);
  });

  it('names every field that is wrong at once', async () => {
    const fields = {
      ...CHANGE_REQUEST,
      summary: '',
      [current().field('Scope')]: 'x',
      [current().field('Implementer')]: { id: 'nobody' },
    };
    const { body } = await current().call('requester', 'POST', '/rest/api/3/issue', { fields });
    expect(keysOf(at(body, 'errors'))).toEqual(
      [current().field('Implementer'), current().field('Scope'), 'summary'].sort(),
    );
  });
});
