import { onItsOwnSite } from './checks/own-site';
import { adf, at } from './checks/test-site';

const { current, create, get } = onItsOwnSite();

describe('comments', () => {
  it('are documents, listed oldest first, and an event each', async () => {
    const key = await create();
    const path = `/rest/api/3/issue/${key}/comment`;
    for (const text of ['one', 'two', 'three'])
      expect((await current().call('owner', 'POST', path, { body: adf(text) })).status).toBe(201);
    const page = (await current().call('auditor', 'GET', `${path}?startAt=1&maxResults=1`)).body;
    expect(page).toMatchObject({
      total: 3,
      startAt: 1,
      maxResults: 1,
      comments: [{ body: adf('two'), author: { displayName: 'Owen Marsh' } }],
    });
    const newest = (await current().call('auditor', 'GET', `${path}?orderBy=-created`)).body;
    expect(at(newest, 'comments', 0, 'body')).toEqual(adf('three'));
    expect(
      (await current().call('auditor', 'GET', `${path}/${String(at(newest, 'comments', 0, 'id'))}`)).body,
    ).toMatchObject({ body: adf('three') });
    expect((await get('auditor', `issue/${key}/comment/1`)).status).toBe(404);
    expect(current().events.filter(({ eventType }) => eventType === 'avi:jira:commented:issue')).toHaveLength(3);
    expect(await current().call('owner', 'POST', path, { body: 'text' })).toMatchObject({
      status: 400,
      body: { errors: { comment: 'Comment body is not valid!' } },
    });
  });
});

describe('attachments', () => {
  const form = async (name: string, content: Uint8Array<ArrayBuffer>) => {
    const data = new FormData();
    data.append('file', new Blob([content], { type: 'application/zip' }), name);
    const request = new Request('http://current().invalid', { method: 'POST', body: data });
    return { bytes: new Uint8Array(await request.arrayBuffer()), type: request.headers.get('content-type') ?? '' };
  };

  it('keep every byte, are a changelog item and an event, and can be taken away by whoever added them', async () => {
    const key = await create();
    const content = Uint8Array.from({ length: 1024 }, (_, n) => n % 256);
    const { bytes, type } = await form('pack für CHG-1.zip', content);
    const path = `/rest/api/3/issue/${key}/attachments`;
    expect((await current().send('owner', 'POST', path, bytes, { 'Content-Type': type })).status).toBe(403);
    const added = await current().send('owner', 'POST', path, bytes, {
      'Content-Type': type,
      'X-Atlassian-Token': 'no-check',
    });
    expect(added).toMatchObject({
      status: 200,
      body: [{ filename: 'pack für CHG-1.zip', size: 1024, mimeType: 'application/zip' }],
    });
    const id = String(at(added.body, 0, 'id'));
    const read = await get('auditor', `attachment/content/${id}`);
    expect(read.raw.body).toEqual(content);
    expect(at((await get('auditor', `attachment/${id}`)).body, 'id')).toBe(Number(id));
    expect((await get('outsider', `attachment/content/${id}`)).status).toBe(404);
    const entry = at((await get('owner', `issue/${key}/changelog`)).body, 'values', 0, 'items', 0);
    expect(entry).toMatchObject({
      field: 'Attachment',
      fieldId: 'attachment',
      from: null,
      to: id,
      toString: 'pack für CHG-1.zip',
    });
    expect((await current().call('requester', 'DELETE', `/rest/api/3/attachment/${id}`)).status).toBe(403);
    expect((await current().call('owner', 'DELETE', `/rest/api/3/attachment/${id}`)).status).toBe(204);
    expect((await get('owner', `attachment/content/${id}`)).status).toBe(404);
    expect(current().events.map(({ eventType }) => eventType)).toEqual(
      expect.arrayContaining(['avi:jira:created:attachment', 'avi:jira:deleted:attachment']),
    );
  });

  it('are refused without a file, as another type, and from the auditor', async () => {
    const key = await create();
    const path = `/rest/api/3/issue/${key}/attachments`;
    const { bytes, type } = await form('a.zip', new Uint8Array(1));
    const send = async (who: string, body: Uint8Array, contentType: string) =>
      (await current().send(who, 'POST', path, body, { 'content-type': contentType, 'x-atlassian-token': 'no-check' }))
        .status;
    expect(await send('owner', bytes, 'application/json')).toBe(415);
    expect(await send('owner', new Uint8Array(3), type)).toBe(400);
    expect(await send('auditor', bytes, type)).toBe(403);
    expect(await send('outsider', bytes, type)).toBe(404);
    expect((await get('owner', 'attachment/meta')).body).toEqual({ enabled: true, uploadLimit: 1_073_741_824 });
  });
});

describe('entity properties (forge-platform section 6: anybody who may edit the issue writes them)', () => {
  it.each([
    ['issue', 'owner', () => create().then((key) => `issue/${key}/properties`)],
    ['project', 'admin', () => Promise.resolve('project/CHG/properties')],
  ])('of an %s: made, replaced, read, listed, deleted', async (_, who, where) => {
    const path = `/rest/api/3/${await where()}`;
    expect((await current().call(who, 'PUT', `${path}/mine`, { a: 1 })).status).toBe(201);
    expect((await current().call(who, 'PUT', `${path}/mine`, [1, 2])).status).toBe(200);
    expect((await current().call('auditor', 'GET', `${path}/mine`)).body).toEqual({ key: 'mine', value: [1, 2] });
    expect(at((await current().call('auditor', 'GET', path)).body, 'keys', 0, 'key')).toBe('mine');
    expect((await current().call('auditor', 'DELETE', `${path}/mine`)).status).toBe(403);
    expect((await current().call(who, 'PUT', `${path}/long`, 'x'.repeat(32_768))).status).toBe(400);
    expect((await current().call(who, 'DELETE', `${path}/mine`)).status).toBe(204);
    expect((await current().call('auditor', 'GET', `${path}/mine`)).status).toBe(404);
  });
});
