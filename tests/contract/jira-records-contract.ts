import type { ShownPart } from '../../src/evidence/jira/shown';
import type { DevelopmentView, JiraRecords } from '../../src/ports/jira-records';

/** A site with one change, `issueId`, that has nothing on it yet and that its reporter `requester` and `owner` work on. */
export interface RecordedSite {
  readonly records: JiraRecords;
  /** As `requester` sees it. */
  readonly graph: DevelopmentView;
  readonly issueId: string;
  readonly cloudId: string;
  accountId(person: 'requester' | 'owner'): string;
  /** Somebody attaches a file; answers its id. */
  attach(by: 'requester' | 'owner', fileName: string, content: Uint8Array): Promise<string>;
  detach(id: string): Promise<void>;
  comment(by: 'requester' | 'owner', text: string): Promise<string>;
  editComment(by: 'requester' | 'owner', id: string, text: string): Promise<void>;
  deleteComment(by: 'requester' | 'owner', id: string): Promise<void>;
  /** The change blocks another work item. */
  link(): Promise<void>;
  webLink(title: string, url: string): Promise<string>;
  /** The project is one of Jira Service Management, and `owner` approved this in it. */
  approve(name: string): Promise<void>;
  /** A development tool reports this of the change to Jira. */
  report(kind: 'commit' | 'pull-request' | 'build' | 'deployment', id: string): Promise<void>;
  /** From then on Jira refuses whatever is asked. */
  refuse(): Promise<void>;
}

const NONE = { commits: 0, pullrequests: 0, builds: 0, deployments: 0 };

/** What may be expected of reading what Jira holds of a change beside its fields. */
export function describeJiraRecords(name: string, open: () => RecordedSite | Promise<RecordedSite>): void {
  describe(`the contract of what Jira holds beside the fields: ${name}`, () => {
    let site: RecordedSite;
    let records: JiraRecords;
    beforeEach(async () => {
      site = await open();
      records = site.records;
    });

    const whole = (part: ShownPart) => {
      expect(part.because).toBeNull();
      return part.items;
    };

    it('has nothing on a new change, and says that it looked', async () => {
      const { attachments, links, serviceDesk } = await records.onIssue(site.issueId);
      expect([attachments, links, serviceDesk]).toEqual([
        { items: [], because: null },
        { items: [], because: null },
        false,
      ]);
      expect(await records.comments(site.issueId)).toEqual({ items: [], because: null });
      expect(await records.webLinks(site.issueId)).toEqual({ items: [], because: null });
      expect(await records.countsMoreThan(site.issueId, NONE)).toEqual({ more: [], unchecked: [] });
      expect(await site.graph.development(site.issueId, site.cloudId)).toEqual({ items: [], because: null });
    });

    it('shows attachments with who, when, size and name, hashes their bytes, and shows them no more once deleted', async () => {
      const id = await site.attach('owner', 'plan für CHG.pdf', new TextEncoder().encode('abc'));
      const [file] = whole((await records.onIssue(site.issueId)).attachments);
      expect(file).toMatchObject({ record: 'attachment', id, what: { title: 'plan für CHG.pdf' } });
      expect(file?.attributes).toMatchObject({ size: '3' });
      expect(file?.by?.accountId).toBe(site.accountId('owner'));
      expect(new Date(file?.at ?? '').toISOString()).toBe(file?.at);
      // FIPS 180-4, the example message "abc".
      const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
      expect(await records.hash(id, 3)).toEqual({ sha256, bytes: 3 });
      await site.detach(id);
      expect(whole((await records.onIssue(site.issueId)).attachments)).toEqual([]);
      expect(await records.hash(id, 3)).toEqual({ because: expect.stringMatching(/[.]$/) as string });
    });

    it('does not hash what is too large to be read, nor bytes that are not as many as Jira says', async () => {
      const id = await site.attach('owner', 'image.iso', new Uint8Array(10));
      expect(await records.hash(id, 20 * 1024 * 1024 + 1)).toEqual({
        because: 'It has 20971521 bytes; at most 20971520 are read to be hashed.',
      });
      expect(await records.hash(id, 11)).toEqual({ because: 'Jira handed out 10 bytes and says that it has 11.' });
    });

    it('shows every comment over all pages, oldest first, with text, author and the time of an edit', async () => {
      const ids: string[] = [];
      for (let i = 0; i < 120; i += 1) ids.push(await site.comment(i === 0 ? 'requester' : 'owner', `Comment ${i}.`));
      const all = whole(await records.comments(site.issueId));
      expect(all.map(({ id }) => id)).toEqual(ids);
      expect(all[0]).toMatchObject({ record: 'comment', what: { text: 'Comment 0.' } });
      expect(all[0]?.by?.accountId).toBe(site.accountId('requester'));
      expect(all[0]?.attributes['updated']).toBe(all[0]?.at);
      await site.editComment('requester', ids[0] ?? '', 'Something else.');
      await site.deleteComment('owner', ids[1] ?? '');
      const now = whole(await records.comments(site.issueId));
      expect(now).toHaveLength(119);
      expect(now[0]?.what.text).toBe('Something else.');
      expect(now[0]?.attributes['updated']).not.toBe(now[0]?.at);
    });

    it('shows links to work items and to pages, each with its words', async () => {
      await site.link();
      const id = await site.webLink('Runbook', 'https://wiki.example.test/runbook');
      const [link] = whole((await records.onIssue(site.issueId)).links);
      expect(link).toMatchObject({ record: 'link', attributes: { type: 'Blocks', direction: 'outward' } });
      // Everybody on the change sees what is kept, and Jira hides a link from whoever may not browse its other end.
      expect(link).toMatchObject({ what: { title: 'blocks another work item' } });
      expect(JSON.stringify(link)).not.toMatch(/[A-Z]+-\d+/);
      expect(whole(await records.webLinks(site.issueId))).toEqual([
        {
          record: 'web-link',
          id,
          attributes: {},
          what: { title: 'Runbook', url: 'https://wiki.example.test/runbook' },
          by: null,
          at: null,
        },
      ]);
    });

    it('shows approvals of a service desk with who decided what, and says that there is none elsewhere', async () => {
      expect(await records.approvals(site.issueId)).toEqual({ items: [], because: 'Jira answered 404.' });
      await site.approve('Change advisory board');
      expect((await records.onIssue(site.issueId)).serviceDesk).toBe(true);
      const [approval] = whole(await records.approvals(site.issueId));
      expect(approval).toMatchObject({
        record: 'approval',
        attributes: { decision: 'approved' },
        what: { title: 'Change advisory board', people: [{ accountId: site.accountId('owner'), did: 'approved' }] },
      });
    });

    it('knows of which kinds Jira counts more than are held', async () => {
      await site.report('commit', 'c1');
      await site.report('commit', 'c2');
      await site.report('deployment', 'd1');
      const more = async (held: Partial<typeof NONE>) =>
        (await records.countsMoreThan(site.issueId, { ...NONE, ...held })).more;
      expect(await more({})).toEqual(['commits', 'deployments']);
      expect(await more({ commits: 1 })).toEqual(['commits', 'deployments']);
      expect(await more({ commits: 2, deployments: 1 })).toEqual([]);
      expect(await more({ commits: 3 })).toEqual(['deployments']);
    });

    it('shows what the Teamwork Graph links to the change, with its kind and state', async () => {
      await site.report('commit', 'c1');
      await site.report('pull-request', 'p1');
      const items = whole(await site.graph.development(site.issueId, site.cloudId));
      expect(items.map(({ record, attributes }) => [record, attributes['kind']])).toEqual([
        ['development', 'commit'],
        ['development', 'pull-request'],
      ]);
      expect(items[0]?.what.url).toMatch(/^https:/);
    });

    it('says of everything why it could not be read while Jira refuses, and throws nothing', async () => {
      const id = await site.attach('owner', 'a', new Uint8Array(1));
      await site.refuse();
      const { attachments, links } = await records.onIssue(site.issueId);
      const parts = [
        attachments,
        links,
        await records.comments(site.issueId),
        await records.webLinks(site.issueId),
        await records.approvals(site.issueId),
        await site.graph.development(site.issueId, site.cloudId),
      ];
      const because = expect.stringMatching(/[.]$/) as string;
      for (const part of parts) expect(part).toEqual({ items: [], because });
      expect(await records.hash(id, 1)).toEqual({ because });
      const { more, unchecked } = await records.countsMoreThan(site.issueId, NONE);
      expect([more, unchecked.map(({ kind }) => kind)]).toEqual([
        [],
        ['commits', 'pullrequests', 'builds', 'deployments'],
      ]);
    });
  });
}
