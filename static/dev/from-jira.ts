import type { FromJiraView, JiraRecordView } from '../../src/contract/from-jira';
import { NOW } from './people';

const WHOLE = (part: FromJiraView['parts'][number]['part'], found = 0) => ({
  part,
  complete: true,
  found,
  because: null,
});

const NO_RECORDS = { attachment: 0, comment: 0, link: 0, 'web-link': 0, approval: 0, development: 0 };

/** Everything was read, and there is nothing. */
export const NOTHING_FROM_JIRA: FromJiraView = {
  readAt: NOW,
  parts: [WHOLE('attachment'), WHOLE('comment'), WHOLE('link'), WHOLE('web-link'), WHOLE('development-counts')],
  records: [],
  totals: NO_RECORDS,
  development: { readAt: NOW, viewer: 'Ravi Chen', due: false },
};

/** As right after the change was created: nobody looked yet. */
export const NEVER_READ: FromJiraView = {
  readAt: null,
  parts: [],
  records: [],
  totals: NO_RECORDS,
  development: { readAt: null, viewer: null, due: true },
};

const SHA = '7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069';

const record = (
  kind: JiraRecordView['record'],
  id: string,
  title: string | null,
  more: Partial<JiraRecordView> = {},
): JiraRecordView => ({
  record: kind,
  id,
  state: 'there',
  title,
  text: null,
  url: null,
  by: 'Oliver Marsh',
  at: '2026-03-02T08:12:00.000Z',
  changedAt: '2026-03-02T08:13:00.000Z',
  gone: null,
  attributes: {},
  people: [],
  matters: null,
  held: null,
  ...more,
});

export const MUCH_FROM_JIRA: FromJiraView = {
  readAt: NOW,
  parts: [
    WHOLE('attachment', 3),
    WHOLE('comment', 7),
    WHOLE('link', 1),
    { part: 'web-link', complete: false, found: 0, because: 'Jira answered 403.' },
    WHOLE('approval', 1),
    {
      part: 'development-counts',
      complete: false,
      found: 1,
      because: 'deployments: Jira’s search does not take this question.',
    },
  ],
  records: [
    record('attachment', '10001', 'firewall-before.txt', {
      attributes: { size: '18432', mimeType: 'text/plain', sha256: SHA },
    }),
    record(
      'attachment',
      '10002',
      'a very long name of a file that somebody exported from the old ticket system in 2019 (final) (2).xlsx',
      {
        attributes: { size: '31457280', notHashed: 'It has 31457280 bytes; at most 20971520 are read to be hashed.' },
      },
    ),
    record('attachment', '10003', 'backout-plan.pdf', {
      state: 'gone',
      attributes: { size: '91022', sha256: SHA },
      gone: { by: 'Ivy Novak', at: '2026-03-03T10:40:00.000Z' },
    }),
    record('comment', '11001', 'comment 11001', {
      by: 'Ravi Chen',
      matters: 'decided',
      text: 'The rule should be limited to the jump host. With that I can approve it.\nSee the runbook.',
    }),
    record('comment', '11002', 'comment 11002', {
      state: 'changed',
      matters: 'owner',
      text: 'Limited to 10.0.4.7 now.',
      attributes: { updated: '2026-03-02T09:30:00.000Z' },
    }),
    record('comment', '11003', 'comment 11003', {
      by: 'Ivy Novak',
      matters: 'implementer',
      state: 'gone',
      text: 'I tested the backout on the spare.',
      gone: { by: null, at: null },
    }),
    record('comment', '11004', 'comment 11004', {
      by: 'Maya Singh',
      attributes: { text: 'not kept: cui-banner-full', length: '214', restricted: 'role' },
    }),
    record('comment', '11005', 'comment 11005', { by: null, text: null }),
    ...Array.from({ length: 9 }, (_, i) =>
      record('comment', `1101${i}`, `comment 1101${i}`, {
        by: 'Maya Singh',
        text: `Is this going out in week ${i + 1}?`,
      }),
    ),
    record('link', '12001', 'blocks another work item', {
      by: null,
      at: null,
      attributes: { type: 'Blocks', issueId: '10112' },
    }),
    record('web-link', '13001', 'Runbook: log collector', {
      by: null,
      at: null,
      state: 'gone',
      url: 'https://wiki.example.test/runbook',
      gone: { by: 'Oliver Marsh', at: '2026-03-03T11:00:00.000Z' },
    }),
    record('approval', '1', 'Change advisory board', {
      by: null,
      attributes: { decision: 'pending' },
      people: [
        { name: 'Ada Okafor', did: 'approved' },
        { name: 'Rita Alvarez', did: 'pending' },
      ],
    }),
    record('development', 'ari:cloud:jira::commit/1', '1f2e3d4 Limit the rule to the jump host', {
      by: null,
      url: 'https://github.example.test/acme/firewall/commit/1f2e3d4',
      attributes: { kind: 'commit' },
      held: true,
    }),
    record('development', 'ari:cloud:jira::pull-request/2', 'Open 443 for the collector', {
      by: null,
      url: 'https://github.example.test/acme/firewall/pull/7',
      attributes: { kind: 'pull-request', state: 'merged' },
      held: false,
    }),
  ],
  totals: { attachment: 3, comment: 214, link: 1, 'web-link': 1, approval: 1, development: 2 },
  development: { readAt: '2026-03-03T09:00:00.000Z', viewer: 'Ada Okafor', due: false },
};
