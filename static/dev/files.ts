import type { FileRow, FileRowsView, FilesView, FileView, UploadView } from '../../src/contract/files';
import { DIGEST, IVY, NOW } from './people';

const LOG: FileView = {
  seq: 40,
  name: 'cloudtrail-2026-03-05.json.gz',
  digest: DIGEST,
  size: 4_812_332,
  mediaType: 'application/gzip',
  outcome: 'read',
  format: 'cloudtrail',
  kind: 'execution-log',
  claimedKind: 'execution-log',
  about: 'CloudTrail of the enclave account during the window',
  title: 'CloudTrail: 10,000 events of account 111122223333',
  refusal: null,
  statements: 10_000,
  complete: true,
  findings: ['log-gap', 'log-out-of-order', 'outside-window', 'by-another'],
  claimed: { from: '2026-03-05T19:40:00.000Z', to: '2026-03-05T23:20:00.000Z' },
  effects: { read: 9_871, write: 121, unknown: 8 },
  signatures: { verified: 0, signerUnknown: 0, invalid: 0, unsigned: 0 },
  from: { how: 'person', by: IVY },
  receivedAt: '2026-03-06T08:10:00.000Z',
  readAt: '2026-03-06T08:10:04.000Z',
  redacted: false,
  trust: `trust-2.${'a'.repeat(64)}`,
  reader: '1',
};

const FILES: readonly FileView[] = [
  {
    ...LOG,
    seq: 41,
    name: 'attestation.intoto.jsonl',
    format: 'dsse',
    kind: 'attestation',
    claimedKind: 'attestation',
    about: null,
    title: '3 attestations',
    statements: 3,
    findings: [],
    claimed: null,
    effects: { read: 3, write: 0, unknown: 0 },
    signatures: { verified: 1, signerUnknown: 1, invalid: 1, unsigned: 0 },
    from: { how: 'pipeline', source: 'pipeline', secret: '2026-03' },
    size: 9_120,
  },
  LOG,
  {
    ...LOG,
    seq: 42,
    name: 'plan.json',
    outcome: 'refused',
    format: 'terraform',
    kind: null,
    claimedKind: 'configuration-difference',
    about: 'What the plan changes',
    title: null,
    refusal: {
      code: 'not-json',
      sentence: 'The file should be JSON and is not: it is cut off or was edited; hand in what the tool wrote.',
    },
    statements: 0,
    findings: [],
    claimed: null,
    effects: { read: 0, write: 0, unknown: 0 },
    size: 812,
  },
  {
    ...LOG,
    seq: 43,
    name: null,
    format: 'auditd',
    title: null,
    about: null,
    redacted: true,
    complete: false,
    statements: 212,
    findings: ['log-lost', 'not-read-whole'],
    effects: { read: 200, write: 12, unknown: 0 },
    size: 99_000,
  },
];

const WORDS = 'a-rather-long-name-of-a-file-that-somebody-exported-with-everything-in-its-name';
const MANY: readonly FileView[] = Array.from({ length: 20 }, (_, i) => ({
  ...LOG,
  seq: 100 + i,
  name: `${`${WORDS}_`.repeat(3)}${i}.json`,
  title: 'A title that goes on and on because the tool which wrote the file put everything into it. '.repeat(3),
}));

const VIEWS: Readonly<Record<string, FilesView>> = {
  empty: { files: [], waiting: 0, mayHandIn: true, whyNot: null, maxBytes: 10_000_000 },
  long: { files: MANY, waiting: 2, mayHandIn: true, whyNot: null, maxBytes: 10_000_000 },
  closed: {
    files: FILES,
    waiting: 0,
    mayHandIn: false,
    whyNot: { code: 'may-not-edit', sentence: 'Only somebody who may edit this change in Jira can hand in files.' },
    maxBytes: 10_000_000,
  },
};
const FULL: FilesView = { files: FILES, waiting: 0, mayHandIn: true, whyNot: null, maxBytes: 10_000_000 };

const EVENTS = ['AuthorizeSecurityGroupIngress', 'DescribeInstances', 'PutBucketPolicy', 'AssumeRole'] as const;
const WINDOWS = ['inside', 'before', 'after', 'unknown'] as const;
const WHO = ['implementer', 'another', 'unknown', 'nobody'] as const;

function rowAt(index: number): FileRow {
  const window = WINDOWS[index % 7] ?? 'inside';
  const who = WHO[index % 5] ?? 'implementer';
  const systems = index % 3 === 0 ? [] : ['CUI enclave firewall'];
  const title = EVENTS[index % 4] ?? 'AssumeRole';
  return {
    index,
    kind: 'execution-log',
    id: `4f1c-${index}`,
    title: index % 9 === 0 ? `${title} ${WORDS.repeat(3)}` : title,
    state: index % 6 === 0 ? 'AccessDenied' : null,
    url: null,
    at: index % 11 === 3 ? null : new Date(Date.parse('2026-03-05T20:00:00.000Z') + index * 1000).toISOString(),
    effect: index % 4 === 1 ? 'read' : index % 8 === 7 ? 'unknown' : 'write',
    people:
      who === 'nobody'
        ? []
        : [
            {
              role: 'actor',
              name:
                who === 'implementer' ? 'ivy' : 'arn:aws:sts::111122223333:assumed-role/Administrator/somebody.else',
            },
          ],
    touches: ['arn:aws:ec2:us-gov-west-1:111122223333:security-group/sg-0a1b2c3d', 'sg-0a1b2c3d', 'eu-1', 'eu-2'].slice(
      0,
      (index % 4) + 1,
    ),
    commits: [],
    attributes: { eventSource: 'ec2.amazonaws.com', sourceIPAddress: '203.0.113.7' },
    match: { window, who, systems, fits: window === 'inside' && who === 'implementer' && systems.length > 0 },
  };
}

function rows(payload: Readonly<Record<string, unknown>>): FileRowsView {
  const from = Number(payload['from'] ?? 0);
  const file = [...FILES, ...MANY].find(({ seq }) => seq === payload['file']) ?? LOG;
  const of = payload['only'] === 'not-fitting' ? 117 : payload['only'] === 'changes' ? 129 : file.statements;
  const count = Math.min(Number(payload['limit'] ?? 50), of - from);
  const base = {
    file,
    findings: [],
    matching: [],
    attributes: {},
    rows: [],
    from,
    of: 0,
    next: null,
    totals: {
      rows: 0,
      fits: 0,
      window: { inside: 0, before: 0, after: 0, unknown: 0 },
      who: { implementer: 0, another: 0, unknown: 0, nobody: 0 },
      onNamedSystems: 0,
    },
    against: {
      windowStart: '2026-03-05T20:00:00.000Z',
      windowEnd: '2026-03-05T23:00:00.000Z',
      implementer: IVY,
      systems: ['CUI enclave firewall', 'Build pipeline'],
    },
  };
  if (file.seq === 43) return { ...base, state: 'erased' };
  if (file.format === 'dsse')
    return {
      ...base,
      state: 'held',
      of: 3,
      rows: [0, 1, 2].map((i) => ({
        ...rowAt(i),
        kind: 'attestation',
        title: `Attestation ${i}`,
        match: null,
        state: ['verified', 'signed-signer-unknown', 'invalid'][i] ?? null,
      })),
    };
  return {
    ...base,
    state: 'held',
    findings: [
      {
        code: 'log-gap',
        sentence:
          'Between 2026-03-05 21:10 and 21:25 UTC the log has no record although its numbering goes on: 312 records are missing.',
      },
      { code: 'log-out-of-order', sentence: '14 records are earlier than the one before them.' },
    ],
    matching: [
      {
        code: 'outside-window',
        sentence: '31 of 129 records that changed something or may have are outside the change window.',
      },
      { code: 'by-another', sentence: '12 of them were made by somebody other than the implementer.' },
    ],
    totals: {
      rows: file.statements,
      fits: 62,
      window: { inside: 98, before: 20, after: 11, unknown: 0 },
      who: { implementer: 80, another: 12, unknown: 30, nobody: 7 },
      onNamedSystems: 90,
    },
    attributes: { account: '111122223333', region: 'us-gov-west-1' },
    rows: Array.from({ length: count }, (_, i) => rowAt(from + i)),
    of,
    next: from + count < of ? from + count : null,
  };
}

const handedIn: FileView[] = [];

/** The files of the panel's states. */
export function fileAnswer(state: string, method: string, payload: Readonly<Record<string, unknown>>): unknown {
  switch (method) {
    case 'file.read':
      return rows(payload);
    case 'file.begin': {
      const { name, size, kind, about } = payload as { name: string; size: number; kind: string; about: string };
      handedIn.push({
        ...LOG,
        seq: 60 + handedIn.length,
        name,
        size,
        claimedKind: kind,
        about,
        format: 'other-file',
        statements: 0,
        findings: [],
        receivedAt: NOW,
      });
      const upload: UploadView = {
        upload: `10007.${'0'.repeat(32)}`,
        pieceBytes: 4,
        pieces: Math.ceil(size / 4),
        expiresAt: NOW,
      };
      return upload;
    }
    case 'file.piece':
      return { upload: payload['upload'], piece: payload['piece'] };
    case 'file.finish':
      return { digest: DIGEST, size: 10, stored: true, marked: 0 };
    default: {
      const view = VIEWS[state] ?? FULL;
      return { ...view, files: [...view.files, ...handedIn] };
    }
  }
}
