import { attachment, comment, FakeJiraRecords } from '../fakes/jira-records';
import { describeJiraRecords, type RecordedSite } from './jira-records-contract';

function open(): RecordedSite {
  const records = new FakeJiraRecords();
  let ids = 10_000;
  const next = () => String(ids++);
  return {
    records,
    graph: records,
    issueId: '10007',
    cloudId: 'cloud',
    accountId: (who) => who,
    attach(by, fileName, content) {
      const id = next();
      records.contents.set(id, content);
      records.attachments = [...records.attachments, attachment(id, fileName, content.byteLength, by)];
      return Promise.resolve(id);
    },
    detach(id) {
      records.contents.delete(id);
      records.attachments = records.attachments.filter((one) => one.id !== id);
      return Promise.resolve();
    },
    comment(by, text) {
      const id = next();
      records.comment = [...records.comment, comment(id, text, by)];
      return Promise.resolve(id);
    },
    editComment(by, id, text) {
      const edited = comment(id, text, by, '2026-03-02T09:30:00.000Z');
      records.comment = records.comment.map((one) => (one.id === id ? edited : one));
      return Promise.resolve();
    },
    deleteComment(_, id) {
      records.comment = records.comment.filter((one) => one.id !== id);
      return Promise.resolve();
    },
    link() {
      const attributes = { type: 'Blocks', direction: 'outward', issueId: '20001' };
      const what = { title: 'blocks another work item' };
      records.links = [{ record: 'link', id: next(), attributes, what, by: null, at: null }];
      return Promise.resolve();
    },
    webLink(title, url) {
      const id = next();
      records.webLink = [{ record: 'web-link', id, attributes: {}, what: { title, url }, by: null, at: null }];
      return Promise.resolve(id);
    },
    approve(title) {
      const people = [{ accountId: 'owner', displayName: 'Owner', did: 'approved' }];
      const attributes = { decision: 'approved' };
      records.approval = [{ record: 'approval', id: next(), attributes, what: { title, people }, by: null, at: null }];
      return Promise.resolve();
    },
    report(kind, id) {
      records.reported = [...records.reported, { kind, id }];
      return Promise.resolve();
    },
    refuse() {
      const all = ['onIssue', 'comments', 'webLinks', 'approvals', 'hash', 'countsMoreThan', 'development'] as const;
      for (const part of all) records.down.set(part, 'Jira answered 403.');
      return Promise.resolve();
    },
  };
}

describeJiraRecords('in memory', open);
