import type { Committed, EntryBodies, Provenance } from '../../src/ledger/entry';
import { sha256Hex } from '../../src/ledger/hash';
import type { RawDelivery } from '../../src/pack/input';
import type { StatementsPart } from '../../src/pack/statements';
import { writeDocument } from '../../src/readers/document';
import { readFile } from '../../src/readers/readers';
import { summaryOf } from '../../src/readers/summary';

/** The log of the evening, as the pipeline of the golden change handed it in: one action inside the window, one after. */
const record = (id: string, at: string, userName: string, name: string, group = 'sg-0f1'): object => ({
  eventVersion: '1.08',
  userIdentity: { type: 'IAMUser', userName },
  eventTime: at,
  eventSource: 'ec2.amazonaws.com',
  eventName: name,
  awsRegion: 'us-gov-west-1',
  requestParameters: { groupId: 'sg-0f1' },
  resources: [{ ARN: `arn:aws-us-gov:ec2:us-gov-west-1:123456789012:security-group/${group}` }],
  eventID: id,
  readOnly: name.startsWith('Describe'),
  eventType: 'AwsApiCall',
});
const LOG = JSON.stringify({
  Records: [
    record('e1', '2026-03-04T20:10:00Z', 'imani-nj', 'RevokeSecurityGroupIngress', 'File server FS-01'),
    record('e2', '2026-03-04T22:24:00Z', 'night-shift', 'AuthorizeSecurityGroupIngress'),
    record('e3', '2026-03-04T22:30:00Z', 'imani-nj', 'DescribeSecurityGroups'),
  ],
});
const BODY = Buffer.from(
  JSON.stringify({
    change: 'CHG-42',
    kind: 'execution-log',
    contents: [{ name: 'cloudtrail-2026-03-04.json', mediaType: 'application/json', text: LOG }],
    idempotencyKey: 'evening-log',
  }),
);
const RECEIVED = '2026-03-04T23:10:00.000Z';

const PROVENANCE: Provenance = {
  source: 'pipeline',
  event: 'execution-log',
  deliveryId: 'evening-log',
  authenticatedBy: 'hmac-sha256',
  secret: 'pipeline 2026-01',
  bodyDigest: sha256Hex(BODY),
  bodySize: BODY.length,
};

const digest = sha256Hex(LOG);
const read = readFile({ name: 'cloudtrail-2026-03-04.json', mediaType: null, bytes: Buffer.from(LOG), digest });
if (read.outcome !== 'read') throw new Error(`the golden log is refused: ${read.reason}`);
const written = writeDocument(read, sha256Hex('golden salt of the statements'));

export const LOG_DELIVERY: RawDelivery = { state: 'kept', bodyDigest: sha256Hex(BODY), bytes: BODY };
export const LOG_STATEMENTS: StatementsPart = {
  state: 'held',
  digest: written.digest,
  bytes: Buffer.from(written.text),
};

export const logEvidence = (value: (value: unknown) => Committed): EntryBodies['evidence'] => ({
  evidence: 'execution-log',
  id: `sha256:${digest}`,
  repository: null,
  state: null,
  title: value('cloudtrail-2026-03-04.json'),
  url: null,
  commits: [],
  attributes: { name: 'cloudtrail-2026-03-04.json', size: String(LOG.length), kept: 'whole' },
  people: [],
  claimedAt: null,
  receivedAt: RECEIVED,
  namedBy: ['payload'],
  provenance: PROVENANCE,
});

export const logRead = (value: (value: unknown) => Committed): EntryBodies['file-read'] => ({
  delivery: `pipeline.${sha256Hex(BODY)}`,
  index: 0,
  digest,
  size: LOG.length,
  mediaType: 'application/json',
  name: value('cloudtrail-2026-03-04.json'),
  claimedKind: 'execution-log',
  about: null,
  outcome: 'read',
  format: read.format,
  evidence: read.kind,
  title: value(read.title),
  refusal: null,
  statementsDigest: written.digest,
  complete: read.complete,
  findings: read.findings.map(({ code }) => code),
  ...summaryOf(written.document.statements),
  trustVersion: 'none',
  readerVersion: 'change-control-readers/1',
  by: null,
  receivedAt: RECEIVED,
  provenance: PROVENANCE,
});
